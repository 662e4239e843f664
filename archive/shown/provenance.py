"""Where an award's words come from: captures, and what changed between them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import capture, version
from archive.views import VIEWS

_CHANGES_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A capture in which an award was seen; `place` is the row within it, from 1."""

    view: str
    source: str
    method: str
    address: str
    fetched_at: str
    modified_at: str
    sha256: str
    size_bytes: int
    place: int


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
    """Captures and changes, newest first."""

    captures: tuple[Captured, ...]
    changes: tuple[Change, ...]


def history(connection: sa.Connection, record_id: int) -> History:
    """Give how a record came to be known, and what changed since."""
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
    changes = sorted(_changes(rows), key=lambda one: (one.seen_at, one.name), reverse=True)
    return History(
        captures=tuple(_captured(row) for row in newest), changes=tuple(changes[:_CHANGES_MAX])
    )


def _label(view: str) -> str:
    return VIEWS[view].label if view in VIEWS else view


def _captured(row: sa.Row[Any]) -> Captured:
    return Captured(
        view=_label(row.view),
        source=row.source,
        method=row.method,
        address=row.address,
        fetched_at=row.seen_at,
        modified_at=row.modified_at,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        place=row.place,
    )


def _changes(rows: Sequence[sa.Row[Any]]) -> Iterator[Change]:
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
                    view=_label(row.view),
                    seen_before_at=seen_before_at,
                    seen_at=row.seen_at,
                )
        before[row.view] = (fields, row.seen_at)
