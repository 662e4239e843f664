"""Pages while the search index cannot be asked: a sentence, not a trace and not an empty list."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.deposit import deposit
from archive.reading_client import Readers
from archive.search.elastic import asking
from search_app.app import create_app
from tests.archive.composed import archive_in, award, captured, key

SAID = "The search index cannot be reached"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A client of an archive of one award whose cluster does not answer."""
    monkeypatch.setattr(asking, "PAUSES_S", ())
    with (
        archive_in(tmp_path, search_url="http://127.0.0.1:9") as archive,
        Readers(1) as readers,
    ):
        deposit(archive, captured(archive, "a"), [award()])
        yield create_app(archive, readers).test_client()


@pytest.mark.parametrize("address", ["/?q=drone", "/search.csv?q=drone", "/search.atom"])
def test_a_search_says_that_the_index_is_out_of_reach(client: FlaskClient, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 503
    assert SAID in answer.text


def test_the_interface_says_it_too(client: FlaskClient) -> None:
    answer = client.get("/api/search?q=drone")

    said = answer.get_json()
    assert (answer.status_code, said["status"]) == (503, 503)
    assert said["error"].startswith(SAID)


def test_a_record_is_shown_all_the_same(client: FlaskClient) -> None:
    assert client.get(f"/awards/{key()}").status_code == 200
