"""Pages while the file store cannot be reached: a sentence for readers, without its host."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive import indexing
from archive.deposit import deposit
from archive.reading_client import Readers
from search_app.app import create_app
from tests.archive.composed import archive_in, award, captured, key
from tests.archive.stores import archive_with
from tests.archive.test_states import added

pytestmark = pytest.mark.slow

SAID = "The files of this archive cannot be reached now."


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[FlaskClient, str]]:
    """A client of an archive whose bucket does not answer, and the hash of its document."""
    monkeypatch.setattr("archive.files.objects._TRIES", 1)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [award()])
        sha256 = added(archive)
        indexing.drain(archive)
    with (
        archive_with(tmp_path, "s3://records?endpoint=http://127.0.0.1:9") as archive,
        Readers(1) as readers,
    ):
        yield create_app(archive, readers).test_client(), sha256


@pytest.mark.parametrize("path", ["", "/pages/1", "/pages/1.png", "/original"])
def test_a_document_says_that_files_are_out_of_reach(
    away: tuple[FlaskClient, str], path: str
) -> None:
    client, sha256 = away
    answer = client.get(f"/documents/{sha256}{path}")
    assert answer.status_code in (503, 302)
    if answer.status_code == 302:
        answer = client.get(answer.location)
    assert answer.status_code == 503
    assert SAID in answer.text
    assert "127.0.0.1" not in answer.text
    assert "s3://" not in answer.text


def test_the_interface_says_it_too(away: tuple[FlaskClient, str]) -> None:
    client, sha256 = away
    answer = client.get(f"/api/documents/{sha256}/pages/1")
    assert (answer.status_code, answer.get_json()["error"].startswith(SAID)) == (503, True)


def test_a_record_is_shown_all_the_same(away: tuple[FlaskClient, str]) -> None:
    client, _ = away
    assert client.get(f"/awards/{key()}").status_code == 200
