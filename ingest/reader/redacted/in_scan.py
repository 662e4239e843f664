"""Boxes in the picture of a scan whose words are known: those of its text layer."""

from typing import Any

import numpy as np

from ingest.reader.redacted.boxes import Found
from ingest.reader.redacted.looks import LIKE
from ingest.reader.redacted.pixels import SCALE, shapes_in
from ingest.reader.redacted.places import Place
from ingest.reader.rendering import Sheet, rendered, scale_within

_PIXELS = 4_000_000


def boxes_in_scan(page: Any, size: Sheet) -> list[Found]:
    """Find what looks like a box in the picture of a page; words may stand in it."""
    scale = scale_within(size, SCALE, _PIXELS)
    picture = np.ascontiguousarray(rendered(page, size, scale)[:, :, ::-1])
    return [
        Found(
            place=Place(*(edge / scale for edge in one[:4])),
            seen=LIKE[one.look],
            is_framed=one.look == "outlined",
        )
        for one in shapes_in(picture, scale)
    ]
