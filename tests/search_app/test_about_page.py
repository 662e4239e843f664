"""The page about the archive, and the line on top of every page."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from flask.testing import FlaskClient

from archive import runs, status
from archive.opening import open_archive
from archive.settings import Settings
from archive.shown.about import holdings, outcome
from archive.shown.desk import open_desk
from archive.shown.examples import _TAUGHT


def _run(source: str, counts: Mapping[str, Any], *, by_hand: bool = False) -> status.LastRun:
    return status.LastRun(
        source=source,
        state="done",
        started_at="2026-11-25T10:00:00+00:00",
        ended_at="2026-11-25T10:00:05+00:00",
        counts=dict(counts),
        remark="",
        by_hand=by_hand,
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"new": 822, "changed": 0, "unchanged": 0, "refused": 0, "rows": 822}, "822 new records"),
        ({"new": 65, "known": 0, "refused": 5}, "65 new documents, 5 files that could not be read"),
        ({"new": 1, "known": 2, "refused": 0}, "1 new document, 2 known before"),
        (
            {"new": 128, "changed": 3, "refused": 1, "awards": {"new": 38, "changed": 3}},
            "38 new awards, 3 changed, 90 new modifications and sub-award reports,"
            " 1 record refused",
        ),
        ({"new": 0, "unchanged": 0}, "Nothing new"),
    ],
)
def test_what_came_of_a_run_is_said_in_words_without_zeros(
    counts: dict[str, Any], said: str
) -> None:
    assert outcome(_run("usaspending_awards", counts)) == said


def test_files_given_by_hand_are_no_crawl(settings: Settings) -> None:
    with open_archive(settings) as archive:
        desk = open_desk(archive)
        for source, question in (
            ("added", {"paths": ["x"]}),
            ("usaspending_file", {"sha256": "x"}),
        ):
            runs.finish(archive, runs.begin(archive, source, question).id, {"new": 1})
        held = holdings(desk)
        assert held.last_run_at == ""
        assert held.last_addition_at
        runs.finish(archive, runs.begin(archive, "usaspending_awards", {"since": ""}).id, {})
        assert holdings(desk).last_run_at


# What an explanation says of a query, and what must then stand in each of its ways to be asked.
TELLING = {
    "in a month": r"date:\d{4}-\d\d",
    "million": r"amount:>\d+m",
    "begin so": r".*\*",
    "one letter": r".*~",
    "three places": r'".*"~3',
    "second word": r"\w+ -\w+",
    "fiscal year": r"year:.*",
}


@pytest.mark.parametrize(("finds", "ways"), _TAUGHT, ids=[finds for finds, _ in _TAUGHT])
def test_what_is_said_of_an_example_is_true_of_each_that_may_stand_there(
    finds: str, ways: Sequence[str]
) -> None:
    said = [form for words, form in TELLING.items() if words in finds]
    assert [way for way in ways for form in said if not re.fullmatch(form, way)] == []


def test_vendors_are_as_many_as_the_list_of_vendors_says(client: FlaskClient) -> None:
    held = client.get("/api/about").get_json()["counts"]["vendors"]
    assert held == client.get("/api/vendors").get_json()["total"]
