"""Scanned pages that the reader recognises in a second of processor time, and what memory it takes.

Run:  python -m bench.recognising [FILE…]

Without files it draws a scanned document. Each page is a child of its own, which loads Tesseract
and its model: all of that is counted.
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

from archive.reading_client import Readers
from archive.recogniser import lacking, models
from archive.settings import load
from tests.drawn import pictures

LINES = ("The officer named below kept the records of the camera network for thirty days",) * 38


def main() -> None:
    """Recognise all pages that are pictures, and print a line for each file."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="*", type=Path)
    given = arguments.parse_args()
    folder = models(load())
    if folder is None:
        raise SystemExit(lacking(load()))
    with tempfile.TemporaryDirectory() as scratch:
        drawn = Path(scratch) / "drawn.pdf"
        drawn.write_bytes(pictures.paged(*(LINES for _ in range(10))))
        for path in given.files or [drawn]:
            measure(path, folder)


def measure(path: Path, folder: Path) -> None:
    """Recognise the pages of a file that are pictures, one by one, in one reader."""
    with Readers(1) as readers:
        read = readers.read(path)
        read.discard()
        numbers = [one.number for one in read.document.pages if one.text_from == "picture"]
    before, began = used_s(), time.monotonic()
    with Readers(1) as readers:
        done = [readers.recognise(path, number, folder) for number in numbers]
    spent, took = used_s() - before, time.monotonic() - began
    sure = [one.page.confidence for one in done if one.page and one.page.confidence is not None]
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    count = max(len(numbers), 1)
    print(
        f"{path.name}: {len(numbers)} pages, {spent / count:.2f} s of processor a page,"
        f" {took / count:.2f} s of time, confidence {sum(sure) / max(len(sure), 1):.0f},"
        f" child {peak_mb:.0f} MB at most so far"
    )


def used_s() -> float:
    """Give the processor time of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
