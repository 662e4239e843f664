"""What a search that finds nothing says of other ways to ask."""

import re
from collections.abc import Sequence

import pytest
from flask.testing import FlaskClient

from archive.opening import Archive
from archive.search.tree import Node
from archive.shown.asking import QUERY_LENGTH_MAX, Asked
from archive.shown.desk import Desk, open_desk
from archive.shown.loosened import loosened
from archive.shown.search import Searched, search
from tests.search_app.composed import Composed


def ways(client: FlaskClient, query: str) -> dict[str, int]:
    answer = client.get("/api/search", query_string={"q": query}).get_json()
    assert answer["total"] == 0
    return {one["q"]: one["total"] for one in answer["other_ways"]}


@pytest.mark.parametrize(
    "query",
    [
        "maintenancf",
        '"lot maintenance"',
        '"a maintenancf"',
        '"maintenance camera" -(-zzzz)',
        '("lot maintenance" OR zzzz) camera',
        "maintenancf kind:award (subagency:7012 OR zzzz)",
        '"maintenance camera" amount:..1m',
    ],
)
def test_another_way_to_ask_finds_what_it_promises(client: FlaskClient, query: str) -> None:
    for other, total in ways(client, query).items():
        again = client.get("/api/search", query_string={"q": other}).get_json()
        assert (again["total"], again["ignored"]) == (total, []), other


def test_short_words_of_a_phrase_are_not_offered_as_words_spelled_alike(
    client: FlaskClient,
) -> None:
    offered = ways(client, '"a camera maintenance"')
    assert not [one for one in offered if re.search(r"\ba~", one)]


def test_a_search_is_not_counted_again_where_a_phrase_is_too_deep_to_be_changed(
    archive: Archive, composed: Composed, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[Node] = []

    def count_all(_desk: Desk, searches: Sequence[Searched]) -> list[int]:
        counted.extend(tree for _, tree in searches)
        return [0] * len(searches)

    monkeypatch.setattr("archive.shown.loosened.count_all", count_all)
    desk = open_desk(archive)
    found = search(desk, Asked(query='camera ((zzzz OR "lot camera") OR yyyy)'))
    loosened(desk, found)
    assert len(counted) > 4
    assert found.tree not in counted


def test_what_would_be_too_long_to_ask_has_no_link(archive: Archive, composed: Composed) -> None:
    desk = open_desk(archive)
    ranges = " OR ".join(["amount:999999bn"] * 84)
    found = search(desk, Asked(query=f"({ranges}) maintenance zzzz"))
    near = loosened(desk, found)
    assert found.ignored == ()
    assert found.total == 0
    assert [bool(one.without_asked) for one in near.terms] == [True, False, False]
    for one in near.terms:
        for asked in (one.alone_asked, one.without_asked):
            assert asked is None or len(asked.query) <= QUERY_LENGTH_MAX


def test_one_unknown_word_is_offered_as_it_may_be_spelled_or_go_on(
    client: FlaskClient,
) -> None:
    assert "maintenancf~" in ways(client, "maintenancf")
    assert "maintena*" in ways(client, "maintena")
    text = client.get("/?q=maintenancf").text
    assert '<a href="/?q=maintenancf~">Search for maintenancf~ instead' in text
    assert "nor does any with a word one letter away" not in text


def test_one_word_like_which_there_is_none_says_that_it_was_looked_for(
    client: FlaskClient,
) -> None:
    said = "nor does any with a word one letter away, or with one that begins so."
    assert said in client.get("/?q=zzzzqx").text
    assert said not in client.get("/?q=zzzzqx+yyyyqx").text
    assert said not in client.get("/?q=zzq").text  # too short to be spelled otherwise
