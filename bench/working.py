"""Documents a second by workers against the local pool, and what a message costs.

    python -m bench.working [--documents 150] [--messages 2000] [--postgres]

Both read the same drawn documents of ten pages into a new archive each time; one document before
them warms everything up. Starts a Redis of its own, and with --postgres a PostgreSQL; else the
catalogue is SQLite.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from reportlab.pdfgen.canvas import Canvas

from archive.broker import open_broker
from archive.catalogue.tables import work
from archive.documents import READ
from archive.opening import Archive, open_archive
from archive.queues import hand_over
from archive.reading_client import Readers
from archive.reading_work import read_waiting
from archive.settings import load
from tests.services import postgres, redis

PROGRAM = (sys.executable, "-m", "archive.program")
WORDS = "records of the camera network were kept for thirty days and shared with other agencies "
PAGES = 10
WAYS = (("pool", 1), ("workers", 1), ("pool", 2), ("workers", 2))
BROKER = "PAPERWATCH_BROKER_URL"
_LONGEST_S = 600.0


def main() -> None:
    """Measure each way in turn, and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=150)
    arguments.add_argument("--messages", type=int, default=2000)
    arguments.add_argument("--postgres", action="store_true", help="the catalogue in PostgreSQL")
    given = arguments.parse_args()
    with ExitStack() as held:
        scratch = Path(held.enter_context(tempfile.TemporaryDirectory()))
        server = redis.started()
        held.callback(server.stop)
        database = postgres.make() if given.postgres else None
        if database is not None:
            held.callback(database.remove)
        draw(scratch / "first", 1, mark="first")
        draw(scratch / "papers", given.documents)

        print(f"catalogue in {'PostgreSQL' if database else 'SQLite'}, {given.documents} documents")
        print(f"{'':16} {'documents/s':>12} {'pages/s':>9} {'CPU ms each':>13}")
        for number, (name, count) in enumerate(WAYS):
            named = environment(scratch / f"home-{number}", database, number)
            if name == "workers":
                seconds, processor_s = by_workers(named, server.url, scratch, count)
            else:
                seconds, processor_s = by_pool(named, scratch, count)
            rate = given.documents / seconds
            cpu_ms = 1000 * processor_s / given.documents
            print(f"{name:>12} {count:3} {rate:12.1f} {PAGES * rate:9.0f} {cpu_ms:13.0f}")
        named = environment(scratch / "messages", database, 9) | {BROKER: server.url}
        sent, taken, cpu_ms = messages(named, given.messages)
        print(
            f"a message: {sent:.2f} ms to send; where nothing is to do {taken:.2f} ms to take,"
            f" {cpu_ms:.2f} of them of a processor"
        )


def draw(folder: Path, count: int, mark: str = "") -> None:
    """Draw documents of ten dense pages."""
    folder.mkdir()
    for number in range(count):
        canvas = Canvas(str(folder / f"drawn{number}.pdf"), invariant=True)
        for leaf in range(PAGES):
            for line in range(45):
                words = f"{mark} {number}.{leaf}.{line} {WORDS}"
                canvas.drawString(52, 766 - 16 * line, words[:95])
            canvas.showPage()
        canvas.save()


def environment(home: Path, database: postgres.Server | None, number: int) -> dict[str, str]:
    """Give the settings of a new archive."""
    named = {"PAPERWATCH_HOME": str(home), "PAPERWATCH_MIXED": "yes"}
    named["PAPERWATCH_BROKER_NAME"] = home.name
    if database is None:
        return named
    name = f"bench{number}"
    made = sa.create_engine(database.url.replace("postgresql:", "postgresql+psycopg:"))
    with made.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    made.dispose()
    return named | {"PAPERWATCH_CATALOGUE_URL": f"{database.url.rpartition('/')[0]}/{name}"}


def run(named: Mapping[str, str], *words: str) -> None:
    """Run the program to its end."""
    subprocess.run([*PROGRAM, *words], env=os.environ | named, check=True, capture_output=True)


def cpu_s(pid: int) -> float:
    """Give the processor time of a process, of all it started, and of those of them that ended."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = sum(int(word) for word in words[11:15]) / os.sysconf("SC_CLK_TCK")
    children = [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return own + sum(cpu_s(child) for child in children)


def by_pool(named: Mapping[str, str], scratch: Path, readers: int) -> tuple[float, float]:
    """Read with so many readers of this process; gives the seconds, and those of processors."""
    run(named, "add", "--no-read", str(scratch / "first"))
    with open_archive(load(named)) as archive, Readers(readers) as pool:
        read_waiting(archive, pool)
        run(named, "add", "--no-read", str(scratch / "papers"))
        began, used = time.monotonic(), cpu_s(os.getpid())
        read_waiting(archive, pool)
        return time.monotonic() - began, cpu_s(os.getpid()) - used


def by_workers(
    named: Mapping[str, str], broker: str, scratch: Path, processes: int
) -> tuple[float, float]:
    """Read with so many worker processes; the same, from sending the messages on."""
    told = {**named, BROKER: broker}
    with worker(told, processes) as pid:
        seconds = processor_s = 0.0
        for folder in ("first", "papers"):
            run(named, "add", "--no-read", str(scratch / folder))
            with open_archive(load(told)) as archive:
                began, used = time.monotonic(), cpu_s(pid)
                hand_over(archive, "read")
                until(partial(is_read, archive))
                seconds, processor_s = time.monotonic() - began, cpu_s(pid) - used
        return seconds, processor_s


@contextmanager
def worker(named: Mapping[str, str], processes: int) -> Iterator[int]:
    """Run a worker that reads; gives its process."""
    words = ("worker", "--queues", "read", "--processes", str(processes))
    with subprocess.Popen(
        [*PROGRAM, *words],
        env=os.environ | named,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as started:
        try:
            yield started.pid
        finally:
            started.terminate()


def messages(named: Mapping[str, str], count: int) -> tuple[float, float, float]:
    """Give milliseconds: to send a message, to take one that asks for nothing, of processor."""
    settings = load(named)
    broker = open_broker(settings)
    with worker(named, 1) as pid:
        broker.send("read", READ, ["nothing"])
        until(lambda: not broker.length("read"))
        began = time.monotonic()
        broker.send("read", READ, ["nothing"] * count)
        sent = time.monotonic() - began
        left_then = broker.length("read")
        began, used = time.monotonic(), cpu_s(pid)
        until(lambda: not broker.length("read"))
        taken, processor_s = time.monotonic() - began, cpu_s(pid) - used
    broker.close()
    return 1000 * sent / count, 1000 * taken / left_then, 1000 * processor_s / left_then


def left(archive: Archive) -> int:
    """Count the documents that are not read yet."""
    wanted = sa.select(sa.func.count()).where(work.c.state.in_(("waiting", "taken")))
    with archive.catalogue.reading() as connection:
        return connection.execute(wanted).scalar_one()


def is_read(archive: Archive) -> bool:
    """Whether all documents are read."""
    return not left(archive)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < _LONGEST_S
        time.sleep(0.02)


if __name__ == "__main__":
    main()
