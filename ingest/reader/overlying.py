"""Which text objects reach over text that was printed before them, by geometry alone."""

from collections import deque
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from ingest.reader.calls import object_bounds
from ingest.reader.covers import Painted
from ingest.reader.geometry import Box, tamed
from ingest.reader.marks import Boxes
from ingest.reader.painting import Cover, drawn_as_nothing

# Letters of neighbouring lines and words touch: of the shorter side of a text, and in points.
_TOUCH_SHARE, _TOUCH_PT = 0.2, 2.5
# Pairs of text objects compared at once.
_PAIRS = 1 << 20

_Numbers = npt.NDArray[np.int64]


def texts_over_texts(on: Painted) -> tuple[set[int], list[Cover]]:
    """Give the addresses of text objects that later ones reach over, and the later ones as covers.

    The bounds that pdfium gives hold the outline of letters, as thick as it is drawn.
    """
    if len(on.texts) < 2:
        return set(), []
    boxes, under, over = _bounds(on), set[int](), set[int]()
    for one, other in _meeting(_cores(boxes)):
        under.update(np.minimum(one, other).tolist())
        over.update(np.maximum(one, other).tolist())
    if not over:
        return set(), []
    texts = list(on.texts.items())
    nothing = drawn_as_nothing([texts[number][0] for number in under | over])
    painted = {number for number in under | over if texts[number][0] not in nothing}
    covers = [
        Cover(
            order=texts[number][1],
            box=tamed(Box(*boxes[:, number].tolist())),
            is_many_coloured=True,
        )
        for number in sorted(over & painted)
    ]
    return {texts[number][0] for number in under & painted}, covers


def _bounds(on: Painted) -> Boxes:
    """Give the boxes around all text objects in user space, by columns, in painting order."""
    edges = np.zeros((len(on.texts), 4), np.float32)
    begin, end = edges.ctypes.data, edges.ctypes.data + edges.nbytes
    places = (range(begin + at, end + at, 16) for at in (0, 4, 8, 12))
    deque(map(object_bounds, on.texts, *places), maxlen=0)
    boxes = edges.T.astype(np.float64, order="C")
    for number, address in enumerate(on.texts if on.outer else ()):
        if address in on.outer:
            boxes[:, number] = on.outer[address].box(Box(*boxes[:, number].tolist()))
    return boxes


def _cores(boxes: Boxes) -> Boxes:
    size = boxes[2:] - boxes[:2]
    rim = np.minimum(np.minimum(size[0], size[1]) * _TOUCH_SHARE, _TOUCH_PT)
    cores = boxes.copy()
    cores[:2] += rim
    cores[2:] -= rim
    return cores


def _meeting(boxes: Boxes) -> Iterator[tuple[_Numbers, _Numbers]]:
    """Give the numbers of boxes that share a place, in pairs.

    Sorted by their lower edges, those that share any height with a box follow it closely.
    """
    rows = boxes[1].argsort()
    left, bottom, right, top = boxes[:, rows]
    counts = bottom.searchsorted(top) - np.arange(1, len(rows) + 1)
    counts[counts < 0] = 0
    sums = counts.cumsum()
    begin, done = 0, 0
    while begin < len(rows) and done < sums[-1]:
        end = max(int(sums.searchsorted(done + _PAIRS, "right")), begin + 1)
        one = np.arange(begin, end).repeat(counts[begin:end])
        # Each counts on from its own number.
        other = np.arange(1, len(one) + 1) + (one - (sums - counts)[one] + done)
        meets = ((left[one] < right[other]) & (left[other] < right[one])).nonzero()[0]
        if len(meets):
            yield rows[one[meets]], rows[other[meets]]
        begin, done = end, int(sums[end - 1])
