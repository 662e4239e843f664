"""The Atom feed of a search."""

from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from tests.search_app.composed import HIDDEN_WORD, NAME_OF_PERSON, ORDER, Composed

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def _feed(client: FlaskClient, query: str) -> ET.Element:
    response = client.get(f"/search.atom?{query}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.data)  # noqa: S314 - our own words


def _texts(feed: ET.Element, path: str) -> list[str]:
    return [one.text or "" for one in feed.findall(path, ATOM)]


def test_a_feed_holds_what_the_search_finds_with_permanent_addresses(client: FlaskClient) -> None:
    feed = _feed(client, 'q="facial recognition"&kind=award')
    assert _texts(feed, "a:entry/a:id") == [f"http://localhost/awards/{ORDER}"]
    (summary,) = _texts(feed, "a:entry/a:summary")
    assert "$3,750,000 obligated, potential value $9,225,000" in summary
    assert "FACIAL RECOGNITION" in summary


def test_the_newest_in_the_archive_stand_first_whatever_order_is_asked(
    client: FlaskClient,
) -> None:
    by_amount = _texts(_feed(client, "sort=amount"), "a:entry/a:id")
    assert by_amount == _texts(_feed(client, "sort=oldest&page=2&size=1"), "a:entry/a:id")
    assert len(by_amount) > 20


def test_a_feed_names_itself_and_its_page_and_says_how_the_query_was_read(
    client: FlaskClient,
) -> None:
    feed = _feed(client, "q=camera&year=2025")
    links = {one.get("rel"): one.get("href") for one in feed.findall("a:link", ATOM)}
    assert links == {
        "self": "http://localhost/search.atom?q=camera&year=2025",
        "alternate": "http://localhost/?q=camera&year=2025",
    }
    assert "camera" in _texts(feed, "a:subtitle")[0]
    for moment in _texts(feed, "a:entry/a:updated"):
        assert datetime.fromisoformat(moment).tzinfo is not None


def test_a_feed_shows_nothing_that_readers_may_not_see(
    client: FlaskClient, composed: Composed
) -> None:
    text = client.get("/search.atom?kind=document").text + client.get("/search.atom?q=hearing").text
    assert composed.held not in text
    assert composed.withdrawn not in text
    assert HIDDEN_WORD not in text
    assert NAME_OF_PERSON not in text


def test_markup_in_a_record_is_text_in_the_feed(client: FlaskClient) -> None:
    feed = _feed(client, "q=service&kind=award")
    said = [*_texts(feed, "a:entry/a:summary"), *_texts(feed, "a:entry/a:title")]
    assert any("<script>" in one for one in said)


def test_an_empty_search_is_a_feed_without_entries(client: FlaskClient) -> None:
    assert _texts(_feed(client, "q=zzzzqqq"), "a:entry/a:id") == []


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ('q="facial recognition"&kind=award', "Matched by the phrase “facial recognition”;"),
        ("subagency=7012&kind=award", "Matched by awarding agency: ICE; kind: Awards."),
        ("q=agency:ICE", "Matched by awarding agency U.S. Immigration and Customs Enforcement."),
        ("q=title:statement", "Title: STATEMENT OF WORK"),
    ],
)
def test_an_entry_says_why_it_matched(client: FlaskClient, query: str, why: str) -> None:
    summaries = _texts(_feed(client, query), "a:entry/a:summary")
    assert summaries
    assert all(why in one for one in summaries), summaries[0]


def test_where_all_is_asked_for_nothing_is_a_reason(client: FlaskClient) -> None:
    assert not any("Matched" in one for one in _texts(_feed(client, ""), "a:entry/a:summary"))
