"""What was stated of releases, each statement kept; bodies by name; what part a change held."""

import sqlalchemy as sa
from alembic import op

from archive.catalogue.types import text, whole

revision = "0006"
down_revision = "0005"

_FIRST = """
    INSERT INTO release_statement
        (release_id, capture_id, agency_code, body, released_on, state, stated_at)
    SELECT r.id, r.capture_id, r.agency_code, r.body, r.released_on, r.state, c.fetched_at
    FROM release r JOIN capture c ON c.id = r.capture_id
    ORDER BY r.id
"""
# Of earlier changes nobody wrote down what part they held.
_LAST_PART = """
    UPDATE state_change SET held_part = (
        SELECT d.held_part FROM document d WHERE d.id = state_change.document_id
    ) WHERE id IN (SELECT max(id) FROM state_change GROUP BY document_id)
"""


def upgrade() -> None:
    """Make the table of statements from what is known, and add the two columns."""
    _add("release", "body")
    _add("state_change", "held_part")
    op.create_table(
        "release_statement",
        sa.Column("id", whole(), nullable=False),
        sa.Column("release_id", whole(), nullable=False),
        sa.Column("capture_id", whole(), nullable=False),
        *(
            sa.Column(name, text(), nullable=False)
            for name in ("agency_code", "body", "released_on", "state", "stated_at")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_statement_release_id_release")
        ),
        sa.ForeignKeyConstraint(
            ["capture_id"], ["capture.id"], name=op.f("fk_release_statement_capture_id_capture")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_statement")),
    )
    index = op.f("ix_release_statement_release_id")
    op.create_index(index, "release_statement", ["release_id"], unique=False)
    op.execute(_FIRST)
    op.execute(_LAST_PART)


def _add(table: str, name: str) -> None:
    """Add a column of text that every new row must fill; '' in those that are there."""
    op.add_column(table, sa.Column(name, text(), nullable=False, server_default=""))
    with op.batch_alter_table(table) as batch:
        batch.alter_column(name, server_default=None)
