"""What stands in a box of a picture: an exemption, words, or nothing.

A box is cut out, and what differs from its ground is read as black on white. What differs little,
such as a name that shines through, is not there for people, and is not read. Of the words nothing
leaves this module but that there are some.
"""

from collections.abc import Sequence
from enum import Enum

import numpy as np
from PIL import Image, ImageFilter

from ingest.reader.marks import distance, longest
from ingest.reader.redacted.patches import painted, patches_of
from ingest.reader.rendering import Pixels
from ingest.reader.tesseract import Reader, Seen

# Of 255, by which print differs from its ground; a name that shines through a box does so by less.
_PRINT = 56
# Print of usual stamps is read at so many pixels a point.
_SCALE = 5.5
_MOST_PIXELS = 3_000_000
# Points of a box's rim that are not looked at.
_RIM = 0.8
# Points within which lines are blurred, and of 255, by which a patch is lighter then.
_BLUR, _LIGHTER = 1.1, 24
# Points: a line is no higher; two lines are a block.
_LINE_PT = 13.0
# Of the pixels of a row or column that has print in it, and points of the rim that are left out.
_MARGIN_PX = 14
# Points: so deep lines around a box are looked for, and how much of a side they take.
_LINE, _ALONG = 2.5, 0.4
# Of 255: what is darker is a line, or touches it.
_LINED = 200


class Manner(Enum):
    """How a place is read: as it is; within a frame; on a light patch in it; between its lines."""

    PLAIN = 1
    FRAMED = 2
    PATCH = 3
    LINED = 4


def inscription(
    picture: Pixels, edges: Sequence[float], scale: float, reader: Reader, manner: Manner
) -> list[Seen]:
    """Read what is printed in a place, given in pixels: left, top, right, bottom.

    The boxes of the words are in pixels of the picture.
    """
    left, top, right, bottom = (max(round(edge), 0) for edge in edges)
    rim = max(1, round(_RIM * scale)) if manner is Manner.PLAIN else 0
    left, top, right, bottom = left + rim, top + rim, right - rim, bottom - rim
    if manner is Manner.PATCH:
        left, top, right, bottom = _patch(picture[top:bottom, left:right], scale, (left, top))
    here = picture[top:bottom, left:right]
    if min(here.shape[:2]) < 3 * scale:
        return []
    grey = black_on_white(here)
    if manner is Manner.LINED:
        grey = _without_lines(grey)
    rows, columns = _within_lines(grey, scale)
    left, top, grey = left + columns.start, top + rows.start, grey[rows, columns]
    if manner is Manner.FRAMED and grey.size:
        # A pale stamp is print, however black the line around it.
        grey = black_on_white(here[rows, columns])
    place = _inked(grey, scale)
    if place is None:
        return []
    part = grey[place[1] : place[3], place[0] : place[2]]
    by = min(max(_SCALE / scale, 1.0), (_MOST_PIXELS / part.size) ** 0.5)
    size = (max(1, round(part.shape[1] * by)), max(1, round(part.shape[0] * by)))
    large = Image.fromarray(part).resize(size, Image.Resampling.BICUBIC)
    framed = np.pad(np.asarray(large), _MARGIN_PX, constant_values=255)
    is_line = part.shape[0] <= _LINE_PT * scale
    found = reader.block(framed, 72 * scale * by, is_line=is_line)
    return [_placed(one, by, left + place[0], top + place[1]) for one in found]


def _patch(here: Pixels, scale: float, corner: tuple[int, int]) -> tuple[int, int, int, int]:
    """Give the light patch in a place, which a stamp was set on; nothing where there is none."""
    if not here.size:
        return 0, 0, 0, 0
    blur = ImageFilter.BoxBlur(_BLUR * scale)
    shade = np.asarray(Image.fromarray(here).convert("L").filter(blur))
    usual, lightest = float(np.median(shade)), float(shade.max())
    patches = patches_of(shade > (usual + lightest) / 2)
    if lightest - usual < _LIGHTER or not len(patches.pixels):
        return 0, 0, 0, 0
    left, top, right, bottom = patches.boxes[int(patches.pixels.argmax())].tolist()
    x, y = corner
    return x + left, y + top, x + right, y + bottom


def black_on_white(here: Pixels) -> Pixels:
    """Draw what is printed on a ground; what differs little is left out."""
    ground = np.asarray(np.median(here.reshape(-1, 3), axis=0), np.uint8)
    apart = distance(here, ground).astype(np.float64)
    most = max(float(np.percentile(apart, 99.5)), 2.0 * _PRINT)
    shade = np.clip((apart - _PRINT) / (most - _PRINT), 0.0, 1.0)
    return np.asarray(255 * (1 - shade), np.uint8)


def _without_lines(grey: Pixels) -> Pixels:
    """Leave out what touches the rim of a place: its frame, and a hatching that ends there."""
    ink = patches_of(grey < _LINED)
    left, top, right, bottom = ink.boxes.T
    height, width = grey.shape
    is_rim = (left <= 2) | (top <= 2) | (right >= width - 2) | (bottom >= height - 2)
    return np.where(painted(ink, is_rim, grey.shape), np.uint8(255), grey)


def _within_lines(grey: Pixels, scale: float) -> tuple[slice, slice]:
    """Leave out the lines around a box: what is marked along a whole side."""
    deep = round(_LINE * scale)
    spans = []
    for axis in (1, 0):
        marked = (grey < 128).mean(axis=axis) >= _ALONG
        begin = int(np.flatnonzero(marked[:deep]).max(initial=-1)) + 1
        end = len(marked) - int(np.flatnonzero(marked[::-1][:deep]).max(initial=-1)) - 1
        spans.append(slice(begin, max(end, begin + 1)))
    return spans[0], spans[1]


def _inked(grey: Pixels, scale: float) -> tuple[int, int, int, int] | None:
    """Give the place of all print, with some ground around it; None without any."""
    ink = grey < 128
    least = max(2, round(0.5 * scale))
    rows, columns = ink.sum(axis=1) >= least, ink.sum(axis=0) >= 1
    if longest(rows) < 2 * scale or not columns.any():
        return None
    down, across = np.flatnonzero(rows), np.flatnonzero(columns)
    pad = max(2, round(scale))
    return (
        max(int(across[0]) - pad, 0),
        max(int(down[0]) - pad, 0),
        int(across[-1]) + 1 + pad,
        int(down[-1]) + 1 + pad,
    )


def _placed(one: Seen, by: float, left: int, top: int) -> Seen:
    def moved(edge: int, begin: int) -> int:
        return round((edge - _MARGIN_PX) / by) + begin

    return Seen(
        text=one.text,
        line=one.line,
        left=moved(one.left, left),
        top=moved(one.top, top),
        right=moved(one.right, left),
        bottom=moved(one.bottom, top),
        confidence=one.confidence,
        line_height=one.line_height / by,
    )
