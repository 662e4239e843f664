"""Of each page, where its text came from, and how sure whoever recognised it was."""

import sqlalchemy as sa
from alembic import op

from archive.catalogue.types import text, whole

revision = "0010"
down_revision = "0009"

_KNOWN = "UPDATE page SET text_from = 'layer' WHERE has_text_layer"


def upgrade() -> None:
    """Add the columns; pages without text are looked at when they are read anew."""
    op.add_column("page", sa.Column("text_from", text(), nullable=False, server_default="none"))
    op.add_column("page", sa.Column("confidence", whole(), nullable=True))
    op.execute(_KNOWN)
    with op.batch_alter_table("page") as batch:
        batch.alter_column("text_from", server_default=None)
        batch.drop_column("has_text_layer")
