import time

import pytest

from archive.readings import PageReading
from archive.words import Word
from ingest.findings.amounts import amounts
from ingest.findings.dates import dates
from ingest.findings.finding import Finding, apart, box_of, found_in
from ingest.findings.identifiers import identifiers
from ingest.findings.letters import letter
from ingest.findings.parties import agency, vendor


def page(text: str) -> PageReading:
    """A page whose words are 10 points wide, one beside the other."""
    words = [
        Word(text=word, left_pt=10 * place, top_pt=5, right_pt=10 * place + 10, bottom_pt=15)
        for place, word in enumerate(text.split())
    ]
    return PageReading(
        number=1,
        width_pt=600,
        height_pt=800,
        text=text,
        words=words,
        characters_beneath_boxes=0,
        masked=0,
        text_from="layer",
    )


def test_a_finding_has_the_words_as_printed_and_the_box_around_them() -> None:
    read = page("a fee\nof $ 12.50, paid")
    found = found_in(amounts, [(1, read.text)])
    assert [(one.printed, one.page) for one in found] == [("$ 12.50", 1)]
    assert box_of(read, found[0]) == (30, 5, 50, 15)


def test_a_finding_of_another_text_has_no_box() -> None:
    strange = Finding(kind="amount", value="1", printed="$1", page=1, begin=50, end=52)
    with pytest.raises(ValueError, match="nothing stands at 50"):
        box_of(page("short"), strange)


def test_of_what_overlaps_the_first_counts() -> None:
    spans = [("a", "", 10, 20), ("b", "", 0, 10), ("c", "", 15, 25), ("d", "", 20, 22)]
    spans += [("e", "", 0, 30), ("f", "", 5, 6), ("g", "", 22, 23)]
    assert [kind for kind, *_ in apart(spans)] == ["a", "b", "d", "g"]


HOSTILE = ("1", "A", "(b)(6) ", "$1,111,", "Dear x\n", "\n", "foia case ", "May 5, 2020 ", "A. B ")


@pytest.mark.parametrize("part", HOSTILE, ids=repr)
def test_a_page_that_repeats_one_thing_is_gone_through_in_its_length(part: str) -> None:
    """A pattern that goes back over what it has seen would take minutes for these."""
    text = "Dear Sir:\n" + part * (10_000 // len(part))
    began = time.process_time()
    found_in(amounts, [(1, text)])
    found_in(dates, [(1, text)])
    found_in(identifiers, [(1, text)])
    letter([text])
    agency([text])
    vendor([text])
    assert time.process_time() - began < 3
