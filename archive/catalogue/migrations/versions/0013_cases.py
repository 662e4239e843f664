"""Of releases and of what was stated of them: case number and category of the requester."""

import sqlalchemy as sa
from alembic import op

from archive.catalogue.types import text

revision = "0013"
down_revision = "0012"

_COLUMNS = ("case_number", "requester_type")


def upgrade() -> None:
    """Add the columns; of what was released before, nothing of that is known."""
    for table in ("release", "release_statement"):
        for name in _COLUMNS:
            op.add_column(table, sa.Column(name, text(), nullable=False, server_default=""))
        with op.batch_alter_table(table) as batch:
            for name in _COLUMNS:
                batch.alter_column(name, server_default=None)
