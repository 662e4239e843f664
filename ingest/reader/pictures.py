"""The picture of a page as people see it, with what nobody may see painted over."""

from collections.abc import Iterable, Sequence
from typing import Any

from PIL import Image, ImageDraw

from ingest.reader.pages import ReadPage, read_page
from ingest.reader.rendering import rendered, sheet

_PAINT = (96, 96, 96)


def painted_page(page: Any, number: int, scale: float) -> tuple[Image.Image, ReadPage]:
    """Draw a page so many pixels a point; gives the words that were read of it as well.

    Painted over: personal numbers, and what is only marked for redaction.

    Raises:
        Refused: a limit stops it.
    """
    size = sheet(page)
    pixels = rendered(page, size, scale)  # before reading, which blackens text
    picture = Image.fromarray(pixels[:, :, ::-1].copy())
    read = read_page(page, number, with_heights=number == 1)
    paint_over(picture, scale, (size.matrix.box(box) for box in read.to_paint))
    return picture, read


def paint_over(picture: Image.Image, scale: float, places: Iterable[Sequence[float]]) -> None:
    """Paint over places, given in points of the upright page: left, top, right, bottom."""
    brush = ImageDraw.Draw(picture)
    for place in places:
        brush.rectangle([edge * scale for edge in place], fill=_PAINT)
