"""A catalogue in SQLite: one file in the archive's folder, one writer at a time by its own lock."""

import sqlite3
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError

from archive.errors import Busy, DiskFull, HomeError, PaperwatchError

READS: dict[str, Any] = {}
WRITES: dict[str, Any] = {"writes": True}
_WAIT_MS = 30_000
# Of each connection. Readers are many, and what they miss the system's cache still holds; who
# writes many rows would write pages out and read them again.
_READ_CACHE_KIB, _WRITE_CACHE_KIB = 1_000, 16_000


def engine(url: str) -> sa.Engine:
    """Give an engine whose transactions begin as reading or as writing ones."""
    made = sa.create_engine(url)
    sa.event.listen(made, "connect", _on_connect)
    sa.event.listen(made, "begin", _on_begin)
    return made


def engine_for_migrations(url: str) -> sa.Engine:
    """Give an engine whose transactions hold changes of tables, too, and that checks no keys.

    A table that is rebuilt would take its children's rows with it. SQLite's driver would commit
    each change of a table by itself, and leave a half-made catalogue behind a kill.
    """
    made = sa.create_engine(url)
    sa.event.listen(made, "connect", _on_connect_to_migrate)
    sa.event.listen(made, "begin", _begin_to_write)
    return made


def file_of(engine: sa.Engine) -> Path | None:
    """Give the file of a catalogue, None for one in memory."""
    return Path(engine.url.database) if engine.url.database else None


def held(_engine: sa.Engine, _name: str, _wait_s: float) -> AbstractContextManager[bool]:
    """Give a lock among machines, of which there is one."""
    return nullcontext(True)


def present(_engine: sa.Engine, _name: str) -> AbstractContextManager[bool]:
    """Give a shared lock among machines, of which there is one."""
    return nullcontext(True)


def sentence(error: DBAPIError, url: sa.URL) -> PaperwatchError | None:
    """Give the sentence for a busy, full or closed database, None for a fault of the program."""
    reason = str(error.orig)
    if not isinstance(error, OperationalError):
        return None
    if "locked" in reason:
        return Busy("The catalogue is in use by another process. Try again later.")
    if "full" in reason:
        return DiskFull("No room left on the disk for the catalogue. Free some.")
    if "unable to open" in reason or "readonly" in reason:
        return HomeError(
            f"The catalogue {url.database} cannot be opened: {reason}."
            " Choose another folder: PAPERWATCH_HOME=/path/to/folder"
        )
    return None


def _on_connect(raw: sqlite3.Connection, _record: object) -> None:
    raw.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {_WAIT_MS}",
        f"cache_size = -{_READ_CACHE_KIB}",
    ):
        raw.execute(f"PRAGMA {pragma}")


def _on_connect_to_migrate(raw: sqlite3.Connection, record: object) -> None:
    _on_connect(raw, record)
    raw.execute("PRAGMA foreign_keys = OFF")


def _begin_to_write(connection: sa.Connection) -> None:
    # A read that turns into a write fails immediately, whatever the time-out.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _on_begin(connection: sa.Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_WRITE_CACHE_KIB}")
        _begin_to_write(connection)
    else:
        connection.exec_driver_sql("BEGIN")
