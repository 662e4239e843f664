"""Places on the upright page, in points from its top left corner."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ingest.reader.geometry import Box
from ingest.reader.rendering import Sheet

# Cells a point, and of a page, in which its covered share is measured.
_CELLS = 2_000_000


class Place(NamedTuple):
    """A rectangle on the page as people see it: left ≤ right, top ≤ bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    @property
    def area(self) -> float:
        """How large it is; 0 for one turned inside out."""
        return max(self.width, 0.0) * max(self.height, 0.0)

    def shared(self, other: "Place") -> "Place":
        """Give the place shared with another; turned inside out where there is none."""
        return Place(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def joined(self, other: "Place") -> "Place":
        """Give the smallest place around both."""
        return Place(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def grown(self, by: float) -> "Place":
        """Give the place that is larger by so much on each side."""
        return Place(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def holds(self, other: "Place") -> bool:
        """Ask whether the middle of another lies in it."""
        across, down = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= across <= self.right and self.top <= down <= self.bottom

    def is_same(self, other: "Place") -> bool:
        """Ask whether two cannot be told from each other, but for a line around one."""
        shared = self.shared(other).area
        return shared > 0.75 * (self.area + other.area - shared)

    def beside(self, other: "Place") -> float:
        """Give the share of the lower one's height that the two have in common as a line."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared / max(min(self.height, other.height), 0.1)

    def gap(self, other: "Place") -> float:
        """Give how far they are from each other across the page; negative where they overlap."""
        return max(other.left - self.right, self.left - other.right)


def placed(box: Box, size: Sheet) -> Place:
    """Put a box of user space on the upright page, as far as it is to be seen there."""
    left, top, right, bottom = size.matrix.box(box)
    return Place(left, top, right, bottom).shared(Place(0.0, 0.0, size.width, size.height))


def covered_percent(places: Sequence[Place], size: Sheet) -> int:
    """Give the share of the page that places cover, each part of it counted once."""
    if not places:
        return 0
    scale = min((_CELLS / max(size.width * size.height, 1e-6)) ** 0.5, 1.0)
    wide, high = (max(round(edge * scale), 1) for edge in (size.width, size.height))
    cells = np.zeros((high, wide), np.bool_)
    for place in places:
        left, top, right, bottom = (round(edge * scale) for edge in place)
        cells[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = True
    return round(100 * float(cells.mean()))
