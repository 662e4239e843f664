"""What runs when: the table of the schedule."""

import sqlalchemy as sa
from alembic import op

from archive.catalogue.types import text, whole

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "schedule",
        sa.Column("id", whole(), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("source", text(), nullable=False),
        sa.Column("words", text(), nullable=False),
        sa.Column("cadence", text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("next_at", text(), nullable=False),
        sa.Column("state", text(), nullable=False),
        sa.Column("attempts", whole(), nullable=False),
        sa.Column("lease_until", text(), nullable=False),
        sa.Column("lease_holder", text(), nullable=False),
        sa.Column("last_started_at", text(), nullable=False),
        sa.Column("last_ended_at", text(), nullable=False),
        sa.Column("last_exit_code", whole(), nullable=True),
        sa.Column("last_words", text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
        sa.UniqueConstraint("name", name=op.f("uq_schedule_name")),
    )
