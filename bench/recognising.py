"""Scanned pages that the reader recognises: how fast, how well, and in how much memory.

Run:  python -m bench.recognising [FILE…] [--pages N]

Without files it draws pages whose words are known, clean and as scanners and faxes leave them, and
a scan of N pages, of which 20 are recognised from its begin to its end. Each page is a child of its
own, which loads Tesseract and its model: all of that is counted. Other work on the machine slows
the time down, and hardly the processor time.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image

from archive.reading_client import Readers
from archive.recogniser import lacking, models
from archive.settings import load
from tests.drawn import pictures
from tests.drawn.scans import noisy, picture, scanned

SAMPLE = 20
LINES = ("The officer named below kept the records of the camera network for thirty days",) * 38
# Words of all letters and signs, for a rate of wrong ones.
KNOWN = tuple(
    f"{number}. {line}"
    for number in range(1, 7)
    for line in (
        "Invoice 61152 of March 27, 2025 for 24 cameras came to $171,000.00 in all.",
        "Queries must name a case number (CBP-2019-012345) and a reason, or fail;",
        "the vendor's plan keeps every plate, ZIP code and speed for 30 days.",
    )
)


def fax(image: Image.Image) -> Image.Image:
    """Let a picture look like a fax: few lines, each dot black or white."""
    size = (round(image.width * 204 / 150), round(image.height * 98 / 150))
    rough = noisy(image, amount=10).convert("L").resize(size, Image.Resampling.BICUBIC)
    dots = rough.point(lambda value: 255 if value > 150 else 0)
    return dots.resize(image.size, Image.Resampling.NEAREST).convert("RGB")


DEGRADED: Mapping[str, Callable[[Image.Image], Image.Image]] = {
    "clean": lambda image: image,
    "hanging by 2 degrees": lambda image: image.rotate(
        2, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255)
    ),
    "hanging by 5 degrees": lambda image: image.rotate(
        5, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255)
    ),
    "on its side": lambda image: image.rotate(90, expand=True),
    "noise": lambda image: noisy(image, amount=90),
    "copied, 1.2 degrees": lambda image: noisy(image, amount=60, degrees=1.2),
    "fax": fax,
}


def main() -> None:
    """Recognise all pages that are pictures, and print a line for each file."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="*", type=Path)
    arguments.add_argument("--pages", type=int, default=10)
    given = arguments.parse_args()
    folder = models(load())
    if folder is None:
        raise SystemExit(lacking(load()))
    with tempfile.TemporaryDirectory() as scratch:
        for path in given.files:
            measure(path, folder)
        if not given.files:
            path = drawn(Path(scratch), given.pages)
            # In a process of its own: to draw a long scan takes more memory than to read it.
            again = [sys.executable, "-m", "bench.recognising", str(path)]
            subprocess.run(again, check=True)
            measure_degraded(Path(scratch), folder)


def drawn(scratch: Path, pages: int) -> Path:
    """Draw a scan of so many pages; beyond ten they have fewer words, for the sake of time."""
    path = scratch / f"{pages}-pages.pdf"
    lines = LINES if pages <= 10 else LINES[:3]
    path.write_bytes(pictures.long_scan(lines, pages))
    return path


def measure(path: Path, folder: Path) -> None:
    """Recognise the pages of a file that are pictures, one by one, in one reader."""
    with Readers(1) as readers:
        read = readers.read(path)
        read.discard()
        numbers = [one.number for one in read.document.pages if one.text_from == "picture"]
    peak = f"{len(numbers):,} pictures found by a reading in {peak_mb():.0f} MB"
    numbers = numbers[:: max(len(numbers) // SAMPLE, 1)]
    sure, marks = [], []
    before, began = used_s(), time.monotonic()
    with Readers(1) as readers:
        for number in numbers:
            page = readers.recognise(path, number, folder).page
            if page and page.confidence is not None:
                sure.append(page.confidence)
            if number in (numbers[0], numbers[-1]):
                marks.append(f"{peak_mb():.0f} MB after page {number:,}")
    spent, took = used_s() - before, time.monotonic() - began
    count = max(len(numbers), 1)
    print(
        f"{path.name}: {peak}; {len(numbers):,} recognised, {spent / count:.2f} s of processor a"
        f" page ({60 * count / max(spent, 1e-6):.0f} a minute and core),"
        f" {took / count:.2f} s of time,"
        f" confidence {sum(sure) / max(len(sure), 1):.0f}; {', '.join(marks)} at most"
    )


def measure_degraded(scratch: Path, folder: Path) -> None:
    """Recognise a page whose words are known, in all states, and count the wrong characters."""
    image = picture(pictures.set_lines(*KNOWN))
    known = "\n".join(KNOWN)
    for name, degrade in DEGRADED.items():
        path = scratch / "degraded.pdf"
        quality = 60 if "copied" in name else None
        path.write_bytes(scanned(degrade(image), [], quality=quality))
        with Readers(1) as readers:
            page = readers.recognise(path, 1, folder).page
        text = page.text if page else ""
        wrong = distance(known, text) / len(known)
        print(f"{name}: {wrong:.4f} of the characters wrong, confidence {page and page.confidence}")


def distance(one: str, other: str) -> int:
    """Count the characters to change, add or leave out, to make one text the other."""
    before = list(range(len(other) + 1))
    for number, sign in enumerate(one, start=1):
        row = [number]
        for place, sought in enumerate(other, start=1):
            row.append(min(row[-1] + 1, before[place] + 1, before[place - 1] + (sign != sought)))
        before = row
    return before[-1]


def used_s() -> float:
    """Give the processor time of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_mb() -> float:
    """Give the memory of the largest child that has ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main()
