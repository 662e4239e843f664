"""Bodies of a file store in a bucket, and the mark of a copy that is not whole."""

import sqlalchemy as sa
from alembic import op

from archive.catalogue.types import text

revision = "0009"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "body",
        sa.Column("sha256", text(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=True),
        sa.Column("in_bucket", sa.Boolean(), nullable=False),
        sa.Column("kept_at", text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_body")),
    )
    op.create_table(
        "copying",
        sa.Column("origin", text(), nullable=False),
        sa.Column("state", text(), nullable=False),
        sa.Column("begun_at", text(), nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_copying")),
    )
