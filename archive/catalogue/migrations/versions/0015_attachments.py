"""What is attached to documents, and what a reader remarks of one that it could read."""

import sqlalchemy as sa
from alembic import op

from archive.catalogue.types import text, whole

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the table and the column; documents read before are looked at when read anew."""
    op.add_column("document", sa.Column("remarks", text(), nullable=False, server_default=""))
    with op.batch_alter_table("document") as batch:
        batch.alter_column("remarks", server_default=None)
    op.create_table(
        "attachment",
        sa.Column("id", whole(), nullable=False),
        sa.Column("parent_id", whole(), nullable=False),
        sa.Column("place", whole(), nullable=False),
        sa.Column("document_id", whole(), nullable=True),
        sa.Column("name", text(), nullable=False),
        sa.Column("page", whole(), nullable=False),
        sa.Column("kind", text(), nullable=False),
        sa.Column("size_bytes", whole(), nullable=False),
        *(sa.Column(name, text(), nullable=False) for name in ("sha256", "reason", "taken_at")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["document.id"], name=op.f("fk_attachment_parent_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_attachment_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("parent_id", "place", name=op.f("uq_attachment_parent_id_place")),
    )
    op.create_index(op.f("ix_attachment_document_id"), "attachment", ["document_id"], unique=False)
