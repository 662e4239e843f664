"""What a scan still shows to whoever takes a box, or a mark for redaction, away from it.

The words of a scan are in its picture, where no text tells that something was hidden. So the
picture is drawn alone, and looked at in the place of each box.
"""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from ingest.reader.backgrounds import laid_over
from ingest.reader.covers import Painted
from ingest.reader.geometry import Box
from ingest.reader.looks import SAME, is_plain, is_white
from ingest.reader.painting import Cover
from ingest.reader.redacted.looks import Colour
from ingest.reader.rendering import (
    Drawn,
    Pixels,
    Sheet,
    drawn,
    scale_within,
    window_around,
    without,
)

# Pixels a point, and of a page; a letter of usual print has some twenty dark pixels so.
_SCALE, _PIXELS = 1.5, 4_000_000
_INK = 16
# Of 255: paper is no darker in a scan. Of its pixels so many each way are looked at for it.
_TINTED, _EVERY = 200, 8
# In pixels: a line around a box belongs to it.
_INSET = 3


def marked_places(covers: Sequence[Cover]) -> list[Box]:
    """List the places that are marked for redaction, which no picture may show."""
    return [cover.box for cover in covers if cover.is_marked]


def hidden_in_picture(
    page: Any, size: Sheet, on: Painted, stamps: Collection[int] = ()
) -> list[Cover]:
    """Give the boxes and marks on a scan beneath which its picture has something.

    How many characters it is nobody can tell: each of them counts as one. To be asked before the
    text of the page is read, which may change what it looks like. `stamps` are the addresses of
    text objects that may be exemptions printed on boxes: a box is plain without them.
    """
    over = laid_over(on, size)
    covers = [cover for cover in (*on.covers, *on.strips) if _is_over(cover, on.pictures)]
    covers += over.values()
    if not covers:
        return []
    scale = scale_within(size, _SCALE, _PIXELS)
    window = window_around((cover.box for cover in covers), size, scale)
    with without(stamps):
        seen = drawn(page, size, scale, window)
    with without([*on.shapes_beside_images, *over, *on.texts]):
        alone = drawn(page, size, scale, window, has_annotations=False)
    paper = _paper(alone.pixels)
    return [cover for cover in covers if _hides(cover, seen, alone, paper)]


def _paper(pixels: Pixels) -> Colour:
    """Give the colour of paper: white, or what a scan has most of, if that is nearly white."""
    usual = np.median(pixels[::_EVERY, ::_EVERY].reshape(-1, 3), axis=0)
    return usual if usual.min() >= _TINTED else np.full(3, 255.0)


def _is_over(cover: Cover, pictures: Collection[Cover]) -> bool:
    return any(picture.order < cover.order and cover.box.meets(picture.box) for picture in pictures)


def _hides(cover: Cover, seen: Drawn, alone: Drawn, paper: Colour) -> bool:
    is_closed = cover.is_marked or is_plain(seen.patch(cover.box, inset=_INSET))
    return is_closed and _has_ink(alone.patch(cover.box, inset=2), paper)


def _has_ink(pixels: Pixels, paper: Colour) -> bool:
    """Ask whether something is printed in a place, and no box of the picture's own closes it."""
    if not pixels.size:
        return False
    flat = pixels.reshape(-1, 3).astype(np.int16)
    ground = np.median(flat, axis=0)
    is_paper = is_white(pixels) or np.abs(ground - paper).max() <= SAME / 2
    if is_plain(pixels) and not is_paper:
        return False
    away = np.abs(flat - ground).max(axis=1)
    return int((away > 2 * SAME).sum()) >= _INK
