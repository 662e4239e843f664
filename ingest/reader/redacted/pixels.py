"""Boxes in the pixels of a page: black, grey, coloured, hatched, or a line around nothing.

All that is a rectangle of one ground is found, whatever stands in it. What it is, its words say
(`inscribed`): a dark bar with words is a heading, a frame is a redaction only by its exemption.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter

from archive.redactions import BoxLook
from ingest.reader.inks import paper
from ingest.reader.marks import distance
from ingest.reader.redacted.areas import Rectangle, closed, filled, opened, rectangles, thickened
from ingest.reader.redacted.frames import frames, is_framed
from ingest.reader.redacted.hatchings import hatchings, whole
from ingest.reader.redacted.patches import Mask
from ingest.reader.rendering import Pixels

# Pixels a point: a gap between two boxes is half a point wide, or more.
SCALE = 2.0
# Points: no redaction is lower or narrower, no rule of a table is higher.
_LEAST_HIGH, _LEAST_WIDE = 5.0, 10.5
# Points: a window that fits into each box and into no letter.
_WINDOW = (6.0, 4.5)
# Points: print in a box is no higher; a hole that is longer is the cell of a table.
_PRINT, _CELL = 14.0, 18.0
_SLACK, _FIT = 1.5, 4.5
# Of a rectangle, when it is a part of another one.
_WITHIN = 0.7
# Of the brightness of paper: what is darker is black, or nearly so.
_DARK = 0.45
# Of 255, by which a strong colour differs from paper, and a pale one does not.
_STRONG = 105
# Of 255, by which a thin line differs from a shaded row of a table.
_LINE = 52
# Of 255, by which a tint differs from paper at least, and at most has to.
_TINT, _MOST_TINT = 22, 60
# Of 255: paper that differs more from itself is smoothed.
_CALM = 8
# Of a row or column of a box that is marked; less is a gap between two.
_GAP_ROW, _GAP_COLUMN = 0.35, 0.2
# Of a rim, and of all of it.
_RIM, _MARKED = 0.8, 0.5
# Of a frame, what lines or print fill at least.
_FILLED, _MOST_FILLED = 0.12, 0.75
# Of 255: how much lines on paper differ, and noise on a grey ground does not.
_SHADES = 25
# Points: a frame that is filled is no smaller, or it is a word in bold print.
_FRAME = (20.0, 7.5)
# Of 255: how much a ground differs in itself, and how much of it may do so.
_EVEN, _EVEN_SHARE = 40, 0.6
# Pixels around each over which the dots of a fax are blurred.
_DOTS, _UNEVEN_DOTS = 2, 12.0
# In blocks of so many points, of which there must be some: how much their means differ.
_BLOCK, _BLOCKS, _UNEVEN = 3.0, 12, 9.0
# Points beyond a box, and how much may be marked there of its side.
_NEAR, _FAR, _GOES_ON = 1.5, 3.5, 0.45
# Points: of what is smaller, how much of its size may be marked so far around it. A punched hole
# has a rectangle in it and a third as much beside that.
_SMALL, _AROUND, _STRAY = 34.0, 5.0, 0.28
# A strip along the edge of the sheet is the lid of the scanner.
_EDGE_PT, _EDGE_LONG, _EDGE_WIDE, _EDGE_WIDE_PT = 2.0, 2.0, 0.5, 60.0


class Shape(NamedTuple):
    """A rectangle that was found, in pixels of the picture, and how it looks."""

    left: float
    top: float
    right: float
    bottom: float
    look: BoxLook


def shapes_in(picture: Pixels, scale: float) -> list[Shape]:
    """Find the boxes of a picture that hangs level, in its own pixels; red comes before green.

    `scale` is in pixels a point. Boxes with words in them are found as well, and frames
    ("outlined") with anything: look what stands in them.
    """
    by = min(SCALE / scale, 1.0)
    small, at = picture, scale
    if by < 1.0:
        size = (round(picture.shape[1] * by), round(picture.shape[0] * by))
        small = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BOX))
        by = size[0] / picture.shape[1]
        at = scale * by
    found = _Search(small, at).shapes()
    return [
        Shape(one.left / by, one.top / by, one.right / by, one.bottom / by, look)
        for one, look in found
    ]


class _Search:
    """What is looked for in one picture, so many pixels a point."""

    def __init__(self, picture: Pixels, scale: float) -> None:
        self._picture, self._scale = picture, scale
        self._ground = paper(picture)
        brightness = picture.max(axis=2)
        self._dark: Mask = brightness < _DARK * int(self._ground.max())
        self._apart = distance(picture, self._ground)
        self._tinted = _tinted(self._apart)
        self._strong: Mask = self._apart > _STRONG
        self._lines: Mask = self._apart > _LINE
        self._thick = thickened(self._lines)
        self._calm: dict[int, Mask] = {}

    def _px(self, points: float) -> int:
        return max(1, round(points * self._scale))

    def shapes(self) -> list[tuple[Rectangle, BoxLook]]:
        """List dark boxes first, then those of other grounds, then frames."""
        found = self._filled_frames()
        for mask in self._masks():
            rest = mask.copy() if found else mask
            for one, _ in found:
                rest[max(one.top - 2, 0) : one.bottom + 2, max(one.left - 2, 0) : one.right + 2] = 0
            found += [(one, self._look(one)) for one in self._solid(rest)]
        taken = [one for one, _ in found]
        least = (self._px(_LEAST_WIDE), self._px(_LEAST_HIGH + 1))
        for mask in (self._lines, self._tinted):
            for one in frames(mask, self._scale, least):
                if not any(_covers(other, one) for other in taken):
                    taken.append(one)
                    found.append((one, "outlined"))
        return found

    def _masks(self) -> list[Mask]:
        """Give what is dark, what differs much from paper, and all that is not paper."""
        return [self._dark, self._strong, self._lines, self._tinted]

    def _calmed(self, mask: Mask) -> Mask:
        """Mark what is full in a mask, but for print; what was looked at is remembered."""
        known = self._calm.get(id(mask))
        if known is None:
            known = filled(mask, self._px(_PRINT), self._px(_CELL))
            known = opened(known, self._px(_WINDOW[0]), self._px(_WINDOW[1]))
            if any(mask is one for one in self._masks()):
                self._calm[id(mask)] = known
        return known

    def _solid(self, mask: Mask) -> list[Rectangle]:
        """List the rectangles of a mask that are full, but for what is printed in them."""
        calm = self._calmed(mask)
        least = self._px(_LEAST_HIGH)
        parts = (
            self._fitted(mask, part)
            for one in rectangles(calm, least, self._px(_SLACK))
            for part in _parted(mask, one, least)
        )
        found = [one for one in parts if self._is_box(mask, one)]
        found = _outermost(found)
        beside = mask.copy()
        for one in found:
            beside[one.top : one.bottom, one.left : one.right] = False
        return [one for one in found if self._is_whole(beside, one)]

    def _fitted(self, mask: Mask, one: Rectangle) -> Rectangle:
        """Let a rectangle end where its ground ends: calming a mask blurs that."""
        left, top, right, bottom = _trimmed(mask, one)
        rows, columns = mask[top:bottom], mask[:, left:right]
        for _ in range(self._px(_FIT)):
            top -= int(top > 0 and columns[top - 1].mean() >= _RIM)
            bottom += int(bottom < mask.shape[0] and columns[bottom].mean() >= _RIM)
            left -= int(left > 0 and rows[:, left - 1].mean() >= _RIM)
            right += int(right < mask.shape[1] and rows[:, right].mean() >= _RIM)
        return Rectangle(left, top, right, bottom)

    def _is_box(self, mask: Mask, one: Rectangle) -> bool:
        if one.height < self._px(_LEAST_HIGH) or one.width < self._px(_LEAST_WIDE):
            return False
        here = mask[one.top : one.bottom, one.left : one.right]
        rims = (here[:2].mean(), here[-2:].mean(), here[:, :2].mean(), here[:, -2:].mean())
        if self._is_edge(one):
            return False
        return bool(min(rims) >= _RIM and here.mean() >= _MARKED and self._is_even(one))

    def _filled_frames(self) -> list[tuple[Rectangle, BoxLook]]:
        """List frames that lines fill, or a long stamp; lines of a fax are broken."""
        lines = self._lines
        found = [one for one in hatchings(lines, self._scale) if self._is_varied(one)]
        for mask in (self._dark, self._strong, lines, closed(lines)):
            for part in rectangles(self._calmed(mask), self._px(_FRAME[1]), self._px(_SLACK)):
                if part.width < self._px(_LEAST_WIDE) or any(
                    _shared(part, one) >= _WITHIN * part.width * part.height for one in found
                ):
                    continue
                one = whole(lines, part, self._scale)
                if self._is_filled_frame(lines, one) and not any(
                    _shared(one, other) for other in found
                ):
                    found.append(one)
        return [(one, _look_of_frame(lines, one)) for one in found]

    def _is_filled_frame(self, lines: Mask, one: Rectangle) -> bool:
        if one.height < self._px(_FRAME[1]) or one.width < self._px(_FRAME[0]):
            return False
        here = lines[one.top + 2 : one.bottom - 2, one.left + 2 : one.right - 2]
        is_lined = bool(_FILLED <= here.mean() <= _MOST_FILLED) and self._is_varied(one)
        return is_lined and is_framed(self._thick, _inner(one)) and not self._is_edge(one)

    def _is_varied(self, one: Rectangle) -> bool:
        """Ask whether lines on paper are in a place, rather than noise on a grey ground."""
        shades = self._apart[one.top : one.bottom, one.left : one.right]
        return bool(shades.std() >= _SHADES)

    def _is_whole(self, beside: Mask, one: Rectangle) -> bool:
        """Ask whether what is marked ends where a rectangle ends: a letter or a hole goes on.

        A line of a table beside a box may be marked, but not twice.
        """
        left, top, right, bottom = one
        near, far = self._px(_NEAR), self._px(_FAR)
        height, width = beside.shape
        sides = (
            [beside[max(top - by, 0), left:right] for by in (near, far)],
            [beside[min(bottom - 1 + by, height - 1), left:right] for by in (near, far)],
            [beside[top:bottom, max(left - by, 0)] for by in (near, far)],
            [beside[top:bottom, min(right - 1 + by, width - 1)] for by in (near, far)],
        )
        if not all(min(float(line.mean()) for line in side) < _GOES_ON for side in sides):
            return False
        rim = self._px(_AROUND)
        rows, columns = (
            slice(max(top - rim, 0), bottom + rim),
            slice(max(left - rim, 0), right + rim),
        )
        is_small = max(one.width, one.height) < self._px(_SMALL)
        return not is_small or int(beside[rows, columns].sum()) < _STRAY * one.width * one.height

    def _is_even(self, one: Rectangle) -> bool:
        """Ask whether it has one ground, as no photograph has; print on it does not count."""
        pixels = self._picture[one.top : one.bottom, one.left : one.right]
        ground, share = _ground(pixels)
        uneven = _UNEVEN
        if share < _EVEN_SHARE:
            # The dots of a fax are one dark ground from afar.
            pixels = np.asarray(Image.fromarray(pixels).filter(ImageFilter.BoxBlur(_DOTS)))
            uneven = _UNEVEN_DOTS
            ground, share = _ground(pixels)
        if share < _EVEN_SHARE or (uneven > _UNEVEN and ground.max() > _DARK * self._ground.max()):
            return False
        side = self._px(_BLOCK)
        grey = pixels.mean(axis=2)
        grey = np.where(np.abs(grey - float(ground.mean())) <= _EVEN, grey, float(ground.mean()))
        rows, columns = grey.shape[0] // side, grey.shape[1] // side
        if rows * columns < _BLOCKS:
            return True
        blocks = grey[: rows * side, : columns * side].reshape(rows, side, columns, side)
        return bool(blocks.mean(axis=(1, 3)).std() <= uneven)

    def _is_edge(self, one: Rectangle) -> bool:
        height, width = self._dark.shape
        near, wide = self._px(_EDGE_PT), self._px(_EDGE_WIDE_PT)
        beside = one.left <= near or one.right >= width - near
        above = one.top <= near or one.bottom >= height - near
        is_along_side = beside and one.width <= wide and one.height >= _EDGE_LONG * one.width
        is_along_end = above and one.height <= wide and one.width >= _EDGE_WIDE * width
        return is_along_side or is_along_end

    def _look(self, one: Rectangle) -> BoxLook:
        here = (slice(one.top, one.bottom), slice(one.left, one.right))
        red, green, blue = (
            int(value) for value in np.median(self._picture[here].reshape(-1, 3), axis=0)
        )
        if max(red, green, blue) - min(red, green, blue) > _EVEN:
            return "coloured"
        return "black" if self._dark[here].mean() >= _MARKED else "grey"


def _ground(pixels: Pixels) -> tuple[Pixels, float]:
    """Give the usual colour of a place, and how much of it hardly differs from that."""
    ground = np.asarray(np.median(pixels.reshape(-1, 3), axis=0), np.uint8)
    return ground, float((distance(pixels, ground) <= _EVEN).mean())


def _look_of_frame(lines: Mask, one: Rectangle) -> BoxLook:
    """Tell a hatching by one end of its frame, for a stamp covers but one."""
    here = lines[one.top + 3 : one.bottom - 3, one.left : one.right]
    end = max(3, one.width // 8)
    ends = (here[:, 3 : 3 + end].mean(), here[:, -3 - end : -3].mean())
    return "hatched" if max(ends) >= _FILLED else "outlined"


def _tinted(apart: Pixels) -> Mask:
    """Mark what differs from paper, by more than paper does from itself."""
    if _noise(apart) > _CALM:
        apart = np.asarray(Image.fromarray(apart).filter(ImageFilter.BoxBlur(1)))
    return np.asarray(apart > min(max(_TINT, 1.5 * _noise(apart)), _MOST_TINT))


def _noise(apart: Pixels) -> float:
    near = apart[apart < _MOST_TINT]
    return float(np.percentile(near[::7], 90)) if near.size else 0.0


def _parted(mask: Mask, one: Rectangle, least: int) -> Iterator[Rectangle]:
    """Part boxes that were taken for one: where hardly anything is marked there is a gap."""
    here = mask[one.top : one.bottom, one.left : one.right]
    for top, bottom in _stretches(here.mean(axis=1) >= _GAP_ROW, least):
        part = here[top:bottom]
        for left, right in _stretches(part.mean(axis=0) >= _GAP_COLUMN, least):
            yield Rectangle(one.left + left, one.top + top, one.left + right, one.top + bottom)


def _stretches(is_marked: Mask, least: int) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_marked.astype(np.int8), [0]))))
    for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if end - begin >= least:
            yield begin, end


def _trimmed(mask: Mask, one: Rectangle) -> Rectangle:
    """Leave out rows and columns at the rim that are hardly marked."""
    left, top, right, bottom = one
    while bottom - top > 2 and mask[top, left:right].mean() < _RIM:
        top += 1
    while bottom - top > 2 and mask[bottom - 1, left:right].mean() < _RIM:
        bottom -= 1
    while right - left > 2 and mask[top:bottom, left].mean() < _RIM:
        left += 1
    while right - left > 2 and mask[top:bottom, right - 1].mean() < _RIM:
        right -= 1
    return Rectangle(left, top, right, bottom)


def _outermost(found: Sequence[Rectangle]) -> list[Rectangle]:
    """Leave out what lies, by and large, in another one."""
    kept: list[Rectangle] = []
    for one in sorted(found, key=lambda one: -one.width * one.height):
        if not any(_shared(one, other) > _WITHIN * one.width * one.height for other in kept):
            kept.append(one)
    return kept


def _shared(one: Rectangle, other: Rectangle) -> int:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(wide, 0) * max(high, 0)


def _inner(one: Rectangle) -> Rectangle:
    return Rectangle(one.left + 2, one.top + 2, one.right - 2, one.bottom - 2)


def _covers(one: Rectangle, other: Rectangle) -> bool:
    """Ask whether a rectangle holds the middle of another."""
    across, down = (other.left + other.right) / 2, (other.top + other.bottom) / 2
    return one.left <= across <= one.right and one.top <= down <= one.bottom
