import pytest

from archive.readings import PageReading
from archive.words import Word
from ingest.findings.amounts import amounts
from ingest.findings.finding import Finding, box_of, found_in


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
