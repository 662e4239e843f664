"""Imports one file of awards, actions or sub-awards: bytes first, then its rows in batches.

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
from crawlers.importing.looking import header_of, looked_through
from crawlers.importing.parts import Part, Rows, open_part, parts_of, safely
from crawlers.progress import Progress
from crawlers.usaspending.files import PARSER_VERSION, SUPPORTED, Layout, OtherLayout, layout_kind
from crawlers.usaspending.values import NotUnderstood

SOURCE = "usaspending_file"
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
                header = header_of(rows)
                layout_kind(header).of(header, {})
                return
        except OtherLayout as error:
            reasons.append(f"{part.name or path.name}: {error}")
    raise BadRequest(
        f"{path.name} is not a file that can be imported. {reasons[0]}. Supported: {SUPPORTED}."
    )


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
            # What stands before this part does not change when a killed import goes on.
            before = self._done.rows - skip
            try:
                layout = looked_through(path, part, self._done.file, before)
            except OtherLayout as error:
                reason = f"{error}; supported: {SUPPORTED}"
                self._refuse([Refused(place=0, subject=part.name, reason=reason)])
                continue
            with open_part(path, part, self._done.file) as rows:
                header_of(rows)
                self._read_part(rows, layout, part, number, skip)

    def _read_part(self, rows: Rows, layout: Layout, part: Part, number: int, skip: int) -> None:
        for name in layout.not_understood:
            if name not in self._done.not_understood:
                self._done.not_understood.append(name)
        read = sum(1 for _ in islice(safely(rows), skip))
        for batch in _batches(rows):
            read_rows, refused = self._understood(layout, batch, part)
            statements = [row[0] for row in read_rows]
            self._done.tally.add(deposit.deposit(self._archive, self._kept, statements))
            # What rows say besides of the awards they stand under is no row of its own.
            beside = {one.key: one for row in read_rows for one in row[1:]}
            deposit.deposit(self._archive, self._kept, beside.values())
            self._refuse(refused)
            read += len(batch)
            self._done.rows += len(batch)
            cursor = {"part": number, "row": read}
            runs.advance(self._archive, self._run_id, cursor, _counts(self._done))
            self._progress.tell(self._done.rows, rows.share)

    def _understood(
        self, layout: Layout, batch: Sequence[list[str] | csv.Error], part: Part
    ) -> tuple[list[tuple[Statement, ...]], list[Refused]]:
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


def _read_row(layout: Layout, row: list[str] | csv.Error, place: int) -> tuple[Statement, ...]:
    if isinstance(row, csv.Error):
        raise NotUnderstood(f"not a CSV row: {row}")
    statements = layout.statements(row, place)
    if not "".join(row).isascii():
        for name, value in (pair for one in statements for pair in one.fields.items()):
            if isinstance(value, str) and _plain(value) != value:
                raise NotUnderstood(f"{name} holds bytes that are not UTF-8")
    return statements


def _plain(text: str) -> str:
    """Give a text without the marks of bytes that are not UTF-8: they cannot be stored."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _batches(rows: Rows) -> Iterator[list[list[str] | csv.Error]]:
    rest = safely(rows)
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
