"""Imports one file of prime award summaries: bytes first, then its rows in batches.

How far it came is written down after each batch, so that the same command goes on after any
interruption; a file that was read to its end by this version of the reader is not read again.
"""

import csv
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from archive import clock, deposit, runs
from archive.errors import BadRequest, NotFound
from archive.model import Answer, Refused, Statement, Tally
from archive.opening import Archive
from crawlers.importing.parts import Part, Rows, open_part, parts_of
from crawlers.progress import Progress
from crawlers.usaspending.summary import PARSER_VERSION, OtherLayout, SummaryLayout
from crawlers.usaspending.values import NotUnderstood

SOURCE = "usaspending_file"
SUPPORTED = "the prime award summaries of USAspending (contracts and IDVs, CSV or ZIP)"
_BATCH = 500
_SHOWN = 20


@dataclass(slots=True, kw_only=True)
class Imported:
    """What became of a file."""

    file: str
    sha256: str = ""
    rows: int = 0
    tally: Tally = field(default_factory=Tally)
    refusals: list[Refused] = field(default_factory=list)  # the first ones
    not_understood: list[str] = field(default_factory=list)
    seconds: float = 0.0
    was_done: bool = False  # by an earlier command; nothing was written
    resumed: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Give it for JSON."""
        shown = [
            {"row": one.place, "award": one.subject, "reason": one.reason} for one in self.refusals
        ]
        return {
            "file": self.file,
            "sha256": self.sha256,
            "rows": self.rows,
            **self.tally.as_dict(),
            "refusals": shown,
            "columns_not_understood": self.not_understood,
            "seconds": round(self.seconds, 2),
            "was_done": self.was_done,
            "resumed": self.resumed,
        }


def import_award_file(archive: Archive, path: Path) -> Imported:
    """Import one file; gives what became of its rows.

    Raises:
        BadRequest: no part of it has a layout that is known.
        NotReadable: a damaged or protected ZIP.
        NotFound: there is no such file.
    """
    began_s = time.monotonic()
    _check_layout(path)
    stored = archive.files.put_file(path)
    done = Imported(file=path.name, sha256=stored.sha256)
    question = {"sha256": stored.sha256, "parser": PARSER_VERSION}
    before = runs.done(archive, SOURCE, question)
    if before is not None:
        _recall(done, before.counts)
        done.was_done = True
    else:
        answer = Answer(
            source=SOURCE, method="FILE", address=path.name, body=stored, fetched_at=clock.now()
        )
        kept = deposit.keep(archive, answer)
        run = runs.begin(archive, SOURCE, question)
        done.resumed = run.resumed and bool(run.cursor)
        _recall(done, run.counts)
        _Import(archive, kept, run.id, done).read(archive.files.path(stored.sha256), run.cursor)
        runs.finish(archive, run.id, _counts(done))
    done.seconds = time.monotonic() - began_s
    return done


def _check_layout(path: Path) -> None:
    """See that some part of a file can be read, before its bytes are kept."""
    if not path.is_file():
        raise NotFound(f"{path} is not a file.")
    reasons = []
    for part in parts_of(path, path.name):
        try:
            with open_part(path, part, path.name) as rows:
                _layout(rows)
                return
        except OtherLayout as error:
            reasons.append(f"{part.name or path.name}: {error}")
    raise BadRequest(
        f"{path.name} is not a file that can be imported. {reasons[0]}. Supported: {SUPPORTED}."
    )


def _layout(rows: Rows) -> SummaryLayout:
    try:
        header = next(rows)
    except StopIteration:
        raise OtherLayout("it is empty") from None
    except csv.Error as error:
        raise OtherLayout(f"it is not a CSV ({error})") from None
    return SummaryLayout.of(header)


class _Import:
    """One run over the parts of a stored file."""

    def __init__(self, archive: Archive, kept: deposit.Kept, run_id: int, done: Imported) -> None:
        self._archive = archive
        self._kept = kept
        self._run_id = run_id
        self._done = done
        self._progress = Progress("rows")
        self._progress.begin_at(done.rows)

    def read(self, path: Path, cursor: dict[str, Any]) -> None:
        """Read all parts, from where the cursor says."""
        parts = parts_of(path, self._done.file)
        for number, part in enumerate(parts):
            if number < cursor.get("part", 0):
                continue
            skip = cursor.get("row", 0) if number == cursor.get("part") else 0
            with open_part(path, part, self._done.file) as rows:
                self._read_part(rows, part, number, skip)

    def _read_part(self, rows: Rows, part: Part, number: int, skip: int) -> None:
        try:
            layout = _layout(rows)
        except OtherLayout as error:
            reason = f"{error}; supported: {SUPPORTED}"
            self._refuse([Refused(place=0, subject=part.name, reason=reason)])
            return
        for name in layout.not_understood:
            if name not in self._done.not_understood:
                self._done.not_understood.append(name)
        read = sum(1 for _ in islice((row for row in _safely(rows) if row), skip))
        for batch in _batches(rows):
            statements, refused = self._understood(layout, batch, part)
            self._done.tally.add(deposit.deposit(self._archive, self._kept, statements))
            self._refuse(refused)
            read += len(batch)
            self._done.rows += len(batch)
            cursor = {"part": number, "row": read}
            runs.advance(self._archive, self._run_id, cursor, _counts(self._done))
            self._progress.tell(self._done.rows, rows.share)

    def _understood(
        self, layout: SummaryLayout, batch: Sequence[list[str] | csv.Error], part: Part
    ) -> tuple[list[Statement], list[Refused]]:
        statements, refused = [], []
        for place, row in enumerate(batch, self._done.rows + 1):
            try:
                statements.append(_read_row(layout, row, place))
            except NotUnderstood as error:
                subject = layout.subject(row) if isinstance(row, list) else ""
                reason = f"{part.name}: {error}" if part.name else str(error)
                refused.append(Refused(place=place, subject=_plain(subject), reason=_plain(reason)))
        return statements, refused

    def _refuse(self, refused: list[Refused]) -> None:
        deposit.refuse(self._archive, self._run_id, self._kept, refused)
        self._done.tally.refused += len(refused)
        self._done.refusals += refused[: _SHOWN - len(self._done.refusals)]


def _read_row(layout: SummaryLayout, row: list[str] | csv.Error, place: int) -> Statement:
    if isinstance(row, csv.Error):
        raise NotUnderstood(f"not a CSV row: {row}")
    statement = layout.statement(row, place)
    if not "".join(row).isascii():
        for name, value in statement.fields.items():
            if isinstance(value, str) and _plain(value) != value:
                raise NotUnderstood(f"{name} holds bytes that are not UTF-8")
    return statement


def _plain(text: str) -> str:
    """Give a text without the marks of bytes that are not UTF-8: they cannot be stored."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _safely(rows: Rows) -> Iterator[list[str] | csv.Error]:
    """Give each row, or the error that stands in its place."""
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def _batches(rows: Rows) -> Iterator[list[list[str] | csv.Error]]:
    rest = (row for row in _safely(rows) if row)  # an empty line is no row
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _counts(done: Imported) -> dict[str, Any]:
    shown = [[one.place, one.subject, one.reason] for one in done.refusals]
    return {
        **done.tally.as_dict(),
        "rows": done.rows,
        "refusals": shown,
        "not_understood": done.not_understood,
    }


def _recall(done: Imported, counts: dict[str, Any]) -> None:
    """Take over what an earlier run of the same file wrote down."""
    with suppress(KeyError):
        done.tally = Tally(**{name: counts[name] for name in done.tally.as_dict()})
        done.rows, done.not_understood = counts["rows"], list(counts["not_understood"])
        done.refusals = [
            Refused(place=place, subject=subject, reason=reason)
            for place, subject, reason in counts["refusals"]
        ]
