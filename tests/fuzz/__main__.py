"""Break small files, read them, and keep what breaks the reader.

Stopped at any time, the same command with the same --work goes on behind the last case. What is
worth breaking further (it made the reader do something new, or reached a line of ours that nothing
else did) joins the beginnings.
"""

import argparse
import hashlib
import json
import resource
import shutil
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import click

from archive.reading_client import Readers
from tests.fuzz.covering import lines_reached
from tests.fuzz.judging import Judge, Outcome
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import seeds

_TELL_EVERY_S = 60.0
_POOL_BYTES_MOST = 150_000
_SLOW_S = 5.0
_KEPT_OF_EACH = 5
_DRAWN, _OPENED_UP, _COVERED = 0.25, 0.05, 0.1


@dataclass(slots=True, kw_only=True)
class Going:
    """How far it has come, over all runs with one seed in one folder."""

    seed: int
    case: int = 0
    cpu_s: float = 0.0
    verdicts: dict[str, int] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)
    slow: int = 0


def main() -> None:
    """Fuzz for a while, and print what came of it."""
    told = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    told.add_argument("--minutes", type=float, default=1.0, help="processor time to take, in all")
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--work", type=Path, default=Path("fuzz"), help="what is kept between runs")
    told.add_argument("--folder", type=Path, help="more small PDFs to begin with")
    given = told.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, Readers(1) as readers:
        fuzz = Fuzz(given.work, Judge(readers, Path(scratch)), Path(scratch), given.seed)
        fuzz.begin_with(seeds(given.folder))
        fuzz.run(60 * given.minutes)
    click.echo(json.dumps(asdict(fuzz.going), indent=2))


class Fuzz:
    """Draws cases from a pool that grows, judges them, and keeps state and finds in a folder."""

    def __init__(self, work: Path, judge: Judge, scratch: Path, seed: int) -> None:
        self._work, self._judge, self._scratch = work, judge, scratch
        self.going = _resumed(work / "state.json", seed)
        self._began_s, self._own_s = self.going.cpu_s, _own_cpu_s()
        self._pool: list[bytes] = []
        remembered = _read_or(work / "memory.json", {"seen": [], "lines": []})
        self._seen, self._lines = set(remembered["seen"]), set(remembered["lines"])
        for part in ("pool", "broken", "slow"):
            (work / part).mkdir(exist_ok=True)

    def begin_with(self, bodies: list[bytes]) -> None:
        """Judge the beginnings as they are, and what earlier runs thought worth keeping."""
        kept = [path.read_bytes() for path in sorted((self._work / "pool").iterdir())]
        self._pool = [*bodies, *kept]
        for body in () if self._seen else self._pool:
            outcome = self._judge.judge(body, is_drawn=True, is_opened_up=True)
            self._seen.add(repr(outcome.behaviour))
            self._lines |= self._reached()
            self._note(body, outcome)

    def run(self, cpu_s: float) -> None:
        """Go on until so much processor time was taken in all."""
        told = 0.0
        while self.going.cpu_s < cpu_s:
            self._do(Random(f"{self.going.seed}:{self.going.case}"))
            self.going.cpu_s = self._began_s + self._judge.cpu_s + _own_cpu_s() - self._own_s
            if time.monotonic() - told > _TELL_EVERY_S:
                told = time.monotonic()
                self._tell()
        self._tell()

    def _do(self, chance: Random) -> None:
        body = mutated(chance.choice(self._pool), chance, self._pool)
        outcome = self._judge.judge(
            body,
            is_drawn=chance.random() < _DRAWN,
            is_opened_up=chance.random() < _OPENED_UP,
        )
        self.going.case += 1
        _count(self.going.verdicts, outcome.verdict)
        self._note(body, outcome)
        is_new = repr(outcome.behaviour) not in self._seen
        if outcome.verdict.startswith("limit") or outcome.seconds > _SLOW_S:
            return  # what comes of it would be as slow
        if is_new or chance.random() < _COVERED:
            self._keep_if_new(body, outcome, is_new=is_new)

    def _keep_if_new(self, body: bytes, outcome: Outcome, *, is_new: bool) -> None:
        lines = self._reached()
        if (is_new or lines - self._lines) and len(body) <= _POOL_BYTES_MOST:
            self._pool.append(body)
            self._write("pool", body)
        self._seen.add(repr(outcome.behaviour))
        self._lines |= lines

    def _reached(self) -> set[str]:
        place = self._scratch / "traced"
        try:
            return lines_reached(self._scratch / "case.pdf", place)
        finally:
            place.unlink(missing_ok=True)
            shutil.rmtree(place.with_suffix(".folder"), ignore_errors=True)

    def _note(self, body: bytes, outcome: Outcome) -> None:
        if outcome.broken:
            if _count(self.going.broken, outcome.broken[:200]) <= _KEPT_OF_EACH:
                self._write("broken", body, outcome.broken)
        elif outcome.seconds > _SLOW_S:
            self.going.slow += 1
            self._write("slow", body, f"{outcome.verdict} {outcome.seconds} s")

    def _write(self, part: str, body: bytes, why: str = "") -> None:
        path = self._work / part / hashlib.sha256(body).hexdigest()[:16]
        path.write_bytes(body)
        if why:
            with (self._work / f"{part}.txt").open("a") as log:
                log.write(f"{path.name} case {self.going.case}: {why}\n")

    def _tell(self) -> None:
        memory = {"seen": sorted(self._seen), "lines": sorted(self._lines)}
        _write_whole(self._work / "memory.json", memory)
        _write_whole(self._work / "state.json", asdict(self.going))
        going = self.going
        click.echo(
            f"{time.strftime('%H:%M:%S')} case {going.case:,}, {going.cpu_s / 60:.1f} min,"
            f" pool {len(self._pool)}, lines {len(self._lines)}, slow {going.slow},"
            f" broken {going.broken}, {going.verdicts}"
        )


def _write_whole(path: Path, what: object) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(what))
    part.replace(path)


def _read_or(path: Path, nothing: Any) -> Any:
    return json.loads(path.read_text()) if path.exists() else nothing


def _own_cpu_s() -> float:
    """Give the processor time of this process and of those of its children that have ended.

    Readers are among these only when they have: until then the judge counts them.
    """
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _resumed(path: Path, seed: int) -> Going:
    kept = _read_or(path, {"seed": seed})
    if kept["seed"] != seed:
        raise SystemExit(f"{path.parent} is of seed {kept['seed']}: name another folder by --work.")
    return Going(**kept)


def _count(counted: dict[str, int], what: str) -> int:
    counted[what] = counted.get(what, 0) + 1
    return counted[what]


if __name__ == "__main__":
    main()
