"""Measure file stores and `paperwatch copy`: a folder, and a bucket of a server on this machine.

    python -m bench.storing [--bodies 2000] [--rows 20000] [--to postgresql://…]

The server is that of the tests (`python -m tests.services.objects fetch`); a request to a far one
takes some 20 ms more. With `--to`, the copy goes into an empty database of that address.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.files import Files
from archive.opening import Archive, open_archive
from archive.settings import load
from bench.composed import World
from bench.importing import PROGRAM, run_import, write_file
from tests.services.objects import CREDENTIALS, Server, started

_BODY_BYTES = 10_000  # as an answer of one award has


def body(number: int) -> bytes:
    """Compose an answer that packs to a third, as real ones do."""
    chance = random.Random(number)
    words = {f"field_{at}": chance.randbytes(16).hex() for at in range(200)}
    return json.dumps(words)[:_BODY_BYTES].encode()


def rate(count: int, work: Callable[[], object]) -> float:
    """Give how many of something a second some work does."""
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def measure(files: Files, folder: Path, count: int) -> dict[str, float]:
    """Put and read small bodies and small files."""
    bodies = [body(number) for number in range(count)]
    paths = [folder / f"{number}" for number in range(count // 10)]
    for number, path in enumerate(paths):
        path.write_bytes(body(-1 - number))
    single = bodies[: count // 4]
    return {
        "packed one by one": rate(len(single), lambda: [files.put_bytes(one) for one in single]),
        "packed 500 at once": rate(
            count, lambda: [files.put_small(bodies[at : at + 500]) for at in range(0, count, 500)]
        ),
        "each a file": rate(len(paths), lambda: [files.put_file(path) for path in paths]),
        "looked through": rate(count + len(paths), lambda: list(files.each())),
    }


@contextmanager
def archive_in(home: Path, **said: str) -> Iterator[Archive]:
    """Open an archive in a folder."""
    named = {f"PAPERWATCH_{name}": value for name, value in said.items()}
    with open_archive(
        load({"PAPERWATCH_HOME": str(home), "PAPERWATCH_MIXED": "yes"} | named)
    ) as archive:
        yield archive


def copied(folder: Path, rows: int, server: Server, database: str) -> str:
    """Copy an archive of composed awards; gives what the program printed, with the seconds."""
    write_file(folder / "awards.csv", rows, World())
    run_import(folder / "from", folder / "awards.csv")
    said = {"home": str(folder / "to"), "files_url": server.url.replace("?", "/copy?")}
    said["mixed"] = "yes"
    said |= {"catalogue_url": database} if database else {}
    target = folder / "target.toml"
    target.write_text("".join(f'{name} = "{value}"\n' for name, value in said.items()))
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "copy", "--to", str(target), "--no-index"],
        env=os.environ | {"PAPERWATCH_HOME": str(folder / "from")},
        check=True,
        capture_output=True,
        text=True,
    )
    return f"{done.stdout.splitlines()[0]} {time.perf_counter() - began:.1f} s"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=2_000)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--to", default="")
    words = parser.parse_args()
    os.environ |= CREDENTIALS
    with tempfile.TemporaryDirectory() as name, started() as server:
        folder = Path(name)
        (folder / "small").mkdir()
        for kind, url in (("folder", ""), ("bucket", server.url)):
            with archive_in(folder / kind, FILES_URL=url) as archive:
                found = measure(archive.files, folder / "small", words.bodies)
            for what, a_second in found.items():
                print(f"{kind:>8}  {what:<20} {a_second:>10,.0f}/s")
        print(copied(folder, words.rows, server, words.to))


if __name__ == "__main__":
    main()
