"""Stamps: exemptions printed on a box, beside it, in a margin; each is counted as it is printed."""

from tests.drawn.released.codes import Codes
from tests.drawn.released.leaf import WHITE, Box, Leaf
from tests.drawn.released.marking import Marking


def stamped(leaf: Leaf, left: float, base: float, marking: Marking, codes: Codes) -> None:
    """Print a stamp whose first line stands at a place, and count its exemptions."""
    for number, line in enumerate(marking.stamp_lines(codes)):
        leaf.write(
            left,
            base + number * marking.size * 1.05,
            line,
            marking.face,
            marking.size,
            marking.colour,
            is_over=True,
            is_seen=False,
        )
    leaf.labels.update(codes)


def stamped_within(leaf: Leaf, place: Box, marking: Marking, codes: Codes) -> None:
    """Print a stamp in a box: at its left end or in its middle, on a patch where it is hatched."""
    width = marking.stamp_width(codes)
    left = place.left + 3
    if marking.place == "middle":
        left = (place.left + place.right - width) / 2
    lines = len(marking.stamp_lines(codes))
    height = marking.size * (0.72 + 1.05 * (lines - 1))
    top = (place.top + place.bottom - height) / 2
    if place.bottom - place.top > 3 * height and marking.place == "left":
        top = place.top + 4
    if marking.hatch:
        patch = Box(left=left - 1, top=top - 1, right=left + width + 1, bottom=top + height + 2)
        leaf.fill(patch, WHITE, is_over=True)
    stamped(leaf, left, top + marking.size * 0.72, marking, codes)
