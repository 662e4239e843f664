"""Where the text of a page comes from, and whether there is more to be seen on it than is in it."""

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
    if _letters_between(words, height_pt) < _FEW:
        return "picture"
    return "scan_layer" if hidden.in_layer > len(words) / 2 else "layer"


def _letters_between(words: Words, height_pt: float) -> int:
    """Count the letters that stand neither in the head nor in the foot of a page."""
    middles = (words.edges[:, 1] + words.edges[:, 3]) / 2
    is_between = (middles > _HEAD * height_pt) & (middles < _FOOT * height_pt)
    lengths = (len(text) for text in words.texts)
    return sum(
        length for length, between in zip(lengths, is_between.tolist(), strict=True) if between
    )
