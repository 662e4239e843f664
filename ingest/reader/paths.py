"""The pieces of a path that can hide what was drawn before it."""

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from ingest.reader.geometry import Box, Matrix
from ingest.reader.painting import RULE_PT, Cover, Paint, bounds, fill, matrix_of, stroke

_STRAIGHT_PT = 0.2
# A slanting line is looked at in parts of this length, or its box would be that of a whole page.
_PART_PT = 8.0
# A line of any width is drawn at least one pixel wide.
_HAIRLINE_PT = 0.25
# Of a line's parts; what is longer is an error in the file, and counts by its box.
_MOST_PARTS = 500

Corners = list[tuple[float, float]]


def path_pieces(
    drawn: Any, outer: Matrix, order: int, *, is_whole: bool, is_below: bool
) -> Iterator[Cover]:
    """Give what a path fills, and its lines, each with the box around it.

    `is_whole`: it has too many segments to look at each; its bounds stand for all of them.
    `is_below`: no text was painted yet, and thin lines are its table and no ground for it.
    """
    mode, has_lines = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, mode, has_lines)
    inside = fill(drawn) if mode.value else None
    lines = stroke(drawn) if has_lines.value else None
    if not inside and not lines:
        return
    around = outer.box(bounds(drawn))
    if is_whole or (not lines and min(around.width, around.height) <= RULE_PT):
        yield _rough(around, order, inside or lines)
        return
    matrix = matrix_of(drawn).then(outer)
    half = _stroke_width(drawn) * matrix.scale / 2 if lines else 0.0
    if is_below and 2 * half <= RULE_PT:
        lines = None
    if not inside and not lines:
        return
    for corners in _subpaths(drawn, matrix):
        if inside and len(corners) > 2:
            yield _filled(corners, order, inside)
        if lines:
            for box, is_straight in _lines(corners, half):
                yield _piece(box, order, lines, is_exact=is_straight)


def _piece(box: Box, order: int, paint: Paint, *, is_exact: bool) -> Cover:
    return Cover(
        order=order,
        box=box,
        colour=paint.colour,
        is_exact=is_exact and paint.colour is not None,
        is_many_coloured=paint.is_pattern,
    )


def _rough(box: Box, order: int, paint: Paint | None) -> Cover:
    return _piece(box, order, paint or Paint(colour=None), is_exact=False)


def _filled(corners: Corners, order: int, paint: Paint) -> Cover:
    rectangle = _rectangle(corners)
    return _piece(rectangle or _around(corners), order, paint, is_exact=rectangle is not None)


def _stroke_width(drawn: Any) -> float:
    width = ctypes.c_float()
    return width.value if pdfium.FPDFPageObj_GetStrokeWidth(drawn, width) else 0.0


def _subpaths(drawn: Any, matrix: Matrix) -> Iterator[Corners]:
    """Give the corners of each subpath in user space; curves count by their points."""
    corners: Corners = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(pdfium.FPDFPath_CountSegments(drawn)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, number)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and corners:
            yield corners
            corners = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        corners.append(matrix.point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(corners) > 1:
            corners.append(corners[0])
    if corners:
        yield corners


def _around(corners: Corners) -> Box:
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(across), min(up), max(across), max(up))


def _rectangle(corners: Corners) -> Box | None:
    """Give the box of an upright rectangle, also one with small round corners; None for others."""
    if len(corners) < 4:
        return None
    box = _around(corners)
    near = (
        max(_STRAIGHT_PT, 0.25 * min(box.width, box.height)) if len(corners) > 6 else _STRAIGHT_PT
    )
    on_edge = all(
        min(x - box.left, box.right - x) <= near and min(y - box.bottom, box.top - y) <= near
        for x, y in corners
    )
    return box if on_edge else None


def _lines(corners: Corners, half: float) -> Iterator[tuple[Box, bool]]:
    """Give the box of each line, and whether the line fills it; slanting ones part by part."""
    wide = max(half, _HAIRLINE_PT)
    for (x, y), (u, v) in pairwise(corners):
        if abs(x - u) <= _STRAIGHT_PT:
            yield Box(x - wide, min(y, v), x + wide, max(y, v)), True
        elif abs(y - v) <= _STRAIGHT_PT:
            yield Box(min(x, u), y - wide, max(x, u), y + wide), True
        else:
            for box in _slanting(Box(x, y, u, v), wide):
                yield box, False


def _slanting(line: Box, half: float) -> Iterator[Box]:
    """Give the boxes around the parts of a line that goes from a box's first corner to its last."""
    x, y, u, v = line
    length = max(abs(u - x), abs(v - y))
    parts = math.ceil(length / max(_PART_PT, 2 * half)) if length < _PART_PT * _MOST_PARTS else 1
    across, up = (u - x) / parts, (v - y) / parts
    for part in range(parts):
        ends = [(x + step * across, y + step * up) for step in (part, part + 1)]
        box = _around(ends)
        yield Box(box.left - half, box.bottom - half, box.right + half, box.top + half)
