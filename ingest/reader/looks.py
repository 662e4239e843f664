"""What a place on a drawn page looks like."""

import numpy as np

from ingest.reader.painting import Colour
from ingest.reader.rendering import Pixels

# Of 255. Compression and smoothing change a pixel by less.
SAME = 24
_PLAIN_SHARE = 0.97
_STAMPED_SHARE = 0.8
NOT_PAPER = 235


def is_near(one: Colour | None, other: Colour) -> bool:
    """Ask whether two colours cannot be told from each other on a page."""
    return one is not None and all(abs(a - b) <= SAME for a, b in zip(one, other, strict=True))


def _share_of_one_colour(pixels: Pixels) -> float:
    flat = pixels.reshape(-1, 3).astype(np.int16)
    return float((np.abs(flat - np.median(flat, axis=0)).max(axis=1) <= SAME).mean())


def is_white(pixels: Pixels) -> bool:
    """Ask whether a place looks, by and large, like paper."""
    return bool(pixels.size) and bool(np.median(pixels.reshape(-1, 3), axis=0).min() >= NOT_PAPER)


def is_plain(pixels: Pixels) -> bool:
    """Ask whether a picture or annotation is seen as a box: plain, or dark with a stamp on it.

    A signature or a comment on white is none, though it too lies over what was printed.
    """
    if not pixels.size:
        return False
    near = _share_of_one_colour(pixels)
    return bool(near >= _PLAIN_SHARE or (near >= _STAMPED_SHARE and not is_white(pixels)))
