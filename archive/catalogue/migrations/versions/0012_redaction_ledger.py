"""Of each page, what was withheld from it, and a key that equal pages share."""

import sqlalchemy as sa
from alembic import op

from archive.catalogue.types import text, whole

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns; nothing is known of a page until a newer reader reads it anew."""
    op.add_column("page", sa.Column("boxes", whole(), nullable=True))
    op.add_column("page", sa.Column("covered_percent", whole(), nullable=True))
    op.add_column("page", sa.Column("exemptions", text(), nullable=False, server_default=""))
    op.add_column(
        "page", sa.Column("is_withheld", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("page", sa.Column("content_key", text(), nullable=True))
    with op.batch_alter_table("page") as batch:
        batch.alter_column("exemptions", server_default=None)
        batch.alter_column("is_withheld", server_default=None)
    op.create_index(op.f("ix_page_content_key"), "page", ["content_key"], unique=False)
