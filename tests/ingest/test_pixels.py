"""Boxes that are found in the pixels of a page, and what only looks like one."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive.redactions import RedactionBox
from ingest.reader.redacted.pixels import shapes_in
from ingest.reader.skews import skew, upright

_SCALE = 2.0
_FONT, _LARGE = ImageFont.load_default(20), ImageFont.load_default(60)
# Left, top, right and bottom in points, with what fills them.
BOXES: dict[str, tuple[tuple[int, int, int, int], int | tuple[int, ...]]] = {
    "black": ((72, 100, 200, 112), 0),
    "black beside it": ((204, 100, 260, 112), 12),
    "beneath the first": ((72, 113, 180, 125), 0),
    "grey": ((300, 100, 420, 114), 150),
    "light grey": ((300, 130, 420, 144), 205),
    "blue": ((72, 150, 200, 164), (25, 50, 150)),
    "tall": ((72, 180, 300, 300), 0),
}


def page(ground: int = 255) -> Image.Image:
    """Draw a page of letter size with some lines of print at its foot."""
    image = Image.new("RGB", (1224, 1584), (ground,) * 3)
    brush = ImageDraw.Draw(image)
    for number in range(12):
        line = "The officer named below reported to the unit on the day before"
        brush.text((144, 1200 + 28 * number), line, (0, 0, 0), _FONT)
    return image


def filled(image: Image.Image, edges: Sequence[float], fill: int | tuple[int, ...]) -> None:
    colour = (fill,) * 3 if isinstance(fill, int) else fill
    left, top, right, bottom = (edge * _SCALE for edge in edges)
    ImageDraw.Draw(image).rectangle((left, top, right - 1, bottom - 1), fill=colour)


def boxed() -> Image.Image:
    image = page()
    for edges, fill in BOXES.values():
        filled(image, edges, fill)
    ImageDraw.Draw(image).text((150, 203), "(b)(6)", (255, 255, 255), _FONT)
    return image


def found_in(image: Image.Image) -> list[RedactionBox]:
    level = upright(image)
    return [
        RedactionBox(
            left_pt=edges[0] / _SCALE,
            top_pt=edges[1] / _SCALE,
            right_pt=edges[2] / _SCALE,
            bottom_pt=edges[3] / _SCALE,
            look=one.look,
        )
        for one in shapes_in(np.asarray(level.image), _SCALE)
        for edges in [level.back(one[:4])]
    ]


def edges_of(box: RedactionBox) -> tuple[float, float, float, float]:
    return box.left_pt, box.top_pt, box.right_pt, box.bottom_pt


def share(one: Sequence[float], other: Sequence[float]) -> float:
    """Give what two rectangles have in common of what they cover together."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if min(wide, high) <= 0:
        return 0.0
    areas = [(edges[2] - edges[0]) * (edges[3] - edges[1]) for edges in (one, other)]
    return wide * high / (sum(areas) - wide * high)


def noisy(image: Image.Image, amount: float) -> Image.Image:
    noise = np.random.default_rng(5).normal(0, amount, (image.height, image.width, 1))
    return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))


@pytest.fixture(scope="module")
def found_boxes() -> list[RedactionBox]:
    return found_in(boxed())


def test_boxes_of_all_grounds_are_found_where_they_are(found_boxes: list[RedactionBox]) -> None:
    found = [edges_of(box) for box in found_boxes]
    for name, (edges, _) in BOXES.items():
        assert max(share(edges, one) for one in found) > 0.9, name
    assert len(found) == len(BOXES)


def test_a_box_says_how_it_looks(found_boxes: list[RedactionBox]) -> None:
    looks = {round(box.top_pt): box.look for box in found_boxes}
    assert [looks[top] for top in (113, 130, 150, 180)] == ["black", "grey", "coloured", "black"]


@pytest.mark.slow
@pytest.mark.parametrize("amount", [4, 12])
def test_noise_hides_no_box(amount: float) -> None:
    found = [edges_of(box) for box in found_in(noisy(boxed(), amount))]
    assert all(max(share(edges, one) for one in found) > 0.8 for edges, _ in BOXES.values())
    assert len(found) == len(BOXES)


@pytest.mark.slow
def test_a_fax_keeps_its_black_boxes() -> None:
    fax = noisy(boxed(), 10).convert("L").point(lambda value: 255 if value > 120 else 0)
    found = [edges_of(box) for box in found_in(fax.convert("RGB"))]
    black = [edges for edges, fill in BOXES.values() if isinstance(fill, int) and fill < 100]
    assert all(max(share(edges, one) for one in found) > 0.8 for edges in black)


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [-1.7, 0.6, 2.0])
def test_boxes_of_a_page_that_hangs_are_found_where_they_lie(degrees: float) -> None:
    hanging = boxed().rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    level = upright(hanging)
    assert level.degrees == pytest.approx(-degrees, abs=0.1)
    found = [edges_of(box) for box in found_in(hanging)]
    assert len(found) == len(BOXES)
    for name, (edges, _) in BOXES.items():
        turned = boxed_when_turned(edges, degrees)
        assert max(share(turned, one) for one in found) > 0.85, name


def boxed_when_turned(edges: Sequence[float], degrees: float) -> list[float]:
    """Give the box around a rectangle that was turned with its page, against the clock."""
    angle = np.radians(degrees)
    corners = np.array([(x - 306, y - 396) for x in edges[::2] for y in edges[1::2]])
    across = corners @ (np.cos(angle), np.sin(angle)) + 306
    down = corners @ (-np.sin(angle), np.cos(angle)) + 396
    return [across.min(), down.min(), across.max(), down.max()]


def test_a_page_without_lines_does_not_hang() -> None:
    assert skew(np.full((1584, 1224), 255, np.uint8)) == 0.0


def test_a_page_that_is_all_black_is_one_box() -> None:
    image = page()
    filled(image, (30, 30, 582, 762), 10)
    assert [round(box.right_pt - box.left_pt) for box in found_in(image)] == [552]


def test_frames_are_found_apart_from_cells_of_a_table() -> None:
    image = page()
    brush = ImageDraw.Draw(image)
    brush.rectangle((144, 200, 400, 224), outline=(0, 0, 0), width=2)
    for row in range(3):
        for column in range(3):
            left, top = 144 + 200 * column, 400 + 40 * row
            brush.rectangle((left, top, left + 200, top + 40), outline=(0, 0, 0), width=1)
    found = found_in(image)
    assert [(box.look, round(box.left_pt), round(box.top_pt)) for box in found] == [
        ("outlined", 72, 100)
    ]


def test_a_hatched_box_is_found_with_its_look() -> None:
    image = page()
    brush = ImageDraw.Draw(image)
    for start in range(-40, 260, 8):
        brush.line((144 + start, 232, 144 + start + 32, 200), fill=(0, 0, 0), width=1)
    filled(image, (40, 90, 72, 125), 255)
    filled(image, (200, 90, 290, 125), 255)
    brush.rectangle((144, 200, 400, 232), outline=(0, 0, 0), width=2)
    assert [box.look for box in found_in(image)] == ["hatched"]


def hatched(image: Image.Image, edges: Sequence[int], patch: Sequence[int]) -> None:
    """Draw a hatched box, with a stamp on a patch that may hide a part of its line; in points."""
    left, top, right, bottom = (round(edge * _SCALE) for edge in edges)
    lines = Image.new("RGB", (right - left, bottom - top), (255,) * 3)
    brush = ImageDraw.Draw(lines)
    for begin in range(-lines.height, lines.width, 8):
        brush.line((begin, lines.height, begin + lines.height, 0), fill=(0, 0, 0), width=2)
    brush.rectangle((0, 0, lines.width - 1, lines.height - 1), outline=(0, 0, 0), width=2)
    image.paste(lines, (left, top))
    filled(image, patch, 255)
    ImageDraw.Draw(image).text((patch[0] * _SCALE + 2, top + 1), "(b) (7)(C)", (0, 0, 0), _FONT)


def test_a_hatched_box_is_found_whole_whatever_its_stamp_hides() -> None:
    image = page()
    wanted = [(72, 100, 170, 113), (200, 100, 320, 114), (72, 200, 300, 260)]
    patches = [(88, 102, 140, 114), (203, 101, 255, 115), (150, 220, 202, 234)]
    for edges, patch in zip(wanted, patches, strict=True):
        hatched(image, edges, patch)
    found = [one for one in found_in(image) if one.look == "hatched"]
    assert len(found) == len(wanted)
    for edges in wanted:
        assert max(share(edges, edges_of(one)) for one in found) > 0.85


def test_what_only_looks_like_a_box_is_none() -> None:
    image = page()
    brush = ImageDraw.Draw(image)
    brush.rectangle((0, 0, 20, 1584), fill=(10, 10, 10))  # the lid of the scanner
    brush.ellipse((60, 300, 96, 336), fill=(20, 20, 20))  # a punched hole
    brush.rectangle((144, 100, 1000, 106), fill=(0, 0, 0))  # a rule
    brush.rectangle((144, 130, 160, 146), fill=(0, 0, 0))  # a check box
    brush.text((144, 180), "HEADING", (0, 0, 0), _LARGE)
    chance = random.Random(3)
    left = 144
    for number in range(40):  # a bar code
        wide = chance.choice((2, 3, 5))
        if number % 2:
            brush.rectangle((left, 400, left + wide - 1, 450), fill=(0, 0, 0))
        left += wide
    shades = bytes(chance.randrange(5, 120) for _ in range(24 * 16))
    photograph = Image.frombytes("L", (24, 16), shades).resize((300, 200), Image.Resampling.BICUBIC)
    image.paste(photograph.convert("RGB"), (144, 600))
    assert found_in(image) == []
