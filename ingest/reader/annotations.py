"""Annotations that lie over what is printed on a page, or mark it for redaction."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2.raw as pdfium

from ingest.reader import verdicts
from ingest.reader.geometry import Box, tamed
from ingest.reader.painting import Cover
from ingest.reader.verdicts import Refused

_LAST = 1 << 40
# Drawn even without an appearance of their own: pdfium makes one.
_DRAWN_ANYWAY = frozenset(
    {
        pdfium.FPDF_ANNOT_SQUARE,
        pdfium.FPDF_ANNOT_CIRCLE,
        pdfium.FPDF_ANNOT_POLYGON,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_INK,
        pdfium.FPDF_ANNOT_LINE,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_STAMP,
        pdfium.FPDF_ANNOT_POLYLINE,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_CARET,
        pdfium.FPDF_ANNOT_WIDGET,
    }
)
_ICONS = frozenset(
    {pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FILEATTACHMENT, pdfium.FPDF_ANNOT_SOUND}
)
# An icon is about as high as wide, and no larger; viewers draw theirs with 14 to 24 points.
_ICON_PT = 32.0
_ICON_RATIO = 1.5
# Of a page, and of one annotation's places.
_MOST = 5_000


def annotation_covers(page: Any) -> list[Cover]:
    """Give the annotations of a page that may hide something.

    Raises:
        Refused: there are more than the limit.
    """
    found: list[Cover] = []
    written: list[Box] = []
    for number in range(_counted(pdfium.FPDFPage_GetAnnotCount(page))):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        try:
            found += _covers(annotation)
            if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_FREETEXT:
                written.append(_rectangle_of(annotation))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return [
        replace(cover, is_written_on=any(cover.box.meets(box) for box in written))
        for cover in found
    ]


def _counted(count: int) -> int:
    if count > _MOST:
        raise Refused(
            verdicts.TOO_COMPLEX, f"{verdicts.UNEXAMINED}: it has more than {_MOST:,} annotations"
        )
    return count


def _covers(annotation: Any) -> Iterator[Cover]:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_REDACT:
        for box in _quads(annotation) or [_rectangle_of(annotation)]:
            yield Cover(order=_LAST, box=box, is_marked=True)
    elif _is_drawn(annotation, kind):
        cover = Cover(
            order=_LAST, box=_rectangle_of(annotation), is_many_coloured=True, is_picture=True
        )
        if cover.is_thick:
            yield cover


def _is_drawn(annotation: Any, kind: int) -> bool:
    """Ask whether an annotation may be seen as more than an icon; the drawn page tells the rest.

    The icon of a comment or file may lie on a letter of what it is about, and can be moved away.
    A link without an appearance has a frame at most.
    """
    if kind == pdfium.FPDF_ANNOT_POPUP:
        return False
    if kind in _ICONS and _has_icon_size(_rectangle_of(annotation)):
        return False
    return kind in _DRAWN_ANYWAY or bool(pdfium.FPDFAnnot_HasKey(annotation, b"AP"))


def _has_icon_size(box: Box) -> bool:
    low, high = sorted((box.width, box.height))
    return high <= _ICON_PT and high <= _ICON_RATIO * low


def _rectangle_of(annotation: Any) -> Box:
    edges = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, edges):
        return Box(0.0, 0.0, 0.0, 0.0)
    low, high = sorted((edges.bottom, edges.top))
    return tamed(Box(min(edges.left, edges.right), low, max(edges.left, edges.right), high))


def _quads(annotation: Any) -> list[Box]:
    """Give the places that a Redact annotation names one by one."""
    boxes = []
    for number in range(_counted(pdfium.FPDFAnnot_CountAttachmentPoints(annotation))):
        quad = pdfium.FS_QUADPOINTSF()
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, number, quad):
            across = (quad.x1, quad.x2, quad.x3, quad.x4)
            up = (quad.y1, quad.y2, quad.y3, quad.y4)
            boxes.append(tamed(Box(min(across), min(up), max(across), max(up))))
    return boxes
