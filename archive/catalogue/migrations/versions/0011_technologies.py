"""Of each document, the technologies that its pages name."""

import sqlalchemy as sa
from alembic import op

from archive.catalogue.types import text

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column; of documents that were read before, the pages are looked through as ever."""
    named = sa.Column("technologies", text(), nullable=False, server_default="")
    op.add_column("document", named)
    with op.batch_alter_table("document") as batch:
        batch.alter_column("technologies", server_default=None)
