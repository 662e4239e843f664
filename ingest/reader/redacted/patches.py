"""Connected patches of marked pixels: their boxes and sizes, for thousands of them at once."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]


class Runs(NamedTuple):
    """Marked pixels that follow each other in a row: its number, where they begin and end."""

    row: Numbers
    begin: Numbers
    end: Numbers


class Patches(NamedTuple):
    """Connected patches: boxes (left, top, right, bottom; the last two outside), and pixels.

    `of_run` says to which of them each run belongs.
    """

    boxes: Numbers
    pixels: Numbers
    runs: Runs
    of_run: Numbers


def runs_of(mask: Mask) -> Runs:
    """List the runs of a mask, row by row."""
    height, width = mask.shape
    padded = np.zeros((height, width + 2), np.int8)
    padded[:, 1:-1] = mask
    change = np.diff(padded, axis=1).ravel()
    begins, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    return Runs(begins // (width + 1), begins % (width + 1), ends % (width + 1))


def patches_of(mask: Mask) -> Patches:
    """Find the patches of a mask whose pixels touch by their sides."""
    runs = runs_of(mask)
    labels = _joined(len(runs.row), *_touching(runs, mask.shape[1]))
    _, of_run = np.unique(labels, return_inverse=True)
    count = int(of_run.max()) + 1 if len(of_run) else 0
    boxes = np.zeros((count, 4), np.int64)
    boxes[:, :2] = np.iinfo(np.int64).max
    np.minimum.at(boxes[:, 0], of_run, runs.begin)
    np.minimum.at(boxes[:, 1], of_run, runs.row)
    np.maximum.at(boxes[:, 2], of_run, runs.end)
    np.maximum.at(boxes[:, 3], of_run, runs.row + 1)
    pixels = np.bincount(of_run, runs.end - runs.begin, count).astype(np.int64)
    return Patches(boxes, pixels, runs, of_run)


def painted(patches: Patches, wanted: Mask, shape: tuple[int, ...]) -> Mask:
    """Give the mask of those patches that are wanted."""
    change = np.zeros((shape[0], shape[1] + 1), np.int8)
    here = wanted[patches.of_run]
    rows = patches.runs.row[here]
    # Two runs of a row never begin or end in the same place.
    change[rows, patches.runs.begin[here]] += 1
    change[rows, patches.runs.end[here]] -= 1
    return np.cumsum(change, axis=1, dtype=np.int8)[:, :-1].astype(np.bool_)


def _touching(runs: Runs, width: int) -> tuple[Numbers, Numbers]:
    """Pair each run with those of the next row that lie beneath it."""
    step = width + 2
    begins, ends = runs.row * step + runs.begin, runs.row * step + runs.end
    first = np.searchsorted(ends, begins + step, side="right")
    counts = np.maximum(np.searchsorted(begins, ends + step, side="left") - first, 0)
    upper = np.repeat(np.arange(len(begins)), counts)
    offsets = np.arange(len(upper)) - np.repeat(np.cumsum(counts) - counts, counts)
    return upper, np.repeat(first, counts) + offsets


def _joined(count: int, one: Numbers, other: Numbers) -> Numbers:
    """Give all that are paired, however far apart, the same number."""
    parent = np.arange(count)
    while True:
        grand = parent[parent]
        least = np.minimum(grand[one], grand[other])
        found = grand.copy()
        np.minimum.at(found, parent[one], least)
        np.minimum.at(found, parent[other], least)
        np.minimum.at(found, one, least)
        np.minimum.at(found, other, least)
        if np.array_equal(found, parent):
            return parent
        parent = found
