"""Measure Elasticsearch beside Tantivy: the search page, and how fast an index is written.

    python -m bench.engines [--scale 0.1] [--keep FOLDER] [--rounds 2] [--url http://127.0.0.1:9200]

The same composed archive answers the same questions from both, by `paperwatch serve` over HTTP.
For Elasticsearch the requests that each page needed are kept and sent again by the bare client:
the page may take 1.3 times what they take. Writing is measured against the bulk helper of the
client with two requests under way, given the same changes ready-made. Without an address a node
is started.
"""

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.building import AWARDS, DOCUMENTS, build
from bench.composed import World
from bench.engines_asking import BARE, BESIDE, FAR, NEAR, in_turn
from bench.engines_writing import copied, helper_alone
from bench.search import quantile
from tests.services import nodes

_WARM_SEED, _SEED = 1, 7_000


@contextmanager
def node(url: str | None, heap: str) -> Iterator[str]:
    """Give the address of Elasticsearch: the one named, or one that runs until the end."""
    if url:
        yield url
        return
    cluster = nodes.start("8", heap=heap)
    try:
        yield cluster.url
    finally:
        cluster.stop()


def _row(name: str, ms: Sequence[float]) -> str:
    shares = "".join(f" {quantile(ms, share):8.1f}" for share in (0.5, 0.95, 0.99))
    return f"{name:36} {len(ms):6}{shares} {_mean(ms):8.1f}"


def _mean(ms: Sequence[float]) -> float:
    return sum(ms) / len(ms)


def ask_both(home: Path, far: Path, url: str, world: World, rounds: int) -> None:
    """Print the times of pages from both engines, and of the bare requests behind them."""
    took = in_turn(home, far, url, world, range(_SEED, _SEED + rounds), warm=_WARM_SEED)
    print("\none client, in turn                   pages   p50 ms   p95 ms   p99 ms  mean ms")
    for name, ms in took.items():
        print(_row(name, ms))
    share = quantile(took[FAR], 0.95) / quantile(took[NEAR], 0.95)
    print(
        f"p95 {share:.2f} times Tantivy's (aim: at most 2.5); page by its requests, mean, median:"
    )
    for name in (BARE, BESIDE):
        mean = _mean(took[FAR]) / _mean(took[name])
        median = quantile(took[FAR], 0.5) / quantile(took[name], 0.5)
        print(f"  {mean:.2f} and {median:.2f} times {name} (aim: at most 1.3)")


def write_both(far: Path, url: str, rounds: int) -> None:
    """Print how fast an index is written, by us and by the helper alone."""
    print("\nwriting             changes   seconds  changes/s  processor s")
    shares = []
    for _ in range(rounds):
        ours = copied(far, url)
        alone = helper_alone(far, url)
        print(ours.row("paperwatch"))
        print(alone.row("bulk helper alone"))
        shares.append(ours.rate / alone.rate)
    print(f"share of the helper's rate: {', '.join(f'{one:.2f}' for one in shares)} (at least 0.8)")


def main() -> None:
    """Build or reuse both archives, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.1, help="of the whole [default: 0.1]")
    parser.add_argument("--keep", type=Path, help="keep the archive there, and use it again")
    parser.add_argument("--rounds", type=int, default=2, help="of 200 questions [default: 2]")
    parser.add_argument("--url", help="an Elasticsearch that is there [default: start one]")
    parser.add_argument("--heap", default="2g", help="of the node that is started")
    given = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="paperwatch-bench-"))
    world, home = World(), given.keep or scratch / "near"
    try:
        build(home, world, int(AWARDS * given.scale), int(DOCUMENTS * given.scale))
        far = scratch / "far"
        shutil.copytree(home, far, ignore=shutil.ignore_patterns("index", "*.before-*"))
        with node(given.url, given.heap) as url:
            print(f"load before: {os.getloadavg()[0]:.1f}")
            write_both(far, url, given.rounds)
            ask_both(home, far, url, world, given.rounds)
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
