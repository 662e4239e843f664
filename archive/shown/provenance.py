"""Where an award's words come from: captures, and what changed between them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import capture, record, version
from archive.shown.desk import Desk
from archive.shown.wording import counted

_CHANGES_MAX = 100
_KINDS = {"modification": "modification", "subaward": "sub-award report"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A capture that shows an award, or what belongs to it; `shows` says what, in words.

    `place` is the row within it, from 1; of several, the first.
    """

    view: str
    source: str
    method: str
    address: str
    fetched_at: str
    modified_at: str
    sha256: str
    size_bytes: int
    place: int
    shows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field that a source changed between two captures of one view."""

    name: str
    before: str | int | bool | None
    after: str | int | bool | None
    view: str
    seen_before_at: str
    seen_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Captures and changes, newest first; captures of the award before those of its parts."""

    captures: tuple[Captured, ...]
    changes: tuple[Change, ...]


def history(desk: Desk, connection: sa.Connection, record_id: int, award_key: str) -> History:
    """Give how an award came to be known, and what changed since."""
    wanted = (
        sa.select(
            version.c.view,
            version.c.fields,
            version.c.modified_at,
            version.c.modified_until,
            version.c.fetched_at.label("seen_at"),
            version.c.place,
            version.c.id,
            capture,
        )
        .join(capture, capture.c.id == version.c.capture_id)
        .where(version.c.record_id == record_id)
        .order_by(version.c.modified_until, version.c.fetched_at, version.c.id)
    )
    rows = connection.execute(wanted).all()
    newest = sorted(rows, key=lambda row: (row.seen_at, row.id), reverse=True)
    changes = sorted(_changes(desk, rows), key=lambda one: (one.seen_at, one.name), reverse=True)
    own = (_captured(desk, row, "the award") for row in newest)
    captures = (*own, *_parts(desk, connection, award_key))
    return History(captures=captures, changes=tuple(changes[:_CHANGES_MAX]))


def _parts(desk: Desk, connection: sa.Connection, award_key: str) -> Iterator[Captured]:
    """Walk the captures that show modifications and sub-award reports of an award."""
    wanted = (
        sa.select(
            record.c.kind,
            version.c.view,
            sa.func.max(version.c.fetched_at).label("seen_at"),
            sa.func.max(version.c.modified_at).label("modified_at"),
            sa.func.min(version.c.place).label("place"),
            sa.func.count(sa.distinct(record.c.id)).label("records"),
            capture,
        )
        .join(version, version.c.record_id == record.c.id)
        .join(capture, capture.c.id == version.c.capture_id)
        .where(record.c.award_key == award_key, record.c.kind != "award")
        .group_by(record.c.kind, version.c.view, *capture.c)
        .order_by(sa.desc("seen_at"), capture.c.id.desc(), record.c.kind)
    )
    for row in connection.execute(wanted):
        yield _captured(desk, row, counted(row.records, _KINDS[row.kind]))


def _captured(desk: Desk, row: sa.Row[Any], shows: str) -> Captured:
    return Captured(
        view=desk.view(row.view),
        source=row.source,
        method=row.method,
        address=row.address,
        fetched_at=row.seen_at,
        modified_at=row.modified_at,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        place=row.place,
        shows=shows,
    )


def _changes(desk: Desk, rows: Sequence[sa.Row[Any]]) -> Iterator[Change]:
    """Walk the fields that differ from the version before, view by view."""
    before: dict[str, tuple[dict[str, Any], str]] = {}
    for row in rows:
        fields = json.loads(row.fields)
        old, seen_before_at = before.get(row.view, (fields, row.seen_at))
        for name in sorted(old.keys() | fields.keys()):
            if old.get(name) != fields.get(name):
                yield Change(
                    name=name,
                    before=old.get(name),
                    after=fields.get(name),
                    view=desk.view(row.view),
                    seen_before_at=seen_before_at,
                    seen_at=row.seen_at,
                )
        before[row.view] = (fields, row.seen_at)
