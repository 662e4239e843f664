"""What sources answered, byte by byte, and what was not understood of it."""

import sqlalchemy as sa

from archive.catalogue.tables.columns import metadata, number
from archive.catalogue.types import whole

# What a source answered. The same answer to the same question as before is one capture; one that
# goes back to an earlier answer, after another, is a capture of its own.
capture = sa.Table(
    "capture",
    metadata,
    number(),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("method", sa.Text, nullable=False),  # GET, POST; FILE for one given by hand
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("request_sha256", sa.Text, nullable=False),  # body sent; '' = none
    sa.Column("status", whole(), nullable=False),
    sa.Column("headers", sa.Text, nullable=False),  # JSON object
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("size_bytes", whole(), nullable=False),
    sa.Column("fetched_at", sa.Text, nullable=False),
    sa.UniqueConstraint(
        "source",
        "method",
        "address",
        "request_sha256",
        "status",
        "sha256",
        "fetched_at",
        name="uq_capture_answer",  # the usual name is too long for PostgreSQL
    ),
    sa.Index(None, "sha256"),
)

# A row or answer that was not understood: its reason, and the capture that was kept.
refusal = sa.Table(
    "refusal",
    metadata,
    number(),
    sa.Column("run_id", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("capture_id", sa.ForeignKey("capture.id"), nullable=False),
    sa.Column("place", whole(), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.UniqueConstraint("capture_id", "place", "subject"),
)

# Of a file store in a bucket: each body that was kept, and small ones themselves. A folder has
# files and a pack instead.
body = sa.Table(
    "body",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("packed", sa.LargeBinary),  # deflated
    sa.Column("in_bucket", sa.Boolean, nullable=False),  # whole there, as far as is known
    sa.Column("kept_at", sa.Text, nullable=False),
)
