"""The first shape of the catalogue."""

import sqlalchemy as sa
from alembic import op

from archive.catalogue.types import text, whole

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "capture",
        sa.Column("id", whole(), nullable=False),
        sa.Column("source", text(), nullable=False),
        sa.Column("method", text(), nullable=False),
        sa.Column("address", text(), nullable=False),
        sa.Column("request_sha256", text(), nullable=False),
        sa.Column("status", whole(), nullable=False),
        sa.Column("headers", text(), nullable=False),
        sa.Column("sha256", text(), nullable=False),
        sa.Column("size_bytes", whole(), nullable=False),
        sa.Column("fetched_at", text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture")),
        sa.UniqueConstraint(
            "source",
            "method",
            "address",
            "request_sha256",
            "status",
            "sha256",
            "fetched_at",
            name=op.f("uq_capture_answer"),
        ),
    )
    op.create_index(op.f("ix_capture_sha256"), "capture", ["sha256"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", whole(), nullable=False),
        sa.Column("sha256", text(), nullable=False),
        sa.Column("size_bytes", whole(), nullable=False),
        sa.Column("state", text(), nullable=False),
        sa.Column("held_part", text(), nullable=False),
        sa.Column("cleared_count", whole(), nullable=False),
        sa.Column("state_reason", text(), nullable=False),
        sa.Column("state_at", text(), nullable=False),
        sa.Column("added_at", text(), nullable=False),
        sa.Column("verdict", text(), nullable=False),
        sa.Column("verdict_reason", text(), nullable=False),
        sa.Column("reader_version", text(), nullable=False),
        sa.Column("reading_sha256", text(), nullable=False),
        sa.Column("title", text(), nullable=False),
        sa.Column("dated_on", text(), nullable=False),
        sa.Column("type", text(), nullable=False),
        sa.Column("page_count", whole(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("sha256", name=op.f("uq_document_sha256")),
    )
    op.create_table(
        "entry",
        sa.Column("number", whole(), nullable=False),
        sa.Column("key", text(), nullable=False),
        sa.Column("changed_no", whole(), nullable=False),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_entry_key")),
    )
    op.create_table(
        "generation",
        sa.Column("id", whole(), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("state", text(), nullable=False),
        sa.Column("made_at", text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generation")),
        sa.UniqueConstraint("name", name=op.f("uq_generation_name")),
    )
    op.create_table(
        "record",
        sa.Column("id", whole(), nullable=False),
        sa.Column("kind", text(), nullable=False),
        sa.Column("key", text(), nullable=False),
        sa.Column("award_key", text(), nullable=False),
        sa.Column("first_seen_at", text(), nullable=False),
        sa.Column("gone_at", text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_record_kind_key")),
    )
    op.create_index(
        op.f("ix_record_award_key_record_kind"), "record", ["award_key", "kind"], unique=False
    )
    op.create_table(
        "run",
        sa.Column("id", whole(), nullable=False),
        sa.Column("source", text(), nullable=False),
        sa.Column("question", text(), nullable=False),
        sa.Column("state", text(), nullable=False),
        sa.Column("started_at", text(), nullable=False),
        sa.Column("ended_at", text(), nullable=False),
        sa.Column("cursor", text(), nullable=False),
        sa.Column("counts", text(), nullable=False),
        sa.Column("remark", text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index(op.f("ix_run_source_run_state"), "run", ["source", "state"], unique=False)
    op.create_table(
        "vendor",
        sa.Column("id", whole(), nullable=False),
        sa.Column("key", text(), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("uei", text(), nullable=False),
        sa.Column("duns", text(), nullable=False),
        sa.Column("is_person", sa.Boolean(), nullable=False),
        sa.Column("joined_to", whole(), nullable=True),
        sa.ForeignKeyConstraint(
            ["joined_to"], ["vendor.id"], name=op.f("fk_vendor_joined_to_vendor")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor")),
        sa.UniqueConstraint("key", name=op.f("uq_vendor_key")),
    )
    op.create_index(op.f("ix_vendor_duns"), "vendor", ["duns"], unique=False)
    op.create_index(op.f("ix_vendor_name"), "vendor", ["name"], unique=False)
    op.create_table(
        "work",
        sa.Column("id", whole(), nullable=False),
        sa.Column("task", text(), nullable=False),
        sa.Column("subject", text(), nullable=False),
        sa.Column("state", text(), nullable=False),
        sa.Column("attempts", whole(), nullable=False),
        sa.Column("lease_until", text(), nullable=False),
        sa.Column("reason", text(), nullable=False),
        sa.Column("program_version", text(), nullable=False),
        sa.Column("changed_at", text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
        sa.UniqueConstraint("task", "subject", name=op.f("uq_work_task_subject")),
    )
    op.create_index(op.f("ix_work_state_work_task"), "work", ["state", "task"], unique=False)
    op.create_table(
        "award",
        sa.Column("record_id", whole(), nullable=False),
        sa.Column("key", text(), nullable=False),
        sa.Column("parent_key", text(), nullable=False),
        sa.Column("vendor_id", whole(), nullable=True),
        sa.Column("agency_code", text(), nullable=False),
        sa.Column("agency_name", text(), nullable=False),
        sa.Column("subagency_code", text(), nullable=False),
        sa.Column("subagency_name", text(), nullable=False),
        sa.Column("obligated_cents", sa.BigInteger(), nullable=True),
        sa.Column("potential_cents", sa.BigInteger(), nullable=True),
        sa.Column("office_code", text(), nullable=False),
        sa.Column("office_name", text(), nullable=False),
        sa.Column("acted_on", text(), nullable=False),
        sa.Column("acted_year", whole(), nullable=True),
        sa.Column("signed_year", whole(), nullable=True),
        sa.Column("fields", text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_award_record_id_record")
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendor.id"], name=op.f("fk_award_vendor_id_vendor")
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_award")),
        sa.UniqueConstraint("key", name=op.f("uq_award_key")),
    )
    op.create_index(op.f("ix_award_parent_key"), "award", ["parent_key"], unique=False)
    op.create_index(op.f("ix_award_subagency_code"), "award", ["subagency_code"], unique=False)
    op.create_index(op.f("ix_award_vendor_id"), "award", ["vendor_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("generation_id", whole(), nullable=False),
        sa.Column("entry_number", whole(), nullable=False),
        sa.Column("changed_no", whole(), nullable=False),
        sa.Column("since", text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_number"], ["entry.number"], name=op.f("fk_outbox_entry_number_entry")
        ),
        sa.ForeignKeyConstraint(
            ["generation_id"], ["generation.id"], name=op.f("fk_outbox_generation_id_generation")
        ),
        sa.PrimaryKeyConstraint("generation_id", "entry_number", name=op.f("pk_outbox")),
    )
    op.create_table(
        "page",
        sa.Column("document_id", whole(), nullable=False),
        sa.Column("number", whole(), nullable=False),
        sa.Column("words", whole(), nullable=False),
        sa.Column("has_text_layer", sa.Boolean(), nullable=False),
        sa.Column("characters_beneath_boxes", whole(), nullable=False),
        sa.Column("masked", whole(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_page_document_id_document")
        ),
        sa.PrimaryKeyConstraint("document_id", "number", name=op.f("pk_page")),
    )
    op.create_table(
        "refusal",
        sa.Column("id", whole(), nullable=False),
        sa.Column("run_id", whole(), nullable=False),
        sa.Column("capture_id", whole(), nullable=False),
        sa.Column("place", whole(), nullable=False),
        sa.Column("subject", text(), nullable=False),
        sa.Column("reason", text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["capture_id"], ["capture.id"], name=op.f("fk_refusal_capture_id_capture")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_refusal_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal")),
        sa.UniqueConstraint(
            "capture_id", "place", "subject", name=op.f("uq_refusal_capture_id_place_subject")
        ),
    )
    op.create_table(
        "release",
        sa.Column("id", whole(), nullable=False),
        sa.Column("document_id", whole(), nullable=False),
        sa.Column("source", text(), nullable=False),
        sa.Column("address", text(), nullable=False),
        sa.Column("capture_id", whole(), nullable=False),
        sa.Column("agency_code", text(), nullable=False),
        sa.Column("released_on", text(), nullable=False),
        sa.Column("state", text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["capture_id"], ["capture.id"], name=op.f("fk_release_capture_id_capture")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_release_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint(
            "document_id", "source", "address", name=op.f("uq_release_document_id_source_address")
        ),
    )
    op.create_table(
        "state_change",
        sa.Column("id", whole(), nullable=False),
        sa.Column("document_id", whole(), nullable=False),
        sa.Column("state", text(), nullable=False),
        sa.Column("reason", text(), nullable=False),
        sa.Column("changed_at", text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_state_change_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_change")),
    )
    op.create_index(
        op.f("ix_state_change_document_id"), "state_change", ["document_id"], unique=False
    )
    op.create_table(
        "version",
        sa.Column("id", whole(), nullable=False),
        sa.Column("record_id", whole(), nullable=False),
        sa.Column("view", text(), nullable=False),
        sa.Column("fingerprint", text(), nullable=False),
        sa.Column("fields", text(), nullable=False),
        sa.Column("modified_at", text(), nullable=False),
        sa.Column("modified_until", text(), nullable=False),
        sa.Column("fetched_at", text(), nullable=False),
        sa.Column("capture_id", whole(), nullable=False),
        sa.Column("place", whole(), nullable=False),
        sa.ForeignKeyConstraint(
            ["capture_id"], ["capture.id"], name=op.f("fk_version_capture_id_capture")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name=op.f("fk_version_record_id_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint(
            "record_id",
            "view",
            "fingerprint",
            "capture_id",
            name=op.f("uq_version_record_id_view_fingerprint_capture_id"),
        ),
    )
    op.create_index(op.f("ix_version_capture_id"), "version", ["capture_id"], unique=False)
