"""Words beneath many thin things together, of which none would hide a word alone."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from ingest.reader.geometry import Box
from ingest.reader.marks import Boxes, as_array, longest
from ingest.reader.painting import Cover

# Words times strips compared at once.
_CELLS = 1 << 18
# Of a word's area. An underline covers at most a fifth of a word, a line through it less.
_WORD_SHARE = 0.15
# Where strips hide a letter, they cover most of its height, seams and all.
_COLUMN_SHARE = 0.6
# In points, the cells in which that is measured. A word may be covered in part; less is no letter.
_LETTER = 3
# In points; a word that is larger is measured in larger cells.
_MOST = 1_000


def beneath_strips(reaches: Boxes, strips: Sequence[Cover]) -> Iterator[tuple[int, Cover]]:
    """Give the words that strips cover in good part, each with one cover that stands for them.

    Words go by their places, and are given by their numbers.
    """
    if len(strips) < 2:
        return
    boxes = as_array([strip.box for strip in strips])
    last = max(strip.order for strip in strips)
    for number, reach, over in _crossed(reaches, boxes):
        if _has_letter(_covered(reach, over)):
            box = Box(*reach.tolist()).grown(1)
            yield number, Cover(order=last, box=box, is_many_coloured=True)


def _crossed(reaches: Boxes, boxes: Boxes) -> Iterator[tuple[int, Boxes, Boxes]]:
    """Give the words of which strips cover enough by their areas, each with these strips."""
    portion = max(_CELLS // len(boxes), 1)
    for begin in range(0, len(reaches), portion):
        part = reaches[begin : begin + portion]
        shared = _overlap(part[:, 0::2], boxes[:, 0::2]) * _overlap(part[:, 1::2], boxes[:, 1::2])
        area = (part[:, 2] - part[:, 0]) * (part[:, 3] - part[:, 1])
        for near in np.flatnonzero(shared.sum(axis=1) > _WORD_SHARE * area).tolist():
            yield begin + near, part[near], boxes[shared[near] > 0]


def _overlap(words: Boxes, strips: Boxes) -> Boxes:
    end = np.minimum(words[:, 1, None], strips[None, :, 1])
    begin = np.maximum(words[:, 0, None], strips[None, :, 0])
    return np.asarray(np.maximum(end - begin, 0.0))


def _covered(reach: Boxes, strips: Boxes) -> npt.NDArray[np.bool_]:
    """Mark the cells of a word that strips touch, columns first: seams close."""
    size = np.ceil(np.clip(reach[2:] - reach[:2], 1, _MOST)).astype(np.int64)
    cell = np.maximum((reach[2:] - reach[:2]) / size, 1e-6)
    begin = np.clip(np.floor((strips[:, :2] - reach[:2]) / cell), 0, size).astype(np.int64)
    end = np.clip(np.ceil((strips[:, 2:] - reach[:2]) / cell), 0, size).astype(np.int64)
    cells = np.zeros(tuple(size), np.bool_)
    for (left, bottom), (right, top) in zip(begin.tolist(), end.tolist(), strict=True):
        cells[left:right, bottom:top] = True
    return cells


def _has_letter(covered: npt.NDArray[np.bool_]) -> bool:
    """Ask whether so many columns in a row are covered as a letter has."""
    across = covered.mean(axis=1 if covered.shape[0] >= covered.shape[1] else 0)
    return longest(np.asarray(across >= _COLUMN_SHARE)) >= _LETTER
