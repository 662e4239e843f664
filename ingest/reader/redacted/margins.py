"""Exemptions in the margin of a page, read once more by themselves, and larger.

    … was seen by ┌──────────┐ on the day …     b6 -1
                  └──────────┘                  b7C -1

On the whole page they are the ends of lines far away, and one in three is misread.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from ingest.reader.redacted.inscribed import Manner, inscription
from ingest.reader.redacted.scanned import stamps_of
from ingest.reader.rendering import Pixels
from ingest.reader.tesseract import Reader, Seen

# Points between a line and what stands in its margin, and around a column of stamps.
_APART, _BESIDE = 12.0, 5.0
# Words that may stand in such a column and are no exemptions: of a header, a number at the foot.
_OTHERS = 3
# Of the page: what is higher or lower is head or foot.
_HEAD, _FOOT = 0.05, 0.95


def with_margins(
    words: Sequence[Seen], picture: Pixels, scale: float, reader: Reader
) -> list[Seen]:
    """Give the words of a page, those in columns of exemptions read once more."""
    found = list(words)
    for left, right in _columns(words, scale, picture.shape[1]):
        top, bottom = _HEAD * picture.shape[0], _FOOT * picture.shape[0]
        again = inscription(picture, (left, top, right, bottom), scale, reader, Manner.FRAMED)
        before = [one for one in found if left <= _middle(one) <= right]
        if len(stamps_of(again)[0]) >= len(stamps_of(before)[0]):
            last = max((one.line for one in found), default=0) + 1
            kept = [one for one in found if one not in before or not top <= one.top <= bottom]
            found = kept + [replace(one, line=one.line + last) for one in again]
    return found


def _middle(one: Seen) -> float:
    return (one.left + one.right) / 2


def _columns(words: Sequence[Seen], scale: float, width: int) -> list[tuple[float, float]]:
    """List the columns at the sides of a page in which only exemptions stand."""
    alone = [part for part in _parts(words, scale) if _is_stamp(part)]
    columns: list[tuple[float, float]] = []
    for side in (
        [part for part in alone if part[-1].right < 0.25 * width],
        [part for part in alone if part[0].left > 0.75 * width],
    ):
        if not side:
            continue
        left = min(part[0].left for part in side) - _BESIDE * scale
        right = max(part[-1].right for part in side) + _BESIDE * scale
        inside = [one for one in words if one.left < right and one.right > left]
        if len(inside) - sum(map(len, side)) <= max(_OTHERS, len(side)):
            columns.append((left, right))
    return columns


def _parts(words: Sequence[Seen], scale: float) -> list[list[Seen]]:
    """Cut lines where a wide space is."""
    parts: list[list[Seen]] = []
    for _, group in groupby(words, key=lambda one: one.line):
        parts.append([])
        for one in group:
            if parts[-1] and one.left - parts[-1][-1].right > _APART * scale:
                parts.append([])
            parts[-1].append(one)
    return [part for part in parts if part]


def _is_stamp(part: Sequence[Seen]) -> bool:
    stamps, letters = stamps_of(part)
    return bool(stamps) and not letters
