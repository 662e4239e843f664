"""Migrations of an archive with data, on both databases: killed half-way, failing, run again."""

import os
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations

from archive import settings
from archive.catalogue.advisory import number_of
from archive.catalogue.database import Catalogue
from archive.catalogue.shape import HEAD, revision
from archive.catalogue.tables import action, metadata, subaward, version
from archive.deposit import deposit
from archive.indexing import rebuild
from archive.opening import open_archive
from archive.verifying import verify
from tests import catalogues
from tests.archive.composed import award, captured, modification, report
from tests.archive.taken_back import take_back

pytestmark = pytest.mark.slow

AWARDS = 150
STATUS = [sys.executable, "-m", "archive.program", "status", "--json"]
BOTH = pytest.mark.parametrize(
    "where",
    [pytest.param(name, marks=getattr(pytest.mark, name)) for name in ("sqlite", "postgres")],
    indirect=True,
)


@pytest.fixture
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings of an archive whose catalogue is in a database of either kind."""
    home = {"PAPERWATCH_HOME": str(tmp_path / "archive")}
    if request.param == "sqlite":
        yield home
        return
    url = catalogues.database(f"pw_{uuid.uuid4().hex}")
    yield home | {"PAPERWATCH_CATALOGUE_URL": url, "PAPERWATCH_MIXED": "yes"}
    catalogues.drop(url)


def filled(where: dict[str, str], awards: int) -> None:
    """Make an archive, and take its catalogue back to the first shape."""
    with open_archive(settings.load(where)) as archive:
        kept = captured(archive, "a")
        for make in (award, modification, report):
            deposit(archive, kept, map(make, range(1, awards + 1)))
        take_back(archive, "0001")


def shape_of(where: dict[str, str]) -> str:
    """Give the shape of a catalogue, whose tables must be those of that shape."""
    catalogue = Catalogue(settings.load(where).catalogue_url)
    try:
        found = revision(catalogue)
        with catalogue.engine.connect() as connection:
            tables = sa.inspect(connection).get_table_names()
            if found == HEAD:
                assert compare_metadata(MigrationContext.configure(connection), metadata) == []
            else:
                assert found == "0001"
                assert not {"action", "schedule", "subaward", "budget"} & set(tables)
        return found
    finally:
        catalogue.close()


@BOTH
@pytest.mark.slow
def test_a_migration_that_is_killed_anywhere_is_all_or_nothing_and_goes_through_at_last(
    where: dict[str, str],
) -> None:
    filled(where, AWARDS)
    chance, undone = Random(7), 0
    while shape_of(where) != HEAD:
        child = subprocess.Popen(STATUS, env=os.environ | where, stdout=subprocess.DEVNULL)
        while child.poll() is None and not is_migrating(where):
            time.sleep(0.002)
        # At once, then later each time: a machine with other work to do gets through as well.
        time.sleep(chance.uniform(0, 0.05 * undone))
        child.kill()
        child.wait()
        undone += shape_of(where) != HEAD
        assert undone < 60
    assert undone
    with open_archive(settings.load(where)) as archive:
        with archive.catalogue.reading() as connection:
            counted = [
                connection.scalar(sa.select(sa.func.count()).select_from(table))
                for table in (version, action, subaward)
            ]
        rebuild(archive)
        assert counted == [3 * AWARDS, AWARDS, AWARDS]
        assert [one.what for one in verify(archive, lambda _s, _n: None)] == []


def is_migrating(where: dict[str, str]) -> bool:
    """Tell whether a process has the lock of writers; there is no other to have it."""
    if url := where.get("PAPERWATCH_CATALOGUE_URL"):
        with psycopg.connect(url) as connection:
            asked = f"SELECT pg_try_advisory_xact_lock({number_of('writer')})"
            return connection.execute(asked).fetchone() == (False,)
    path = Path(where["PAPERWATCH_HOME"]) / "catalogue.sqlite"
    with closing(sqlite3.connect(path, timeout=0)) as file:
        try:
            file.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        return False


@BOTH
def test_a_migration_that_fails_leaves_tables_and_rows_as_they_were(
    where: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(where, 2)

    def full(*_words: object, **_more: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Operations, "create_index", full)
        with pytest.raises(RuntimeError, match="full"), open_archive(settings.load(where)):
            pass
    assert shape_of(where) == "0001"
    with open_archive(settings.load(where)) as archive, archive.catalogue.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(action)) == 2
    assert shape_of(where) == HEAD


@BOTH
def test_two_first_starts_at_once_make_one_catalogue(where: dict[str, str], tmp_path: Path) -> None:
    starts = [
        subprocess.Popen(
            STATUS,
            env=os.environ | where | ({"PAPERWATCH_HOME": str(home)} if len(where) > 1 else {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for home in (tmp_path / "archive", tmp_path / "second")
    ]
    ended = [(start.communicate()[1].decode(), start.returncode) for start in starts]
    assert ended == [("", 0), ("", 0)]
    assert shape_of(where) == HEAD
