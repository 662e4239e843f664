"""The shape of the catalogue."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations

from archive import clock
from archive.catalogue import shape
from archive.catalogue.shape import HEAD, revision
from archive.catalogue.tables import action, generation, metadata, page
from archive.deposit import deposit
from archive.errors import CatalogueTooNew, DiskFull, HomeError
from archive.opening import Archive
from tests.archive.composed import archive_in, award, captured, modification
from tests.archive.scanned import deposited, page_of
from tests.archive.taken_back import take_back
from tests.catalogues import home_settings


def test_the_migrations_lead_to_the_declared_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shape, "_make", shape._migrate)
    with archive_in(tmp_path) as archive, archive.catalogue.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert revision(archive.catalogue) == HEAD


def reflected(archive: Archive) -> dict[str, list[object]]:
    """Describe all tables of a catalogue, as the database has them."""
    found = sa.inspect(archive.catalogue.engine)
    return {
        table: [
            sorted(str(column) for column in found.get_columns(table)),
            found.get_pk_constraint(table),
            sorted(str(key) for key in found.get_foreign_keys(table)),
            sorted(str(index) for index in found.get_indexes(table)),
            sorted(str(one) for one in found.get_unique_constraints(table)),
        ]
        for table in found.get_table_names()
    }


@pytest.mark.sqlite
def test_a_new_catalogue_is_made_as_the_migrations_leave_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with archive_in(tmp_path / "made") as archive:
        made = reflected(archive)
        assert revision(archive.catalogue) == HEAD
    monkeypatch.setattr(shape, "_make", shape._migrate)
    with archive_in(tmp_path / "migrated") as archive:
        assert reflected(archive) == made


def test_a_catalogue_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive, archive.catalogue.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CatalogueTooNew, match="9999"), archive_in(tmp_path):
        pass


@pytest.mark.sqlite
def test_a_catalogue_of_an_older_shape_is_migrated_and_a_copy_is_kept(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        take_back(archive, "0001")
    with archive_in(tmp_path) as archive:
        assert revision(archive.catalogue) == HEAD
        with archive.catalogue.engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    [copy] = tmp_path.glob(f"catalogue.before-{HEAD}.*")
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]


def test_pages_from_before_say_whether_their_text_is_a_layer(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        deposited(archive, page_of(1, "typed", text_from="layer"), page_of(2))
        take_back(archive, "0001")
        with archive.catalogue.writing() as connection:
            connection.exec_driver_sql("UPDATE page SET has_text_layer = FALSE WHERE number = 2")
    with archive_in(tmp_path) as archive, archive.catalogue.reading() as connection:
        rows = connection.execute(sa.select(page).order_by(page.c.number)).all()
    assert [(one.text_from, one.confidence) for one in rows] == [("layer", None), ("none", None)]
    known = {(one.boxes, one.covered_percent, one.exemptions, one.content_key) for one in rows}
    assert known == {(None, None, "", None)}


@pytest.mark.sqlite
def test_of_the_copies_before_migrations_only_the_newest_is_left(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        take_back(archive, "0001")
    names = (
        "catalogue.before-0005.2026-11-24.sqlite",
        f"catalogue.before-{HEAD}.2026-11-25.sqlite",
    )
    own = "catalogue.before-the-move.sqlite"
    for name in (*names, own):
        (tmp_path / name).touch()
    with archive_in(tmp_path):
        pass
    left = {path.name for path in tmp_path.glob("catalogue.before-*")}
    assert left == {own, f"catalogue.before-{HEAD}.{clock.now()[:10]}.sqlite"}


@pytest.mark.sqlite
def test_a_migration_that_fails_leaves_the_copies_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_catalogue: object) -> None:
        raise DiskFull("composed")

    with archive_in(tmp_path) as archive:
        take_back(archive, "0001")
    (tmp_path / "catalogue.before-0005.2026-11-24.sqlite").touch()
    monkeypatch.setattr("archive.catalogue.shape._migrate", fail)
    with pytest.raises(DiskFull), archive_in(tmp_path):
        pass
    assert len(list(tmp_path.glob("catalogue.before-*"))) == 2


def test_a_transaction_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    twice = [{"id": 9, "name": name, "state": "old", "made_at": ""} for name in ("a", "b")]
    with archive_in(tmp_path) as archive:
        with pytest.raises(sa.exc.IntegrityError), archive.catalogue.writing() as connection:
            connection.execute(sa.insert(generation), twice)
        with archive.catalogue.reading() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM generation").scalar()
        assert count == 1


def test_foreign_keys_are_held(tmp_path: Path) -> None:
    with (
        archive_in(tmp_path) as archive,
        pytest.raises(sa.exc.IntegrityError),
        archive.catalogue.writing() as connection,
    ):
        connection.exec_driver_sql("INSERT INTO outbox VALUES (77, 77, 1, '')")


def test_a_folder_that_is_a_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(HomeError, match="PAPERWATCH_HOME"), archive_in(tmp_path / "home"):
        pass


@pytest.mark.sqlite
@pytest.mark.slow
def test_a_first_start_that_is_killed_anywhere_leaves_an_archive_that_opens(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "archive.program", "status", "--json"]
    for place in range(12):
        home = tmp_path / str(place)
        environment = os.environ | home_settings(home)
        child = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while not (home / "catalogue.sqlite").exists() and time.monotonic() < until:
            time.sleep(0.001)
        time.sleep(0.02 * place)
        child.kill()
        child.wait()
        with archive_in(home) as archive:
            assert revision(archive.catalogue) == HEAD


@pytest.mark.sqlite
def test_a_migration_that_fails_leaves_the_tables_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with archive_in(tmp_path) as archive:
        take_back(archive, "0001")
    real = Operations.create_index
    made: list[object] = []

    def full(*words: object, **more: object) -> None:
        made.append(words)
        if len(made) > 5:
            raise RuntimeError("the disk is full")
        real(*words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Operations, "create_index", full)
    with pytest.raises(RuntimeError, match="full"), archive_in(tmp_path):
        pass
    monkeypatch.undo()
    with closing(sqlite3.connect(tmp_path / "catalogue.sqlite")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [
            ("0001",)
        ]
        assert not connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'budget'"
        ).fetchall()
    with archive_in(tmp_path) as archive:
        assert revision(archive.catalogue) == HEAD


def test_an_archive_of_the_first_shape_is_brought_up_to_date_with_its_actions(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [award(), modification(acted_on="2025-10-01")])
        take_back(archive, "0001")
    with archive_in(tmp_path) as archive, archive.catalogue.reading() as connection:
        (row,) = connection.execute(sa.select(action)).all()
        assert (row.year, row.obligated_cents, row.number) == (2026, 100_00, "P00001")


def test_an_archive_is_not_made_in_a_checkout(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(HomeError, match="is a checkout"), archive_in(tmp_path):
        pass
