"""Sort more pairs than fit in memory: sorted runs in temporary files, then merged."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from typing import IO

Pair = tuple[str, str]

_RUN = 100_000  # pairs in memory at a time, some 20 MB


def in_order(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Walk pairs by their first, in the order of code points; at most one run is in memory."""
    walk = iter(pairs)
    run = sorted(islice(walk, _RUN))
    files: list[IO[str]] = []
    try:
        while len(run) == _RUN:
            files.append(_written(run))
            run = sorted(islice(walk, _RUN))
        yield from merge(run, *(_read(file) for file in files))
    finally:
        for file in files:
            file.close()


def _written(run: list[Pair]) -> IO[str]:
    file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (closed by in_order)
    file.writelines(json.dumps(pair) + "\n" for pair in run)
    file.seek(0)
    return file


def _read(file: IO[str]) -> Iterator[Pair]:
    for line in file:
        first, second = json.loads(line)
        yield first, second
