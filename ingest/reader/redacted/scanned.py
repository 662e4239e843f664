"""Boxes of a scanned page, told from headings and fields by what stands in them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from archive.exemptions import stamped
from archive.redactions import BoxLook
from ingest.reader.redacted.inscribed import Manner, black_on_white, inscription
from ingest.reader.redacted.pixels import Shape, shapes_in
from ingest.reader.rendering import Pixels
from ingest.reader.tesseract import Reader, Seen

# Letters, in words that Tesseract is sure of, that make a heading; a stamp may be misread as two.
_WORDY, _SURE, _LEAST_WORD = 3, 60, 2
# Words beside a stamp, such as "and" or "per DEA", are so many times as long as it at most.
_BESIDE = 1.5
# Points: what is shorter and looks hatched is a word in bold print.
_HATCHED = 32.0
# Points: what is higher and hatched is no word, whatever is read in its lines.
_HIGH = 24.0
# Points: what is no wider, and nearly as high as wide, hides no word.
_SPOT, _SQUARE = 20.0, 1.7
# What Tesseract makes of the letters of an exemption.
_MEANT = str.maketrans("£€¢©", "EECC")
_ONE = re.compile(r"\([1lI|]b")
# "(6)(7)(C)" is "(b)(7)(C)" as it is misread, unless "(b)" stands before it.
_SIX = re.compile(r"(?<![)\d])\(6\)(?=\([67]\))")
_MANNERS: dict[BoxLook, tuple[Manner, ...]] = {
    "black": (Manner.PLAIN,),
    "coloured": (Manner.PLAIN,),
    "grey": (Manner.PLAIN, Manner.PATCH),
    "outlined": (Manner.FRAMED, Manner.PATCH, Manner.LINED),
    "hatched": (Manner.PATCH, Manner.LINED, Manner.FRAMED),
}


class Stamp(NamedTuple):
    """An exemption with its place in pixels: left, top, right, bottom."""

    code: str
    left: float
    top: float
    right: float
    bottom: float


class Marked(NamedTuple):
    """A rectangle with the stamps that were read in it, in pixels of the picture.

    `letters`: how many letters of words stand in it that are no exemption.
    """

    shape: Shape
    stamps: tuple[Stamp, ...]
    letters: int

    @property
    def is_frame(self) -> bool:
        """Whether it is a line around paper, which is a redaction only by a stamp."""
        return self.shape.look == "outlined"

    def holds(self, one: Seen | Stamp) -> bool:
        """Ask whether the middle of a word stands in it."""
        across, down = (one.left + one.right) / 2, (one.top + one.bottom) / 2
        shape = self.shape
        return shape.left <= across <= shape.right and shape.top <= down <= shape.bottom


def marked(picture: Pixels, scale: float, reader: Reader) -> list[Marked]:
    """Find the boxes of a picture that hangs level, `scale` pixels a point; and empty frames.

    What has words in it is left out.
    """
    return list(_marked(picture, scale, reader))


def _marked(picture: Pixels, scale: float, reader: Reader) -> Iterator[Marked]:
    for shape in shapes_in(picture, scale):
        stamps, letters = _inscribed(picture, shape, scale, reader)
        if not stamps and _is_spot(shape, scale):
            continue
        if shape.look == "hatched" and shape.bottom - shape.top > _HIGH * scale:
            letters = 0
        if letters < _WORDY or letters <= _BESIDE * sum(len(one.code) for one in stamps):
            yield Marked(shape, tuple(stamps), letters)


def _is_spot(shape: Shape, scale: float) -> bool:
    """Ask whether a shape is too small for what it looks like: a check box, an icon, a hole."""
    width, height = (shape.right - shape.left) / scale, (shape.bottom - shape.top) / scale
    if shape.look == "hatched":
        return width < _HATCHED
    return width < _SPOT and (height > width / _SQUARE or height > _SPOT)


def _inscribed(
    picture: Pixels, shape: Shape, scale: float, reader: Reader
) -> tuple[list[Stamp], int]:
    """Read a box in all manners that fit its look, until something is made out."""
    stamps: list[Stamp] = []
    letters = 0
    for manner in _MANNERS[shape.look]:
        words = inscription(picture, shape[:4], scale, reader, manner)
        stamps, letters = stamps_of(words)
        if stamps or letters >= _WORDY:
            break
    return stamps, letters


def stamps_of(words: Sequence[Seen]) -> tuple[list[Stamp], int]:
    """Give the exemptions in words read in one place, and how many letters are in none."""
    found: list[Stamp] = []
    letters = 0
    for _, group in groupby(words, key=lambda one: one.line):
        line = list(group)
        stamps, rest = _of_line(line)
        found += stamps
        letters += rest
    return found, letters


def _of_line(line: Sequence[Seen]) -> tuple[list[Stamp], int]:
    text, begins = "", []
    for one in line:
        begins.append(len(text))
        text += _SIX.sub("(b)", _ONE.sub("( b", one.text.translate(_MEANT))) + " "
    codes = stamped(text, is_recognised=True)
    stamps, used = [], set()
    for code in codes:
        there = [
            number
            for number, one in enumerate(line)
            if begins[number] < code.end and begins[number] + len(one.text) > code.begin
        ]
        used.update(there)
        of = [line[number] for number in there]
        stamps.append(
            Stamp(
                code.code,
                min(one.left for one in of),
                min(one.top for one in of),
                max(one.right for one in of),
                max(one.bottom for one in of),
            )
        )
    rest = [one for number, one in enumerate(line) if number not in used]
    return stamps, sum(_letters(one) for one in rest)


def _letters(one: Seen) -> int:
    count = sum(letter.isalnum() for letter in one.text)
    return count if one.confidence >= _SURE and count >= _LEAST_WORD else 0


def without_boxes(picture: Pixels, boxes: Sequence[Marked], scale: float) -> Pixels:
    """Give a picture in which boxes are paper, and what is printed in them black.

    Black places in a page confuse whoever is to find its lines.
    """
    plain = picture.copy()
    grow = round(0.7 * scale)
    for one in boxes:
        left, top, right, bottom = (round(edge) for edge in one.shape[:4])
        rows = slice(max(top - grow, 0), bottom + grow)
        columns = slice(max(left - grow, 0), right + grow)
        inner = plain[top + grow : bottom - grow, left + grow : right - grow]
        printed = black_on_white(inner) if inner.size else None
        plain[rows, columns] = 255
        if one.shape.look == "hatched":
            # Its slanted lines would be read as words, or as lines that run upward.
            for stamp in one.stamps:
                x, y, right_x, bottom_y = (max(round(edge), 0) for edge in stamp[1:])
                plain[y:bottom_y, x:right_x] = picture[y:bottom_y, x:right_x]
        elif printed is not None and one.stamps:
            plain[top + grow : bottom - grow, left + grow : right - grow] = printed[..., np.newaxis]
    return plain
