"""The pieces of a path that can hide what was drawn before it."""

import ctypes
import math
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, repeat

import pypdfium2.raw as pdfium

from ingest.reader.calls import (
    draw_mode,
    path_segment,
    segment_closes,
    segment_count,
    segment_point,
    segment_type,
    stroke_width,
)
from ingest.reader.geometry import Box, Matrix, tamed
from ingest.reader.painting import RULE_PT, Cover, Paint, bounds, fill, matrix_of, stroke

_STRAIGHT_PT = 0.2
# A slanting line is looked at in parts of this length, or its box would be that of a whole page.
_PART_PT = 8.0
# A line of any width is drawn at least one pixel wide.
_HAIRLINE_PT = 0.25
# Of a line's parts; what is longer is an error in the file, and counts by its box.
_MOST_PARTS = 500
# Of its box, what a stroke of a felt pen over a word fills; in points, how large it is at least,
# and how many corners it has at most: a letter drawn as a path is none.
_FULL, _PEN_WIDTH, _PEN_HEIGHT, _PEN_CORNERS = 0.85, 12.0, 5.0, 200

# Of all paths of a page. A segment takes 2 µs to look at; paths beyond count by their bounds.
SEGMENTS_A_PAGE = 20_000
# Where pdfium writes to, for one path at a time. One thread asks.
_POINTS, _MODES = (ctypes.c_float * (2 * SEGMENTS_A_PAGE))(), (ctypes.c_int * 2)()
_POINT, _MODE = ctypes.addressof(_POINTS), ctypes.addressof(_MODES)

Corners = list[tuple[float, float]]


def path_pieces(
    drawn: int, outer: Matrix, order: int, *, is_whole: bool, is_below: bool
) -> Iterator[Cover]:
    """Give what a path fills, and its lines, each with the box around it.

    `is_whole`: it has too many segments to look at each; its bounds stand for all of them.
    `is_below`: no text was painted yet, and thin lines are its table and no ground for it.
    """
    draw_mode(drawn, _MODE, _MODE + 4)
    is_filled, has_lines = _MODES
    inside = fill(drawn) if is_filled else None
    lines = stroke(drawn) if has_lines else None
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


def outlined(drawn: int, outer: Matrix) -> Box | None:
    """Give the box of a path that is an upright rectangle with a line around it; None for others.

    It must have few segments.
    """
    draw_mode(drawn, _MODE, _MODE + 4)
    if not _MODES[1] or not stroke(drawn):
        return None
    parts = list(_subpaths(drawn, matrix_of(drawn).then(outer)))
    found = _rectangle(parts[0]) if len(parts) == 1 else None
    return found and tamed(found)


def _piece(box: Box, order: int, paint: Paint, *, is_exact: bool) -> Cover:
    return Cover(
        order=order,
        box=tamed(box),
        colour=paint.colour,
        is_exact=is_exact and paint.colour is not None,
        is_many_coloured=paint.is_pattern,
    )


def _rough(box: Box, order: int, paint: Paint | None) -> Cover:
    return _piece(box, order, paint or Paint(colour=None), is_exact=False)


def _filled(corners: Corners, order: int, paint: Paint) -> Cover:
    if rectangle := _rectangle(corners):
        return _piece(rectangle, order, paint, is_exact=True)
    found = _piece(around := _around(corners), order, paint, is_exact=False)
    return replace(found, is_full=True) if _is_full(corners, around) else found


def _is_full(corners: Corners, around: Box) -> bool:
    """Ask whether a shape fills the box around it nearly, as a stroke of a pen does."""
    is_small = around.width < _PEN_WIDTH or around.height < _PEN_HEIGHT
    if is_small or len(corners) > _PEN_CORNERS:
        return False
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    twice = sum(x * v - u * y for (x, y), (u, v) in pairs)
    return abs(twice) / 2 >= _FULL * around.width * around.height


def _stroke_width(drawn: int) -> float:
    return _POINTS[0] if stroke_width(drawn, _POINT) else 0.0


def _subpaths(drawn: int, matrix: Matrix) -> Iterator[Corners]:
    """Give the corners of each subpath in user space; curves count by their points."""
    corners: Corners = []
    for segment, (x, y) in _segments(drawn):
        if segment_type(segment) == pdfium.FPDF_SEGMENT_MOVETO and corners:
            yield corners
            corners = []
        corners.append(matrix.point(x, y))
        if segment_closes(segment) and len(corners) > 1:
            corners.append(corners[0])
    if corners:
        yield corners


def _segments(drawn: int) -> Iterator[tuple[int, tuple[float, float]]]:
    """Give the address and the point of each segment of a path."""
    count = segment_count(drawn)
    segments = list(map(path_segment, repeat(drawn), range(count)))
    places = (range(_POINT + at, _POINT + at + 8 * count, 8) for at in (0, 4))
    deque(map(segment_point, segments, *places), maxlen=0)
    points = _POINTS[: 2 * count]
    return zip(segments, zip(points[0::2], points[1::2], strict=True), strict=True)


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
