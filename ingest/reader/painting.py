"""What is asked of a single page object: where it stands, its colour, and what it may hide."""

import ctypes
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2.raw as pdfium

from ingest.reader.calls import (
    fill_colour,
    image_bytes,
    image_size,
    object_at,
    object_bounds,
    object_matrix,
    render_mode,
    stroke_colour,
)
from ingest.reader.geometry import IDENTITY, Box, Matrix

# Thinner ones are rules, underlines and borders; only several of them together hide a word.
RULE_PT = 4.0
# Of 255. Less opaque is a highlight, which lets the text show through.
_OPAQUE = 250
# Of 255. What is painted fainter is drawn as good as nothing: some scanners write so.
_NOTHING = 5
# Bytes of an image of one colour: of a small one, a pixel of a large one, and at most.
_PLAIN_BYTES, _PLAIN_SHARE, _PLAIN_MOST = 2_000, 0.012, 12_000
_UNPAINTED = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A place that may hide what lies beneath: its box in user space, and when it was painted.

    `colour` is None where it is none, not one, or not opaque. `is_exact` is true of an upright
    rectangle in one opaque colour: what is beneath its box is beneath it; of all others the box
    only goes around them. `is_full`: it is another shape that fills its box nearly, as a stroke of
    a pen does. `is_many_coloured` is true where only the drawn page tells the colour.
    `is_marked` is true of Redact annotations, which say themselves what they are meant to hide;
    `is_written_on` of annotations with a comment's words on them.
    """

    order: int
    box: Box
    colour: Colour | None = None
    is_exact: bool = False
    is_full: bool = False
    is_many_coloured: bool = False
    is_picture: bool = False
    is_marked: bool = False
    is_written_on: bool = False

    @property
    def is_thick(self) -> bool:
        """Whether it may hide a word alone."""
        return self.box.width > RULE_PT and self.box.height > RULE_PT


# One set of numbers for all calls: half of the time went into making them. One thread asks.
_FLOATS, _NUMBERS = (ctypes.c_float * 6)(), (ctypes.c_uint * 4)()
_FLOAT, _NUMBER = ctypes.addressof(_FLOATS), ctypes.addressof(_NUMBERS)


def matrix_of(place: int) -> Matrix:
    """Give the way from an object's own space to that of what it stands in."""
    return Matrix(*_FLOATS) if object_matrix(place, _FLOAT) else IDENTITY


def bounds(place: int) -> Box:
    """Give the box around an object, in the space of what it stands in."""
    if not object_bounds(place, _FLOAT, _FLOAT + 4, _FLOAT + 8, _FLOAT + 12):
        return Box(0.0, 0.0, 0.0, 0.0)
    return Box(*_FLOATS[:4])


class Paint(NamedTuple):
    """A colour, or what stands for one: None when it is a pattern or not opaque."""

    colour: Colour | None
    is_pattern: bool = False


def fill(place: int) -> Paint | None:
    """Give with what an object is filled; None when with nothing."""
    return _paint(place, fill_colour)


def stroke(place: int) -> Paint | None:
    """Give with what an object's lines are drawn; None when with nothing."""
    return _paint(place, stroke_colour)


def _paint(place: int, ask: Callable[..., int]) -> Paint | None:
    if not ask(place, _NUMBER, _NUMBER + 4, _NUMBER + 8, _NUMBER + 12):
        return Paint(colour=None, is_pattern=True)
    red, green, blue, alpha = _NUMBERS
    if alpha < _NOTHING:
        return None
    return Paint(colour=None if alpha < _OPAQUE else (red, green, blue))


def may_be_plain(place: int) -> bool:
    """Ask whether an image is stored in so few bytes that it may be of one colour."""
    if not image_size(place, _NUMBER, _NUMBER + 4):
        return True
    wide, high = _NUMBERS[:2]
    most = min(wide * high * _PLAIN_SHARE, _PLAIN_MOST)
    return bool(image_bytes(place, 0, 0) <= max(most, _PLAIN_BYTES))


def unpainted(places: Collection[int]) -> set[int]:
    """Give the text objects that are set to be read, and not painted, by their addresses."""
    modes = map(render_mode, places)
    return {place for place, mode in zip(places, modes, strict=True) if mode in _UNPAINTED}


def drawn_as_nothing(places: Collection[int]) -> set[int]:
    """Give the text objects that leave nothing on the page, as machine-read text of a scan does."""
    found = unpainted(places)
    return found.union(place for place in places if place not in found and fill(place) is None)


def blacken(place: int) -> None:
    """Paint a text object black from now on."""
    text = object_at(place)
    pdfium.FPDFPageObj_SetFillColor(text, 0, 0, 0, 255)
    pdfium.FPDFPageObj_SetStrokeColor(text, 0, 0, 0, 255)
