"""What on a page can hide what was drawn before it: filled shapes, images, annotations.

Page objects are painted in their order; those inside a form XObject when the form's turn comes.
`order` counts them so. Annotations are painted after all of them. What is collected here only
proposes places to look at; whether a place hides anything is seen in the drawn page (`traces`).
"""

from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from ingest.reader import verdicts
from ingest.reader.annotations import annotation_covers
from ingest.reader.calls import address, form_object, object_at, object_type, page_object
from ingest.reader.geometry import IDENTITY, Box, Matrix
from ingest.reader.painting import Cover, bounds, matrix_of
from ingest.reader.paths import path_pieces
from ingest.reader.verdicts import Refused

# pdfium looks no deeper than 40: a page that comes so far may hide more where nobody can look.
_FORM_DEPTH = 39
# Of all paths of a page. A segment takes 4 µs to look at; paths beyond count by their bounds.
_SEGMENTS_A_PAGE = 20_000


@dataclass(slots=True, kw_only=True)
class Painted:
    """What is painted on a page: covers, and the order of each text object by its address.

    `strips` are the covers that are too thin to hide a word alone; several of them can.
    `pictures` are the images, of any size, and not among the covers. `shapes` are the objects of
    all that is no text, `images` those of images. `outer` has the way to user space of
    text objects in forms.
    """

    covers: list[Cover] = field(default_factory=list)
    strips: list[Cover] = field(default_factory=list)
    pictures: list[Cover] = field(default_factory=list)
    shapes: list[Any] = field(default_factory=list)
    images: list[Any] = field(default_factory=list)
    texts: dict[int, int] = field(default_factory=dict)
    outer: dict[int, Matrix] = field(default_factory=dict)
    count: int = 0
    segments_left: int = _SEGMENTS_A_PAGE

    def add(self, cover: Cover) -> None:
        """Note a cover where it belongs by its size."""
        (self.covers if cover.is_thick else self.strips).append(cover)


def painted(page: Any) -> Painted:
    """Walk all objects of a page in the order in which they are painted.

    Raises:
        Refused: there are more than the limit, or they are nested too deep.
    """
    found = Painted()
    count = pdfium.FPDFPage_CountObjects(page)
    _refuse_beyond(count)
    place = address(page)
    for number in range(count):
        _visit(page_object(place, number), IDENTITY, found, depth=0)
    found.covers.extend(annotation_covers(page))
    return found


def _visit(place: int, outer: Matrix, found: Painted, *, depth: int) -> None:
    """Note one object; of a form, those inside it."""
    found.count += 1
    _refuse_beyond(found.count)
    kind = object_type(place)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        found.texts[place] = found.count
        if outer is not IDENTITY:
            found.outer[place] = outer
        return
    drawn = object_at(place)
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        _visit_form(drawn, matrix_of(drawn).then(outer), found, depth=depth + 1)
    else:
        found.shapes.append(drawn)
        _note_shape(drawn, kind, outer, found)


def _visit_form(drawn: Any, inner: Matrix, found: Painted, *, depth: int) -> None:
    if depth > _FORM_DEPTH:
        raise Refused(verdicts.TOO_COMPLEX, f"{verdicts.UNEXAMINED}: forms lie deep in forms")
    place = address(drawn)
    for number in range(pdfium.FPDFFormObj_CountObjects(drawn)):
        _visit(form_object(place, number), inner, found, depth=depth)


def _note_shape(drawn: Any, kind: int, outer: Matrix, found: Painted) -> None:
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        segments = pdfium.FPDFPath_CountSegments(drawn)
        is_whole = segments > found.segments_left
        if not is_whole:
            found.segments_left -= segments
        is_below = not found.texts
        for piece in path_pieces(drawn, outer, found.count, is_whole=is_whole, is_below=is_below):
            found.add(piece)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        found.images.append(drawn)
        found.pictures.append(_many_coloured(drawn, outer, found.count, is_picture=True))
    elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
        found.add(_many_coloured(drawn, outer, found.count, is_picture=False))


def _many_coloured(drawn: Any, outer: Matrix, order: int, *, is_picture: bool) -> Cover:
    box: Box = outer.box(bounds(drawn))
    return Cover(order=order, box=box, is_many_coloured=True, is_picture=is_picture)


def _refuse_beyond(count: int) -> None:
    if count > verdicts.OBJECTS_A_PAGE:
        raise Refused(
            verdicts.TOO_COMPLEX,
            f"{verdicts.UNEXAMINED}: it has more than {verdicts.OBJECTS_A_PAGE:,} objects",
        )
