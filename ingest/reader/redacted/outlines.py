"""Rectangles on a page that have a line around them."""

from ingest.reader.calls import segment_count
from ingest.reader.covers import Painted
from ingest.reader.geometry import IDENTITY
from ingest.reader.painting import Cover
from ingest.reader.paths import outlined
from ingest.reader.rendering import Sheet

# Of a page; where there are more, it is a drawing.
_MOST = 2_000
# A rectangle has four corners and may come back to the first.
_SEGMENTS = range(4, 7)


def outlines(on: Painted, size: Sheet) -> list[Cover]:
    """List the rectangles that have a line around them; none of a drawing.

    When they were painted does not matter here: all come first.
    """
    found: list[Cover] = []
    for shape in on.shapes:
        if segment_count(shape) in _SEGMENTS:  # of what is no path, -1
            box = outlined(shape, on.outer.get(shape, IDENTITY))
            if box and box.meets(size.box):
                found.append(Cover(order=0, box=box))
    return found if len(found) <= _MOST else []
