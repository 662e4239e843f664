"""What a place on the drawn page looks like when it is a box."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from archive.redactions import BoxLook
from ingest.reader.looks import NOT_PAPER, SAME
from ingest.reader.marks import distance
from ingest.reader.redacted.places import Place
from ingest.reader.rendering import Drawn, Pixels

# white: in the colour of paper, so that only a line around it, or a stamp, makes it a box.
Look: TypeAlias = Literal["black", "grey", "coloured", "hatched", "white"]

Colour: TypeAlias = npt.NDArray[np.float64]
# Of 255, between two boxes of one release.
_SAME = 6
# Of a box's pixels, those in its one colour: smoothed edges and specks are others.
_PLAIN = 0.95
# Of its pixels, those without a word in them: with fewer the print decides, and leaves so many.
_BARE, _FULL = 0.15, 0.4
# Of 255. Darker is black; of colours less apart than this, grey.
_BLACK, _GREY = 70, 30
# Hatching is spread evenly: of the parts of a place, nearly all have ink, and about as much.
_PARTS, _INKED, _UNEVEN = 6.0, 0.85, 0.5
_HATCHED = (0.04, 0.9)
# Of a part, what no word takes; parts in which hatching is looked for; of a part, specks.
_BARE_PART, _FEW, _SPECKS = 0.4, 3, 0.02
# Pixels of a place that are looked at; of a large one, every so many.
_LOOKED = 60_000
# In points, of the width of a place with dark ground; of 255, of a light one.
_WIDE, _LIGHT = 24.0, 150
# Of the pixels along a side of a box, in another colour; in points, where they are looked for.
_APART, _RIM_PT = 0.9, 2.5


class Seen(NamedTuple):
    """A look, and its colour: that of the ground where it is hatched."""

    look: Look
    colour: Colour

    def is_like(self, other: "Seen") -> bool:
        """Ask whether two places were painted with the same colour."""
        return self.look == other.look and bool(np.abs(self.colour - other.colour).max() <= _SAME)


WHITE = Seen("white", np.full(3, 255.0))


# What a box looks like of which only that is known.
LIKE: Mapping[BoxLook, Seen] = {
    "black": Seen("black", np.zeros(3)),
    "grey": Seen("grey", np.full(3, 128.0)),
    "coloured": Seen("coloured", np.array([0.0, 0.0, 160.0])),
    "hatched": Seen("hatched", np.full(3, 255.0)),
    "outlined": WHITE,
}


def seen_as(colour: Sequence[int]) -> Seen:
    """Give the look of a box that is known to be of one colour."""
    given = np.array(colour, np.float64)
    return Seen(_named(given), given)


class Looks:
    """The looks of places on a drawn page, with the words printed in them left out."""

    def __init__(self, picture: Drawn) -> None:
        self._picture = picture

    def look(self, place: Place, words: Sequence[Place]) -> Seen | None:
        """Tell what a place looks like as a box; None when it is none."""
        pixels = self._cut(place.grown(-1.0) if min(place.width, place.height) > 6 else place)
        if not pixels.size:
            return None
        bare = self._bare(place, pixels, words)
        is_full = bare.mean() < _BARE  # by its stamp
        if is_full:
            bare = np.ones_like(bare)
        every = math.ceil((bare.size / _LOOKED) ** 0.5)
        some, bare_some = pixels[::every, ::every], bare[::every, ::every]
        colour = np.median(some[bare_some], axis=0)
        ink = colour.astype(np.uint8)
        is_near = distance(some, ink)[bare_some] <= SAME
        if is_near.mean() >= (_FULL if is_full else _PLAIN):
            return Seen(_named(colour), colour) if self._is_apart(place, colour) else None
        # Dense hatching is more ink than ground; so is an icon.
        is_wide = place.width >= _WIDE or colour.min() >= _LIGHT
        if is_wide and _is_hatched(distance(pixels, ink) > SAME, bare, self._picture.scale):
            return Seen("hatched", colour)
        return None

    def _is_apart(self, place: Place, colour: Colour) -> bool:
        """Ask whether a place is seen on its ground; one in its own colour is a part of it."""
        if colour.min() >= NOT_PAPER:
            return True
        left, top, right, bottom = place
        sides = (
            Place(left, top - _RIM_PT, right, top - 1),
            Place(left, bottom + 1, right, bottom + _RIM_PT),
            Place(left - _RIM_PT, top, left - 1, bottom),
            Place(right + 1, top, right + _RIM_PT, bottom),
        )
        around = (self._cut(side).reshape(-1, 3).astype(np.int16) for side in sides)
        apart = [(np.abs(side - colour).max(axis=1) > SAME).mean() for side in around if len(side)]
        return not apart or max(apart) >= _APART

    def _cut(self, place: Place) -> Pixels:
        scale, window = self._picture.scale, self._picture.window
        left, right = (round(edge * scale) - window.left for edge in (place.left, place.right))
        top, bottom = (round(edge * scale) - window.top for edge in (place.top, place.bottom))
        return self._picture.pixels[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]

    def _bare(self, place: Place, pixels: Pixels, words: Sequence[Place]) -> npt.NDArray[np.bool_]:
        """Mark the pixels of a place where no word stands."""
        bare = np.ones(pixels.shape[:2], np.bool_)
        inner = place.grown(-1.0) if min(place.width, place.height) > 6 else place
        scale = self._picture.scale
        for word in words:
            left, right = ((edge - inner.left) * scale for edge in (word.left, word.right))
            top, bottom = ((edge - inner.top) * scale for edge in (word.top, word.bottom))
            rim = scale
            bare[
                max(int(top - rim), 0) : max(int(bottom + rim) + 1, 0),
                max(int(left - rim), 0) : max(int(right + rim) + 1, 0),
            ] = False
        return bare


def _named(colour: Colour) -> Look:
    if colour.max() <= _BLACK:
        return "black"
    if colour.min() >= NOT_PAPER:
        return "white"
    return "grey" if colour.max() - colour.min() <= _GREY else "coloured"


def _is_hatched(inked: npt.NDArray[np.bool_], bare: npt.NDArray[np.bool_], scale: float) -> bool:
    """Ask whether ink is spread as evenly as a pattern is."""
    share = inked[bare].mean()
    if not _HATCHED[0] <= share <= _HATCHED[1]:
        return False
    step = max(round(_PARTS * scale), 2)
    room = _by_parts(bare, step)
    is_bare = room > _BARE_PART * step * step
    if is_bare.sum() < _FEW:
        return False
    found = _by_parts(inked & bare, step)[is_bare] / room[is_bare]
    even = _UNEVEN * min(share, 1 - share)
    return bool((found > _SPECKS).mean() >= _INKED and found.std() <= even)


def _by_parts(marked: npt.NDArray[np.bool_], step: int) -> npt.NDArray[np.int64]:
    """Count marked pixels in squares of so many; what is left over at the edges is left out."""
    step_down = min(step, marked.shape[0])
    rows, columns = marked.shape[0] // step_down, marked.shape[1] // step
    squares = marked[: rows * step_down, : columns * step]
    return np.asarray(squares.reshape(rows, step_down, columns, step).sum(axis=(1, 3)))
