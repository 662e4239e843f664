"""By how much a picture hangs to one side, and the same picture upright."""

from collections.abc import Sequence
from math import cos, radians, sin, tan
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

# Degrees: what a sheet on the glass or in a feeder is off by. More is no skew, but a photograph.
_MOST, _STEP, _FINE = 6.0, 0.5, 0.05
# Degrees that are left alone: lines of a whole page rise by less than a third of their height.
_LEAST = 0.15
# Rows of the picture that is measured, and the lower edges of ink that are counted in it.
_ROWS, _EDGES, _FEWEST = 1100, 60_000, 150
# Of 255: what is darker than paper by so much is ink.
_INK = 60
# Of 255: paper is as light, also where a black page shows none.
_LIGHT = 170
# The sharpness of rows must grow by so much, or nothing is known.
_GAIN = 1.02


class Upright(NamedTuple):
    """A picture that was turned by some degrees to the left about its middle."""

    image: Image.Image
    degrees: float

    def back(self, edges: Sequence[float]) -> tuple[float, float, float, float]:
        """Give the box around where a box of this picture stands in the one that hangs.

        Edges are left, top, right and bottom in pixels.
        """
        left, top, right, bottom = edges
        if not self.degrees:
            return left, top, right, bottom
        middle = (self.image.width / 2, self.image.height / 2)
        sine, cosine = sin(radians(self.degrees)), cos(radians(self.degrees))
        corners = [(x - middle[0], y - middle[1]) for x in (left, right) for y in (top, bottom)]
        across = [middle[0] + x * cosine - y * sine for x, y in corners]
        down = [middle[1] + x * sine + y * cosine for x, y in corners]
        return min(across), min(down), max(across), max(down)


def upright(image: Image.Image, ground: tuple[int, int, int] = (255, 255, 255)) -> Upright:
    """Give a picture with its lines level; `ground` fills the corners."""
    degrees = skew(np.asarray(image.convert("L")))
    if abs(degrees) < _LEAST:
        return Upright(image, 0.0)
    turned = image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=ground)
    return Upright(turned, degrees)


def skew(grey: npt.NDArray[np.uint8]) -> float:
    """Give by how many degrees a picture is to be turned to the left for its lines to be level.

    0 where there are too few lines to tell.
    """
    step = max(1, round(grey.shape[0] / _ROWS))
    down, across = _lower_edges(grey[::step, ::step])
    if len(down) < _FEWEST:
        return 0.0
    best, score = 0.0, _GAIN * _sharpness(down, across, 0.0)
    step_by = _STEP
    wanted = np.arange(-_MOST, _MOST + _STEP / 2, _STEP)
    while step_by >= _FINE:
        for degrees in wanted.tolist():
            if (found := _sharpness(down, across, degrees)) > score:
                best, score = degrees, found
        step_by /= 2.5
        wanted = best + step_by * np.arange(-3, 4)
    return best


def _lower_edges(grey: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.int64], ...]:
    """List where ink ends and paper begins beneath it: the feet of letters and boxes."""
    paper = int(np.percentile(grey[::4, ::4], 95))
    ink = grey < max(paper, _LIGHT) - _INK
    down, across = np.nonzero(ink[:-1] & ~ink[1:])
    if len(down) < _FEWEST:
        down, across = np.nonzero(ink[:-1] != ink[1:])
    thin = max(1, len(down) // _EDGES)
    return down[::thin], across[::thin]


def _sharpness(down: npt.NDArray[np.int64], across: npt.NDArray[np.int64], degrees: float) -> float:
    """Say how much the edges fall into few rows, where rows rise by some degrees."""
    rows = down - across * tan(radians(degrees))
    counts = np.bincount((rows - rows.min()).astype(np.int64))
    return float(np.square(counts.astype(np.float64)).sum())
