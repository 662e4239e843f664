"""What the index should hold, its generations, and what each has still to hear."""

import sqlalchemy as sa

from archive.catalogue.tables.columns import metadata, number
from archive.catalogue.types import whole

# Everything that the index should hold. `number` grows with arrival; `changed_no` with each change.
entry = sa.Table(
    "entry",
    metadata,
    sa.Column("number", whole(), primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),  # awards/… or documents/…
    sa.Column("changed_no", whole(), nullable=False),
    sa.Column("is_listed", sa.Boolean, nullable=False),  # false: withdrawn or held altogether
)

# A generation of the search index: building, live, old.
generation = sa.Table(
    "generation",
    metadata,
    number(),
    sa.Column("name", sa.Text, nullable=False, unique=True),  # of its folder or index
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("made_at", sa.Text, nullable=False),
)

# What an index still has to hear: the entry, and the change that it has to show.
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("generation_id", sa.ForeignKey("generation.id"), primary_key=True),
    sa.Column("entry_number", sa.ForeignKey("entry.number"), primary_key=True),
    sa.Column("changed_no", whole(), nullable=False),
    sa.Column("since", sa.Text, nullable=False),
)
