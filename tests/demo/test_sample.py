"""The sample: nothing in it could be taken for a record, and it shows what the archive can do."""

import re
from typing import Any

import pypdfium2
import pytest

from archive.identifiers import is_uei
from crawlers.sample.awards import sample_awards, sample_world
from crawlers.sample.papers import PAPERS, SamplePaper
from crawlers.sample.sheet import FOOT

AWARDS = sample_awards()
each_paper = pytest.mark.parametrize(
    "paper", PAPERS, ids=lambda paper: f"{paper.agency}-{paper.name}"
)


def texts(paper: SamplePaper) -> list[str]:
    document = pypdfium2.PdfDocument(paper.content())
    return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize("award", AWARDS, ids=lambda award: award["detail"]["piid"])
def test_a_number_is_plainly_fictional_and_a_vendor_identifier_passes_its_check(
    award: dict[str, Any],
) -> None:
    detail = award["detail"]
    assert re.fullmatch(r"(70|15)ZZZZ\d\d[ACDFP]\d{8}", detail["piid"])
    uei = detail["recipient"]["recipient_uei"]
    assert uei is None or (uei.startswith("ZZZ") and is_uei(uei))
    dates = [one["action_date"] for one in award["transactions"]]
    assert dates == sorted(dates)


def test_the_only_public_fact_is_marked_with_who_reported_it() -> None:
    award = sample_world().awards["CONT_AWD_70ZZZZ25F00000001_7012_-NONE-_-NONE-"]
    assert award.detail["total_obligation"] == 3_750_000
    assert award.detail["base_and_all_options"] == 9_225_000
    assert award.detail["date_signed"] == "2025-09-05"
    assert "AS REPORTED BY 404 MEDIA" in award.detail["description"]


def test_an_order_names_a_vehicle_of_the_sample_or_one_as_fictional() -> None:
    parents = [one["detail"]["parent"]["piid"] for one in AWARDS if "parent" in one["detail"]]
    assert parents
    assert all("ZZZZ" in piid for piid in parents)


def test_money_goes_back_in_some_modifications() -> None:
    actions = [action for award in AWARDS for action in award["transactions"]]
    assert sum(action["federal_action_obligation"] < 0 for action in actions) >= 5


@each_paper
def test_every_page_says_that_it_is_composed(paper: SamplePaper) -> None:
    assert all(FOOT in text for text in texts(paper))


@each_paper
def test_a_paper_is_drawn_the_same_every_time(paper: SamplePaper) -> None:
    assert paper.content() == paper.content()


def test_numbers_on_papers_are_those_of_sample_awards() -> None:
    known = {award["detail"]["piid"] for award in AWARDS}
    words = " ".join(text for paper in PAPERS for text in texts(paper)).replace("-", "")
    assert set(re.findall(r"\d\dZZZZ\d\d[A-Z]\d{8}", words)) <= known


def test_only_the_failed_redaction_has_words_beneath_its_boxes() -> None:
    failed = [paper.name for paper in PAPERS if "vellin quorst" in " ".join(texts(paper))]
    assert failed == ["phone-unlocking-evaluation.pdf"]
