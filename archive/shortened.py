"""Hashes as people type them: their first eight or more digits, in any case."""

import sqlalchemy as sa

from archive.catalogue.tables import document
from archive.errors import BadRequest, NotFound

LEAST = 8
_WHOLE = 64


def is_hash(typed: str) -> bool:
    """Ask whether something is a SHA-256, or the beginning of one."""
    return LEAST <= len(typed) <= _WHOLE and not set(typed.lower()) - set("0123456789abcdef")


def whole_of_document(connection: sa.Connection, typed: str) -> str:
    """Give the SHA-256 of the one document that it begins.

    Raises:
        NotFound: no document that is held.
        BadRequest: several, or it is no hash.
    """
    if not is_hash(typed):
        raise BadRequest(
            f"{typed!r} does not begin a SHA-256: {LEAST} to {_WHOLE} digits from 0 to f. That of a"
            " document is on its page and in `search --json`."
        )
    wanted = sa.select(document.c.sha256).where(document.c.sha256.startswith(typed.lower()))
    found = connection.scalars(wanted.limit(2)).all()
    if not found:
        raise NotFound(
            f"This archive holds no document {typed}. Its SHA-256 is on its page and in"
            " `search --json`."
        )
    if len(found) > 1:
        raise BadRequest(f"{typed} begins the SHA-256 of several documents. Give more of it.")
    return str(found[0])
