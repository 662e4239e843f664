"""Words beneath other text: a font can call a black box an "a"."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from archive.reading_client import Readers
from ingest.reader import overlying
from tests.drawn import overprinted
from tests.drawn.overprinted import BADLY, DECOYS
from tests.drawn.redacted import HIDDEN
from tests.ingest.conftest import Read

Reads = Callable[[bytes], Read]


@pytest.mark.parametrize("name", BADLY)
def test_a_word_beneath_other_text_is_counted_and_in_no_text(read: Reads, name: str) -> None:
    page = read(overprinted.badly(name)).pages[0]
    assert HIDDEN not in page.text
    assert page.characters_beneath_boxes == len(HIDDEN)
    assert "The officer named" in page.text


def test_a_stamp_on_a_glyph_that_is_a_box_stays(read: Reads) -> None:
    assert "(b)(7)(E)" in read(overprinted.badly("box_stamped")).pages[0].text


@pytest.mark.parametrize("name", DECOYS)
def test_text_that_is_seen_beneath_other_text_stays(read: Reads, name: str) -> None:
    page = read(overprinted.decoy(name)).pages[0]
    assert page.characters_beneath_boxes == 0
    assert DECOYS[name][1] in page.text


@pytest.mark.slow
@pytest.mark.parametrize("name", BADLY)
def test_a_picture_shows_nothing_of_a_word_beneath_other_text(
    readers: Readers, tmp_path: Path, name: str
) -> None:
    drawn = []
    for word in (HIDDEN, ""):
        path = tmp_path / "page.pdf"
        path.write_bytes(overprinted.badly(name, word))
        drawn.append(np.array(Image.open(io.BytesIO(readers.picture(path, 1, 1800)))))
    with_word, without = drawn
    differing = with_word[(with_word != without).any(axis=2)]
    assert (differing == 96).all()


@given(
    st.lists(st.tuples(*[st.integers(0, 12)] * 2, *[st.integers(1, 5)] * 2), min_size=1),
    st.integers(1, 9),
)
def test_boxes_that_share_a_place_are_found_once_however_few_are_compared_at_once(
    places: list[tuple[int, int, int, int]], portion: int
) -> None:
    boxes = np.array([(x, y, x + wide, y + high) for x, y, wide, high in places], float).T
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(overlying, "_PAIRS", portion)
        found = [
            (min(pair), max(pair))
            for one, other in overlying._meeting(boxes)
            for pair in zip(one.tolist(), other.tolist(), strict=True)
        ]
    left, bottom, right, top = boxes
    assert sorted(found) == [
        (one, other)
        for one in range(len(places))
        for other in range(one + 1, len(places))
        if left[one] < right[other]
        and left[other] < right[one]
        and bottom[one] < top[other]
        and bottom[other] < top[one]
    ]
