"""Hatched boxes: slanted lines that touch the line around them, so that all is one patch.

┌────────────────┐
│/////(b)(6)/////│   A word in bold print has no line around it, a table no slanted lines.
└────────────────┘
"""

from collections.abc import Iterator

import numpy as np

from ingest.reader.redacted.areas import Rectangle
from ingest.reader.redacted.patches import Mask, patches_of

# Points: a hatched box is no narrower and no lower.
_LEAST_WIDE, _LEAST_HIGH = 20.0, 6.5
# Of the patch's own box: slanted lines fill more than the lines of a table, and less than a bar.
_FILLED, _MOST_FILLED = 0.15, 0.8
# Points: at one end of it nothing but slanted lines stands, which are no farther apart.
_END = 4.0
# Of a side, what its line fills within so many pixels; slanted lines end in less of it.
_SIDE, _DEEP = 0.8, 2
# Points: so much of a side is to be seen at each of its ends.
_CORNER = 2.0
# Points: dots that a patch beneath a stamp leaves of a line are no farther apart.
_DOTS = 7.0
# Of the rows of such an end, and of what is in them.
_ROWS, _SPARSE, _DENSE = 0.9, 0.15, 0.85


def hatchings(lines: Mask, scale: float) -> Iterator[Rectangle]:
    """Find the hatched boxes in a mask of lines, so many pixels a point."""
    patches = patches_of(lines)
    if not len(patches.pixels):
        return
    left, top, right, bottom = patches.boxes.T
    wide, high = right - left, bottom - top
    share = patches.pixels / (wide * high)
    wanted = (wide >= _LEAST_WIDE * scale) & (high >= _LEAST_HIGH * scale)
    wanted &= (share >= _FILLED) & (share <= _MOST_FILLED)
    for box in patches.boxes[wanted].tolist():
        one = Rectangle(*box)
        if _is_hatched(lines, one, scale) and _is_framed(lines, one, scale):
            yield one


def whole(lines: Mask, one: Rectangle, scale: float) -> Rectangle:
    """Give the frame of which a rectangle is a part, where a stamp was taken for its side.

    The lines above and beneath it then go on to the side of the frame.
    """
    left, _, right, _ = _sides(lines, one)
    if left < _SIDE:
        one = one._replace(left=one.left - _farther(lines[:, : one.left][:, ::-1], one, scale))
    if right < _SIDE:
        one = one._replace(right=one.right + _farther(lines[:, one.right :], one, scale))
    return one


def _farther(lines: Mask, one: Rectangle, scale: float) -> int:
    """Count the columns to the side of a frame; none without such a side."""
    above = lines[max(one.top - _DEEP, 0) : one.top + _DEEP].any(axis=0)
    beneath = lines[one.bottom - _DEEP : one.bottom + _DEEP].any(axis=0)
    ends = [_reach(np.asarray(line), scale) for line in (above, beneath)]
    columns = lines[one.top : one.bottom, : min(ends)]
    sides = np.flatnonzero(columns.mean(axis=0) >= _SIDE)
    return int(sides[0]) + 1 if sides.size else 0


def _reach(line: Mask, scale: float) -> int:
    """Count the columns to the first gap in a line."""
    marked = np.concatenate(([-1], np.flatnonzero(line)))
    gaps = np.flatnonzero(np.diff(marked) > _DOTS * scale)
    return int(marked[gaps[0]] if gaps.size else marked[-1]) + 1


def _is_framed(lines: Mask, one: Rectangle, scale: float) -> bool:
    """Ask whether a line goes around a box; the patch beneath a stamp may hide a part of one side.

    Of that side both ends are to be seen.
    """
    sides = _sides(lines, one)
    if sorted(sides)[1] < _SIDE:
        return False
    corner = round(_CORNER * scale)
    return min(sides) >= _SIDE or all(
        band[:corner].all() and band[-corner:].all() for band in _bands(lines, one)
    )


def _sides(lines: Mask, one: Rectangle) -> list[float]:
    """Give how much of each side is a line: left, top, right, bottom."""
    return [float(band.mean()) for band in _bands(lines, one)]


def _bands(lines: Mask, one: Rectangle) -> list[Mask]:
    here = lines[one.top : one.bottom, one.left : one.right]
    bands = (here[:, :_DEEP].T, here[:_DEEP], here[:, -_DEEP:].T, here[-_DEEP:])
    return [np.asarray(band.any(axis=0)) for band in bands]


def _is_hatched(lines: Mask, one: Rectangle, scale: float) -> bool:
    """Ask whether one end of a box has slanted lines in all rows."""
    here = lines[one.top + 3 : one.bottom - 3, one.left + 3 : one.right - 3]
    end = round(_END * scale)
    return any(_is_end(part) for part in (here[:, :end], here[:, -end:]))


def _is_end(part: Mask) -> bool:
    rows = part.mean(axis=1)
    is_lined = bool(((rows > 0) & (rows < 1)).mean() >= _ROWS)
    return is_lined and _SPARSE <= float(np.mean(part)) <= _DENSE
