"""Measure the search page: 200 queries of ten kinds through HTTP, whole pages as readers get them.

    python -m bench.search [--scale 0.05] [--keep FOLDER] [--rounds 3] [--clients 1 4]

Builds an archive of 100,000 composed awards and 20,000 documents of 190,000 pages by the real ways
in, starts `paperwatch serve` as a child, and asks. No query is asked twice, so that no memory of
answers helps; one round that is not counted comes first.
"""

import argparse
import http.client
import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench.building import AWARDS, DOCUMENTS, build
from bench.composed import World
from bench.importing import PROGRAM
from bench.questions import KINDS, Asked, questions

_START_S = 60.0
_HIT = b'<li class="entry">'


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One page asked for: how long it took, how many bytes and hits it had."""

    kind: str
    ms: float
    size_bytes: int
    hits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running `paperwatch serve`."""

    port: int
    pid: int


@contextmanager
def serving(home: Path) -> Iterator[Served]:
    """Run `paperwatch serve` as a child until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    log = (home / "serve.log").open("w", encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "serve", "--port", str(port)],
        env={**os.environ, "PAPERWATCH_HOME": str(home)},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(port, child, home / "serve.log")
        yield Served(port=port, pid=child.pid)
    finally:
        child.terminate()
        child.wait(30)
        log.close()


def _wait_for(port: int, child: "subprocess.Popen[bytes]", log: Path) -> None:
    until_s = time.monotonic() + _START_S
    while time.monotonic() < until_s and child.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"paperwatch serve did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


def ask(connection: http.client.HTTPConnection, asked: Asked) -> Timed:
    """Ask for one page and read it whole."""
    began_s = time.perf_counter()
    connection.request("GET", f"/?{urlencode(asked.pairs)}")
    answer = connection.getresponse()
    body = answer.read()
    ms = (time.perf_counter() - began_s) * 1000
    if answer.status != 200:
        raise SystemExit(f"{asked.pairs}: status {answer.status}: {body[:500]!r}")
    hits = body.count(_HIT)
    return Timed(kind=asked.kind, ms=ms, size_bytes=len(body), hits=hits)


def ask_all(port: int, asked: Sequence[Asked], clients: int) -> tuple[list[Timed], float]:
    """Ask all with some clients at the same time, each on one connection; gives seconds too."""
    timed: list[Timed] = []
    wrong: list[BaseException] = []

    def client(mine: Sequence[Asked]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            timed.extend([ask(connection, one) for one in mine])
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=client, args=(asked[n::clients],)) for n in range(clients)]
    began_s = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return timed, time.perf_counter() - began_s


def memory_mb(pid: int) -> dict[str, float]:
    """Give what a process holds: in all, at most, and of its own (without mapped files)."""
    said: dict[str, float] = {}
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if value.endswith("kB"):
            said[name] = int(value.split()[0]) / 1024
    return {"resident": said["VmRSS"], "peak": said["VmHWM"], "own": said["RssAnon"]}


def processor_s(pid: int) -> float:
    """Give how long a process has had a processor: other load on the machine leaves it alone."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def children_of(pid: int) -> list[int]:
    """Give the processes that a process started, and theirs."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    own = [int(one) for one in path.read_text(encoding="ascii").split()] if path.exists() else []
    return [*own, *itertools.chain.from_iterable(map(children_of, own))]


def quantile(values: Sequence[float], share: float) -> float:
    """Give the value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _row(name: str, timed: Sequence[Timed]) -> str:
    ms = [one.ms for one in timed]
    return (
        f"{name:14} {len(ms):6} {quantile(ms, 0.5):8.1f} {quantile(ms, 0.95):8.1f}"
        f" {quantile(ms, 0.99):8.1f} {max(ms):8.1f}"
        f" {sum(one.hits for one in timed) / len(timed):7.1f}"
        f" {sum(one.size_bytes for one in timed) / len(timed) / 1024:7.0f}"
    )


def _measure(world: World, served: Served, clients: int, seed: int, rounds: int) -> None:
    timed: list[Timed] = []
    took_s, before_s = 0.0, processor_s(served.pid)
    for number in range(rounds):
        found, seconds = ask_all(served.port, questions(world, seed + number), clients)
        timed += found
        took_s += seconds
    processor_ms = (processor_s(served.pid) - before_s) / len(timed) * 1000
    print(
        f"\n{clients} client{'s' * (clients > 1)}, {len(timed) / took_s:.0f} pages a second,"
        f" {processor_ms:.1f} ms of a processor a page"
    )
    print("kind            pages   p50 ms   p95 ms   p99 ms   max ms    hits  kB page")
    by_kind: dict[str, list[Timed]] = defaultdict(list)
    for one in timed:
        by_kind[one.kind].append(one)
    for kind in KINDS:
        print(_row(kind, by_kind[kind]))
    print(_row("all", timed))
    _print_memory(served.pid)


def _print_memory(pid: int) -> None:
    said = memory_mb(pid)
    others = sum(memory_mb(one)["resident"] for one in children_of(pid))
    print(
        f"memory of the process: {said['resident']:.0f} MB, at most {said['peak']:.0f} MB,"
        f" {said['own']:.0f} MB without mapped files; of its children: {others:.0f} MB"
    )


def main() -> None:
    """Build or reuse the archive, serve it, ask, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="of the whole [default: 1]")
    parser.add_argument("--keep", type=Path, help="keep the archive there, and use it again")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--rounds", type=int, default=3, help="of 200 queries [default: 3]")
    asked = parser.parse_args()
    home = asked.keep or Path(tempfile.mkdtemp(prefix="paperwatch-bench-"))
    world = World()
    try:
        build(home, world, int(AWARDS * asked.scale), int(DOCUMENTS * asked.scale))
        with serving(home) as served:
            ask_all(served.port, questions(world, 1), 1)
            for clients in asked.clients:
                _measure(world, served, clients, 1_000 * clients, asked.rounds)
    finally:
        if not asked.keep:
            shutil.rmtree(home)


if __name__ == "__main__":
    main()
