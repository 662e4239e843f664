"""A PostgreSQL that wants a password, by TLS with an authority of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive import settings
from archive.errors import PaperwatchError, SettingError
from archive.opening import open_archive
from archive.status import counts
from tests.conftest import IS_REQUIRED
from tests.services import guarded, postgres
from tests.services.java import Missing

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> guarded.Certificates:
    return guarded.certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def server(certificates: guarded.Certificates) -> Iterator[postgres.Server]:
    """A server of our own; one that a setting names lets everybody in."""
    try:
        made = postgres.make(password=guarded.PASSWORD, certificates=certificates)
    except Missing as missing:
        (pytest.fail if IS_REQUIRED else pytest.skip)(f"postgres test: {missing}")
    yield made
    made.remove()


def said(home: Path, url: str, password: str = guarded.PASSWORD) -> settings.Settings:
    return settings.load(
        {
            "PAPERWATCH_HOME": str(home),
            "PAPERWATCH_MIXED": "yes",
            "PAPERWATCH_CATALOGUE_URL": url,
            "PAPERWATCH_CATALOGUE_PASSWORD": password,
        }
    )


@contextmanager
def refused(
    kind: type[PaperwatchError] = SettingError,
) -> Iterator[pytest.ExceptionInfo[PaperwatchError]]:
    """See that opening is refused in words without the password."""
    with pytest.raises(kind) as error:
        yield error
    assert guarded.PASSWORD not in str(error.value)


def test_a_password_with_odd_letters_and_an_authority_of_its_own_let_us_in(
    server: postgres.Server, certificates: guarded.Certificates, tmp_path: Path
) -> None:
    url = f"{server.url}?sslmode=verify-full&sslrootcert={certificates.authority}"
    with open_archive(said(tmp_path, url)) as archive:
        assert counts(archive)["awards"] == 0
        with archive.catalogue.reading() as connection:
            wanted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            assert connection.exec_driver_sql(wanted).scalar() is True


def test_a_wrong_password_is_said_without_it(server: postgres.Server, tmp_path: Path) -> None:
    with refused() as error, open_archive(said(tmp_path, server.url, "wrong-and-secret")):
        pass
    assert "password authentication failed" in str(error.value)
    assert "wrong-and-secret" not in str(error.value)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("sslmode=disable", "no encryption"),
        ("sslmode=verify-full&sslrootcert=/nowhere/ca.crt", "/nowhere/ca.crt"),
        ("sslmode=verify-full&sslrootcert={other}", "certificate verify failed"),
        ("sslmode=perhaps", "sslmode"),
        ("sslmod=require", "sslmod"),
    ],
)
def test_what_keeps_tls_from_being_spoken_is_said_at_once(
    server: postgres.Server, tmp_path: Path, more: str, words: str
) -> None:
    """Each was waited for as if the server were away, or ended in a fault of the program."""
    other = guarded.certificates(tmp_path).authority
    url = f"{server.url}?{more.format(other=other)}"
    with refused() as error, open_archive(said(tmp_path, url)):
        pass
    assert words in str(error.value)
    assert "PAPERWATCH_CATALOGUE_URL" in str(error.value)


def test_a_certificate_of_another_name_is_not_accepted(
    server: postgres.Server, certificates: guarded.Certificates, tmp_path: Path
) -> None:
    url = server.url.replace("127.0.0.1", "localhost")
    url += f"?sslmode=verify-full&sslrootcert={certificates.authority}"
    with refused() as error, open_archive(said(tmp_path, url)):
        pass
    assert "localhost" in str(error.value)
