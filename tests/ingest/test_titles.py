"""Titles of documents: what the first page says of itself, and no person, foot or court header."""

from collections.abc import Sequence

import pytest

from archive.readings import PageReading
from archive.words import Word
from ingest.reader.facts import facts
from ingest.reader.pages import ReadPage
from ingest.reader.titles import shortened

LETTER_PT = (612.0, 792.0)
USUAL_PT = 12.0
BODY = [
    (
        300.0 + 14 * n,
        72.0,
        USUAL_PT,
        "The words of a paragraph run on from one line to the next, all across the sheet",
    )
    for n in range(6)
]

Placed = tuple[float, float, float, str]  # top, left, height of letters, text


def page(lines: Sequence[Placed]) -> ReadPage:
    """Set lines on a page in the order in which the file draws them; a letter is half as wide."""
    words, heights = [], []
    for top, left, height, text in lines:
        at = left
        for word in text.split():
            wide = 0.5 * height * len(word)
            words.append(
                Word(text=word, left_pt=at, top_pt=top, right_pt=at + wide, bottom_pt=top + height)
            )
            heights.append(height)
            at += wide + 0.3 * height
    return ReadPage(
        reading=PageReading(
            number=1,
            width_pt=LETTER_PT[0],
            height_pt=LETTER_PT[1],
            text="\n".join(text for _, _, _, text in lines),
            words=words,
            characters_beneath_boxes=0,
            masked=0,
            text_from="layer",
        ),
        line_heights=heights,
        to_paint=(),
    )


def title(*lines: Placed, metadata: str = "") -> str:
    return facts(page([*lines, *BODY]), metadata).title


def centred(top: float, text: str, height: float = USUAL_PT) -> Placed:
    wide = sum(0.5 * height * len(word) for word in text.split()) + 0.3 * height * text.count(" ")
    return (top, (LETTER_PT[0] - wide) / 2, height, text)


def left(top: float, text: str) -> Placed:
    return (top, 72.0, USUAL_PT, text)


def test_a_running_foot_is_no_title_though_the_file_draws_it_first() -> None:
    foot = left(740, "Rev. 04/2023 Contract Number: 2025-00001 Page | 1")
    found = title(foot, centred(73, "CITY OF EXAMPLE SOFTWARE SERVICES CONTRACT"))
    assert found == "CITY OF EXAMPLE SOFTWARE SERVICES CONTRACT"


@pytest.mark.parametrize(
    "header",
    [
        "UNITED STATES DISTRICT COURT",
        "IN THE UNITED STATES DISTRICT COURT FOR THE DISTRICT OF ALASKA",
        "SOUTHERN DISTRICT OF NEW YORK",
        "Case 1:19-cv-00001-ABC Document 52 Filed 03/10/21 Page 1 of 15",
    ],
)
def test_what_a_court_prints_on_every_paper_is_no_title(header: str) -> None:
    found = title(left(75, header), centred(200, "NOTICE OF MOTION TO DISMISS"))
    assert found == "NOTICE OF MOTION TO DISMISS"


@pytest.mark.parametrize(
    "beneath",
    ["11 Sample Plaza, Suite 305", "Tele: 555-000-1234", "pq@lawfirm.example", "Example, NY 11580"],
)
def test_a_name_above_an_address_is_no_title(beneath: str) -> None:
    assert title(left(39, "Pat Quillfeather"), left(53, beneath), centred(160, "COMPLAINT")) == (
        "COMPLAINT"
    )


def test_a_name_in_the_files_metadata_is_no_title_where_it_stands_above_an_address() -> None:
    lines = (left(39, "Pat Quillfeather"), left(53, "11 Sample Plaza, Suite 305"))
    assert title(*lines, metadata="Pat Quillfeather") == ""


def test_a_line_that_says_who_it_goes_to_is_no_title_and_the_subject_is() -> None:
    found = title(
        (72, 32.0, 30.0, "To: Quill, Pat@AGENCY"),
        left(110, "Cc: Somebody Else"),
        left(130, "Subject: RE: Rule change proposition"),
    )
    assert found == "Rule change proposition"


def test_a_declaration_is_not_headed_by_who_declares() -> None:
    found = title(centred(75, "DECLARATION OF PAT QUILLFEATHER IN SUPPORT OF THE MOTION"))
    assert found == "DECLARATION IN SUPPORT OF THE MOTION"


@pytest.mark.parametrize(
    "marking",
    [
        "UNCLASSIFIED//FOUO",
        "FOR OFFICIAL USE ONLY",
        "UNCLASSIFIED // LAW ENFORCEMENT SENSITIVE",
        "CONTROLLED UNCLASSIFIED INFORMATION",
        "Pre-decisional / Deliberative",
    ],
)
def test_how_a_paper_is_to_be_handled_is_no_title(marking: str) -> None:
    assert title(centred(40, marking, 16)) == ""
    assert title(centred(40, marking, 16), centred(90, "Report of Camera Sites", 16)) == (
        "Report of Camera Sites"
    )


def test_running_text_is_no_title() -> None:
    assert title(left(67, "I. INTRODUCTION")) == ""


def test_the_largest_letters_are_the_title_but_not_those_of_a_letterhead() -> None:
    found = title(
        centred(60, "Example Police Department", 24.0),
        centred(200, "Automated License Plate", 17.0),
        centred(222, "Readers", 17.0),
    )
    assert found == "Automated License Plate Readers"


def test_the_foot_of_the_sample_papers_is_no_title() -> None:
    assert title(centred(64, "Composed sample, not a record of any agency", 20.0)) == ""


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ((), "Letter dated 25 Sep 2025"),
        ((left(185, "PRR EPD-2025-3772"),), "Letter dated 25 Sep 2025, PRR EPD-2025-3772"),
    ],
)
def test_a_letter_without_a_subject_is_named_by_its_day_in_words(
    more: tuple[Placed, ...], named: str
) -> None:
    assert title(left(144, "September 25, 2025"), *more, left(211, "Dear Requester:")) == named


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("x" * 300, "x" * 160 + " …"),
        ("word " * 60, "word " * 31 + "word …"),
        ("x" * 160, "x" * 160),
    ],
)
def test_a_line_is_cut_at_a_word_and_a_word_that_is_too_long_within(line: str, cut: str) -> None:
    assert shortened(line) == cut
