"""The tables of the catalogue. Times are UTC in ISO 8601 text; amounts integer cents."""

import sqlalchemy as sa

from archive.catalogue.types import whole

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMES)


def _number() -> sa.Column[int]:
    return sa.Column("id", whole(), primary_key=True)


def _stated() -> tuple[sa.Column[str], ...]:
    """Give the columns of what is stated of a release; each '' where it is not known."""
    return (
        sa.Column("agency_code", sa.Text, nullable=False),  # of a federal agency
        sa.Column("body", sa.Text, nullable=False),  # else the name of the releasing body
        sa.Column("released_on", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),  # of the releasing body, two letters
    )


# What a source answered. The same answer to the same question as before is one capture; one that
# goes back to an earlier answer, after another, is a capture of its own.
capture = sa.Table(
    "capture",
    metadata,
    _number(),
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

# Who is paid. Placeholder identifiers never stand here; `key` says by what it is known.
vendor = sa.Table(
    "vendor",
    metadata,
    _number(),
    sa.Column("key", sa.Text, nullable=False, unique=True),  # uei:… | duns:… | name:…
    sa.Column("name", sa.Text, nullable=False),  # as printed in the first row that named it
    sa.Column("uei", sa.Text, nullable=False),
    sa.Column("duns", sa.Text, nullable=False),
    sa.Column("is_person", sa.Boolean, nullable=False),  # has no page, facet or listing
    sa.Column("joined_to", sa.ForeignKey("vendor.id")),  # the vendor that it turned out to be
    sa.Index(None, "name"),
    sa.Index(None, "duns"),
)

# One award, modification or sub-award report, known by its key.
record = sa.Table(
    "record",
    metadata,
    _number(),
    sa.Column("kind", sa.Text, nullable=False),  # award, modification, subaward
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("award_key", sa.Text, nullable=False),  # of a modification or report; of itself
    sa.Column("first_seen_at", sa.Text, nullable=False),
    sa.Column("gone_at", sa.Text),  # tombstone: missing at its source since
    sa.Column("read_at", sa.Text),  # of an award: when its whole history was last read
    sa.UniqueConstraint("kind", "key"),
    sa.Index(None, "award_key", "kind"),
)

# What one view of one source said of a record, at one time.
version = sa.Table(
    "version",
    metadata,
    _number(),
    sa.Column("record_id", sa.ForeignKey("record.id"), nullable=False),
    sa.Column("view", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("fields", sa.Text, nullable=False),  # JSON object of the view's declared fields
    sa.Column("modified_at", sa.Text, nullable=False),  # the source's own stamp; '' = none
    sa.Column("modified_until", sa.Text, nullable=False),  # latest stamp with the same fields
    sa.Column("fetched_at", sa.Text, nullable=False),
    sa.Column("capture_id", sa.ForeignKey("capture.id"), nullable=False),
    sa.Column("place", whole(), nullable=False),  # row or position within the capture, from 1
    sa.UniqueConstraint("record_id", "view", "fingerprint", "capture_id"),
    sa.Index(None, "capture_id"),
)

# The award as it is shown: a pure function of its versions, kept for lists and for the index.
award = sa.Table(
    "award",
    metadata,
    sa.Column("record_id", sa.ForeignKey("record.id"), primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("parent_key", sa.Text, nullable=False),  # of the vehicle it was placed against
    sa.Column("vendor_id", sa.ForeignKey("vendor.id")),
    sa.Column("agency_code", sa.Text, nullable=False),
    sa.Column("agency_name", sa.Text, nullable=False),
    sa.Column("subagency_code", sa.Text, nullable=False),
    sa.Column("subagency_name", sa.Text, nullable=False),
    sa.Column("obligated_cents", sa.BigInteger),
    sa.Column("potential_cents", sa.BigInteger),
    sa.Column("office_code", sa.Text, nullable=False),
    sa.Column("office_name", sa.Text, nullable=False),
    sa.Column("acted_on", sa.Text, nullable=False),  # latest action date; '' = none
    sa.Column("acted_year", whole()),  # fiscal year of the latest action
    sa.Column("signed_year", whole()),  # and of the first
    sa.Column("fields", sa.Text, nullable=False),  # JSON object, merged by precedence
    sa.Index(None, "parent_key"),
    sa.Index(None, "vendor_id"),
    sa.Index(None, "subagency_code"),
)

# A modification as it is shown, kept for sums: what it obligated, when, by whom, for whom. Vendor
# and agency are empty where only the award itself names them. Those that are gone have no row.
action = sa.Table(
    "action",
    metadata,
    sa.Column("record_id", sa.ForeignKey("record.id"), primary_key=True),
    sa.Column("award_key", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("transaction_number", sa.Text, nullable=False),
    sa.Column("acted_on", sa.Text, nullable=False),  # '' = not known
    sa.Column("year", whole()),  # federal fiscal year of acted_on
    sa.Column("obligated_cents", sa.BigInteger),
    sa.Column("vendor_id", sa.ForeignKey("vendor.id")),
    sa.Column("agency_code", sa.Text, nullable=False),
    sa.Column("subagency_code", sa.Text, nullable=False),
    sa.Index(None, "award_key"),
    sa.Index(None, "vendor_id", "year"),
    sa.Index(None, "subagency_code", "year"),
)

# A report of a sub-award by whom it names, to know persons by. Placeholder identifiers are ''.
subaward = sa.Table(
    "subaward",
    metadata,
    sa.Column("record_id", sa.ForeignKey("record.id"), primary_key=True),
    sa.Column("award_key", sa.Text, nullable=False),
    sa.Column("vendor_uei", sa.Text, nullable=False),
    sa.Column("vendor_duns", sa.Text, nullable=False),
    sa.Column("vendor_name", sa.Text, nullable=False),  # as printed
    sa.Index(None, "award_key"),
    sa.Index(None, "vendor_uei"),
    sa.Index(None, "vendor_duns"),
    sa.Index(None, "vendor_name"),
)

# How often a source was asked on a day, by all processes together.
budget = sa.Table(
    "budget",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("day", sa.Text, primary_key=True),
    sa.Column("used", whole(), nullable=False),
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

# A copy of another archive that is not whole yet; while its row is here, nothing else is done.
copying = sa.Table(
    "copying",
    metadata,
    sa.Column("origin", sa.Text, primary_key=True),  # address of the other catalogue
    sa.Column("state", sa.Text, nullable=False),  # of it when the copy began: JSON, counts and keys
    sa.Column("begun_at", sa.Text, nullable=False),
)

# A released or attached file, known by its SHA-256.
document = sa.Table(
    "document",
    metadata,
    _number(),
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
)

# Where a document was made public. One document may have several. What is known of it is its
# newest statement.
release = sa.Table(
    "release",
    metadata,
    _number(),
    sa.Column("document_id", sa.ForeignKey("document.id"), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),  # of a file given by hand: its name
    sa.Column("capture_id", sa.ForeignKey("capture.id"), nullable=False),
    *_stated(),
    sa.UniqueConstraint("document_id", "source", "address"),
)

# Every statement of who released a document, and when. It names the capture of what it is about.
release_statement = sa.Table(
    "release_statement",
    metadata,
    _number(),
    sa.Column("release_id", sa.ForeignKey("release.id"), nullable=False),
    sa.Column("capture_id", sa.ForeignKey("capture.id"), nullable=False),
    *_stated(),
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
)

# Every change of a document's state, with who-does-not-matter but why and when.
state_change = sa.Table(
    "state_change",
    metadata,
    _number(),
    sa.Column("document_id", sa.ForeignKey("document.id"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("held_part", sa.Text, nullable=False),  # as of the document; '' also = not known
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Text, nullable=False),
    sa.Index(None, "document_id"),
)

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
    _number(),
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

# Work to do, in doing, or set aside. A lost or doubled message does no harm.
work = sa.Table(
    "work",
    metadata,
    _number(),
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
    _number(),
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

# A row or answer that was not understood: its reason, and the capture that was kept.
refusal = sa.Table(
    "refusal",
    metadata,
    _number(),
    sa.Column("run_id", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("capture_id", sa.ForeignKey("capture.id"), nullable=False),
    sa.Column("place", whole(), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.UniqueConstraint("capture_id", "place", "subject"),
)

# What runs when, and how it ended last. Every run of it is a child process of its own.
schedule = sa.Table(
    "schedule",
    metadata,
    _number(),
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
