"""Boxes and stamps, drawn over a page; and the many ways to leave words alive beneath them."""

import io
import random
from dataclasses import replace
from typing import Any, Literal, TypeAlias

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName
from reportlab.pdfgen.canvas import Canvas

from tests.drawn.released.codes import Codes
from tests.drawn.released.faces import width_pt
from tests.drawn.released.leaf import BLACK, WHITE, Box, Colour, Draw, Leaf
from tests.drawn.released.marking import Marking
from tests.drawn.released.words import nonsense

# What lies over the words of a failed redaction.
Cover: TypeAlias = Literal["box", "picture", "annotation"]


def covered(leaf: Leaf, place: Box, marking: Marking, cover: Cover = "box") -> None:
    """Lay a box over a place, and note it."""
    is_seen = bool(marking.rim or marking.hatch or marking.fill != WHITE)
    leaf.boxes.append(replace(place, is_seen=is_seen))
    if cover == "picture":
        leaf.over.append(_picture(leaf, place, marking))
    elif cover == "annotation":
        leaf.over.append(_annotation(leaf, place, marking))
    else:
        leaf.fill(place, marking.fill, is_over=True)
    if marking.hatch:
        leaf.over.append(_hatching(leaf, place, marking))
    if marking.rim:
        leaf.frame(place, marking.rim, marking.rim_colour, is_over=True)


def _hatching(leaf: Leaf, place: Box, marking: Marking) -> Draw:
    left, bottom, width, height = leaf.rectangle(place)

    def draw(canvas: Canvas) -> None:
        clip = canvas.beginPath()
        clip.rect(left, bottom, width, height)
        canvas.clipPath(clip, stroke=0)
        canvas.setLineWidth(0.6)
        start = left - height
        while start < left + width:
            canvas.line(start, bottom, start + height, bottom + height)
            start += marking.hatch

    return draw


def _picture(leaf: Leaf, place: Box, marking: Marking) -> Draw:
    colour = tuple(round(255 * part) for part in marking.fill)
    file = io.BytesIO()
    Image.new("RGB", (16, 4), colour).save(file, "PNG")

    def draw(canvas: Canvas) -> None:
        file.seek(0)
        canvas.drawImage(ImageReader(file), *leaf.rectangle(place))

    return draw


def _annotation(leaf: Leaf, place: Box, marking: Marking) -> Draw:
    """A square drawn with a viewer's tool, which can be taken off again."""
    left, bottom, width, height = leaf.rectangle(place)

    def draw(canvas: Canvas) -> None:
        canvas._addAnnotation(square(left, bottom, left + width, bottom + height, marking.fill))

    return draw


def square(left: float, bottom: float, right: float, top: float, fill: Colour) -> Any:
    """Build a filled Square annotation, drawn by the viewer from its colours."""
    return PDFDictionary(
        {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Square"),
            "Rect": PDFArray([left, bottom, right, top]),
            "C": PDFArray(list(fill)),
            "IC": PDFArray(list(fill)),
            "F": 4,
        }
    )


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


def living(
    leaf: Leaf, chance: random.Random, place: Box, base: float, face: str, size: float
) -> None:
    """Print nonsense words in a place, as many as fit, so that a box hides them."""
    words: list[str] = []
    while True:
        more = [*words, nonsense(chance)]
        if words and width_pt(" ".join(more), face, size) > place.right - place.left - 2:
            break
        words = more
    text = " ".join(words)
    while width_pt(text, face, size) > place.right - place.left - 1:
        size *= 0.95
    leaf.write(place.left + 1, base, text, face, size, BLACK, is_seen=False)
    leaf.hidden.append(text)
