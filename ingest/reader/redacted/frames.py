"""Frames: a thin line around paper, whatever stands in it."""

from ingest.reader.redacted.areas import Rectangle, is_inside, thickened
from ingest.reader.redacted.patches import Mask, patches_of

# Of what a frame holds: the rest is print.
_FREE = 0.5
# Of each side.
_SIDE = 0.85
# Points: a line is no thicker, or it is a bar.
_LINE = 3.0
# Points: between two cells there is one line, which is no thicker; so far a line goes on.
_BETWEEN, _BEYOND = 1.3, 4.0
# Points: a frame within a cell has the next one so near, or nearer.
_NEXT = 8.0
# A frame of its own may stand on another one, which goes on beyond two of its corners.
_CORNERS = 3
# Of the way beyond a corner: a gap before the next frame ends a line.
_GOES_ON = 0.95


def frames(mask: Mask, scale: float, least: tuple[int, int]) -> list[Rectangle]:
    """Find what lines enclose, so wide and high at least, unless it is a cell among others.

    A gap of a pixel or two in a line, as a fax has, is none.
    """
    thick = thickened(mask)
    holes = patches_of(~thick)
    if not len(holes.pixels):
        return []
    left, top, right, bottom = holes.boxes.T
    wide, high = right - left, bottom - top
    wanted = is_inside(holes, mask.shape) & (wide >= least[0]) & (high >= least[1])
    wanted &= holes.pixels >= _FREE * wide * high
    line = max(2, round(_LINE * scale))
    inner = [_beside_lines(*box) for box in holes.boxes[wanted].tolist()]
    inner = [one for one in inner if is_framed(thick, one)]
    return [_outer(mask, one, line) for one in inner if not _is_cell(thick, one, inner, scale)]


def _beside_lines(left: int, top: int, right: int, bottom: int) -> Rectangle:
    """Give a hole as it was before lines were thickened."""
    return Rectangle(left - 1, top - 1, right + 1, bottom + 1)


def is_framed(thick: Mask, one: Rectangle) -> bool:
    """Ask whether lines go along all sides of a rectangle, in a mask that was thickened."""
    return min(_sides(thick, one, 3)) >= _SIDE


def _is_cell(thick: Mask, one: Rectangle, others: list[Rectangle], scale: float) -> bool:
    """Ask whether a frame shares a line with another of the same length, or its lines go on."""
    apart = [gap for other in others if (gap := _between(one, other, scale)) is not None]
    if apart and min(apart) <= _NEXT * scale:
        return min(apart) <= _BETWEEN * scale
    return _corners_gone_beyond(thick, one, scale) >= _CORNERS


def _between(one: Rectangle, other: Rectangle, scale: float) -> int | None:
    """Give how far a frame is from another of the same height beside it, or width beneath it."""
    if one is other:
        return None
    found = []
    if max(abs(one.top - other.top), abs(one.bottom - other.bottom)) <= scale:
        found.append(max(one.left, other.left) - min(one.right, other.right))
    if max(abs(one.left - other.left), abs(one.right - other.right)) <= scale:
        found.append(max(one.top, other.top) - min(one.bottom, other.bottom))
    return min(found, default=None)


def _corners_gone_beyond(thick: Mask, one: Rectangle, scale: float) -> int:
    """Count the corners of a frame beyond which one of its lines goes on."""
    end = round((_LINE + _BEYOND) * scale)
    height, width = thick.shape
    count = 0
    for x, side in ((one.left - 2, -1), (one.right + 1, 1)):
        for y, way in ((one.top - 2, -1), (one.bottom + 1, 1)):
            across = sorted((x, x + side * end))
            down = sorted((y, y + way * end))
            rows, columns = slice(max(y - 2, 0), y + 3), slice(max(x - 2, 0), x + 3)
            level = thick[rows, max(across[0], 0) : min(across[1], width)]
            upright = thick[max(down[0], 0) : min(down[1], height), columns]
            count += any(
                part.size and part.any(axis=axis).mean() >= _GOES_ON
                for part, axis in ((level, 0), (upright, 1))
            )
    return count


def _sides(mask: Mask, one: Rectangle, deep: int) -> list[float]:
    """Give how much of each side has a line, within so many pixels: left, top, right, bottom."""
    left, top, right, bottom = one
    bands = (
        mask[top:bottom, max(left - deep, 0) : left + 1].any(axis=1),
        mask[max(top - deep, 0) : top + 1, left:right].any(axis=0),
        mask[top:bottom, right - 1 : right + deep].any(axis=1),
        mask[bottom - 1 : bottom + deep, left:right].any(axis=0),
    )
    return [float(band.mean()) if band.size else 0.0 for band in bands]


def _outer(mask: Mask, one: Rectangle, line: int) -> Rectangle:
    """Take the line in: a box is as large as what is drawn of it."""
    left, top, right, bottom = one
    rows, columns = mask[top:bottom], mask[:, left:right]
    for _ in range(line):
        left -= left > 0 and rows[:, left - 1].mean() >= _FREE
        right += right < mask.shape[1] and rows[:, right].mean() >= _FREE
        top -= top > 0 and columns[top - 1].mean() >= _FREE
        bottom += bottom < mask.shape[0] and columns[bottom].mean() >= _FREE
    return Rectangle(int(left), int(top), int(right), int(bottom))
