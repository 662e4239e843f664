"""What on a page can hide what was drawn before it: filled boxes, images, annotations.

Page objects are painted in their order; those inside a form XObject when the form's turn comes.
`order` counts them so. Annotations are painted after all of them.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from ingest.reader import verdicts
from ingest.reader.geometry import IDENTITY, Box, Matrix
from ingest.reader.verdicts import Refused

# Thinner ones are rules, underlines and borders.
RULE_PT = 4.0
LAST = 1 << 40
_FORM_DEPTH = 12
_SEGMENTS = 4_000
_STRAIGHT_PT = 0.2

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A place that may hide what lies beneath: its box in user space, and when it was painted.

    `colour` is None for pictures and annotations, whose colours only rendering tells.
    `is_marked` is true of Redact annotations, which say themselves what they are meant to hide;
    `is_written_on` of annotations with a comment's words on them. `is_clear` is false where pdfium
    sees some transparency, be it only that of a group: then only rendering tells.
    """

    order: int
    box: Box
    colour: Colour | None = None
    is_picture: bool = False
    is_marked: bool = False
    is_written_on: bool = False
    is_clear: bool = True


@dataclass(slots=True, kw_only=True)
class Painted:
    """What is painted on a page: covers, and the order of each text object by its address.

    Where there are no covers, `texts` and `objects` stay empty.
    """

    covers: list[Cover] = field(default_factory=list)
    texts: dict[int, int] = field(default_factory=dict)
    objects: dict[int, Any] = field(default_factory=dict)
    drawn_texts: list[tuple[int, Any]] = field(default_factory=list)
    count: int = 0


def painted(page: Any) -> Painted:
    """Walk all objects of a page in the order in which they are painted.

    Raises:
        Refused: there are more than the limit.
    """
    found = Painted()
    count = pdfium.FPDFPage_CountObjects(page)
    _refuse_beyond(count)
    for number in range(count):
        _visit(pdfium.FPDFPage_GetObject(page, number), IDENTITY, found, depth=0, is_clear=True)
    found.covers.extend(_annotations(page))
    if found.covers:  # else nobody asks for them
        for order, text in found.drawn_texts:
            address = ctypes.cast(text, ctypes.c_void_p).value or 0
            found.texts[address], found.objects[address] = order, text
    return found


def _visit(drawn: Any, outer: Matrix, found: Painted, *, depth: int, is_clear: bool) -> None:
    """Note one object; `is_clear` is false inside a form that is or may be half transparent."""
    found.count += 1
    _refuse_beyond(found.count)
    kind = pdfium.FPDFPageObj_GetType(drawn)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        found.drawn_texts.append((found.count, drawn))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
        clear = is_clear and not pdfium.FPDFPageObj_HasTransparency(drawn)
        inner = _matrix(drawn).then(outer)
        for number in range(pdfium.FPDFFormObj_CountObjects(drawn)):
            child = pdfium.FPDFFormObj_GetObject(drawn, number)
            _visit(child, inner, found, depth=depth + 1, is_clear=clear)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        found.covers.extend(_path_covers(drawn, outer, found.count, is_clear=is_clear))
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        box = outer.box(_bounds(drawn))
        if _is_box(box):
            found.covers.append(Cover(order=found.count, box=box, is_picture=True))


def _refuse_beyond(count: int) -> None:
    if count > verdicts.OBJECTS_A_PAGE:
        raise Refused(
            verdicts.LIMIT_PAGES,
            f"a page has more than {verdicts.OBJECTS_A_PAGE:,} objects; such pages are not read",
        )


def _is_box(box: Box) -> bool:
    return box.width > RULE_PT and box.height > RULE_PT


def _matrix(drawn: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, matrix):
        return IDENTITY
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _bounds(drawn: Any) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(drawn, *edges):
        return Box(0.0, 0.0, 0.0, 0.0)
    return Box(*(edge.value for edge in edges))


def _path_covers(drawn: Any, outer: Matrix, order: int, *, is_clear: bool) -> Iterator[Cover]:
    """Give the boxes of a path: filled rectangles, and straight strokes as thick as one."""
    if not _is_box(outer.box(_bounds(drawn))):
        return
    clear = is_clear and not pdfium.FPDFPageObj_HasTransparency(drawn)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
    matrix = _matrix(drawn).then(outer)
    if fill.value and (colour := _colour(drawn, pdfium.FPDFPageObj_GetFillColor)):
        for corners in _subpaths(drawn, matrix):
            if (box := _rectangle(corners)) and _is_box(box):
                yield Cover(order=order, box=box, colour=colour, is_clear=clear)
    if stroke.value and (colour := _colour(drawn, pdfium.FPDFPageObj_GetStrokeColor)):
        half = _stroke_width(drawn) * matrix.scale / 2
        if 2 * half > RULE_PT:
            for corners in _subpaths(drawn, matrix):
                for box in _strokes(corners, half):
                    yield Cover(order=order, box=box, colour=colour, is_clear=clear)


def _colour(drawn: Any, ask: Any) -> Colour | None:
    """Give a colour when it is opaque."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(drawn, red, green, blue, alpha) or alpha.value < 250:
        return None
    return red.value, green.value, blue.value


def fill_colour(drawn: Any) -> Colour | None:
    """Give the colour in which an object is filled, when it is opaque."""
    return _colour(drawn, pdfium.FPDFPageObj_GetFillColor)


def _stroke_width(drawn: Any) -> float:
    width = ctypes.c_float()
    return width.value if pdfium.FPDFPageObj_GetStrokeWidth(drawn, width) else 0.0


def _subpaths(drawn: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Give the corners of each subpath in user space; curves count by their points."""
    corners: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(pdfium.FPDFPath_CountSegments(drawn), _SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, number)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and corners:
            yield corners
            corners = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        corners.append(matrix.point(x.value, y.value))
    if corners:
        yield corners


def _rectangle(corners: list[tuple[float, float]]) -> Box | None:
    """Give the box of an upright rectangle, also one with small round corners; None for others."""
    if len(corners) < 4:
        return None
    across, up = [x for x, _ in corners], [y for _, y in corners]
    box = Box(min(across), min(up), max(across), max(up))
    near = (
        max(_STRAIGHT_PT, 0.25 * min(box.width, box.height)) if len(corners) > 5 else _STRAIGHT_PT
    )
    on_edge = all(
        min(x - box.left, box.right - x) <= near and min(y - box.bottom, box.top - y) <= near
        for x, y in corners
    )
    return box if on_edge else None


def _strokes(corners: list[tuple[float, float]], half: float) -> Iterator[Box]:
    for (x, y), (u, v) in pairwise(corners):
        if abs(x - u) <= _STRAIGHT_PT:
            box = Box(x - half, min(y, v), x + half, max(y, v))
        elif abs(y - v) <= _STRAIGHT_PT:
            box = Box(min(x, u), y - half, max(x, u), y + half)
        else:
            continue
        if _is_box(box):
            yield box


# Comment icons, links, form fields and the like are not meant to hide anything.
_HIDING = frozenset(
    {
        pdfium.FPDF_ANNOT_SQUARE,
        pdfium.FPDF_ANNOT_CIRCLE,
        pdfium.FPDF_ANNOT_POLYGON,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_INK,
        pdfium.FPDF_ANNOT_LINE,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_STAMP,
    }
)
_ANNOTATIONS = 5_000


def _annotations(page: Any) -> list[Cover]:
    found: list[Cover] = []
    written: list[Box] = []
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), _ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            found += _annotation_covers(annotation)
            if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_FREETEXT:
                written.append(_rectangle_of(annotation))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return [
        replace(cover, is_written_on=any(cover.box.meets(box) for box in written))
        for cover in found
    ]


def _annotation_covers(annotation: Any) -> Iterator[Cover]:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_REDACT:
        for box in _quads(annotation) or [_rectangle_of(annotation)]:
            yield Cover(order=LAST, box=box, is_marked=True)
    elif kind in _HIDING and _is_box(box := _rectangle_of(annotation)):
        yield Cover(order=LAST, box=box, is_picture=True)


def _rectangle_of(annotation: Any) -> Box:
    edges = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, edges):
        return Box(0.0, 0.0, 0.0, 0.0)
    low, high = sorted((edges.bottom, edges.top))
    return Box(min(edges.left, edges.right), low, max(edges.left, edges.right), high)


def _quads(annotation: Any) -> list[Box]:
    """Give the places that a Redact annotation names one by one."""
    boxes = []
    for number in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), _ANNOTATIONS)):
        quad = pdfium.FS_QUADPOINTSF()
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, number, quad):
            across = (quad.x1, quad.x2, quad.x3, quad.x4)
            up = (quad.y1, quad.y2, quad.y3, quad.y4)
            boxes.append(Box(min(across), min(up), max(across), max(up)))
    return boxes
