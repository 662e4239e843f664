"""Ask 100,000 odd queries: none may raise, none may take a second, no page may fail.

    python -m bench.odd_queries [--count 100000] [--home FOLDER] [--pages 2000] [--seed 1]

Queries are seeded from the grammar, from Unicode's corners, and from what people paste. Each is
read, and answered by the index with all its facets; every so many also go through the web
application as a whole page. What took a second is asked three times more, and the best counts:
another program may have had the processor. The archive is a small composed one, unless FOLDER names
another.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from flask.testing import FlaskClient

from archive import settings
from archive.errors import BadRequest
from archive.opening import open_archive
from archive.reading_client import Readers
from archive.shown.asking import asked_from
from archive.shown.desk import Desk, open_desk
from archive.shown.search import search
from search_app.app import create_app
from tests.search.odd import odd_query
from tests.search_app.composed import compose

SLOW_S = 1.0
_SHOWN = 20
_ASKED_AGAIN = 3


@contextmanager
def opened(home: Path | None) -> Iterator[tuple[Desk, FlaskClient]]:
    """Open an archive, composing a small one where none is named."""
    with tempfile.TemporaryDirectory(prefix="paperwatch-odd-") as folder:
        where = home or Path(folder) / "home"
        with open_archive(settings.load({"PAPERWATCH_HOME": str(where)})) as archive:
            if home is None:
                compose(archive, Path(folder) / "papers")
            with Readers(1) as readers:
                yield open_desk(archive), create_app(archive, readers).test_client()


def main() -> None:
    """Ask, and print what went wrong and what was slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=2_000, help="of them as whole pages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path, help="an archive that exists")
    asked = parser.parse_args()
    random = Random(asked.seed)
    every = max(1, asked.count // max(1, asked.pages))
    wrong: list[str] = []
    slowest: list[tuple[float, str]] = []
    refused = 0
    with opened(asked.home) as (desk, client):
        for number in range(asked.count):
            query = odd_query(random)
            began_s = time.perf_counter()
            try:
                search(desk, asked_from([("q", query), ("size", "5")]))
            except BadRequest:
                refused += 1
            except Exception as error:
                wrong.append(f"{type(error).__name__}: {error}: {query!r}")
            slowest.append((time.perf_counter() - began_s, query))
            if number % every == 0:
                status = client.get("/", query_string={"q": query}).status_code
                if status >= 500:
                    wrong.append(f"status {status}: {query!r}")
            if len(slowest) > 10_000:
                slowest = sorted(slowest, reverse=True)[:_SHOWN]
        again = [_again(desk, *one) for one in sorted(slowest, reverse=True)[:_SHOWN]]
    _print(asked.count, refused, wrong, sorted(again, reverse=True))


def _again(desk: Desk, took_s: float, query: str) -> tuple[float, str]:
    """Ask once more what was slow; give the best time."""
    times = [took_s]
    while took_s > SLOW_S and len(times) <= _ASKED_AGAIN:
        began_s = time.perf_counter()
        search(desk, asked_from([("q", query), ("size", "5")]))
        times.append(time.perf_counter() - began_s)
    return min(times), query


def _print(count: int, refused: int, wrong: list[str], slowest: list[tuple[float, str]]) -> None:
    over = sum(seconds > SLOW_S for seconds, _ in slowest)
    print(f"queries: {count:,}; refused with a sentence: {refused:,}; failed: {len(wrong)}")
    print(f"slowest: {slowest[0][0] * 1000:.0f} ms; over {SLOW_S:.0f} s: {over}")
    for seconds, query in slowest[:5]:
        print(f"  {seconds * 1000:6.0f} ms  {query[:100]!r}")
    for one in wrong[:_SHOWN]:
        print(f"  failed: {one[:300]}")
    if wrong or over:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
