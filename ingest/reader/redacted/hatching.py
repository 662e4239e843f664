"""Hatching: lines side by side, which go on in one direction as no print does."""

from math import cos, radians, sin

import numpy as np

from ingest.reader.redacted.patches import Mask

_DIRECTIONS = (-60, -45, -30, 30, 45, 60)
# Points along a line, after which it is looked for again, and how much of it must be there.
_STEP, _GOES_ON = 4.0, 0.72
# Of the height of a place, how wide one end of it is.
_END = 0.9
# Of a place: fewer lines are no hatching, more are a box.
_LEAST, _MOST = 0.1, 0.9


def is_hatched(mask: Mask, scale: float) -> bool:
    """Ask whether the lines of a hatching are what is marked in a place, or in one end of it.

    Where a stamp stands, there are none.
    """
    here = mask[2:-2, 2:-2]
    side = round(_END * here.shape[0])
    ends = (here[:, :side], here[:, -side:], here)
    return any(_is_lined(end, scale) for end in ends)


def _is_lined(here: Mask, scale: float) -> bool:
    if min(here.shape) < 5 * scale or not _LEAST <= here.mean() <= _MOST:
        return False
    step = min(_STEP * scale, 0.4 * here.shape[0])
    return any(_going_on(here, direction, step) >= _GOES_ON for direction in _DIRECTIONS)


def _going_on(mask: Mask, degrees: int, step: float) -> float:
    """Give how much of what is marked is marked again, so many pixels further."""
    down, across = round(step * sin(radians(degrees))), round(step * cos(radians(degrees)))
    height, width = mask.shape
    if abs(down) >= height - 2 or abs(across) >= width - 2:
        return 0.0
    one = mask[max(-down, 0) : height - max(down, 0), max(-across, 0) : width - max(across, 0)]
    other = mask[max(down, 0) : height - max(-down, 0), max(across, 0) : width - max(-across, 0)]
    count = int(one.sum())
    return float(np.logical_and(one, other).sum() / count) if count else 0.0
