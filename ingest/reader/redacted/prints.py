"""The exemptions that are printed on a page, with their places and what stands around them."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from archive.exemptions import Printed, stamped
from archive.words import Words
from ingest.reader.redacted.places import Place

# Characters before and behind one that tell whether it is only spoken of.
_BEFORE, _BEHIND = 70, 40
# "…pursuant to Exemption (b)(6)", "(b)(5), which protects": spoken of.
_SPOKEN = re.compile(
    r"\b(?:exempt\w*|pursuant|under|552a?|sections?|subsections?|paragraphs?|clauses?|rules?|"
    r"protect\w*|withh[eo]ld\w*|assert\w*|cit(?:e|ed|es|ing)|invok\w+|claim\w*|appl(?:y|ies|ied)|"
    r"cover(?:s|ed)|permit\w*|act|far|dfars|statutes?|motions?|dismiss\w*|vaughn)\b"
    r"|§|\bu\.?s\.?c\b|\bc\.?f\.?r\b",
    re.IGNORECASE,
)
_STRONG = re.compile(r"(?:552)?\(\s?b\s?\)|b\(?7\)?\(?[a-f]|b\([1-9]", re.IGNORECASE)
# Behind an exemption on its stamp: its number in an index, a privilege, the law that (b)(3) names.
_WITH = re.compile(r"-\d{1,2}[,;]?|[A-Z]{2,4}|U\.?S\.?C\.?|§+|\d+[a-z]?(?:\(\w{1,2}\))*[,;]?")
# In heights of the print: words of a sentence stand closer.
_ALOOF = 0.55
# In heights: the line before or behind.
_NEXT_LINE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """An exemption printed on a page; `begin` and `end` count the characters of its text.

    `numbers` are those of its words. `is_aloof`: no other word stands next to it, but for
    exemptions. `is_spoken_of`: the words around it are those of who speaks of exemptions.
    `is_strong`: whatever the words around it, it is written as nothing else is.
    """

    code: str
    place: Place
    begin: int
    end: int
    numbers: range
    is_aloof: bool
    is_spoken_of: bool
    is_coloured: bool
    is_strong: bool


class Page:
    """The words that people see on a page, with their places, and the exemptions among them."""

    def __init__(self, text: str, words: Words) -> None:
        self.text, self.words = text, words
        lengths = np.fromiter(map(len, words.texts), np.int64, len(words))
        self._begins = np.concatenate(([0], (lengths + 1).cumsum()))
        self._middles = (words.edges[:, :2] + words.edges[:, 2:]) / 2
        self._prose = text
        self.exempt: set[int] = set()
        self.prints: list[Print] = []

    def place(self, number: int) -> Place:
        """Give the place of a word."""
        return Place(*self.words.edges[number].tolist())

    def inside(self, place: Place) -> list[int]:
        """Give the numbers of the words whose middles lie in a place."""
        left, top, right, bottom = place
        across, down = self._middles[:, 0], self._middles[:, 1]
        is_in = (across >= left) & (across <= right) & (down >= top) & (down <= bottom)
        return [int(number) for number in np.flatnonzero(is_in)]

    def has_beside(self, place: Place, gap_pt: float, share: float) -> bool:
        """Ask whether a word stands in the line of a place, and so near to it."""
        left, top, right, bottom = self.words.edges.T
        height = np.maximum(np.minimum(bottom - top, place.height), 0.1)
        shared = np.minimum(bottom, place.bottom) - np.maximum(top, place.top)
        gap = np.maximum(left - place.right, place.left - right)
        return bool(((shared > share * height) & (gap >= -1) & (gap <= gap_pt)).any())

    def find(self, coloured: Collection[int], begins: Sequence[int]) -> None:
        """Look for printed exemptions.

        `coloured` are characters of the file, and `begins` those that the words begin with.
        """
        found = stamped(self.text)
        self._prose = _without(self.text, found)
        spans = [range(self._word(one.begin), self._word(one.end - 1) + 1) for one in found]
        self.exempt = {number for span in spans for number in span}
        self.prints = [
            Print(
                code=one.code,
                place=self._place(one.begin, one.end, span),
                begin=one.begin,
                end=one.end,
                numbers=span,
                is_aloof=self._is_aloof(span),
                is_spoken_of=self._is_spoken_of(one.begin, one.end, span),
                is_coloured=self._is_coloured(one.begin, span[0], coloured, begins),
                is_strong=bool(_STRONG.match(self.text, one.begin)),
            )
            for one, span in zip(found, spans, strict=True)
        ]

    def _is_coloured(
        self, begin: int, word: int, coloured: Collection[int], begins: Sequence[int]
    ) -> bool:
        return begins[word] + begin - int(self._begins[word]) in coloured

    def _word(self, character: int) -> int:
        return int(self._begins.searchsorted(character, "right")) - 1

    def _place(self, begin: int, end: int, numbers: range) -> Place:
        """Give the place of some characters; those of a word share its width."""
        parts = list(self._parts(begin, end, numbers))
        around = parts[0]
        for part in parts[1:]:
            around = around.joined(part)
        return around

    def _parts(self, begin: int, end: int, numbers: range) -> Iterator[Place]:
        for number in numbers:
            first, place = int(self._begins[number]), self.place(number)
            letters = len(self.words.texts[number])
            step = place.width / letters
            left = place.left + step * max(begin - first, 0)
            right = place.left + step * min(end - first, letters)
            yield place._replace(left=left, right=right)

    def _is_aloof(self, numbers: range) -> bool:
        """Ask whether other words keep away from an exemption, on its left and on its right."""
        first, last = numbers[0], numbers[-1]
        while first - 1 in self.exempt and self._is_in_line(first, first - 1):
            first -= 1
        while self._is_in_line(last, last + 1) and self._goes_with(last, last + 1):
            last += 1
        return self._is_far(first, first - 1) and self._is_far(last, last + 1)

    def _goes_with(self, one: int, other: int) -> bool:
        """Ask whether a word is an exemption, or stands behind one on its stamp."""
        is_with = bool(_WITH.fullmatch(self.words.texts[other]))
        return other in self.exempt or (is_with and not self._is_far(one, other))

    def _is_in_line(self, one: int, other: int) -> bool:
        return 0 <= other < len(self.words) and self.place(one).beside(self.place(other)) >= 0.4

    def _is_far(self, one: int, other: int) -> bool:
        if not self._is_in_line(one, other):
            return True
        place = self.place(one)
        return place.gap(self.place(other)) > _ALOOF * place.height

    def _is_spoken_of(self, begin: int, end: int, numbers: range) -> bool:
        """Ask whether words beside an exemption, or in the line before or behind, speak of it.

        A stamp comes last in the file, behind words that stand elsewhere.
        """
        before = self._prose[max(begin - _BEFORE, 0) : begin]
        behind = self._prose[end : end + _BEHIND]
        first, last = numbers[0], numbers[-1]
        return bool(
            (self._is_next(first, first - 1) and _SPOKEN.search(before))
            or (self._is_next(last, last + 1) and _SPOKEN.search(behind))
        )

    def _is_next(self, one: int, other: int) -> bool:
        if not 0 <= other < len(self.words):
            return False
        place, near = self.place(one), self.place(other)
        return abs(place.bottom - near.bottom) <= _NEXT_LINE * max(place.height, near.height)


def _without(text: str, found: Sequence[Printed]) -> str:
    """Blank the exemptions in a text: what stands around them is asked of words alone."""
    for one in found:
        text = text[: one.begin] + " " * (one.end - one.begin) + text[one.end :]
    return text
