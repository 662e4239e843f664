"""What the tables have in common: how constraints are named, numbers, statements of a release."""

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


def number() -> sa.Column[int]:
    """Give the column of a row's own number."""
    return sa.Column("id", whole(), primary_key=True)


def stated() -> tuple[sa.Column[str], ...]:
    """Give the columns of what is stated of a release; each '' where it is not known."""
    return (
        sa.Column("agency_code", sa.Text, nullable=False),  # of a federal agency
        sa.Column("body", sa.Text, nullable=False),  # else the name of the releasing body
        sa.Column("released_on", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),  # of the releasing body, two letters
        sa.Column("case_number", sa.Text, nullable=False),  # of the request; several: ", " between
        sa.Column("requester_type", sa.Text, nullable=False),  # a category, never a name
        sa.Column("title", sa.Text, nullable=False),  # what the source calls it
    )
