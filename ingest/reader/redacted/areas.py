"""Masks of pixels made calm: holes filled, thin things left out, what is left cut into rectangles.

             ████████████           ████████████          ┌──────────┐
letters,     ██ (b)(6) ██  holes    ████████████  opened  └──────────┘  rectangles
a box:       ████████████  filled   ████████████          ┌─────┐
▞▚▞ ▚▞       ███████       ▞█▞ █▞   ███████               └─────┘
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ingest.reader.redacted.patches import Mask, Patches, painted, patches_of, runs_of

Numbers = npt.NDArray[np.uint16]

# Of a window's pixels: noise and the teeth of a fax are no holes.
_FULL = 0.94
# Of the place around it, what a stripe fills.
_STRIPE = 0.4


class Rectangle(NamedTuple):
    """A rectangle of pixels; right and bottom are outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """How high it is."""
        return self.bottom - self.top


def enclosed(mask: Mask) -> Patches:
    """Find the patches of what is not marked; those at the rim of the picture belong to paper."""
    return patches_of(~mask)


def is_inside(patches: Patches, shape: tuple[int, ...]) -> Mask:
    """Ask of each patch whether it touches no rim of the picture."""
    left, top, right, bottom = patches.boxes.T
    return np.asarray((left > 0) & (top > 0) & (right < shape[1]) & (bottom < shape[0]))


def filled(mask: Mask, most_px: float, cell_px: float) -> Mask:
    """Mark the holes of a mask that are as low as print, but for the long ones that are cells.

    Marked as well are the stripes between slanted lines, however high.
    """
    holes = enclosed(mask)
    if not len(holes.pixels):
        return mask
    left, top, right, bottom = holes.boxes.T
    wide, high = right - left, bottom - top
    share = holes.pixels / (wide * high)
    is_print = (high <= most_px) & ((wide <= cell_px) | (share <= 0.75))
    # A gap between a box and the line around it has two runs in a row, a stripe has one.
    is_stripe = (share < _STRIPE) & (np.bincount(holes.of_run, minlength=len(high)) < 1.3 * high)
    wanted = is_inside(holes, mask.shape) & (is_print | is_stripe)
    return mask | painted(holes, wanted, mask.shape)


def opened(mask: Mask, wide: int, high: int) -> Mask:
    """Keep what is as large as a window, so wide and high, that is as good as full."""
    height, width = mask.shape
    if height < high or width < wide:
        return np.zeros_like(mask)
    full = _counts(_counts(mask.astype(np.uint16), wide).T, high).T
    return _spread(full >= _FULL * wide * high, wide, high, mask.shape)


def _counts(values: Numbers, length: int) -> Numbers:
    """Sum each run of so many columns: by pairs, pairs of pairs, and so on."""
    count = values.shape[1] - length + 1
    total = np.zeros((values.shape[0], count), values.dtype)
    block, size, done = values, 1, 0
    while size <= length:
        if length & size:
            total += block[:, done : done + count]
            done += size
        block = block[:, :-size] + block[:, size:]
        size *= 2
    return total


def closed(mask: Mask) -> Mask:
    """Fill gaps of a pixel or two."""
    return ~thickened(~thickened(mask))


def thickened(mask: Mask) -> Mask:
    """Mark all pixels beside a marked one as well."""
    return _any(_any(np.pad(mask, 1), 3).T, 3).T


def _spread(begins: Mask, wide: int, high: int, shape: tuple[int, ...]) -> Mask:
    """Mark all pixels of the windows that begin at the marked ones."""
    padded = np.zeros((shape[0] + high - 1, shape[1] + wide - 1), np.bool_)
    padded[high - 1 : high - 1 + begins.shape[0], wide - 1 : wide - 1 + begins.shape[1]] = begins
    return np.ascontiguousarray(_any(_any(padded, wide).T, high).T)


def _any(mask: Mask, length: int) -> Mask:
    """Ask of each run of so many columns whether one of them is marked."""
    count, size, block = mask.shape[1] - length + 1, 1, mask
    while 2 * size <= length:
        block = block[:, :-size] | block[:, size:]
        size *= 2
    return np.asarray(block[:, :count] | block[:, length - size : length - size + count])


def rectangles(mask: Mask, least_px: int, slack_px: int) -> Iterator[Rectangle]:
    """Cut a mask into rectangles: rows with the same ends, so many at least."""
    runs = runs_of(mask)
    growing: list[list[int]] = []  # left, top, right, bottom; ends are those of the first row
    row = -1
    for y, begin, end in zip(*(one.tolist() for one in runs), strict=True):
        if y != row:
            row = y
            ended = [one for one in growing if one[3] < y]
            growing = [one for one in growing if one[3] >= y]
            yield from (Rectangle(*one) for one in ended if one[3] - one[1] >= least_px)
        for one in growing:
            if one[3] == y and _is_near(one, begin, end, slack_px):
                one[3] = y + 1
                one[0], one[2] = min(one[0], begin), max(one[2], end)
                break
        else:
            growing.append([begin, y, end, y + 1])
    yield from (Rectangle(*one) for one in growing if one[3] - one[1] >= least_px)


def _is_near(one: list[int], begin: int, end: int, slack_px: int) -> bool:
    return abs(one[0] - begin) <= slack_px and abs(one[2] - end) <= slack_px
