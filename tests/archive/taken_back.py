"""A catalogue as an older program left it, for what a migration does to it."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import sqlalchemy as sa

from archive.opening import Archive

_One = TypeVar("_One")

# What each shape brought, oldest first: tables, and columns of tables that were there.
_TABLES = {
    "0002": ("schedule",),
    "0003": ("action", "budget"),
    "0005": ("subaward",),
    "0006": ("release_statement",),
    "0009": ("body", "copying"),
    "0015": ("attachment",),
}
_COLUMNS = {
    "0003": (("record", "read_at"),),
    "0006": (("release", "body"), ("state_change", "held_part")),
    "0010": (("page", "text_from"), ("page", "confidence")),
    "0011": (("document", "technologies"),),
    "0012": (
        ("page", "boxes"),
        ("page", "covered_percent"),
        ("page", "exemptions"),
        ("page", "is_withheld"),
        ("page", "content_key"),
    ),
    "0013": (("release", "case_number"), ("release", "requester_type")),
    "0014": (("release", "title"), ("release", "seen_at"), ("release", "gone_at")),
    "0015": (("document", "remarks"),),
}
_INDEXES = {"0012": ("ix_page_content_key",), "0014": ("ix_release_source_release_address",)}
_BEFORE_0010 = "ALTER TABLE page ADD COLUMN has_text_layer BOOLEAN NOT NULL DEFAULT TRUE"


def take_back(archive: Archive, shape: str) -> None:
    """Take away what came after a shape."""
    statements = [
        *(f"DROP TABLE {table}" for table in _after(_TABLES, shape)),
        *(f"DROP INDEX {index}" for index in _after(_INDEXES, shape)),
        *(f"ALTER TABLE {table} DROP COLUMN {name}" for table, name in _after(_COLUMNS, shape)),
        *([_BEFORE_0010] if shape < "0010" else []),
    ]
    with archive.catalogue.writing() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.execute(
            sa.text("UPDATE alembic_version SET version_num = :shape"), {"shape": shape}
        )


def _after(brought: Mapping[str, Sequence[_One]], shape: str) -> list[_One]:
    return [one for by, some in brought.items() if by > shape for one in some]
