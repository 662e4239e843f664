"""Words beneath annotations: hidden is what the drawn page hides, whatever its kind is called."""

from collections.abc import Callable

import pytest

from tests.drawn.annotated import BELOW, KINDS, ON_A_LETTER, annotated
from tests.drawn.redacted import HIDDEN
from tests.ingest.conftest import Read

Reads = Callable[[bytes], Read]


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_beneath_an_annotation_of_any_kind_is_in_no_text(read: Reads, kind: str) -> None:
    page = read(annotated(kind)).pages[0]
    assert page.text == "The officer named"
    assert page.characters_beneath_boxes == len(HIDDEN)


@pytest.mark.parametrize("kind", ["Link", "Watermark", "Screen", "Text", "FileAttachment"])
def test_an_annotation_beside_a_word_hides_nothing(read: Reads, kind: str) -> None:
    page = read(annotated(kind, BELOW)).pages[0]
    assert page.text == f"The officer named {HIDDEN}"


@pytest.mark.parametrize("kind", ["Link", "Screen", "3D", "Popup"])
def test_an_annotation_that_nobody_draws_hides_nothing(read: Reads, kind: str) -> None:
    page = read(annotated(kind, has_appearance=kind == "Popup")).pages[0]
    assert (page.text, page.characters_beneath_boxes) == (f"The officer named {HIDDEN}", 0)


@pytest.mark.parametrize("kind", ["Text", "FileAttachment", "Sound"])
def test_the_icon_of_a_comment_or_file_on_a_letter_is_no_redaction(read: Reads, kind: str) -> None:
    page = read(annotated(kind, ON_A_LETTER)).pages[0]
    assert (page.text, page.characters_beneath_boxes) == (f"The officer named {HIDDEN}", 0)
