"""Types of columns that the two databases name differently; tables and revisions are made of them.

SQLite compares text by its bytes and keeps whole numbers of any size. PostgreSQL is told to.
"""

import sqlalchemy as sa


def whole() -> sa.Integer:
    """Give the type of a number, a count or a size: 64 bits on either database."""
    return sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def text() -> sa.Text:
    """Give the type of text that is compared and ordered by its bytes, as revisions need it.

    Queries take it from the column, so tables are declared with plain text.
    """
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
