"""Boxes in the picture of a scan whose words are known: those of its text layer."""

from typing import Any

import numpy as np

from ingest.reader.inks import paper
from ingest.reader.marks import distance
from ingest.reader.redacted.areas import opened
from ingest.reader.redacted.boxes import Found
from ingest.reader.redacted.looks import LIKE
from ingest.reader.redacted.pixels import SCALE, shapes_in
from ingest.reader.redacted.places import Place
from ingest.reader.rendering import Pixels, Sheet, rendered, scale_within

_PIXELS = 4_000_000
# For a first look: pixels a point, and a window of so many that no usual print fills.
_FIRST, _WINDOW = 1.0, (12, 7)
# Of 255, by which the palest box differs from paper.
_PALE = 40


def boxes_in_scan(page: Any, size: Sheet, *, may_print: bool) -> list[Found]:
    """Find what looks like a box in the picture of a page; words may stand in it.

    `may_print`: an exemption may be printed there. Where none is, a box without a ground of its own
    is none, and most pages are seen to have no ground but paper in a tenth of the time.
    """
    if not may_print and not _has_ground(_picture(page, size, _FIRST)):
        return []
    scale = scale_within(size, SCALE, _PIXELS)
    picture = _picture(page, size, scale)
    return [
        Found(
            place=Place(*(edge / scale for edge in one[:4])),
            seen=LIKE[one.look],
            is_framed=one.look == "outlined",
        )
        for one in shapes_in(picture, scale)
    ]


def _picture(page: Any, size: Sheet, scale: float) -> Pixels:
    scale = scale_within(size, scale, _PIXELS)
    return np.ascontiguousarray(rendered(page, size, scale)[:, :, ::-1])


def _has_ground(picture: Pixels) -> bool:
    """Ask whether something as large as a box differs from paper all over."""
    return bool(opened(distance(picture, paper(picture)) > _PALE, *_WINDOW).any())
