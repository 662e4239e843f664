"""No page and no twin of it shows a path of this machine or a secret that a program once said."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from archive import clock, deposit, indexing, runs
from archive.catalogue import tables
from archive.errors import IndexUnavailable
from archive.model import Refused
from archive.opening import Archive, open_archive
from archive.reading_client import Readers
from archive.settings import load
from search_app.app import create_app
from tests.archive.composed import captured
from tests.catalogues import home_settings
from tests.schedule.composed import AWARDS, made, scheduled

TOKEN = "a-token-of-the-desk"
SAID = "PAPERWATCH_METRICS_TOKEN_FILE names /run/secrets/{}_lantern, which is empty."
PAGES = ("/status", "/sources", f"/sources/{AWARDS}", "/sources/added", "/about")


@pytest.fixture
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive whose scheduled crawl and whose additions failed with a path and a secret."""
    home = tmp_path_factory.mktemp("private") / "home"
    settings = load(home_settings(home) | {"PAPERWATCH_METRICS_TOKEN": TOKEN})
    with open_archive(settings) as archive:
        scheduled(archive)
        at = clock.now()
        words = f"First crawl.\n{SAID.format('scheduled')}"
        ended: dict[str, Any] = {"state": "failed", "last_exit_code": 5, "last_words": words}
        made(archive, last_started_at=at, last_ended_at=at, **ended)
        for source in ("added", "by hand"):
            begun = runs.begin(archive, source, {"paths": ["lantern"]})
            long = f"{SAID.format(source.replace(' ', '_'))} {'x' * 130}"
            runs.fail(archive, begun.id, {}, f"{long} {TOKEN} {TOKEN}")
        yield archive


@pytest.fixture
def client(opened: Archive) -> Iterator[FlaskClient]:
    with Readers(1) as readers:
        yield create_app(opened, readers).test_client()


@pytest.mark.parametrize("address", [*PAGES, *(f"/api{one}" for one in PAGES)])
def test_stored_words_are_shown_without_paths_and_secrets(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "PAPERWATCH_METRICS_TOKEN_FILE names (a file), which is empty" in answer.text
    for private in ("/run", "lantern", TOKEN, TOKEN[:8]):
        assert private not in answer.text


def test_a_refusal_and_a_failure_are_shown_so_too(opened: Archive, client: FlaskClient) -> None:
    with opened.catalogue.writing() as connection:
        connection.execute(sa.update(tables.run).values(source=AWARDS))
    refused = Refused(place=3, subject="A_KEY", reason=SAID.format("refused"))
    deposit.refuse(opened, 1, captured(opened, "refused"), [refused])
    said = client.get(f"/api/sources/{AWARDS}").get_json()
    remarks = [one["remark"] for one in said["failures"]]
    assert len(remarks) >= 2
    assert all("names (a file), which is empty" in one for one in remarks)
    assert "(a file)" in said["schedule"][0]["last_words"]
    [refusal] = said["refusals"]
    assert "names (a file), which is empty" in refusal["reason"]
    assert "lantern" not in client.get(f"/sources/{AWARDS}").text


def test_an_error_of_ours_names_no_path(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_: object) -> None:
        raise IndexUnavailable("/srv/lantern/index cannot be opened.")

    monkeypatch.setattr(indexing.LiveEngine, "get", down)
    for address in ("/?q=word", "/api/search?q=word"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "lantern" not in answer.text
