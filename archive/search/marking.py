"""Find a query's words in stored text: for the snippet, and for the picture of the page.

Works on text alone, after ranking, with the analyser that made the index. Gives positions, never
markup: escaping is the template's work. Only what a query asks for is marked, not what it excludes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from archive.search.analysis import offsets_of, plain
from archive.search.analysis import words as folded_words
from archive.search.matching import matcher
from archive.search.scanning import scanner
from archive.search.tree import Node

_ELLIPSIS = "…"
_BLANKS = re.compile(r"\s+")
_REMEMBERED = 64  # texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A piece of a snippet; marked pieces are words of the query."""

    text: str
    marked: bool


def spans(tree: Node, text: str, *, field: str | None = None) -> list[tuple[int, int]]:
    """List the stretches (start, end) of a text that match, in order and apart from each other.

    `field` says what the text is (`title`, `vendor`, `agency`): words asked for in that field are
    then marked too. A phrase is one stretch; near words are marked one by one.
    """
    return _joined((start, end) for start, end, _ in _marks(tree, text, field))


def hit_count(tree: Node, text: str, *, field: str | None = None) -> int:
    """Count the stretches of a text that match."""
    return len(spans(tree, text, field=field))


def snippet(
    tree: Node, text: str, *, width: int = 240, field: str | None = None
) -> tuple[Fragment, ...]:
    """Cut out the part of a text that shows most of the query, whole words, `width` characters.

    Without any match the text's beginning; blanks and line ends become single blanks.
    """
    marks = sorted(_marks(tree, text, field))
    start, end = _at_words(text, *_window(marks, len(text), width))
    inside = _joined((a, b) for a, b, _ in marks if a >= start and b <= end)
    return tuple(_fragments(text, start, end, inside))


@lru_cache(maxsize=_REMEMBERED)
def _marks(tree: Node, text: str, field: str | None) -> tuple[tuple[int, int, int], ...]:
    """List what matches as (start, end, which part of the query).

    Remembered, for a text is mostly asked for its snippet and for its count, one after the other.
    """
    scan = scanner(tree, field)
    lower = plain(text) if scan.is_able else None
    if lower is not None:
        return tuple(scan.marks(lower))
    words = folded_words(text)
    hits = matcher(tree, field).hits(words)
    at = offsets_of(text, words, {place for first, last, _ in hits for place in (first, last)})
    return tuple((at[first][0], at[last][1], part) for first, last, part in hits)


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put stretches in order and make one of those that overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _window(marks: Sequence[tuple[int, int, int]], length: int, width: int) -> tuple[int, int]:
    """Choose the window that shows most different parts of the query, then most marks.

    One pass with two ends over the marks in order; the first of equals wins.
    """
    if not marks or length <= width:
        return 0, min(length, width)
    best, chosen = (0, 0), marks[0][:2]
    inside: dict[int, int] = {}
    left = 0
    for right, (_, end, part) in enumerate(marks):
        inside[part] = inside.get(part, 0) + 1
        while left < right and end - marks[left][0] > width:
            _take_out(inside, marks[left][2])
            left += 1
        worth = (len(inside), right - left + 1)
        if worth > best:
            best, chosen = worth, (marks[left][0], end)
    return _around(*chosen, length, width)


def _take_out(inside: dict[int, int], part: int) -> None:
    inside[part] -= 1
    if not inside[part]:
        del inside[part]


def _around(first: int, last: int, length: int, width: int) -> tuple[int, int]:
    """Put what is shown into the middle of its window, without leaving the text."""
    start = max(0, min(first - max(0, width - (last - first)) // 2, length - width))
    return start, min(length, max(start + width, last))


def _at_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends inwards to blanks, unless a single long word would be lost."""
    if start > 0 and text[start - 1].isalnum():
        blank = _BLANKS.search(text, start, min(end, start + 40))
        start = blank.end() if blank else start
    if end < len(text) and text[end].isalnum():
        blanks = list(_BLANKS.finditer(text, max(start, end - 40), end))
        end = blanks[-1].start() if blanks else end
    return start, end


def _fragments(
    text: str, start: int, end: int, marks: Sequence[tuple[int, int]]
) -> Iterable[Fragment]:
    edges = [start, *chain.from_iterable(marks), end]
    pieces = [_BLANKS.sub(" ", text[a:b]) for a, b in pairwise(edges)]
    pieces[0] = (_ELLIPSIS if text[:start].strip() else "") + pieces[0].lstrip()
    pieces[-1] = pieces[-1].rstrip() + (_ELLIPSIS if text[end:].strip() else "")
    for place, piece in enumerate(pieces):
        if piece:
            yield Fragment(text=piece, marked=place % 2 == 1)
