"""What is found on a page, and where on it that stands."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from archive.readings import PageReading

_DASHES = str.maketrans(
    dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A value in its normal form, of a kind, as printed; `begin` and `end` are places in the text.

    `page` counts from 1.
    """

    kind: str
    value: str
    printed: str
    page: int
    begin: int
    end: int


Spans: TypeAlias = Iterator[tuple[str, str, int, int]]
"""Kind, value, begin and end of what stands in a text."""


def plain(text: str) -> str:
    """Fold hyphens of any kind to "-"; every other character, and its place, stays as it is."""
    return text.translate(_DASHES)


def found_in(extract: Callable[[str], Spans], pages: Iterable[tuple[int, str]]) -> list[Finding]:
    """Let an extractor go through pages, each a number and its text."""
    return [
        Finding(kind=kind, value=value, printed=text[begin:end], page=number, begin=begin, end=end)
        for number, text in pages
        for kind, value, begin, end in extract(text)
    ]


def box_of(page: PageReading, finding: Finding) -> tuple[float, float, float, float]:
    """Give the box around a finding's words: left, top, right and bottom, in points.

    Raises:
        ValueError: no word of the page stands there.
    """
    words = [
        page.words[number]
        for number, match in enumerate(re.finditer(r"\S+", page.text))
        if match.start() < finding.end and match.end() > finding.begin
    ]
    if not words:
        raise ValueError(f"page {page.number}: nothing stands at {finding.begin}")
    return (
        min(word.left_pt for word in words),
        min(word.top_pt for word in words),
        max(word.right_pt for word in words),
        max(word.bottom_pt for word in words),
    )


def apart(spans: Sequence[tuple[str, str, int, int]]) -> Spans:
    """Leave out what overlaps something found before: the first rule that fits counts."""
    begins: list[int] = []  # of what is taken, in order; nothing in it overlaps
    ends: list[int] = []
    for kind, value, begin, end in spans:
        place = bisect_left(begins, end)
        if not place or ends[place - 1] <= begin:
            begins.insert(place, begin)
            ends.insert(place, end)
            yield kind, value, begin, end
