"""Looks at all files of a folder that the gold knows, and judges each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ingest.evaluating.gold import GoldFile
from ingest.evaluating.kinds import KINDS, judged
from ingest.evaluating.looking import Looker
from ingest.evaluating.scores import Score, summed
from ingest.evaluating.seen import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """How a document came out, by kind; `reason` where it could not be read."""

    name: str
    scores: Mapping[str, Score]
    reason: str
    is_kept: bool
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How all documents came out, in the order of the gold, and those that were not there."""

    files: Sequence[FileResult]
    missing: Sequence[str]

    def all(self) -> dict[str, Score]:
        """Add the documents up, by kind; kinds that are not attempted are left out."""
        return {
            name: summed(one.scores[name] for one in self.files)
            for name, judge in KINDS.items()
            if judge is not None
        }


def evaluated(
    gold: Mapping[str, GoldFile],
    folder: Path,
    looker: Looker,
    tell: Callable[[int], None] = lambda done: None,
) -> Result:
    """Judge the files of the gold that are in a folder, as many at once as there are readers.

    `tell` hears how many are done.
    """
    there = [one for name, one in gold.items() if (folder / name).is_file()]
    return Result(
        files=list(_each(there, folder, looker, tell)),
        missing=[name for name in gold if not (folder / name).is_file()],
    )


def _each(
    wanted: Sequence[GoldFile], folder: Path, looker: Looker, tell: Callable[[int], None]
) -> Iterator[FileResult]:
    def one(gold: GoldFile) -> FileResult:
        return _result(gold, looker.look(folder / gold.name))

    pool = ThreadPoolExecutor(looker.readers.count)
    try:
        for done, result in enumerate(pool.map(one, wanted), start=1):
            tell(done)
            yield result
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        looker.readers.end()
        raise
    finally:
        pool.shutdown()


def _result(gold: GoldFile, seen: Seen) -> FileResult:
    return FileResult(
        name=gold.name,
        scores=judged(gold, seen),
        reason=seen.reason,
        is_kept=seen.is_kept,
        waiting=seen.waiting,
    )
