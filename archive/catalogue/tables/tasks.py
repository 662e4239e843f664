"""What is done, to do, planned, and how often a source may be asked."""

import sqlalchemy as sa

from archive.catalogue.tables.columns import metadata, number
from archive.catalogue.types import whole

# Work to do, in doing, or set aside. A lost or doubled message does no harm.
work = sa.Table(
    "work",
    metadata,
    number(),
    sa.Column("task", sa.Text, nullable=False),  # name of an entry point in paperwatch.tasks
    sa.Column("subject", sa.Text, nullable=False),  # what it is about, e.g. a SHA-256
    sa.Column("state", sa.Text, nullable=False),  # waiting, taken, done, set_aside
    sa.Column("attempts", whole(), nullable=False),
    sa.Column("lease_until", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("program_version", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Text, nullable=False),
    sa.UniqueConstraint("task", "subject"),
    sa.Index(None, "state", "task"),
)

# One run of a crawl or an import: what was asked, how far it came, how it ended.
run = sa.Table(
    "run",
    metadata,
    number(),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),  # JSON, canonical
    sa.Column("state", sa.Text, nullable=False),  # going, done, failed, stopped
    sa.Column("started_at", sa.Text, nullable=False),
    sa.Column("ended_at", sa.Text, nullable=False),
    sa.Column("cursor", sa.Text, nullable=False),  # JSON, where to go on
    sa.Column("counts", sa.Text, nullable=False),  # JSON: new, changed, unchanged, refused …
    sa.Column("remark", sa.Text, nullable=False),
    sa.Index(None, "source", "state"),
)

# What runs when, and how it ended last. Every run of it is a child process of its own.
schedule = sa.Table(
    "schedule",
    metadata,
    number(),
    sa.Column("name", sa.Text, nullable=False, unique=True),  # a person's name for it
    sa.Column("source", sa.Text, nullable=False),  # runs of one source come one after the other
    sa.Column("words", sa.Text, nullable=False),  # JSON list: what follows `paperwatch`
    sa.Column("cadence", sa.Text, nullable=False),
    sa.Column("is_on", sa.Boolean, nullable=False),
    sa.Column("next_at", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # '', going, done, failed, killed, stopped
    sa.Column("attempts", whole(), nullable=False),  # starts since it last ended by itself
    sa.Column("lease_until", sa.Text, nullable=False),  # of who runs it; '' = nobody
    sa.Column("lease_holder", sa.Text, nullable=False),
    sa.Column("last_started_at", sa.Text, nullable=False),
    sa.Column("last_ended_at", sa.Text, nullable=False),
    sa.Column("last_exit_code", whole()),  # none: it was killed, or never ended
    sa.Column("last_words", sa.Text, nullable=False),  # what it said last, without secrets
)

# How often a source was asked on a day, by all processes together.
budget = sa.Table(
    "budget",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("day", sa.Text, primary_key=True),
    sa.Column("used", whole(), nullable=False),
)

# A copy of another archive that is not whole yet; while its row is here, nothing else is done.
copying = sa.Table(
    "copying",
    metadata,
    sa.Column("origin", sa.Text, primary_key=True),  # address of the other catalogue
    sa.Column("state", sa.Text, nullable=False),  # of it when the copy began: JSON, counts and keys
    sa.Column("begun_at", sa.Text, nullable=False),
)
