"""Actions for sums by fiscal year; budgets of sources; when an award was last read whole."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from archive.catalogue.types import text, whole

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table of actions, and fill it from the versions that are held."""
    op.create_table(
        "action",
        sa.Column("record_id", whole(), nullable=False),
        sa.Column("award_key", text(), nullable=False),
        sa.Column("number", text(), nullable=False),
        sa.Column("transaction_number", text(), nullable=False),
        sa.Column("acted_on", text(), nullable=False),
        sa.Column("year", whole(), nullable=True),
        sa.Column("obligated_cents", sa.BigInteger(), nullable=True),
        sa.Column("vendor_id", whole(), nullable=True),
        sa.Column("agency_code", text(), nullable=False),
        sa.Column("subagency_code", text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_action_record_id_record")
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendor.id"], name=op.f("fk_action_vendor_id_vendor")
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_action")),
    )
    op.create_index(op.f("ix_action_award_key"), "action", ["award_key"], unique=False)
    op.create_index(
        op.f("ix_action_vendor_id_action_year"), "action", ["vendor_id", "year"], unique=False
    )
    op.create_index(
        op.f("ix_action_subagency_code_action_year"),
        "action",
        ["subagency_code", "year"],
        unique=False,
    )
    op.create_table(
        "budget",
        sa.Column("source", text(), nullable=False),
        sa.Column("day", text(), nullable=False),
        sa.Column("used", whole(), nullable=False),
        sa.PrimaryKeyConstraint("source", "day", name=op.f("pk_budget")),
    )
    with op.batch_alter_table("record") as record:
        record.add_column(sa.Column("read_at", text(), nullable=True))
    _fill()


_ACTION = sa.table(
    "action",
    sa.column("record_id"),
    sa.column("award_key"),
    sa.column("number"),
    sa.column("transaction_number"),
    sa.column("acted_on"),
    sa.column("year"),
    sa.column("obligated_cents"),
    sa.column("agency_code"),
    sa.column("subagency_code"),
)
# The newest version of each modification: until this shape there was one view of them.
_HELD = sa.text(
    "SELECT r.id, r.award_key, v.fields FROM record r JOIN version v ON v.record_id = r.id"
    " WHERE r.kind = 'modification' AND r.gone_at IS NULL AND v.id = ("
    " SELECT w.id FROM version w WHERE w.record_id = r.id"
    " ORDER BY w.modified_until DESC, w.fetched_at DESC, w.id DESC LIMIT 1)"
)


def _fill() -> None:
    connection = op.get_bind()
    rows = _rows(connection.execute(_HELD))
    while part := list(islice(rows, 1000)):
        connection.execute(sa.insert(_ACTION), part)


def _rows(held: sa.CursorResult[Any]) -> Iterator[dict[str, Any]]:
    for row in held:
        fields = json.loads(row.fields)
        acted_on = str(fields.get("acted_on") or "")
        yield {
            "record_id": row.id,
            "award_key": row.award_key,
            "number": str(fields.get("number") or "0"),
            "transaction_number": str(fields.get("transaction_number") or "0"),
            "acted_on": acted_on,
            "year": int(acted_on[:4]) + (acted_on[5:7] >= "10") if acted_on else None,
            "obligated_cents": fields.get("obligated_cents"),
            "agency_code": "",
            "subagency_code": "",
        }
