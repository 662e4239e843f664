"""Documents, their pages, who released them, and in which state they are."""

import sqlalchemy as sa

from archive.catalogue.tables.columns import metadata, number, stated
from archive.catalogue.types import whole

# A released or attached file, known by its SHA-256.
document = sa.Table(
    "document",
    metadata,
    number(),
    sa.Column("sha256", sa.Text, nullable=False, unique=True),
    sa.Column("size_bytes", whole(), nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # public, held, withdrawn
    # Of a held one: original, all. Of a public one: cleared, when an operator looked at it; else ''
    sa.Column("held_part", sa.Text, nullable=False),
    # Of a cleared one: how many hidden characters and masked numbers were known of then.
    sa.Column("cleared_count", whole(), nullable=False),
    sa.Column("state_reason", sa.Text, nullable=False),
    sa.Column("state_at", sa.Text, nullable=False),
    sa.Column("added_at", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),  # waiting, read, refused
    sa.Column("verdict_reason", sa.Text, nullable=False),
    sa.Column("reader_version", sa.Text, nullable=False),  # '' = not read yet
    sa.Column("reading_sha256", sa.Text, nullable=False),  # '' = none
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("dated_on", sa.Text, nullable=False),  # the document's own date; '' = none
    sa.Column("type", sa.Text, nullable=False),  # letter, contract, …; '' = not known
    sa.Column("page_count", whole(), nullable=False),
    # Technologies that its pages name, and by which watchlist: archive.named; '' = not known
    sa.Column("technologies", sa.Text, nullable=False),
    sa.Column("remarks", sa.Text, nullable=False),  # repaired,… : see archive.remarks
)

# A file that was attached to a document, in the order of the file. PDFs are documents of their own;
# other kinds are kept as captures, and what could not be taken out only with its reason.
attachment = sa.Table(
    "attachment",
    metadata,
    number(),
    sa.Column("parent_id", sa.ForeignKey("document.id"), nullable=False),
    sa.Column("place", whole(), nullable=False),  # from 1; 0 is said of all of them
    sa.Column("document_id", sa.ForeignKey("document.id")),
    sa.Column("name", sa.Text, nullable=False),  # cleaned; '' = none
    sa.Column("page", whole(), nullable=False),  # of the parent; 0 = the whole document
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("size_bytes", whole(), nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),  # '' = not taken out
    sa.Column("reason", sa.Text, nullable=False),  # why it is not read, or not taken out
    sa.Column("taken_at", sa.Text, nullable=False),
    sa.UniqueConstraint("parent_id", "place"),
    sa.Index(None, "document_id"),
)

# Where a document was made public. One document may have several. What is known of it is its
# newest statement.
release = sa.Table(
    "release",
    metadata,
    number(),
    sa.Column("document_id", sa.ForeignKey("document.id"), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),  # of a file given by hand: its name
    sa.Column("capture_id", sa.ForeignKey("capture.id"), nullable=False),
    *stated(),
    # When its source was last known to have it, and since when it has it no longer; see at_source.
    sa.Column("seen_at", sa.Text),
    sa.Column("gone_at", sa.Text),
    sa.UniqueConstraint("document_id", "source", "address"),
    sa.Index(None, "source", "address"),
)

# Every statement of who released a document, and when. It names the capture of what it is about.
release_statement = sa.Table(
    "release_statement",
    metadata,
    number(),
    sa.Column("release_id", sa.ForeignKey("release.id"), nullable=False),
    sa.Column("capture_id", sa.ForeignKey("capture.id"), nullable=False),
    *stated(),
    sa.Column("stated_at", sa.Text, nullable=False),
    sa.Index(None, "release_id"),
)

# A summary of each page; words and boxes are in the reading.
page = sa.Table(
    "page",
    metadata,
    sa.Column("document_id", sa.ForeignKey("document.id"), primary_key=True),
    sa.Column("number", whole(), primary_key=True),
    sa.Column("words", whole(), nullable=False),
    # none, layer, scan_layer, picture, recognised: see archive.readings
    sa.Column("text_from", sa.Text, nullable=False),
    sa.Column("confidence", whole()),  # of recognised words, 0 to 100
    sa.Column("characters_beneath_boxes", whole(), nullable=False),
    sa.Column("masked", whole(), nullable=False),  # personal numbers masked
    # What was withheld: see archive.redactions. NULL = nobody looked; no reader then did.
    sa.Column("boxes", whole()),
    sa.Column("covered_percent", whole()),
    sa.Column("exemptions", sa.Text, nullable=False),  # codes, one a line
    sa.Column("is_withheld", sa.Boolean, nullable=False),
    # The same for pages of the same words, boxes and pictures; NULL = not to be compared.
    sa.Column("content_key", sa.Text),
    sa.Index(None, "content_key"),
)

# Every change of a document's state, with who-does-not-matter but why and when.
state_change = sa.Table(
    "state_change",
    metadata,
    number(),
    sa.Column("document_id", sa.ForeignKey("document.id"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("held_part", sa.Text, nullable=False),  # as of the document; '' also = not known
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Text, nullable=False),
    sa.Index(None, "document_id"),
)
