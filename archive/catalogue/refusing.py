"""What PostgreSQL refuses, in sentences; none of them holds the password."""

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from archive.errors import (
    BadRequest,
    Busy,
    CatalogueUnavailable,
    DiskFull,
    PaperwatchError,
    SettingError,
)

# What a server that refuses a connection says when it will take one soon.
_SOON = ("the database system is", "terminating connection", "too many", "slots are reserved")
# What stands in the address, or in a certificate, and will be no better in a while.
_MISSET = (
    "root certificate file",
    "certificate verify failed",
    "does not match host name",
    "server does not support SSL",
    "connection is bad: invalid",
)
# Lock not had in time, deadlock, serialisation, cancelled.
_BUSY = ("55P03", "40P01", "40001", "57014")
_LOST = ("08", "57P", "25P03", "53300")
_URL = "PAPERWATCH_CATALOGUE_URL"


def is_passing(error: psycopg.OperationalError) -> bool:
    """Tell whether a refused connection is worth another try: the server starts, or is away."""
    said = str(error)
    if any(words in said for words in _MISSET):
        return False
    return "FATAL" not in said or any(words in said for words in _SOON)


def sentence(error: DBAPIError, url: sa.URL) -> PaperwatchError | None:
    """Give the sentence for what is wrong outside of the program, None for a fault of ours."""
    cause = error.orig
    if not isinstance(cause, psycopg.Error):
        return None
    code = cause.sqlstate or ""
    if code in _BUSY:
        return Busy("The catalogue is in use by another process. Try again later.")
    if code == "53100":
        return DiskFull("No room left on the disk of PostgreSQL. Free some there.")
    if code == "42501":
        return SettingError(f"PostgreSQL lets {url.username} not do this: {_first(cause)}.")
    if "NUL" in str(cause) and isinstance(cause, psycopg.DataError):
        return BadRequest("A text holds a NUL character, which PostgreSQL cannot keep.")
    if isinstance(cause, psycopg.OperationalError) and not code:
        return _not_connected(cause)
    if isinstance(cause, psycopg.ProgrammingError) and error.statement is None:
        return SettingError(f"{_URL} is not understood: {_first(cause)}.")
    if error.connection_invalidated or code.startswith(_LOST):
        return _away(type(cause).__name__)
    return None


def _not_connected(cause: psycopg.OperationalError) -> PaperwatchError:
    if "unrecognized configuration parameter" in str(cause):
        return SettingError(f"The PostgreSQL of {_URL} is too old: 14 or later is needed.")
    if is_passing(cause):
        return _away("no connection")
    said = _first(cause).rpartition("failed: ")[2].removeprefix("FATAL:").strip()
    return SettingError(f"There is no connection to PostgreSQL: {said}. Mend {_URL}.")


def _away(reason: str) -> CatalogueUnavailable:
    # Readers of the page see it too: where the server is, is none of their business.
    return CatalogueUnavailable(
        f"The catalogue's database cannot be reached ({reason}). What was deposited is kept. Try"
        f" again when PostgreSQL answers where {_URL} says."
    )


def _first(cause: Exception) -> str:
    lines = str(cause).strip().splitlines() or [type(cause).__name__]
    return lines[0].strip().rstrip(".")
