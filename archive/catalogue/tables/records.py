"""Awards, modifications, sub-award reports, vendors: as they were said, and as they are shown."""

import sqlalchemy as sa

from archive.catalogue.tables.columns import metadata, number
from archive.catalogue.types import whole

# Who is paid. Placeholder identifiers never stand here; `key` says by what it is known.
vendor = sa.Table(
    "vendor",
    metadata,
    number(),
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
    number(),
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
    number(),
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
