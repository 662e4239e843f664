"""Holds what the reader makes of a broken file against what it promises for every file."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.errors import Damaged, NotFound, NotReadable
from archive.reading_client import Readers, ReadResult
from archive.readings import Reading
from ingest.reader import verdicts

VERDICTS = {
    *(verdicts.OK, verdicts.REPAIRED, verdicts.PASSWORD, verdicts.DAMAGED, verdicts.NOT_A_PDF),
    *(verdicts.EMPTY, verdicts.LIMIT_CPU, verdicts.LIMIT_MEMORY, verdicts.LIMIT_PAGES),
    verdicts.TOO_COMPLEX,
}
# Beyond its limit of waiting a child is ended; so much may the ending take.
_GRACE_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a case: its verdict, what is new about it, and what is broken ('' = nothing)."""

    verdict: str
    behaviour: tuple[object, ...]
    broken: str
    seconds: float


class Judge:
    """Asks one reader for each case, and looks at the process, the answer and the folder."""

    def __init__(self, readers: Readers, folder: Path) -> None:
        self._readers, self._path = readers, folder / "case.pdf"
        self._reader = 0
        # Of the reader that runs, and of its children; one that ended is a child of ours that did.
        self.cpu_s = 0.0

    def judge(self, body: bytes, *, is_drawn: bool, is_opened_up: bool) -> Outcome:
        """Read a file; where wanted, draw its first page, and take out what is attached."""
        self._path.write_bytes(body)
        began, broken = time.monotonic(), []
        result = self._readers.read(self._path)
        seconds = time.monotonic() - began
        with self._discarded(result):
            broken += list(_wrong_with(result, seconds))
        if is_drawn:
            broken += self._drawn()
        if is_opened_up or result.has_attachments:
            broken += self._opened_up()
        broken += self._left_behind()
        behaviour = (*_behaviour(result), *(re.sub(r"\d+", "#", one) for one in broken))
        return Outcome(
            verdict=result.verdict,
            behaviour=behaviour,
            broken="; ".join(broken),
            seconds=round(time.monotonic() - began, 2),
        )

    @contextmanager
    def _discarded(self, result: ReadResult) -> Iterator[None]:
        try:
            yield
        finally:
            result.discard()

    def _drawn(self) -> list[str]:
        try:
            picture = self._readers.picture(self._path, 1, 600)
        except NotFound:
            return []
        except NotReadable as error:
            return (
                [f"drawing: {error}"] if "crashed" in str(error) or "failed" in str(error) else []
            )
        return [] if picture.startswith(b"\x89PNG") else ["drawing: no picture"]

    def _opened_up(self) -> list[str]:
        taken = self._readers.take_attachments(self._path)
        try:
            if taken.verdict not in VERDICTS:
                return [f"attachments: {taken.verdict}: {taken.reason}"]
            paths = [one.path for one in taken.found if one.path]
            if any(path.parent != taken.folder for path in paths):
                return ["attachments: outside of their folder"]
            return []
        finally:
            taken.discard()

    def _left_behind(self) -> list[str]:
        """See that the reader lives on, and that nothing of this case is left."""
        left = [path.name for path in self._readers.folder.iterdir()]
        broken = [f"left behind: {len(left)} files"] if left else []
        for reader in self._readers.process_ids():
            if self._reader not in (0, reader):
                broken.append("the reader process died")
            self._reader, self.cpu_s = reader, _cpu_s(reader)
        return broken


def _cpu_s(process: int) -> float:
    """Give the processor time of a process and of its children that have ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / 100  # ticks; every Linux has a hundred of them


def _wrong_with(result: ReadResult, seconds: float) -> Iterator[str]:
    if result.verdict not in VERDICTS:
        yield f"{result.verdict}: {result.reason}"
    pages = len(result.document.pages)
    limit = verdicts.WALL_FACTOR * (verdicts.CPU_S + verdicts.CPU_S_A_PAGE * max(pages, 5))
    if seconds > limit + _GRACE_S:
        yield f"late: {seconds:.0f} s"
    if result.is_ok != (result.reason == ""):
        yield "a verdict without its sentence"
    if result.reading_path is not None:
        yield from _wrong_with_reading(result.reading_path, pages)


def _wrong_with_reading(path: Path, pages: int) -> Iterator[str]:
    if path.stat().st_size > verdicts.OUTPUT_BYTES:
        yield "a reading larger than allowed"
    try:
        with Reading.open(path) as reading:
            if reading.page_count != pages:
                yield "a reading of other pages than were told"
            for page in reading.pages():
                page.text.encode()
    except (Damaged, ValueError) as error:
        yield f"a reading that is no reading: {type(error).__name__}"


def _behaviour(result: ReadResult) -> tuple[object, ...]:
    """Sum up what a file makes the reader do, roughly: what is alike counts as seen."""
    pages = result.document.pages
    return (
        result.verdict,
        re.sub(r"\d[\d,]*", "#", result.reason),
        min(len(pages), 4),
        sum(page.words for page in pages).bit_length(),
        tuple(sorted({page.text_from for page in pages})),
        sum(page.characters_beneath_boxes for page in pages).bit_length(),
        sum(page.masked for page in pages).bit_length(),
        result.document.remarks,
        result.has_attachments,
        int(result.cpu_s * 4).bit_length(),
    )
