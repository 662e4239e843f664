"""A catalogue in PostgreSQL: what SQLite gives by itself, and what a server can refuse."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from archive import settings
from archive.backup.restoring import restore
from archive.backup.saving import save
from archive.catalogue.advisory import number_of
from archive.catalogue.database import Catalogue
from archive.catalogue.tables import vendor
from archive.errors import BadRequest, CatalogueTooNew, CatalogueUnavailable, SettingError
from archive.opening import Archive, open_archive
from tests import catalogues

pytestmark = pytest.mark.postgres
TEXTS_AND_NUMBERS = """
    SELECT table_name, column_name, data_type, collation_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> 'alembic_version'
"""


@pytest.fixture
def url() -> Iterator[str]:
    """The address of an empty database."""
    made = catalogues.database(f"pw_{uuid.uuid4().hex}")
    yield made
    catalogues.drop(made)


@contextmanager
def archive_at(url: str, home: Path) -> Iterator[Archive]:
    """Open an archive with its catalogue at an address."""
    said = {"PAPERWATCH_HOME": str(home), "PAPERWATCH_CATALOGUE_URL": url}
    said |= {"PAPERWATCH_MIXED": "yes"}
    with open_archive(settings.load(said)) as archive:
        yield archive


def test_text_is_compared_by_bytes_and_numbers_are_wide(url: str, tmp_path: Path) -> None:
    with archive_at(url, tmp_path) as archive, archive.catalogue.reading() as connection:
        columns = connection.exec_driver_sql(TEXTS_AND_NUMBERS).all()
    assert {row.data_type for row in columns} == {"text", "bigint", "boolean", "bytea"}
    assert {row.collation_name for row in columns if row.data_type == "text"} == {"C"}


def test_sums_are_whole_numbers_of_python(url: str, tmp_path: Path) -> None:
    with archive_at(url, tmp_path) as archive, archive.catalogue.reading() as connection:
        numbers = sa.values(sa.column("n", sa.BigInteger), name="v").data([(2**40,), (2**40,)])
        total = connection.scalar(sa.select(sa.func.sum(numbers.c.n)))
    assert (type(total), total) == (int, 2**41)


def test_a_reader_sees_one_state_and_writers_come_one_after_the_other(
    url: str, tmp_path: Path
) -> None:
    with archive_at(url, tmp_path / "a") as here, archive_at(url, tmp_path / "b") as there:
        with here.catalogue.reading() as reader:
            before = reader.scalar(sa.select(sa.func.count()).select_from(vendor))
            with there.catalogue.writing() as writer:
                writer.execute(sa.insert(vendor).values(_vendor("A")))
            assert reader.scalar(sa.select(sa.func.count()).select_from(vendor)) == before
            with pytest.raises(sa.exc.InternalError, match="read-only"):
                reader.execute(sa.insert(vendor).values(_vendor("B")))
        with there.catalogue.writing(), here.catalogue.engine.connect() as other:
            assert not other.scalar(_try_writer_lock())
        with here.catalogue.engine.connect() as other:
            assert other.scalar(_try_writer_lock())


def _try_writer_lock() -> sa.Select[tuple[bool]]:
    return sa.select(sa.func.pg_try_advisory_xact_lock(number_of("writer")))


def _vendor(key: str) -> dict[str, object]:
    return {"key": key, "name": key, "uei": "", "duns": "", "is_person": False}


def test_a_lock_is_held_by_one_machine_at_a_time_and_free_when_it_is_cut_off(
    url: str, tmp_path: Path
) -> None:
    with archive_at(url, tmp_path / "a") as here, archive_at(url, tmp_path / "b") as there:
        with here.catalogue.held("index") as first, there.catalogue.held("index") as second:
            assert (first, second) == (True, False)
        with here.catalogue.held("index") as first:
            _cut_off(url)
            with there.catalogue.held("index", wait_s=5) as second:
                assert (first, second) == (True, True)


def test_a_lock_that_is_shared_says_who_came_first(url: str, tmp_path: Path) -> None:
    with archive_at(url, tmp_path / "a") as here, archive_at(url, tmp_path / "b") as there:
        with (
            here.catalogue.present("reading") as first,
            there.catalogue.present("reading") as after,
        ):
            assert (first, after) == (True, False)
        with there.catalogue.present("reading") as again:
            assert again


def _cut_off(url: str) -> None:
    """End all connections to a database, as a restart does."""
    with psycopg.connect(catalogues.server_url(), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> pg_backend_pid()",
            [url.rpartition("/")[2]],
        )


@contextmanager
def cut_off_meanwhile(archive: Archive, url: str) -> Iterator[sa.Connection]:
    """Open a transaction that writes, whose connection is lost before anything was written."""
    with archive.catalogue.writing() as connection:
        _cut_off(url)
        yield connection


def test_a_connection_that_was_lost_is_said_in_a_sentence_and_the_next_one_works(
    url: str, tmp_path: Path
) -> None:
    with archive_at(url, tmp_path) as archive:
        with (
            pytest.raises(CatalogueUnavailable, match="What was deposited is kept"),
            cut_off_meanwhile(archive, url) as connection,
        ):
            connection.execute(sa.insert(vendor).values(_vendor("A")))
        with archive.catalogue.reading() as connection:
            assert connection.scalar(sa.select(sa.func.count()).select_from(vendor)) == 0


def test_a_catalogue_of_a_newer_program_is_refused_and_left_alone(url: str, tmp_path: Path) -> None:
    with archive_at(url, tmp_path) as archive, archive.catalogue.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CatalogueTooNew, match="9999"), archive_at(url, tmp_path):
        pass


def test_a_text_with_a_nul_is_refused_in_a_sentence(url: str, tmp_path: Path) -> None:
    with (
        archive_at(url, tmp_path) as archive,
        pytest.raises(BadRequest, match="NUL"),
        archive.catalogue.reading() as connection,
    ):
        connection.execute(sa.select(vendor).where(vendor.c.key == "a\0b"))


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"database": "no_such"}, SettingError, "does not exist"),
        ({"username": "nobody"}, SettingError, "no connection to PostgreSQL: role"),
        ({"port": 1}, CatalogueUnavailable, "cannot be reached"),
    ],
)
def test_a_server_that_lets_us_not_in_is_said_without_the_password(
    url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wrong: dict[str, Any],
    error: type[Exception],
    said: str,
) -> None:
    monkeypatch.setattr("archive.catalogue.postgres._PATIENCE_S", 0.5)
    there = sa.make_url(url).set(password="hidden", **wrong)
    address = there.render_as_string(hide_password=False)
    with pytest.raises(error, match=said) as raised, archive_at(address, tmp_path):
        pass
    assert "hidden" not in str(raised.value)


def test_a_database_in_another_encoding_is_refused(url: str, tmp_path: Path) -> None:
    name = f"pw_latin_{uuid.uuid4().hex}"
    with psycopg.connect(catalogues.server_url(), autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"
            " LOCALE_PROVIDER libc"
        )
    latin = url.rpartition("/")[0] + "/" + name
    with ExitStack() as stack:
        stack.callback(catalogues.drop, latin)
        with pytest.raises(SettingError, match="keeps text in LATIN1"):
            stack.enter_context(archive_at(latin, tmp_path))


def test_what_the_address_says_of_the_session_goes_before_ours(url: str) -> None:
    catalogue = Catalogue(
        url.replace("postgresql:", "postgresql+psycopg:")
        + "?application_name=desk&options=-c%20lock_timeout%3D7s"
    )
    with catalogue.reading() as connection:
        said = [
            connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("application_name", "lock_timeout", "client_connection_check_interval")
        ]
    catalogue.close()
    assert said == ["desk", "7s", "5s"]


def test_backup_and_restore_say_how_a_catalogue_in_postgresql_is_saved(
    url: str, tmp_path: Path
) -> None:
    with (
        archive_at(url, tmp_path / "home") as archive,
        pytest.raises(SettingError, match="pg_dump"),
    ):
        save(archive, tmp_path / "saved.tar", lambda _done, _all: None)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    said = {"PAPERWATCH_HOME": str(tmp_path / "new"), "PAPERWATCH_CATALOGUE_URL": url}
    saved = tmp_path / "saved.tar"
    saved.touch()
    with pytest.raises(SettingError, match="pg_restore"):
        restore(settings.load(said), saved, lambda _done, _all: None)
    assert not (tmp_path / "new").exists()
