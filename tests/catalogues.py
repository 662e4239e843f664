"""Where tests keep their catalogues: in the archive's folder, or each in a database of its own.

With PAPERWATCH_TEST_CATALOGUE=postgres every folder of a test has a database in PostgreSQL, made
from one that was migrated once. Ask here for the environment of a folder, so that a test runs on
both.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock

import psycopg
from psycopg import sql

from archive.catalogue.database import Catalogue
from archive.catalogue.shape import bring_up_to_date
from tests.services import postgres

CHOICE = "PAPERWATCH_TEST_CATALOGUE"
URL = "PAPERWATCH_TEST_POSTGRES_URL"
RUN = "PAPERWATCH_TEST_RUN"  # folder of what all processes of one test run share
IS_POSTGRES = os.environ.get(CHOICE) == "postgres"
_making = Lock()
_made: dict[str, str] = {}


def home_settings(home: Path) -> dict[str, str]:
    """Give the settings of an archive in a folder, which says where its catalogue is as well."""
    if not IS_POSTGRES:
        return {"PAPERWATCH_HOME": str(home)}
    return {"PAPERWATCH_HOME": str(home), "PAPERWATCH_CATALOGUE_URL": _database_of(str(home))}


@contextmanager
def forgotten() -> Iterator[None]:
    """Remove at the end the databases that were made meanwhile."""
    before = set(_made)
    try:
        yield
    finally:
        for home in set(_made) - before:
            drop(_made.pop(home))


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


def _database_of(home: str) -> str:
    with _making:
        if home not in _made:
            name = f"pw_{os.getpid()}_{hashlib.sha256(home.encode()).hexdigest()[:12]}"
            _made[home] = database(name, template=_template())
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
