"""Text layers of scans: a word stays if the picture of the page shows it."""

from collections.abc import Callable

import pytest

from tests.drawn import scans
from tests.drawn.redacted import HIDDEN, HIDDEN_LONGER
from tests.drawn.scans import BADLY, DECOYS, PROSE
from tests.ingest.conftest import Read

Reads = Callable[[bytes], Read]


@pytest.mark.parametrize("name", BADLY)
def test_a_word_of_a_scans_layer_beneath_a_box_is_counted_and_in_no_text(
    read: Reads, name: str
) -> None:
    page = read(BADLY[name]()).pages[0]
    assert page.characters_beneath_boxes == len(HIDDEN) + len(HIDDEN_LONGER)
    for word in (HIDDEN, HIDDEN_LONGER):
        assert word not in page.text
    for line in PROSE:
        assert line in page.text


@pytest.mark.parametrize("name", DECOYS)
def test_a_word_of_a_scans_layer_that_is_seen_stays(read: Reads, name: str) -> None:
    draw, words = DECOYS[name]
    page = read(draw()).pages[0]
    assert page.characters_beneath_boxes == 0
    assert words in page.text


@pytest.mark.parametrize("stamp", ["", "(b)(6)"])
def test_a_word_of_which_a_box_covers_the_middle_goes_as_a_whole(read: Reads, stamp: str) -> None:
    page = read(scans.half_covered(stamp=stamp)).pages[0]
    assert page.text == "\n".join(PROSE)
    assert page.characters_beneath_boxes == len("To:") + len(HIDDEN_LONGER)


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_initials_beneath_a_box_go_with_the_name(read: Reads, grey: int) -> None:
    assert read(scans.initials(grey)).pages[0].text == "\n".join(PROSE)


@pytest.mark.parametrize("paper", [255, 228])
@pytest.mark.parametrize("strips", [1, 30])
def test_a_picture_put_over_words_of_a_scan_hides_them(
    read: Reads, strips: int, paper: int
) -> None:
    def hidden(*, is_over_words: bool) -> int:
        body = scans.pasted_on_scan(strips=strips, paper=paper, is_over_words=is_over_words)
        return read(body).pages[0].characters_beneath_boxes

    assert hidden(is_over_words=True) == 1
    assert hidden(is_over_words=False) == 0
