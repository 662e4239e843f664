"""Where the text of a page comes from, and whether there is more to be seen on it than is in it."""

import re
from collections.abc import Set

from archive.exemptions import stamped
from archive.readings import TextFrom
from archive.words import Words
from ingest.reader.beneath import Beneath
from ingest.reader.garbled import is_garbled

# Of a page that a picture fills: with fewer letters than this between head and foot, the picture is
# what people read. A court's line across the head of a scanned opinion has 62.
_FEW = 50
_HEAD, _FOOT = 0.08, 0.92


def text_from(text: str, words: Words, height_pt: float, hidden: Beneath) -> TextFrom:
    """Tell where the text of a page with text comes from, by the words that are seen of it.

    Of text that is no language the page is a picture, until somebody has looked at it.
    """
    if is_garbled(text):
        return "picture"
    if not hidden.is_scan:
        return "layer" if len(words) else "picture"
    if hidden.in_layer > len(words) / 2:
        return "scan_layer" if _letters_between(words, height_pt) >= _FEW else "picture"
    return "layer" if _letters_between(words, height_pt, _in_stamps(text)) >= _FEW else "picture"


def _letters_between(words: Words, height_pt: float, besides: Set[int] = frozenset()) -> int:
    """Count the letters that stand neither in the head nor in the foot of a page.

    `besides` are words, by their place, that do not count.
    """
    middles = (words.edges[:, 1] + words.edges[:, 3]) / 2
    is_between = (middles > _HEAD * height_pt) & (middles < _FOOT * height_pt)
    return sum(
        len(text)
        for place, (text, between) in enumerate(zip(words.texts, is_between.tolist(), strict=True))
        if between and place not in besides
    )


def _in_stamps(text: str) -> Set[int]:
    """Give the places of words that are exemptions: typed over a scan, they are not its text."""
    stamps = stamped(text)
    if not stamps:
        return frozenset()
    words = [word.span() for word in re.finditer(r"\S+", text)]
    return {
        place
        for place, (begin, end) in enumerate(words)
        if any(begin < stamp.end and stamp.begin < end for stamp in stamps)
    }
