"""Words beneath what is no plain rectangle: hidden is what the drawn page hides."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archive.reading_client import Readers
from tests.drawn import covered, hostile
from tests.drawn.covered import BADLY, DECOYS
from tests.drawn.redacted import HIDDEN
from tests.ingest.conftest import Read

Reads = Callable[[bytes], Read]
_PAINT = 96


@pytest.mark.parametrize("name", BADLY)
def test_a_word_that_the_drawn_page_hides_is_counted_and_in_no_text(read: Reads, name: str) -> None:
    found = read(covered.badly(name))
    page = found.pages[0]
    assert page.characters_beneath_boxes == len(HIDDEN)
    assert HIDDEN not in page.text
    assert not any(len(word.text) == 1 for word in page.words if word.text.isalpha())
    assert HIDDEN not in found.result.document.title
    assert "The officer named" in page.text


@pytest.mark.parametrize("name", ["slanting_stamped", "stamped_and_marked", "on_black_picture"])
def test_a_stamp_on_a_cover_of_any_form_stays_in_the_text(read: Reads, name: str) -> None:
    assert "(b)(7)(E)" in read(covered.badly(name)).pages[0].text


@pytest.mark.parametrize("name", DECOYS)
def test_what_can_be_seen_through_or_beside_a_cover_stays(read: Reads, name: str) -> None:
    page = read(covered.decoy(name)).pages[0]
    assert page.characters_beneath_boxes == 0
    assert DECOYS[name][1] in page.text


@pytest.mark.slow
@pytest.mark.parametrize("width", [600, 1800])
@pytest.mark.parametrize("name", BADLY)
def test_a_picture_shows_nothing_of_a_hidden_word_that_its_cover_lets_through(
    readers: Readers, tmp_path: Path, name: str, width: int
) -> None:
    drawn = []
    for word in (HIDDEN, ""):
        path = tmp_path / "page.pdf"
        path.write_bytes(covered.badly(name, word))
        drawn.append(np.array(Image.open(io.BytesIO(readers.picture(path, 1, width)))))
    with_word, without = drawn
    differing = with_word[(with_word != without).any(axis=2)]
    assert (differing == _PAINT).all()


def test_a_page_whose_forms_lie_too_deep_is_not_read_and_says_why(read: Reads) -> None:
    result = read(hostile.forms_in_forms(41)).result
    assert (result.verdict, result.is_unexamined) == ("too-complex", True)
    assert result.reason == (
        "a page is too complex to examine for hidden text: forms lie deep in forms"
    )
