"""Rectangles on a page that have a line around them."""

from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from ingest.reader.calls import (
    address,
    form_count,
    form_object,
    object_type,
    page_object,
    segment_count,
)
from ingest.reader.geometry import IDENTITY, Box, Matrix
from ingest.reader.painting import matrix_of
from ingest.reader.paths import outlined
from ingest.reader.rendering import Sheet

# Of a page; where there are more, it is a drawing.
_MOST = 2_000
_DEPTH = 8
# A rectangle has four corners and may come back to the first.
_SEGMENTS = range(4, 7)


def outlines(page: Any, size: Sheet) -> list[Box]:
    """List the rectangles that have a line around them; none where there are too many."""
    found: list[Box] = []
    count = pdfium.FPDFPage_CountObjects(page)
    for box in _visit(page_object, address(page), count, IDENTITY, 0):
        if box.meets(size.box):
            found.append(box)
        if len(found) > _MOST:
            return []
    return found


def _visit(
    ask: Callable[[int, int], int], place: int, count: int, outer: Matrix, depth: int
) -> Iterator[Box]:
    drawn = list(map(ask, repeat(place), range(count)))
    for one, kind in zip(drawn, map(object_type, drawn), strict=True):
        if kind == pdfium.FPDF_PAGEOBJ_PATH and segment_count(one) in _SEGMENTS:
            if box := outlined(one, outer):
                yield box
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            yield from _visit(
                form_object, one, form_count(one), matrix_of(one).then(outer), depth + 1
            )
