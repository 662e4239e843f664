"""Show where the time of a search page and of an import goes, by the parts of the program.

    python -m bench.profiling [--keep FOLDER] [--scale 0.05] [--rounds 3] [--rows 20000]

After every four milliseconds of processor time (the clock of Linux is no finer) the stack of each
thread that works is looked at; the innermost frame that belongs to one of the parts below decides.
Pages are those of `bench.search`, asked within this process; the import is `paperwatch import` of
composed rows into a new archive, run here too.
"""

import argparse
import io
import os
import signal
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from types import FrameType
from urllib.parse import urlencode

from archive.opening import open_archive
from archive.program import program
from archive.reading_client import Readers
from archive.settings import load
from bench.building import AWARDS, DOCUMENTS, build
from bench.composed import World
from bench.importing import write_file
from bench.questions import questions
from search_app.app import create_app

_EVERY_S = 0.004
_WAITS = ("/threading.py", "/concurrent/futures/", "/selectors.py", "/queue.py")
_REST = "all else"
Parts = Sequence[tuple[str, Sequence[str]]]

PAGE: Parts = (
    ("the engine: hits, facets, histogram", ("/archive/search/embedded/",)),
    ("catalogue: SQL", ("/sqlalchemy/", "/sqlite3/", "/archive/catalogue/")),
    ("readings: page texts, inflated", ("/archive/readings.py", "/archive/files/")),
    ("marking words, snippets", ("/archive/search/marking", "/archive/search/analysis")),
    ("query: reading it", ("/archive/search/language", "/archive/search/lexer")),
    ("templates", ("/jinja2/", "/templates/", "/markupsafe/")),
    ("records to what is shown", ("/archive/shown/", "/archive/views", "/archive/model")),
    ("web: request, headers, log", ("/flask/", "/werkzeug/", "/search_app/", "/structlog/")),
)
IMPORT: Parts = (
    ("rows: CSV to records", ("/crawlers/importing/", "/crawlers/usaspending/", "/csv.py")),
    ("catalogue: SQL", ("/sqlalchemy/", "/sqlite3/", "/archive/catalogue/")),
    ("files: bytes kept", ("/archive/files/", "/archive/captures")),
    ("index: technologies found", ("/archive/watchlist/",)),
    ("index: tokens and stems", ("/archive/search/analysis", "/Stemmer")),
    ("index: the engine writes", ("/archive/search/embedded/",)),
    ("index: entries put together", ("/archive/index/",)),
    ("versions, fingerprints, door", ("/archive/",)),
)


class Sampler:
    """Counts, by part, what the threads of this process are at, every so much processor time."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.counted: Counter[str] = Counter()

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look until the end of the block; for the main thread only, as signals are."""
        before = signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, _EVERY_S, _EVERY_S)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        own = threading.get_ident()
        others = [one for ident, one in sys._current_frames().items() if ident != own]
        working = [one for one in (frame, *others) if one is not None and not _waits(one)]
        for one in working:
            self.counted[self._part(one)] += 1

    def _part(self, frame: FrameType | None) -> str:
        while frame is not None:
            name = frame.f_code.co_filename
            for part, pieces in self._parts:
                if any(piece in name for piece in pieces):
                    return part
            frame = frame.f_back
        return _REST


def _waits(frame: FrameType) -> bool:
    return any(one in frame.f_code.co_filename for one in _WAITS)


def profiled(title: str, parts: Parts, run: Callable[[], object]) -> str:
    """Run something, and give a table of its parts."""
    sampler = Sampler(parts)
    with sampler.looking():
        run()
    total = sum(sampler.counted.values())
    rows = [f"{name:40} {count / total:6.1%}" for name, count in sampler.counted.most_common()]
    return "\n".join((f"{title} ({total:,} looks)", *rows))


def pages(home: Path, world: World, rounds: int) -> str:
    """Profile search pages of an archive."""
    with open_archive(load({"PAPERWATCH_HOME": str(home)})) as archive, Readers(1) as readers:
        client = create_app(archive, readers).test_client()

        def ask(seeds: Iterable[int]) -> None:
            for seed in seeds:
                for one in questions(world, seed):
                    client.get(f"/?{urlencode(one.pairs)}")

        ask([0])
        return profiled("search pages", PAGE, lambda: ask(range(1, rounds + 1)))


def imported(rows: int, world: World) -> str:
    """Profile the import of composed rows into a new archive."""
    with tempfile.TemporaryDirectory(prefix="paperwatch-bench-") as folder:
        write_file(path := Path(folder) / "awards.csv", rows, world)
        os.environ["PAPERWATCH_HOME"] = str(Path(folder) / "home")
        asked = ["import", "--json", str(path)]

        def run() -> None:
            with redirect_stdout(io.StringIO()):
                program.main(asked, "paperwatch", standalone_mode=False)

        return profiled("import", IMPORT, run)


def main() -> None:
    """Profile both, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="an archive of `bench.search`, or where to")
    parser.add_argument("--scale", type=float, default=0.05, help="of a new one [default: 0.05]")
    parser.add_argument("--rounds", type=int, default=3, help="of 200 queries [default: 3]")
    parser.add_argument("--rows", type=int, default=20_000, help="to import [default: 20,000]")
    asked = parser.parse_args()
    world = World()
    with tempfile.TemporaryDirectory(prefix="paperwatch-bench-") as folder:
        home = asked.keep or Path(folder) / "home"
        build(home, world, int(AWARDS * asked.scale), int(DOCUMENTS * asked.scale))
        print(pages(home, world, asked.rounds))
    print()
    print(imported(asked.rows, world))


if __name__ == "__main__":
    main()
