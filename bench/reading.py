"""Pages per second of the reader against plain pdfplumber and pdftotext, in the same run.

Run:  python bench/reading.py [FOLDER] [--pages N]

Without a folder it draws 12 documents of 10 dense pages. Both read words with boxes on every page;
the reader also looks for text beneath boxes, masks, packs, and forks a child for each file. What
the forks cost the reader itself is measured over all files, less what a reader takes to start.
pdftotext, of poppler, gives words with boxes as well (`-bbox`), and a process for each file; it is
left out where it is not installed (Debian: poppler-utils).
"""

import argparse
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
from reportlab.pdfgen.canvas import Canvas

from archive.reading_client import Readers
from ingest.reader.jobs import read

WORDS = "records of the camera network were kept for thirty days and shared with other agencies "


def main() -> None:
    """Read the files with each, and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path)
    arguments.add_argument("--pages", type=int, default=40, help="at most so many of each file")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        files = sorted(given.folder.glob("*.pdf")) if given.folder else list(draw(Path(scratch)))
        compare(usable(files, given.pages), Path(scratch))


def draw(folder: Path) -> Iterator[Path]:
    """Draw documents of about 550 words a page, with shaded tables and rules."""
    for number in range(12):
        path = folder / f"drawn{number}.pdf"
        canvas = Canvas(str(path), invariant=True)
        for leaf in range(10):
            for line in range(45):
                if line % 5 == 0:
                    canvas.setFillGray(0.9)
                    canvas.rect(50, 762 - 16 * line, 490, 14, fill=1, stroke=1)
                    canvas.setFillGray(0)
                canvas.drawString(52, 766 - 16 * line, f"{number}.{leaf}.{line} {WORDS}"[:95])
            canvas.showPage()
        canvas.save()
        yield path


def usable(files: list[Path], pages_max: int) -> list[tuple[Path, int]]:
    """Keep the files that both can open, of no more pages than the limit."""
    found = []
    for path in files:
        try:
            with pdfplumber.open(path) as document:
                count = len(document.pages)
                if count <= pages_max:
                    words_of(path)
        except Exception as error:
            print(f"left out: {path.name} ({type(error).__name__})")
            continue
        if 0 < count <= pages_max:
            found.append((path, count))
        else:
            print(f"left out: {path.name} ({count} pages)")
    return found


@contextmanager
def cpu_s(who: int = resource.RUSAGE_SELF) -> Iterator[Callable[[], float]]:
    """Measure the processor time of this process, or of its ended children."""

    def now() -> float:
        used = resource.getrusage(who)
        return used.ru_utime + used.ru_stime

    began = now()
    yield lambda: now() - began


def compare(files: list[tuple[Path, int]], scratch: Path) -> None:
    """Read all files three ways, file by file in turn, so that other load hits all alike."""
    if not files:
        raise SystemExit("No file is left to compare: name a folder of PDFs, or more --pages.")
    pages = sum(count for _, count in files)
    plumber, inside, forked, poppler, overhead = 0.0, 0.0, 0.0, 0.0, []
    wall, begun = 0.0, started(files[0][0])
    with cpu_s(resource.RUSAGE_CHILDREN) as whole, Readers(1) as readers:
        readers.read(files[0][0]).discard()
        for path, _ in files:
            with cpu_s() as used:
                words_of(path)
            plumber += used()
            with cpu_s() as used:
                read(path, scratch / "reading", lambda count: None)
            alone = used()
            inside += alone
            began = time.perf_counter()
            result = readers.read(path)
            wall += time.perf_counter() - began
            result.discard()
            forked += result.cpu_s
            overhead.append(1000 * (result.cpu_s - alone))
    for path, _ in files:
        poppler += by_poppler(path)
    with_reader = whole() - begun
    print(f"\n{len(files)} files, {pages} pages, one process; pages per CPU second\n")
    print(f"{'pdfplumber extract_words':32} {pages / plumber:10.1f}   1.0 x")
    print(f"{'reader, in process':32} {pages / inside:10.1f} {plumber / inside:5.1f} x")
    print(f"{'reader, forked child per file':32} {pages / forked:10.1f} {plumber / forked:5.1f} x")
    forking = f"{pages / with_reader:10.1f} {plumber / with_reader:5.1f} x"
    print(f"{'  with what the forks cost':32} {forking}")
    print(f"{'  the same, by the clock':32} {pages / wall:10.1f}")
    if poppler:
        print(f"{'pdftotext -bbox':32} {pages / poppler:10.1f} {plumber / poppler:5.1f} x")
    print(f"\nchild's cost per file, CPU ms: median {statistics.median(overhead):.1f}")


def by_poppler(path: Path) -> float:
    """Give the processor time that pdftotext takes for a file; 0 where there is none."""
    program = shutil.which("pdftotext")
    if program is None:
        return 0.0
    with cpu_s(resource.RUSAGE_CHILDREN) as used:
        command = [program, "-q", "-bbox", str(path), "/dev/null"]
        subprocess.run(command, check=False, stderr=subprocess.DEVNULL, timeout=300)
        return used()


def started(path: Path) -> float:
    """Give the processor time of a reader that starts, reads one file, and ends."""
    with cpu_s(resource.RUSAGE_CHILDREN) as used:
        with Readers(1) as readers:
            readers.read(path).discard()
        return used()


def words_of(path: Path) -> int:
    """Read words with boxes on every page, as plain pdfplumber does."""
    with pdfplumber.open(path) as document:
        return sum(len(page.extract_words()) for page in document.pages)


if __name__ == "__main__":
    main()
