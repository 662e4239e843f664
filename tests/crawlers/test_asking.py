from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click.testing
import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive.errors import BadRequest, SettingError
from archive.settings import load
from crawlers.asking import AskingSpider, Forbidden
from crawlers.commands.crawl import crawl
from crawlers.manners import manners, user_agent
from crawlers.patience import is_challenge, retry_after_s
from crawlers.usaspending.agencies import agency_named
from crawlers.usaspending.question import Period, Question, search_body
from tests.crawlers.test_walking import finished

PERIOD = Period(since="2024-01-01", until="2024-12-31", kind="last_modified_date")


def invoked(*words: str) -> click.testing.Result:
    result = click.testing.CliRunner().invoke(crawl, words, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result


@pytest.mark.parametrize(
    "words", ["7012", "ice", "ICE", "U.S. Immigration and Customs Enforcement", "HSI"]
)
def test_an_agency_is_known_by_code_abbreviation_name_and_alias(words: str) -> None:
    assert agency_named(words).code == "7012"


def test_an_unknown_agency_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(BadRequest, match=r"'NSA!' is not an agency.*ICE"):
        agency_named("NSA!")


def test_contracts_and_vehicles_are_two_questions() -> None:
    question = Question(keywords=("camera",), psc=("5836",), recipients=("ZZZEXAMPLEZ9",))
    bodies = [search_body(question, PERIOD, group, 1, None) for group in question.groups]
    assert [body["filters"]["award_type_codes"][0] for body in bodies] == ["A", "IDV_A"]
    assert bodies[0]["filters"]["recipient_search_text"] == ["ZZZEXAMPLEZ9"]
    assert bodies[0]["filters"]["psc_codes"] == ["5836"]


def test_the_cursor_gives_both_of_its_values_or_none() -> None:
    body = search_body(Question(keywords=("camera",)), PERIOD, "idvs", 101, (7, "X"))
    assert (body["last_record_unique_id"], body["last_record_sort_value"]) == (7, "X")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Name a source"),
        (["usa"], "'usa' is not a source"),
        (["usaspending_awards"], "say which awards"),
        (["usaspending_awards", "--keyword", "ab"], "fewer than 3"),
        (["usaspending_awards", "--psc", "5836", "--since", "2001-01-01"], "begins on 2007-10-01"),
        (["usaspending_awards", "--psc", "5836", "--since", "May"], "is not a day"),
        (["usaspending_awards", "--psc", "5836", "--until", "2020-1-1"], "is not a day"),
        (["usaspending_awards", "--psc", "5836", "--since", "20240131"], "is not a day"),
        (["usaspending_awards", "--psc", "5836", "--since", "2999-01-01"], "is still to come"),
        (["usaspending_bulk", "--agency", "ICE", "--since", "2999-01-01"], "is still to come"),
        (["usaspending_awards", "--psc", "5836", "--monthly"], "knows no --monthly; usasp"),
        (["usaspending_awards", "--psc", "5836", "--by", "file"], "files are no way here"),
        (["usaspending_bulk"], "say whose awards"),
        (["usaspending_bulk", "--agency", "ICE", "--keyword", "x"], "knows no --keyword"),
        (["usaspending_bulk", "--agency", "ICE", "--since", "2000-01-01"], "begin on 2000-10-01"),
        (["usaspending_bulk", "--agency", "ICE", "--changes"], "goes with --monthly"),
        (["usaspending_bulk", "--agency", "ICE", "--monthly", "--subawards"], "no sub-awards"),
        (
            ["usaspending_bulk", "--agency", "ICE", "--monthly", "--since", "2007-09-30"],
            "archive begins on 2007-10-01",
        ),
        (
            ["usaspending_bulk", "--agency", "ICE", "--date-kind", "date_signed"],
            "by last_modified_date or action_date",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_before_anything_is_sent(
    home: Path, words: list[str], sentence: str
) -> None:
    with pytest.raises(BadRequest, match=sentence):
        invoked(*words)


def test_a_live_service_is_not_asked_without_a_contact(home: Path) -> None:
    with pytest.raises(SettingError, match="PAPERWATCH_CONTACT is not set"):
        invoked("usaspending_awards", "--keyword", "camera")


@pytest.mark.parametrize("pause", ["4", "31"])
def test_a_pause_that_would_trouble_the_service_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch, pause: str
) -> None:
    monkeypatch.setenv("PAPERWATCH_CONTACT", "desk@example.org")
    monkeypatch.setenv("PAPERWATCH_BULK_PAUSE", pause)
    with pytest.raises(SettingError, match="a whole number from 5 to 30"):
        invoked("usaspending_bulk", "--agency", "ICE")


def test_the_user_agent_says_how_to_reach_the_operator() -> None:
    settings = load({"PAPERWATCH_CONTACT": "desk@example.org"})
    assert "desk@example.org" in user_agent(settings, "https://api.usaspending.gov")


def test_a_live_service_is_asked_slowly_and_by_the_rules() -> None:
    settings = load({"PAPERWATCH_CONTACT": "desk@example.org"})
    there = manners(settings, "https://api.usaspending.gov")
    assert there["ROBOTSTXT_OBEY"] is True
    assert there["AUTOTHROTTLE_ENABLED"] is True
    assert there["CONCURRENT_REQUESTS_PER_DOMAIN"] == 2


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Ignored response <200 https://x/> because its size exceeds", "no answer that is taken"),
        ("Forbidden by robots.txt", "robots.txt does not let us ask"),
    ],
)
def test_an_answer_too_large_to_be_unpacked_is_told_from_one_that_rules_forbid(
    said: str, expected: str
) -> None:
    async def refused(_: Request) -> Response:
        raise IgnoreRequest(said)

    spider: Any = AskingSpider(name="some_source")
    spider.crawler = SimpleNamespace(engine=SimpleNamespace(download_async=refused))
    try:
        answered = finished(spider._response(Request("https://x.example.org/")))
    except Forbidden as error:
        answered = str(error)
    assert expected in answered


def test_the_sources_are_listed_with_their_terms() -> None:
    assert "usaspending_awards\n  Federal awards" in invoked("--list").output


@pytest.mark.parametrize(("said", "expected"), [("7", 7.0), ("", None), ("soon", None)])
def test_retry_after_is_read_in_seconds(said: str, expected: float | None) -> None:
    answer = Response("http://127.0.0.1/", headers={"Retry-After": said} if said else {})
    assert retry_after_s(answer) == expected


def test_retry_after_is_read_as_a_date() -> None:
    moment = datetime.now(UTC) + timedelta(seconds=30)
    answer = Response("http://127.0.0.1/", headers={"Retry-After": format_datetime(moment)})
    assert 25 < (retry_after_s(answer) or 0) <= 30


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (403, b"{}", True),
        (200, b"<html><title>Just a moment...</title>", True),
        (200, b"<html><h1>Bad day</h1>", False),
        (200, b'{"description": "ACCESS DENIED SIGNS"}', False),
    ],
)
def test_a_challenge_is_told_from_a_bad_day(status: int, body: bytes, expected: bool) -> None:
    assert is_challenge(Response("http://127.0.0.1/", status=status, body=body)) is expected
