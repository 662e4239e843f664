"""Opens the catalogue and makes its transactions; SQLite or PostgreSQL, by its address."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from archive.catalogue import sqlite
from archive.errors import Busy, PaperwatchError


class Database(Protocol):
    """What a database brings along; `sqlite` and `postgres` are such modules."""

    READS: dict[str, Any]  # execution options of a transaction that reads
    WRITES: dict[str, Any]

    def engine(self, url: str) -> sa.Engine:
        """Give an engine for the archive's work."""

    def engine_for_migrations(self, url: str) -> sa.Engine:
        """Give an engine whose transactions change tables, all or nothing, alone."""

    def held(self, engine: sa.Engine, name: str, wait_s: float) -> AbstractContextManager[bool]:
        """Hold a lock among machines."""

    def present(self, engine: sa.Engine, name: str) -> AbstractContextManager[bool]:
        """Share a lock among machines."""

    def sentence(self, error: DBAPIError, url: sa.URL) -> PaperwatchError | None:
        """Give the sentence for what is wrong outside of the program, or None."""


def database_of(url: str) -> Database:
    """Give what knows the database of an address."""
    if url.startswith("sqlite:"):
        return sqlite
    # Its dialects and driver take a sixth of a second to import, which SQLite need not pay.
    from archive.catalogue import postgres

    return postgres


class Catalogue:
    """A catalogue by its SQLAlchemy address; safe to use from several threads."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._database = database_of(url)
        self.engine = self._database.engine(url)
        self._reader = self.engine.execution_options(**self._database.READS)
        self._writer = self.engine.execution_options(**self._database.WRITES)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a transaction that reads one consistent state."""
        with said_plainly(self.url), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Open a transaction that writes; it commits at the end, or leaves nothing behind.

        Short: no parsing, no network inside. There is one at a time, on either database: it begins
        by taking the one lock of writers, so that what it reads is still so when it writes.
        """
        with said_plainly(self.url), self._writer.begin() as connection:
            yield connection

    def engine_for_migrations(self) -> sa.Engine:
        """Give an engine whose transactions hold changes of tables, too."""
        return self._database.engine_for_migrations(self.url)

    @property
    def path(self) -> Path | None:
        """The file of a SQLite catalogue, else None."""
        return sqlite.file_of(self.engine) if self.engine.dialect.name == "sqlite" else None

    @contextmanager
    def held(self, name: str, *, wait_s: float = 0.0) -> Iterator[bool]:
        """Hold a named lock among all machines; gives False when it was not free in time.

        A catalogue in SQLite has one machine, whose locks are the kernel's, in the archive's
        folder: here it always gives True.
        """
        with said_plainly(self.url), self._database.held(self.engine, name, wait_s) as is_held:
            yield is_held

    @contextmanager
    def present(self, name: str) -> Iterator[bool]:
        """Share a named lock among all machines; gives whether nobody else had it, as in `held`."""
        with said_plainly(self.url), self._database.present(self.engine, name) as is_alone:
            yield is_alone

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


@contextmanager
def said_plainly(url: str) -> Iterator[None]:
    """Turn the errors of a busy, full, closed or lost database into sentences."""
    try:
        yield
    except DBAPIError as error:
        sentence = database_of(url).sentence(error, sa.make_url(url))
        if sentence is None:
            raise
        raise sentence from error
    except PoolTimeout as error:
        raise Busy("All connections to the catalogue are in use. Try again later.") from error
