"""Where an award's words come from: captures, and what changed between them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import capture, record, version
from archive.shown.desk import Desk
from archive.shown.proof import proofs, versions
from archive.shown.wording import counted

_CHANGES_MAX = 100
_SHOWS = {
    "award": "the award",
    "modification": "its latest action",
    "subaward": "a sub-award report",
}
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
    """A field that a source changed between two captures of one view.

    `modified_…` are the source's own stamps, '' for none; they order, not when it was captured.
    """

    name: str
    before: str | int | bool | None
    after: str | int | bool | None
    view: str
    modified_before_at: str
    modified_at: str
    seen_before_at: str
    seen_at: str

    @property
    def is_backwards(self) -> bool:
        """Whether what the source said first was captured last, as from an older file."""
        return self.seen_before_at > self.seen_at

    @property
    def noticed_at(self) -> str:
        """When both had been captured."""
        return max(self.seen_before_at, self.seen_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Captures and changes, newest first; captures of the award before those of its parts.

    `cited` is the one that gives the amounts shown.
    """

    cited: Captured | None
    captures: tuple[Captured, ...]
    changes: tuple[Change, ...]


def history(desk: Desk, connection: sa.Connection, record_id: int, award_key: str) -> History:
    """Give how an award came to be known, and what changed since."""
    wanted = (
        versions()
        .where(version.c.record_id == record_id)
        .order_by(version.c.modified_until, version.c.fetched_at, version.c.id)
    )
    rows = connection.execute(wanted).all()
    newest = sorted(rows, key=lambda row: (row.seen_at, row.version_id), reverse=True)
    changes = sorted(_changes(desk, rows), key=_newness, reverse=True)
    proof = proofs(connection, {record_id: award_key}).get(record_id)
    own = (_captured(desk, row, "the award") for row in newest)
    captures = (*own, *_parts(desk, connection, award_key))
    return History(
        cited=_captured(desk, proof, _SHOWS[proof.kind]) if proof else None,
        captures=captures,
        changes=tuple(changes[:_CHANGES_MAX]),
    )


def _newness(one: Change) -> tuple[str, str, str]:
    return (one.modified_at or one.seen_at)[:10], one.seen_at, one.name


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
    before: dict[str, tuple[dict[str, Any], sa.Row[Any]]] = {}
    for row in rows:
        fields = json.loads(row.fields)
        old, row_before = before.get(row.view, (fields, row))
        for name in sorted(old.keys() | fields.keys()):
            if old.get(name) != fields.get(name):
                yield Change(
                    name=name,
                    before=old.get(name),
                    after=fields.get(name),
                    view=desk.view(row.view),
                    modified_before_at=row_before.modified_until,
                    modified_at=row.modified_until,
                    seen_before_at=row_before.seen_at,
                    seen_at=row.seen_at,
                )
        before[row.view] = (fields, row)
