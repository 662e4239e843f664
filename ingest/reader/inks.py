"""What is seen in the places of words in the picture of a scan: ink on paper, or a box."""

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.reader.marks import Boxes, Marks, Spans, areas, distance, longest, spans
from ingest.reader.rendering import Drawn, Pixels

# Of 255, by which the darkest tint is darker than paper, in its brightest colour: highlighters and
# coloured headings are as bright as paper, boxes are grey or black.
_TINT = 64
# Of 255, by which noise and the rims of compressed letters differ from paper, and the faintest
# ink does not.
_NOISE = 16
# Of 255, by which print on a box differs from the box, and a box's noise does not.
_PRINT = 48
# Of a word's pixels in a box: the box's own rim leaves as much.
_SPECKS = 0.02
# Of the pixels around a word, or in it, that are dark where it stands in a box, not on paper. The
# heaviest letters fill two thirds of their place.
_DARK_RIM, _DARK_WORD = 0.5, 0.78
# In pixels, around a word.
_RIM = 2
# Of a word's length: where a box must be for the word to be in it.
_MIDDLE = (0.3, 0.7)
# A row or column is solid when so much of it is dark: letters do not join so.
_SOLID = 0.97
# Of a word's height: no letter has a bar so thick across the whole word, none is so wide and black
# as high, and no space within a word is so wide.
_SOLID_ROWS, _SOLID_RUN, _CLEAR_RUN = 0.3, 1.0, 0.8
# Of a word's length on paper: real words of three scans have at most 0.25 without ink, also where
# their print is fading.
_CLEAR_PART = 0.45
# Where each fifth of a word has ink, no such part can be without.
_PARTS = 5
# Of the pixels in and around a word in a box; a photograph has no such ground.
_ONE_COLOUR = 0.5
# Paper is the lightest colour of which there is so much on the page, if it is light at all.
_PAPER_SHARE, _DARKEST_PAPER = 0.03, 160
# Every third row and column is enough to know it.
_SAMPLE = 3
_WHITE = np.array([255, 255, 255], np.uint8)


class Look(Enum):
    """How the place of a word looks.

    NOTHING: nothing is seen that could be the word. PRINTED: a box with something printed on it.
    """

    INK = 1
    NOTHING = 2
    PRINTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The look of a place. `is_along`: what is printed in a box goes along the whole word."""

    look: Look
    is_along: bool = True


_INK, _NOTHING = Seen(look=Look.INK), Seen(look=Look.NOTHING)


class Inks:
    """The looks of the places of words on a drawn page, by their numbers."""

    def __init__(self, on: Drawn, boxes: Boxes) -> None:
        self._pixels = on.pixels
        colour = paper(on.pixels)
        self._far = distance(on.pixels, colour)
        self._is_dark = _brightest(on.pixels) < int(colour.max()) - _TINT
        self._places, self._rims = spans(boxes, on), spans(boxes, on, inset=-_RIM)
        dark, self._areas = Marks(self._is_dark), areas(self._places)
        self._dark_shares = dark.shares(self._places)
        self._rim_shares = _rim_shares(dark, self._places, self._rims)
        self._middle_shares = self._between_lines(dark)
        self._is_inked = self._inked_along()

    def seen(self, number: int, *, is_short: bool) -> Seen:
        """Give the look of a word's place; around a short word, more must be without ink."""
        if self._areas[number] == 0:
            return _INK
        if is_short:
            return self._seen_short(number)
        if self._is_in_box(number):
            return self._on_box(number)
        is_along = self._is_inked[number] or self._is_along(number)
        return _INK if is_along else _NOTHING

    def _seen_short(self, number: int) -> Seen:
        """Look also around an I: its own stroke fills its place, or the layer puts it beside."""
        if self._rim_shares[number] >= _DARK_WORD:
            return self._on_box(number)
        ink = distance(_cut(self._pixels, self._rims[number]), self._ground(number)) > _NOISE
        return _INK if ink.any() else _NOTHING

    def _parts(self, begin: float, end: float) -> Spans:
        """Give a part of each word's place, from one share of its length to another."""
        left, top, right, bottom = self._places.T
        across = [_part(left, right, begin), top, _part(left, right, end), bottom]
        up = [left, _part(top, bottom, begin), right, _part(top, bottom, end)]
        is_high = (bottom - top > right - left)[:, None]
        return np.where(is_high, np.stack(up, axis=1), np.stack(across, axis=1))

    def _between_lines(self, dark: Marks) -> Boxes:
        """Give how dark it is above and below the middle of each word, the lighter of the two."""
        left, top, right, bottom = self._parts(*_MIDDLE).T
        is_high = self._places[:, 3] - self._places[:, 1] > self._places[:, 2] - self._places[:, 0]
        height, width = self._is_dark.shape
        before = np.stack([left, np.maximum(top - _RIM, 0), right, top], axis=1)
        after = np.stack([left, bottom, right, np.minimum(bottom + _RIM, height)], axis=1)
        beside = np.stack([np.maximum(left - _RIM, 0), top, left, bottom], axis=1)
        beyond = np.stack([right, top, np.minimum(right + _RIM, width), bottom], axis=1)
        one = dark.shares(np.where(is_high[:, None], beside, before))
        other = dark.shares(np.where(is_high[:, None], beyond, after))
        return np.minimum(one, other)

    def _inked_along(self) -> npt.NDArray[np.bool_]:
        """Ask of all words at once whether they stand on paper, and each part has ink: most do."""
        ink = Marks(self._far > _NOISE)
        steps = [step / _PARTS for step in range(_PARTS + 1)]
        counts = [ink.counts(self._parts(*ends)) for ends in pairwise(steps)]
        is_on_paper = _rim_shares(ink, self._places, self._rims) < _DARK_RIM
        return np.asarray(is_on_paper & (np.min(counts, axis=0) > 0))

    def _is_in_box(self, number: int) -> bool:
        inside, rim = self._dark_shares[number], self._rim_shares[number]
        if max(rim, self._middle_shares[number]) >= _DARK_RIM or inside >= _DARK_WORD:
            return True
        if inside < _SOLID_ROWS:
            return False
        dark = _upright(_cut(self._is_dark, self._places[number]))
        rows, columns = (longest(np.asarray(dark.mean(axis=axis) >= _SOLID)) for axis in (1, 0))
        height = dark.shape[0]
        return bool(rows >= max(_SOLID_ROWS * height, 2) or columns >= _SOLID_RUN * height)

    def _on_box(self, number: int) -> Seen:
        around = _cut(self._pixels, self._rims[number])
        ground = self._ground(number)
        if (distance(around, ground) <= _PRINT).mean() < _ONE_COLOUR:
            return _INK
        there = _cut(self._pixels, self._places[number])
        printed = _upright(distance(there, ground) > _PRINT)
        if printed.mean() <= _SPECKS:
            return _NOTHING
        clear = longest(~np.asarray(printed.any(axis=0)))
        return Seen(look=Look.PRINTED, is_along=clear < _CLEAR_RUN * printed.shape[0])

    def _is_along(self, number: int) -> bool:
        """Ask whether a word has ink from end to end, whatever the tint of its ground."""
        there = _cut(self._pixels, self._places[number])
        ink = _upright(distance(there, self._ground(number)) > _NOISE)
        clear = longest(~np.asarray(ink.any(axis=0)))
        return bool(clear < max(_CLEAR_RUN * ink.shape[0], _CLEAR_PART * ink.shape[1]))

    def _ground(self, number: int) -> Pixels:
        around = _cut(self._pixels, self._rims[number])
        return np.asarray(np.median(around.reshape(-1, 3), axis=0), np.uint8)

    def is_joined(self, one: int, other: int) -> bool:
        """Ask whether two words that follow each other in a line stand in one box."""
        gap = self._between(one, other)
        return not gap.size or float(gap.mean()) >= _DARK_RIM

    def is_bare_between(self, one: int, other: int) -> bool:
        """Ask whether a space without print parts two words in one box."""
        gap = self._between(one, other)
        return bool(gap.size) and bool((gap.mean(axis=0) >= _SOLID).any())

    def _between(self, one: int, other: int) -> npt.NDArray[np.bool_]:
        (_, top, _, bottom), (_, top_too, _, bottom_too) = self._places[one], self._places[other]
        left, right = sorted((int(self._places[one][2]), int(self._places[other][0])))
        return self._is_dark[min(top, top_too) : max(bottom, bottom_too), left:right]


def _cut(pixels: npt.NDArray[Any], place: Spans) -> npt.NDArray[Any]:
    left, top, right, bottom = place
    return pixels[top:bottom, left:right]


def _rim_shares(marks: Marks, places: Spans, rims: Spans) -> Boxes:
    """Give the marked share of the rim around each place."""
    room = np.maximum(areas(rims) - areas(places), 1)
    return np.asarray((marks.counts(rims) - marks.counts(places)) / room)


def _brightest(pixels: Pixels) -> Pixels:
    return np.asarray(np.maximum(np.maximum(pixels[..., 0], pixels[..., 1]), pixels[..., 2]))


def _part(low: Spans, high: Spans, share: float) -> Spans:
    return np.asarray(low + (share * (high - low)).astype(np.int64))


def _upright(place: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Turn the place of a word that is written upwards."""
    return place.T if place.shape[0] > 1.5 * place.shape[1] else place


def paper(pixels: Pixels) -> Pixels:
    """Give the colour of a page's paper; white when there is none to be seen."""
    pixels = pixels[::_SAMPLE, ::_SAMPLE]
    darkest = np.minimum(np.minimum(pixels[..., 0], pixels[..., 1]), pixels[..., 2]) >> 3
    counts = np.bincount(darkest.ravel(), minlength=32)
    for step in range(31, _DARKEST_PAPER // 8, -1):
        if counts[step - 1 : step + 1].sum() >= _PAPER_SHARE * darkest.size:
            near = (darkest == step - 1) | (darkest == step)
            return np.asarray(np.median(pixels[near], axis=0), np.uint8)
    return _WHITE
