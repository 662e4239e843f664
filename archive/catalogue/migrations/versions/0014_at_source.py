"""Of each release its title, when its source was known to have it, and since when it has not."""

import sqlalchemy as sa
from alembic import op

from archive.catalogue.types import text

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the columns; nothing is known of what is there already."""
    for table in ("release", "release_statement"):
        op.add_column(table, sa.Column("title", text(), nullable=False, server_default=""))
        with op.batch_alter_table(table) as batch:
            batch.alter_column("title", server_default=None)
    op.add_column("release", sa.Column("seen_at", text(), nullable=True))
    op.add_column("release", sa.Column("gone_at", text(), nullable=True))
    index = op.f("ix_release_source_release_address")
    op.create_index(index, "release", ["source", "address"], unique=False)
