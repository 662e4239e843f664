"""The sample archive of `paperwatch demo` is never taken for real evidence."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import settings as settings_of
from archive.opening import open_archive
from archive.reading_client import Readers
from archive.settings import COMPOSED, DEMO_FILE
from crawlers.demo_home import LIVE, SAMPLE
from search_app.app import create_app
from tests.catalogues import home_settings
from tests.search_app.composed import ORDER, Composed, compose

WARNED = "Every record is composed"
BEFORE = "Composed sample, not a record: "


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Composed]]:
    """The pages of an archive in the folder of a demo."""
    home = tmp_path_factory.mktemp("sample") / "home"
    home.mkdir()
    (home / DEMO_FILE).write_text(COMPOSED, encoding="utf-8")
    with open_archive(settings_of.load(home_settings(home))) as archive:
        composed = compose(archive, home.parent / "papers")
        with Readers(1) as readers:
            yield create_app(archive, readers), composed


@pytest.fixture
def sample_client(sample: tuple[Flask, Composed]) -> FlaskClient:
    return sample[0].test_client()


@pytest.mark.parametrize(
    "address", ["/", "/?q=camera", "/?q=zzzz", "/about", "/vendors", "/agencies", "/nowhere"]
)
def test_every_page_of_a_sample_says_on_top_that_records_are_composed(
    sample_client: FlaskClient, address: str
) -> None:
    text = sample_client.get(address).text
    assert WARNED in text[: text.index('class="masthead"')]
    assert "Cite none of it" in text
    assert "copies of what public sources answered" not in text


def test_a_citation_of_a_sample_begins_with_what_it_is(
    sample: tuple[Flask, Composed], sample_client: FlaskClient
) -> None:
    award = sample_client.get(f"/api/awards/{ORDER}").get_json()
    document = sample_client.get(f"/api/documents/{sample[1].work}").get_json()
    assert award["citation"].startswith(BEFORE)
    assert document["citation"].startswith(BEFORE)


def test_a_source_of_a_sample_is_named_as_a_stand_in(sample_client: FlaskClient) -> None:
    for address in ("/?q=camera", f"/awards/{ORDER}", "/sources"):
        text = sample_client.get(address).text
        assert text.count("USAspending") == text.count("Stand-in of USAspending") > 0


def test_an_export_and_a_feed_of_a_sample_say_so(sample_client: FlaskClient) -> None:
    named = sample_client.get("/search.csv").headers["Content-Disposition"]
    assert "paperwatch-sample.csv" in named
    assert "Sample archive: every record is composed." in sample_client.get("/search.atom").text


def test_a_real_archive_says_none_of_it(client: FlaskClient) -> None:
    for address in ("/", f"/awards/{ORDER}"):
        text = client.get(address).text
        assert WARNED not in text
        assert BEFORE not in text
        assert "Stand-in" not in text


@pytest.mark.parametrize(("words", "is_sample"), [(SAMPLE, True), (LIVE, False), (None, False)])
def test_only_the_mark_of_composed_records_makes_a_sample(
    tmp_path: Path, words: str | None, is_sample: bool
) -> None:
    if words is not None:
        (tmp_path / DEMO_FILE).write_text(words, encoding="utf-8")
    assert settings_of.load(home_settings(tmp_path)).is_sample is is_sample
