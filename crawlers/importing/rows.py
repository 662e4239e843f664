"""Reads the rows of a kept file, in batches that are deposited and written down one by one.

How far it came is told after each batch, so that reading goes on there after any interruption.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from archive import deposit, tombstones
from archive.model import Deletion, Refused, Statement
from archive.opening import Archive
from archive.progress import Progress
from crawlers.importing.imported import Imported
from crawlers.importing.looking import header_of, looked_through
from crawlers.importing.parts import Part, Rows, open_part, parts_of, safely
from crawlers.usaspending.files import SUPPORTED, Layout, OtherLayout
from crawlers.usaspending.values import NotUnderstood

_BATCH = 500
_Row = list[str] | csv.Error


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file in the archive: its capture, where its bytes are, and of which day they tell.

    `as_of` is the day on which the source made it; '' of a file given by hand, which may be old.
    """

    capture: deposit.Kept
    path: Path
    as_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """What a batch of rows says."""

    rows: Sequence[tuple[Statement, ...]]
    deletions: Sequence[Deletion]
    refused: list[Refused]


def read_rows(
    archive: Archive,
    kept: KeptFile,
    run_id: int,
    done: Imported,
    cursor: Mapping[str, Any],
    note: Callable[[dict[str, Any]], None],
) -> None:
    """Read all parts of a file from where a cursor says; `done` counts, `note` hears the cursor.

    Raises:
        NotReadable: the bytes are damaged.
        BadRequest: a ZIP without any CSV.
    """
    _Reading(archive, kept, run_id, done, note).read(cursor)


class _Reading:
    """One run over the parts of a file."""

    def __init__(
        self,
        archive: Archive,
        kept: KeptFile,
        run_id: int,
        done: Imported,
        note: Callable[[dict[str, Any]], None],
    ) -> None:
        self._archive = archive
        self._kept = kept
        self._run_id = run_id
        self._done = done
        self._note = note
        self._progress = Progress("rows")
        self._progress.begin_at(done.rows)

    def read(self, cursor: Mapping[str, Any]) -> None:
        path = self._kept.path
        for number, part in enumerate(parts_of(path, self._done.file)):
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
            self._deposit(self._understood(layout, batch, part))
            read += len(batch)
            self._done.rows += len(batch)
            self._note({"part": number, "row": read})
            self._progress.tell(self._done.rows, rows.share, part.name)

    def _deposit(self, batch: _Batch) -> None:
        statements = [row[0] for row in batch.rows]
        self._done.tally.add(deposit.deposit(self._archive, self._kept.capture, statements))
        # What rows say besides of the awards they stand under is no row of its own.
        beside = {one.key: one for row in batch.rows for one in row[1:]}
        deposit.deposit(self._archive, self._kept.capture, beside.values())
        self._done.vanished += tombstones.bring_back(self._archive, self._seen_on(statements))
        self._done.vanished += tombstones.bury(self._archive, batch.deletions)
        self._refuse(batch.refused)

    def _seen_on(self, statements: Sequence[Statement]) -> dict[str, str]:
        """Give for each action the last day on which the source is known to have had it."""
        return {
            one.key: max(one.modified_at[:10], self._kept.as_of)
            for one in statements
            if one.kind == "modification"
        }

    def _understood(self, layout: Layout, batch: Sequence[_Row], part: Part) -> _Batch:
        statements, deletions, refused = [], [], []
        for place, row in enumerate(batch, self._done.rows + 1):
            try:
                cells = _cells(row)
                if (deletion := layout.deletion(cells)) is not None:
                    deletions.append(deletion)
                else:
                    statements.append(_read_row(layout, cells, place))
            except NotUnderstood as error:
                subject = layout.subject(row) if isinstance(row, list) else ""
                reason = f"{part.name}: {error}" if part.name else str(error)
                refused.append(Refused(place=place, subject=_plain(subject), reason=_plain(reason)))
        return _Batch(rows=statements, deletions=deletions, refused=refused)

    def _refuse(self, refused: list[Refused]) -> None:
        deposit.refuse(self._archive, self._run_id, self._kept.capture, refused)
        self._done.refuse(refused)


def _cells(row: _Row) -> list[str]:
    if isinstance(row, csv.Error):
        raise NotUnderstood(f"not a CSV row: {row}")
    return row


def _read_row(layout: Layout, row: list[str], place: int) -> tuple[Statement, ...]:
    statements = layout.statements(row, place)
    if not "".join(row).isascii():
        for name, value in (pair for one in statements for pair in one.fields.items()):
            if isinstance(value, str) and _plain(value) != value:
                raise NotUnderstood(f"{name} holds bytes that are not UTF-8")
    return statements


def _plain(text: str) -> str:
    """Give a text without the marks of bytes that are not UTF-8: they cannot be stored."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _batches(rows: Rows) -> Iterator[list[_Row]]:
    rest = safely(rows)
    while batch := list(islice(rest, _BATCH)):
        yield batch
