"""Scans: a drawn page becomes a picture, as a scanner, a copier or a fax machine gives it."""

import io
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.drawn.released.faxing import FaxedPicture, draw_faxed, packed
from tests.drawn.released.leaf import Box, Draw, Leaf, drawn_on

Dots: TypeAlias = npt.NDArray[np.float32]
Depth: TypeAlias = Literal["colour", "grey", "fax"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner:
    """One machine and the hand that fed it; `skew` in degrees, `turn` in quarters."""

    dpi: int
    depth: Depth
    skew: float
    noise: float
    blur: float
    quality: int
    paper: int
    has_holes: bool
    has_edges: bool
    turn: int
    is_turn_declared: bool
    strips: int = 1
    is_packed: bool = False


def scanner(chance: random.Random) -> Scanner:
    """Choose a machine."""
    depth: Depth = chance.choice(("grey", "grey", "colour", "fax"))
    return Scanner(
        dpi=chance.choice((150, 200, 200, 300) if depth != "fax" else (200, 200, 300)),
        depth=depth,
        skew=chance.choice((0.0, 0.0, chance.uniform(-0.8, 0.8), chance.uniform(-2.0, 2.0))),
        noise=chance.choice((0.0, 3.0, chance.uniform(2, 12))),
        blur=chance.choice((0.0, 0.0, chance.uniform(0.3, 0.7))),
        quality=chance.randrange(45, 90),
        paper=chance.choice((255, 255, chance.randrange(225, 255))),
        has_holes=chance.random() < 0.15,
        has_edges=chance.random() < 0.15,
        turn=chance.choice((0, 0, 0, 0, 0, 0, 0, 1, 2, 3)),
        is_turn_declared=chance.random() < 0.6,
        strips=chance.choice((1, 1, 1, 1, 1, 1, 2, 7, 40)),
        is_packed=chance.random() < 0.6,
    )


def picture_of(leaf: Leaf, draws: Sequence[Draw], dpi: int) -> Image.Image:
    """Draw a page, and look at it."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=leaf.size, invariant=True)
    drawn_on(canvas, draws)
    canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(file.getvalue())
    try:
        image: Image.Image = document[0].render(scale=dpi / 72, may_draw_forms=False).to_pil()
        return image.convert("RGB")
    finally:
        document.close()


def scanned_picture(image: Image.Image, machine: Scanner, chance: random.Random) -> Image.Image:
    """Let a picture look like a scan; it keeps its size."""
    if machine.has_holes:
        _punch(image, machine.dpi, chance)
    if machine.depth != "colour":
        image = image.convert("L")
    if machine.skew:
        fill: tuple[int, int, int] | int = 255 if image.mode == "L" else (255, 255, 255)
        image = image.rotate(machine.skew, Image.Resampling.BICUBIC, fillcolor=fill)
    if machine.has_edges:
        _darken_edges(image, chance)
    if machine.blur:
        image = image.filter(ImageFilter.GaussianBlur(machine.blur * machine.dpi / 150))
    dots = np.asarray(image).astype(np.float32)
    dots = dots * (machine.paper / 255)
    if machine.noise:
        noise = np.random.default_rng(chance.randrange(2**32))
        shape = dots.shape[:2] + (1,) * (dots.ndim - 2)
        dots = dots + noise.standard_normal(shape, np.float32) * machine.noise
    if machine.depth == "fax":
        dots = _in_black_and_white(dots)
    return Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8))


# The order in which the dots of a square of four by four turn black as it darkens.
_SCREEN = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32)


def _in_black_and_white(dots: Dots) -> Dots:
    """Give each dot one bit; greys become a screen, as fax machines print them."""
    high, wide = dots.shape
    screen = np.tile(80 + _SCREEN * 8, (high // 4 + 1, wide // 4 + 1))[:high, :wide]
    return np.where(dots > screen, np.float32(255), np.float32(0))


def _punch(image: Image.Image, dpi: int, chance: random.Random) -> None:
    """Two or three holes at the left edge, dark where the lid was dark."""
    brush, scale = ImageDraw.Draw(image), dpi / 72
    left, radius = chance.uniform(18, 30) * scale, 9 * scale
    for share in chance.choice(((0.3, 0.7), (0.15, 0.5, 0.85))):
        middle = image.height * share
        spot = (left - radius, middle - radius, left + radius, middle + radius)
        brush.ellipse(spot, fill=(20, 20, 20), outline=(60, 60, 60))


def _darken_edges(image: Image.Image, chance: random.Random) -> None:
    """Dark stripes where the paper did not cover the glass."""
    brush = ImageDraw.Draw(image)
    dark: tuple[int, int, int] | int = 15 if image.mode == "L" else (15, 15, 15)
    wide, high = image.size
    side = chance.uniform(0.005, 0.025) * wide
    if chance.random() < 0.5:
        brush.rectangle((0, 0, side, high), fill=dark)
    else:
        brush.rectangle((wide - side, 0, wide, high), fill=dark)
    if chance.random() < 0.5:
        brush.rectangle((0, high - side, wide, high), fill=dark)


def slanted(box: Box, size: tuple[float, float], degrees: float) -> Box:
    """Give the box around a box that was turned a little, counted against the clock."""
    if not degrees:
        return box
    angle = math.radians(degrees)
    middle_x, middle_y = size[0] / 2, size[1] / 2

    def turned(x: float, y: float) -> tuple[float, float]:
        across, down = x - middle_x, y - middle_y
        return (
            middle_x + across * math.cos(angle) + down * math.sin(angle),
            middle_y - across * math.sin(angle) + down * math.cos(angle),
        )

    corners = [turned(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
    found = _around(box, corners)
    # What was turned off the glass is not in the picture.
    return replace(
        found,
        left=max(found.left, 0.0),
        top=max(found.top, 0.0),
        right=min(found.right, size[0]),
        bottom=min(found.bottom, size[1]),
    )


def quarter_turned(box: Box, size: tuple[float, float], turns: int) -> Box:
    """Give a box on a page that was turned by quarters against the clock."""
    for number in range(turns % 4):
        width = size[number % 2]
        corners = [(y, width - x) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        box = _around(box, corners)
    return box


def _around(box: Box, corners: Sequence[tuple[float, float]]) -> Box:
    across, down = zip(*corners, strict=True)
    return replace(box, left=min(across), top=min(down), right=max(across), bottom=max(down))


def page_draw(image: Image.Image, machine: Scanner, size: tuple[float, float]) -> Draw:
    """Put a picture on a whole page, in as many strips as the machine stores."""
    edges = [round(image.height * part / machine.strips) for part in range(machine.strips + 1)]
    stored = [
        (top, bottom, _stored(image.crop((0, top, image.width, bottom)), machine))
        for top, bottom in pairwise(edges)
    ]

    def draw(canvas: Canvas) -> None:
        scale = size[1] / image.height
        for top, bottom, part in stored:
            place = (0.0, size[1] - bottom * scale, size[0], (bottom - top) * scale)
            if isinstance(part, FaxedPicture):
                draw_faxed(canvas, part, *place)
            else:
                part.seek(0)
                canvas.drawImage(ImageReader(part), *place)

    return draw


def _stored(image: Image.Image, machine: Scanner) -> io.BytesIO | FaxedPicture:
    if machine.depth == "fax" and machine.is_packed:
        return FaxedPicture(image.size, packed(image))
    file = io.BytesIO()
    if machine.depth == "fax":
        image.save(file, "PNG")
    else:
        image.save(file, "JPEG", quality=machine.quality)
    return file


def _as_pictured(box: Box, machine: Scanner) -> Box:
    """Give a box with the look that it has in a picture without colours."""
    if box.look == "coloured" and machine.depth != "colour":
        return replace(box, look="black")
    return box


def scanned(leaf: Leaf, machine: Scanner, chance: random.Random) -> Leaf:
    """Make a page a picture. What lay beneath boxes is gone with it."""
    image = picture_of(leaf, [*leaf.under, *leaf.over], machine.dpi)
    image = scanned_picture(image, machine, chance)
    seen = [_as_pictured(box, machine) for box in leaf.boxes if box.is_seen]
    boxes = [slanted(box, leaf.size, machine.skew) for box in seen]
    size = leaf.size
    if machine.turn:
        image = image.transpose(_TURNS[machine.turn])
        size = (size[1], size[0]) if machine.turn % 2 else size
        if not machine.is_turn_declared:
            boxes = [quarter_turned(box, leaf.size, machine.turn) for box in boxes]
    return replace(
        leaf,
        size=size,
        under=[page_draw(image, machine, size)],
        over=[],
        notes=[],
        runs=[],
        over_runs=[],
        pictured=[*leaf.runs, *leaf.over_runs],
        boxes=boxes,
        hidden=[],
        is_picture=True,
        has_typed_over=False,
        skew=machine.skew,
        # Turned against the clock, it is set upright by as many quarters with it.
        rotation=90 * machine.turn if machine.is_turn_declared else 0,
    )


def layered(leaf: Leaf, machine: Scanner, chance: random.Random) -> Leaf:
    """Make what was printed a picture, with the boxes and stamps of the release drawn over it."""
    image = picture_of(leaf, leaf.under, machine.dpi)
    # A hole of the paper beneath the box of a whole page would be something left beneath it.
    has_holes = machine.has_holes and not leaf.is_withheld
    straight = replace(machine, skew=0.0, turn=0, has_edges=False, has_holes=has_holes)
    image = scanned_picture(image, straight, chance)
    return replace(
        leaf,
        under=[page_draw(image, straight, leaf.size)],
        runs=[],
        pictured=leaf.runs,
        is_picture=True,
    )


_TURNS = {
    1: Image.Transpose.ROTATE_90,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_270,
}
