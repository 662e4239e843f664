"""Reports of sub-awards by whom they name, so that persons among them are not shown."""

import json
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from archive.catalogue.types import text, whole
from archive.identifiers import real_duns, real_uei

revision = "0005"
down_revision = "0004"

_COLUMNS = ("vendor_uei", "vendor_duns", "vendor_name")


def upgrade() -> None:
    """Make the table of reports, fill it, and let the index hear of those that name persons."""
    op.create_table(
        "subaward",
        sa.Column("record_id", whole(), nullable=False),
        sa.Column("award_key", text(), nullable=False),
        *(sa.Column(name, text(), nullable=False) for name in _COLUMNS),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_subaward_record_id_record")
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_subaward")),
    )
    for name in ("award_key", *_COLUMNS):
        op.create_index(op.f(f"ix_subaward_{name}"), "subaward", [name], unique=False)
    _fill()
    _announce()


_SUBAWARD = sa.table(
    "subaward",
    sa.column("record_id"),
    sa.column("award_key"),
    *(sa.column(name) for name in _COLUMNS),
)
_HELD = sa.text(
    "SELECT r.id, r.award_key, v.fields FROM record r JOIN version v ON v.record_id = r.id"
    " WHERE r.kind = 'subaward' ORDER BY r.id, v.modified_until, v.fetched_at, v.id"
)
# Of awards with reports that name a person.
_ANNOUNCED = """
    SELECT 'awards/' || s.award_key
    FROM subaward s
    JOIN vendor v ON v.key = 'uei:' || s.vendor_uei
        OR (s.vendor_duns <> '' AND v.duns = s.vendor_duns)
        OR (s.vendor_uei = '' AND s.vendor_duns = '' AND v.name = s.vendor_name)
    LEFT JOIN vendor t ON t.id = v.joined_to
    WHERE v.is_person OR t.is_person
"""
_CHANGED = sa.text("UPDATE entry SET changed_no = changed_no + 1 WHERE key = :key")
_WAITS = sa.text(
    "INSERT INTO outbox (generation_id, entry_number, changed_no, since)"
    " SELECT g.id, e.number, e.changed_no, '' FROM generation g, entry e"
    " WHERE g.state IN ('live', 'building') AND e.key = :key"
    " ON CONFLICT (generation_id, entry_number) DO UPDATE SET changed_no = excluded.changed_no"
)


def _announce() -> None:
    connection = op.get_bind()
    for key in sorted(set(connection.scalars(sa.text(_ANNOUNCED)))):
        connection.execute(_CHANGED, {"key": key})
        connection.execute(_WAITS, {"key": key})


def _fill() -> None:
    connection = op.get_bind()
    rows = _rows(connection.execute(_HELD))
    while part := list(islice(rows, 1000)):
        connection.execute(sa.insert(_SUBAWARD), part)


def _rows(held: sa.CursorResult[Any]) -> Iterator[dict[str, Any]]:
    """Walk the reports; of several versions the newest that says something counts."""
    for (number, award_key), versions in groupby(held, key=lambda row: (row.id, row.award_key)):
        said: dict[str, Any] = {}
        for row in versions:
            fields = json.loads(row.fields)
            said |= {name: fields[name] for name in _COLUMNS if fields.get(name)}
        yield {
            "record_id": number,
            "award_key": award_key,
            "vendor_uei": real_uei(said.get("vendor_uei")),
            "vendor_duns": real_duns(said.get("vendor_duns")),
            "vendor_name": " ".join(str(said.get("vendor_name") or "").split()),
        }
