"""What on a page can hide what was drawn before it: filled shapes, images, annotations.

Page objects are painted in their order; those inside a form XObject when the form's turn comes.
`order` counts them so. Annotations are painted after all of them. What is collected here only
proposes places to look at; whether a place hides anything is seen in the drawn page (`traces`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from ingest.reader import verdicts
from ingest.reader.annotations import annotation_covers
from ingest.reader.calls import (
    address,
    form_count,
    form_object,
    object_type,
    page_object,
    segment_count,
)
from ingest.reader.geometry import IDENTITY, Matrix, tamed
from ingest.reader.painting import Cover, bounds, matrix_of
from ingest.reader.paths import SEGMENTS_A_PAGE, path_pieces
from ingest.reader.verdicts import Refused

# pdfium looks no deeper than 40: a page that comes so far may hide more where nobody can look.
_FORM_DEPTH = 39


@dataclass(slots=True, kw_only=True)
class Painted:
    """What is painted on a page: covers, and the order of each text object by its address.

    `strips` are the covers that are too thin to hide a word alone; several of them can.
    `pictures` are the images, of any size, and not among the covers. `shapes` are the addresses
    of all that is no text, `images` those of images. `outer` has the way to user space of
    objects in forms.
    """

    covers: list[Cover] = field(default_factory=list)
    strips: list[Cover] = field(default_factory=list)
    pictures: list[Cover] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    texts: dict[int, int] = field(default_factory=dict)
    outer: dict[int, Matrix] = field(default_factory=dict)
    count: int = 0
    segments_left: int = SEGMENTS_A_PAGE

    @property
    def shapes_beside_images(self) -> list[int]:
        """The addresses of all that is neither text nor image."""
        images = set(self.images)
        return [one for one in self.shapes if one not in images]

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
    _visit(page_object, address(page), count, IDENTITY, found, depth=0)
    found.covers.extend(annotation_covers(page))
    return found


def _visit(
    ask: Callable[[int, int], int],
    place: int,
    count: int,
    outer: Matrix,
    found: Painted,
    *,
    depth: int,
) -> None:
    """Note the objects of a page or form, so many, and those inside the forms among them."""
    _refuse_beyond(found.count + count)
    drawn = list(map(ask, repeat(place), range(count)))
    for one, kind in zip(drawn, map(object_type, drawn), strict=True):
        found.count += 1
        if outer is not IDENTITY:
            found.outer[one] = outer
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            found.texts[one] = found.count
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            _visit_form(one, matrix_of(one).then(outer), found, depth=depth + 1)
        else:
            found.shapes.append(one)
            _note_shape(one, kind, outer, found)


def _visit_form(form: int, inner: Matrix, found: Painted, *, depth: int) -> None:
    if depth > _FORM_DEPTH:
        raise Refused(verdicts.TOO_COMPLEX, f"{verdicts.UNEXAMINED}: forms lie deep in forms")
    _visit(form_object, form, form_count(form), inner, found, depth=depth)


def _note_shape(drawn: int, kind: int, outer: Matrix, found: Painted) -> None:
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        segments = segment_count(drawn)
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


def _many_coloured(drawn: int, outer: Matrix, order: int, *, is_picture: bool) -> Cover:
    box = tamed(outer.box(bounds(drawn)))
    return Cover(order=order, box=box, is_many_coloured=True, is_picture=is_picture)


def _refuse_beyond(count: int) -> None:
    if count > verdicts.OBJECTS_A_PAGE:
        raise Refused(
            verdicts.TOO_COMPLEX,
            f"{verdicts.UNEXAMINED}: it has more than {verdicts.OBJECTS_A_PAGE:,} objects",
        )
