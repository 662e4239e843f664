"""The key that equal pages share, in whatever file they are released."""

import io
from collections.abc import Callable, Sequence

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.conftest import Read

Reads = Callable[[bytes], Read]
Sheet = tuple[str, float, str]  # a word, how far it stands from the left, what its picture shows


def drawn(sheets: Sequence[Sheet], title: str) -> bytes:
    """Draw pages, each with a word and a picture, where they are given."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(300, 400), invariant=True)
    canvas.setTitle(title)
    for word, left, shown in sheets:
        canvas.drawString(left, 350, word)
        if shown:
            canvas.drawImage(ImageReader(_picture(shown)), 50, 50, 100, 100)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _picture(shown: str) -> Image.Image:
    picture = Image.new("RGB", (60, 60), "white")
    ImageDraw.Draw(picture).text((5, 20), shown, fill="black")
    return picture


def keys(read: Reads, sheets: Sequence[Sheet], title: str = "a") -> list[str]:
    found = read(drawn(sheets, title))
    assert [one.content_key for one in found.pages] == [
        one.content_key for one in found.result.document.pages
    ]
    return [one.content_key for one in found.pages]


FIRST, SECOND = ("memo", 60.0, "lamp"), ("list", 60.0, "")


def test_a_page_that_was_released_once_more_has_the_same_key(read: Reads) -> None:
    once = keys(read, [FIRST, SECOND])
    again = keys(read, [("other", 60.0, ""), SECOND, FIRST], "another file")
    assert once == [again[2], again[1]]
    assert len({*once, *again}) == 3
    assert {len(one) for one in once} == {32}


@pytest.mark.parametrize(
    "other", [("menu", 60.0, "lamp"), ("memo", 61.0, "lamp"), ("memo", 60.0, "lump"), SECOND]
)
def test_another_word_place_or_picture_makes_another_key(read: Reads, other: Sheet) -> None:
    first, second = keys(read, [FIRST, other])
    assert first != second


def test_a_picture_alone_is_compared_and_an_empty_page_is_not(read: Reads) -> None:
    first, second, empty = keys(read, [("", 0.0, "lamp"), ("", 0.0, "lump"), ("", 0.0, "")])
    assert first != second
    assert empty == ""
