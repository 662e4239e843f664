"""Where tests keep their catalogues: in the archive's folder, or each in a database of its own.

With PAPERWATCH_TEST_CATALOGUE=postgres every folder of a test has a database in PostgreSQL, made
from one that was migrated once. Ask here for the environment of a folder, so that a test runs on
both.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from threading import Lock

import psycopg
import pytest
from psycopg import sql

from archive.catalogue.database import Catalogue
from archive.catalogue.shape import bring_up_to_date
from tests.services import postgres

CHOICE = "PAPERWATCH_TEST_CATALOGUE"
URL = "PAPERWATCH_TEST_POSTGRES_URL"
RUN = "PAPERWATCH_TEST_RUN"  # folder of what all processes of one test run share
IS_POSTGRES = os.environ.get(CHOICE) == "postgres"
_MOST_ROWS = 2000
_numbers = count(1)
_making = Lock()
_spare: list[str] = []
_made: dict[str, str] = {}


def home_settings(home: Path) -> dict[str, str]:
    """Give the settings of an archive in a folder, which says where its catalogue is as well.

    A test may put one part of it elsewhere, and leave the others where they are.
    """
    given = {"PAPERWATCH_HOME": str(home), "PAPERWATCH_MIXED": "yes"}
    if IS_POSTGRES:
        given["PAPERWATCH_CATALOGUE_URL"] = _database_of(str(home))
    return given


def set_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Let an archive be the one that commands take."""
    for name, value in home_settings(home).items():
        monkeypatch.setenv(name, value)


@contextmanager
def forgotten() -> Iterator[None]:
    """Empty at the end the databases that were made meanwhile, for the next test."""
    before = set(_made)
    try:
        yield
    finally:
        for home in set(_made) - before:
            url = _made.pop(home)
            if is_emptied(url):
                _spare.append(url)
            else:
                drop(url)


def end() -> None:
    """Remove all databases of this process."""
    for url in (*_made.values(), *_spare):
        drop(url)
    if _template.cache_info().currsize:
        drop(f"/{_template()}")


def server_url() -> str:
    """Give the address of a server on which tests may make databases."""
    return os.environ.get(URL) or postgres.shared(Path(os.environ[RUN]))


def database(name: str, *, template: str = "template0") -> str:
    """Make a database; gives its address."""
    words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    _do(words.format(sql.Identifier(name), sql.Identifier(template)))
    return f"{server_url().rpartition('/')[0]}/{name}"


def drop(url: str) -> None:
    """Remove a database, whoever still looks at it."""
    name = sql.Identifier(url.rpartition("/")[2])
    _do(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def is_emptied(url: str) -> bool:
    """Take all rows out of a database, which takes a twentieth of the time of making one.

    Not of one with another shape, or with so many rows that their places would be in the way.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_CUT_OFF)
        if connection.execute(_SHAPE).fetchone() != _shape():
            return False
        connection.execute(_EMPTY)
        row = connection.execute("SELECT current_setting('paperwatch.rows')::int").fetchone()
        return row is not None and row[0] < _MOST_ROWS


_CUT_OFF = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_SHAPE = """
SELECT (SELECT version_num FROM alembic_version), count(*), sum(hashtext(attname)::bigint)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace AND NOT attisdropped
"""
_EMPTY = """
DO $$
DECLARE
    t text; n int; total int := 0;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r'
        AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
    LOOP
        EXECUTE format('DELETE FROM %I', t);
        GET DIAGNOSTICS n = ROW_COUNT;
        total := total + n;
    END LOOP;
    FOR t IN SELECT relname FROM pg_class WHERE relkind = 'S'
        AND relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', t);
    END LOOP;
    PERFORM set_config('paperwatch.rows', total::text, false);
END $$
"""


@cache
def _shape() -> object:
    with psycopg.connect(f"{server_url().rpartition('/')[0]}/{_template()}") as connection:
        return connection.execute(_SHAPE).fetchone()


def _database_of(home: str) -> str:
    with _making:
        if home not in _made and _spare:
            _made[home] = _spare.pop()
        elif home not in _made:
            _made[home] = database(f"pw_{os.getpid()}_{next(_numbers)}", template=_template())
        return _made[home]


@cache
def _template() -> str:
    """Make the database that others are copies of; one for each process, as nobody may use it."""
    name = f"pw_template_{os.getpid()}"
    catalogue = Catalogue(database(name).replace("postgresql:", "postgresql+psycopg:"))
    bring_up_to_date(catalogue)
    catalogue.close()
    return name


def _do(statement: sql.Composed) -> None:
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(statement)
