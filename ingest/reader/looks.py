"""What a place on a drawn page looks like."""

import numpy as np

from ingest.reader.covers import Colour
from ingest.reader.rendering import Pixels

# Of 255. Compression and smoothing change a pixel by less.
SAME = 24
_SAME_COLOUR = 40
_CHANGED_SHARE = 0.02
_ONE_COLOUR_SHARE = 0.95
_PLAIN_SHARE = 0.97
_STAMPED_SHARE = 0.8
_DARK = 110
NOT_PAPER = 235


def leaves_no_trace(before: Pixels, after: Pixels) -> bool:
    """Ask whether a place looks the same with and without something."""
    changed = np.abs(before.astype(np.int16) - after).max(axis=2) > SAME
    return float(changed.mean()) <= _CHANGED_SHARE


def is_black(pixels: Pixels) -> bool:
    """Ask whether nothing can be read in a place, since all of it is black."""
    return bool(pixels.size) and bool((pixels.max(axis=2) < _DARK).mean() >= _ONE_COLOUR_SHARE)


def is_coloured(pixels: Pixels, colour: Colour) -> bool:
    """Ask whether a place shows, by and large, one colour."""
    seen = np.median(pixels.reshape(-1, 3), axis=0)[::-1]
    return bool(np.abs(seen - colour).max() <= _SAME_COLOUR)


def is_one_colour(pixels: Pixels) -> bool:
    """Ask whether a place is all of one colour."""
    return bool(pixels.size) and _share_of_one_colour(pixels) >= _ONE_COLOUR_SHARE


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
