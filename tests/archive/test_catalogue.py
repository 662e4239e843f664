"""The shape of the catalogue."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from archive.catalogue.shape import HEAD, revision
from archive.catalogue.tables import generation, metadata
from archive.errors import CatalogueTooNew, HomeError
from tests.archive.composed import archive_in


def test_the_migrations_lead_to_the_declared_tables(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive, archive.catalogue.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert revision(archive.catalogue) == HEAD


def test_a_catalogue_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive, archive.catalogue.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CatalogueTooNew, match="9999"), archive_in(tmp_path):
        pass


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
