"""How well drawn documents are read, against what is true of them, and which aims are reached.

Run:  python -m bench.evaluation [--seeds tuning|measuring] [--count N] [--first N] [--misses]

Draws documents of `tests.drawn.released`, has them read by two reader processes as `paperwatch
evaluate` does, and prints its table with the aims. The measuring seeds are for measuring alone:
whoever looks at one of their documents to mend a detector spoils the measurement, so their misses
are counted, and never named.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from archive import settings
from archive.progress import Progress, lasting
from archive.reading_client import Readers
from archive.recogniser import lacking, models
from ingest.evaluating import gold, report
from ingest.evaluating.looking import Looker
from ingest.evaluating.running import Result, evaluated
from ingest.evaluating.scores import Score
from tests.drawn.released.__main__ import write
from tests.drawn.released.seeds import MEASURING, TUNING

SEEDS = {"tuning": TUNING, "measuring": MEASURING}
_PROCESSES = 2
_PORTION = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What is to be reached: a figure of a score, and how great it must be at least."""

    name: str
    figure: Callable[[Score], float]
    least: float


def _both(score: Score) -> float:
    return min(score.recall, score.precision)


AIMS: Mapping[str, Aim] = {
    "phrases": Aim(name="recall", figure=lambda one: one.recall, least=0.99),
    "phrases_image": Aim(name="recall", figure=lambda one: one.recall, least=0.95),
    "scanned_pages": Aim(name="recall and precision", figure=_both, least=0.99),
    "exemption_labels": Aim(name="F1", figure=lambda one: one.f1, least=0.97),
    "redaction_boxes": Aim(name="F1 at IoU 0.5", figure=lambda one: one.f1, least=0.95),
    "failed_redactions": Aim(name="none missed, none false", figure=lambda one: one.f1, least=1.0),
}


def main() -> None:
    """Draw, read, judge and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seeds", choices=SEEDS, default="tuning")
    arguments.add_argument("--count", type=int, default=500, help="so many documents [500]")
    arguments.add_argument("--first", type=int, default=0, help="leave out so many seeds [0]")
    arguments.add_argument("--misses", action="store_true", help="name what was missed, too")
    given = arguments.parse_args()
    seeds = SEEDS[given.seeds][given.first : given.first + given.count]
    if not seeds:
        arguments.error(f"no seed is left: there are {len(SEEDS[given.seeds]):,}")
    if given.misses and given.seeds == "measuring":
        arguments.error("what is missed with the measuring seeds is not named: see the head")
    measure(seeds, is_named=given.misses)


def measure(seeds: range, *, is_named: bool) -> None:
    """Print how the documents of some seeds came out."""
    with tempfile.TemporaryDirectory() as scratch:
        began = time.monotonic()
        known = dict(_drawn(Path(scratch), seeds))
        drew = time.monotonic()
        result = _result(known, Path(scratch))
        ended = time.monotonic()
    pages = sum(one.pages or 0 for one in known.values())
    print(f"{len(known):,} documents, {pages:,} pages, seeds {seeds[0]:,} to {seeds[-1]:,}")
    print(f"drawn in {lasting(drew - began)}, read and judged in {lasting(ended - drew)}\n")
    print("\n".join(report.lines(result) if is_named else report.table(result.all())))
    print()
    print("\n".join(_reached(result.all())))


def _drawn(folder: Path, seeds: range) -> Iterator[tuple[str, gold.GoldFile]]:
    """Draw the documents of some seeds into a folder, and give what is true of each."""
    told = Progress("documents drawn")
    portions = [seeds[begin : begin + _PORTION] for begin in range(0, len(seeds), _PORTION)]
    with ProcessPoolExecutor(_PROCESSES) as pool:
        parts = pool.map(_draw_portion, [folder] * len(portions), portions)
        for number, known in enumerate(parts, start=1):
            told.tell_of(number * _PORTION, len(seeds))
            yield from known.items()


def _draw_portion(folder: Path, seeds: range) -> dict[str, gold.GoldFile]:
    write(part := folder / f"from{seeds[0]}", seeds)
    known = gold.read(part / "gold.json")
    for name in known:
        (part / name).rename(folder / name)
    return known


def _result(known: Mapping[str, gold.GoldFile], folder: Path) -> Result:
    in_force = settings.load()
    if reason := lacking(in_force):
        print(reason, file=sys.stderr)
    told = Progress("files looked at")
    with Readers(_PROCESSES) as readers:
        looker = Looker(archive=None, readers=readers, models=models(in_force))
        return evaluated(known, folder, looker, lambda done: told.tell_of(done, len(known)))


def _reached(scores: Mapping[str, Score]) -> Iterator[str]:
    """Say of each aim whether it is reached, and where only few values speak for it."""
    for kind, aim in AIMS.items():
        score = scores[kind]
        word = "reached" if aim.figure(score) >= aim.least else "NOT reached"
        few = f"  (of {score.n:,} values alone)" if score.n < report.LEAST else ""
        yield f"{kind:18}{aim.name:26}{aim.figure(score):8.4f}   aim {aim.least:.2f}   {word}{few}"


if __name__ == "__main__":
    main()
