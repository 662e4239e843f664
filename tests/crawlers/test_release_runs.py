"""Runs of MuckRock and DocumentCloud: questions, budgets, what is plausible, how a run ends."""

from typing import Any

import pytest

from archive.catalogue import tables
from archive.errors import BadRequest, SourceChanged, SourceUnavailable
from archive.opening import Archive
from archive.runs import begin
from archive.settings import load
from crawlers.budgeting import Budget
from crawlers.commands.crawl_releases import question_of
from crawlers.days import end_run
from crawlers.manners import manners, one_by_one
from crawlers.releasing.place import Place
from crawlers.releasing.question import DocumentcloudQuestion, MuckrockQuestion
from crawlers.releasing.running import DOCUMENTCLOUD, MUCKROCK, is_plausible
from crawlers.spiders.documentcloud_documents import DocumentcloudDocuments
from tests.crawlers.releasing import PERIOD
from tests.crawlers.shelved import all_rows
from tests.crawlers.test_asking import invoked

NOTHING: dict[str, Any] = {
    "query": None, "agency": (), "jurisdiction": None, "status": None, "tag": None, "limit": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["muckrock_requests"], "say which requests"),
        (["documentcloud_documents"], "say which documents"),
        (["muckrock_requests", "x", "--agency", "ICE"], "MuckRock's own number"),
        (["muckrock_requests", "x", "--agency", "1", "--agency", "2"], "give one agency"),
        (["muckrock_requests", "x", "--status", "lost"], r"'lost' is not known .*partial"),
        (["muckrock_requests", "x", "--keyword", "y"], "knows no --keyword; usaspending_awards"),
        (["muckrock_requests", "x", "--since", "2001-01-01"], "has nothing from before"),
        (["documentcloud_documents", "x", "--tag", "y"], "knows no --tag; muckrock_requests does"),
        (
            ["documentcloud_documents", "x", "--agency", "1"],
            "knows no --agency; usaspending_awards",
        ),
        (["usaspending_awards", "x"], "knows no QUERY; muckrock_requests and documentcloud"),
        (["usaspending_bulk", "--agency", "ICE", "--no-read"], "knows no --no-read"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_before_anything_is_sent(
    home: object, words: list[str], sentence: str
) -> None:
    with pytest.raises(BadRequest, match=sentence):
        invoked(*words)


def test_a_question_to_muckrock_is_asked_in_its_own_words() -> None:
    typed = {"query": " plate  readers ", "agency": ("248",), "status": "partial", "tag": "alpr"}
    question = question_of(MUCKROCK, {**NOTHING, **typed})
    assert question == MuckrockQuestion(
        words="plate readers", agency=248, status="partial", tag="alpr"
    )
    assert isinstance(question, MuckrockQuestion)
    assert question.parameters(newest_first=True) == {
        "search": "plate readers",
        "agency": "248",
        "status": "partial",
        "tags": "alpr",
        "embargo_status": "public",
        "ordering": "-datetime_updated",
        "page_size": "100",
    }


def test_a_question_to_documentcloud_is_its_own_search() -> None:
    question = question_of(DOCUMENTCLOUD, {**NOTHING, "query": "source:ICE"})
    assert isinstance(question, DocumentcloudQuestion)
    assert question.words_since("") == "source:ICE"


def test_each_host_is_asked_one_by_one_and_the_service_as_slowly_as_it_is_asked_by_its_own() -> (
    None
):
    settings = load({"PAPERWATCH_CONTACT": "desk@example.org"})
    address = settings["MUCKROCK_URL"]
    there = manners(settings, address) | one_by_one(address, MUCKROCK.pause_s)
    assert (there["CONCURRENT_REQUESTS_PER_DOMAIN"], there["DOWNLOAD_DELAY"]) == (1, 1.0)
    assert there["DOWNLOAD_SLOTS"]["www.muckrock.com"]["delay"] == 4.0
    assert there["ROBOTSTXT_OBEY"] is True
    assert one_by_one("http://127.0.0.1:80", 4.0) == {}


def test_questions_are_counted_and_files_of_other_hosts_are_not(archive: Archive) -> None:
    budget = Budget.named(archive, "x", "DOCUMENTCLOUD_DAILY")
    host = "api.service.example"
    spider = DocumentcloudDocuments(
        address=f"https://{host}", budgets={host: budget}, token="a.b.c"
    )
    assert spider.budget_for(f"https://{host}/api/documents/1/") is budget
    assert spider.budget_for("https://s3.service.example/documents/1/a.pdf") is None
    assert spider.credentials(f"https://{host}/api/") == {"Authorization": "Bearer a.b.c"}
    assert spider.credentials("https://s3.service.example/") == {}
    assert spider.credentials(f"https://{host}.evil.example/") == {}
    spider.token = "0123456789abcdef"
    assert spider.credentials(f"https://{host}/") == {"Authorization": "Token 0123456789abcdef"}


@pytest.mark.parametrize(
    ("expected", "found", "left", "limit", "said"),
    [
        ({"requests": 100}, 100, 0, 0, True),
        ({"requests": 100}, 90, 10, 0, True),
        ({"requests": 100}, 90, 0, 0, False),
        ({"requests": 100}, 5, 0, 5, True),
        ({}, 7, 0, 0, True),
    ],
)
def test_as_many_as_were_counted_must_come(
    expected: dict[str, int], found: int, left: int, limit: int, said: bool
) -> None:
    place = Place(period=PERIOD, expected=expected, found={"requests": found}, left=left)
    assert is_plausible(place, limit) is said


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (BadRequest("composed"), "failed"),
        (SourceChanged("composed"), "failed"),
        (SourceUnavailable("composed"), "stopped"),
    ],
)
def test_what_asking_again_does_not_mend_is_not_gone_on_with(
    archive: Archive, error: Exception, state: str
) -> None:
    run = begin(archive, "composed", {})
    end_run(archive, run.id, {}, error, is_finished=False)
    assert [one.state for one in all_rows(archive, tables.run)] == [state]
