"""Opens the catalogue and makes its transactions."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from archive.errors import Busy, DiskFull, HomeError

_WAIT_MS = 30_000
# Of each connection. Readers are many, and what they miss the system's cache still holds; who
# writes many rows would write pages out and read them again.
_READ_CACHE_KIB, _WRITE_CACHE_KIB = 1_000, 16_000


class Catalogue:
    """A catalogue by its SQLAlchemy address; safe to use from several threads."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = sa.create_engine(url)
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _on_connect)
            sa.event.listen(self.engine, "begin", _on_begin)
        self._writer = self.engine.execution_options(writes=True)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a transaction that reads one consistent state."""
        with said_plainly(self.url), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Open a transaction that writes; it commits at the end, or leaves nothing behind.

        Short: no parsing, no network inside. On SQLite it takes the write lock at once, for a read
        that turns into a write fails immediately, whatever the time-out.
        """
        with said_plainly(self.url), self._writer.begin() as connection:
            yield connection

    def engine_for_migrations(self) -> sa.Engine:
        """Give an engine whose transactions hold changes of tables, too, and that checks no keys.

        A table that is rebuilt would take its children's rows with it. SQLite's driver would commit
        each change of a table by itself, and leave a half-made catalogue behind a kill.
        """
        engine = sa.create_engine(self.url)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _on_connect_to_migrate)
            sa.event.listen(engine, "begin", _begin_to_write)
        return engine

    @property
    def path(self) -> Path | None:
        """The file of a SQLite catalogue, else None."""
        name = self.engine.url.database
        return Path(name) if self.engine.dialect.name == "sqlite" and name else None

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


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
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _on_begin(connection: sa.Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    if options.get("writes"):
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_WRITE_CACHE_KIB}")
        _begin_to_write(connection)
    else:
        connection.exec_driver_sql("BEGIN")


@contextmanager
def said_plainly(url: str) -> Iterator[None]:
    """Turn the errors of a busy, full or closed database into sentences."""
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig)
        if "locked" in reason:
            raise Busy("The catalogue is in use by another process. Try again later.") from error
        if "full" in reason:
            raise DiskFull("No room left on the disk for the catalogue. Free some.") from error
        if "unable to open" in reason or "readonly" in reason:
            raise HomeError(
                f"The catalogue {sa.make_url(url).database} cannot be opened: {reason}."
                " Choose another folder: PAPERWATCH_HOME=/path/to/folder"
            ) from error
        raise
