"""What lies over a withheld place: boxes of many makes; and words left alive beneath them."""

import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from archive.redactions import BoxLook
from tests.drawn.released.annotations import annotation
from tests.drawn.released.faces import width_pt
from tests.drawn.released.leaf import BLACK, RED, WHITE, Box, Draw, Leaf
from tests.drawn.released.marking import Marking
from tests.drawn.released.words import nonsense

# pen: a stroke of a felt pen, with uneven edges. hollow: the rim alone, for what is gone.
# annotation: a filled square that can be taken off again. mark: only marked for redaction, the
# words can be seen. marker: blended with what is beneath, as a text marker does.
Cover: TypeAlias = Literal[
    "box",
    "path",
    "line",
    "strips",
    "pen",
    "hollow",
    "picture",
    "marker",
    "annotation",
    "mark",
]
WELL: Sequence[Cover] = (
    *("box", "box", "box", "box", "path", "line", "strips", "pen", "picture", "hollow", "hollow"),
)
BADLY: Sequence[Cover] = (
    *("box", "box", "box", "path", "line", "strips", "pen", "picture"),
    *("annotation", "annotation", "mark"),
)


def covered(leaf: Leaf, place: Box, marking: Marking, cover: Cover = "box") -> None:
    """Lay a box over a place, and note it."""
    if cover == "mark":
        leaf.boxes.append(replace(place, look="outlined", is_seen=False))
        leaf.notes.append(annotation(leaf, place, "Redact", RED))
        return
    if cover == "annotation":
        # It has neither rim nor hatching.
        look: BoxLook = "outlined" if marking.fill == WHITE else place.look
        look = "grey" if look == "hatched" else look
        leaf.boxes.append(replace(place, look=look, is_seen=look != "outlined"))
        leaf.notes.append(annotation(leaf, place, "Square", marking.fill))
        return
    is_seen = bool(marking.rim or marking.hatch or marking.fill != WHITE)
    leaf.boxes.append(replace(place, is_seen=is_seen))
    if cover != "hollow":
        leaf.over.append(_MAKES[cover](leaf, place, marking))
    leaf.has_blending |= cover == "marker"
    if marking.hatch:
        leaf.over.append(_hatching(leaf, place, marking))
    if marking.rim:
        leaf.frame(place, marking.rim, marking.rim_colour, is_over=True)


def _box(leaf: Leaf, place: Box, marking: Marking) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(*marking.fill)
        canvas.rect(*leaf.rectangle(place), stroke=0, fill=1)

    return draw


def _path(leaf: Leaf, place: Box, marking: Marking) -> Draw:
    """Four lines, filled, as some programs write a rectangle."""
    left, bottom, width, height = leaf.rectangle(place)

    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(*marking.fill)
        path = canvas.beginPath()
        path.moveTo(left, bottom)
        for x, y in ((width, 0), (width, height), (0, height)):
            path.lineTo(left + x, bottom + y)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)

    return draw


def _line(leaf: Leaf, place: Box, marking: Marking) -> Draw:
    """One stroke as thick as the box is high."""
    left, bottom, width, height = leaf.rectangle(place)

    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColorRGB(*marking.fill)
        canvas.setLineWidth(height)
        canvas.setLineCap(0)
        canvas.line(left, bottom + height / 2, left + width, bottom + height / 2)

    return draw


def _strips(leaf: Leaf, place: Box, marking: Marking) -> Draw:
    """Several bars that touch, as a print of a word processor's page has them."""
    left, bottom, width, height = leaf.rectangle(place)

    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(*marking.fill)
        for number in range(3):
            canvas.rect(
                left, bottom + height * number / 3, width, height / 3 + 0.05, stroke=0, fill=1
            )

    return draw


def _pen(leaf: Leaf, place: Box, marking: Marking) -> Draw:
    """A stroke whose edges waver; it covers all of the place, and a little more."""
    left, bottom, width, height = leaf.rectangle(place)
    chance = random.Random(round(1000 * (left + bottom + width)))
    steps = [left + width * number / 6 for number in range(7)]
    above = [(x, bottom + height + chance.uniform(0, 0.8)) for x in steps]
    below = [(x, bottom - chance.uniform(0, 0.8)) for x in reversed(steps)]

    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(*marking.fill)
        path = canvas.beginPath()
        path.moveTo(*above[0])
        for corner in (*above[1:], *below):
            path.lineTo(*corner)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)

    return draw


def _picture(leaf: Leaf, place: Box, marking: Marking) -> Draw:
    colour = tuple(round(255 * part) for part in marking.fill)
    file = io.BytesIO()
    Image.new("RGB", (16, 4), colour).save(file, "PNG")

    def draw(canvas: Canvas) -> None:
        file.seek(0)
        canvas.drawImage(ImageReader(file), *leaf.rectangle(place))

    return draw


def _marker(leaf: Leaf, place: Box, marking: Marking) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setBlendMode("Multiply")
        canvas.setFillColorRGB(*BLACK)
        canvas.rect(*leaf.rectangle(place), stroke=0, fill=1)

    return draw


_MAKES: Mapping[Cover, Callable[[Leaf, Box, Marking], Draw]] = {
    "box": _box,
    "path": _path,
    "line": _line,
    "strips": _strips,
    "pen": _pen,
    "picture": _picture,
    "marker": _marker,
}


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
            if marking.is_crossed:
                canvas.line(start, bottom + height, start + height, bottom)
            start += marking.hatch

    return draw


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
