"""The characters of a page as pdfium finds them, and the words they make."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from ingest.reader import verdicts
from ingest.reader.calls import address, character_box, text_object
from ingest.reader.geometry import Box
from ingest.reader.verdicts import Refused

_WORD = re.compile(r"\S+")
# pdfium writes U+FFFE (formerly U+0002) for a hyphen at a line's end, and joins the lines there.
_LINE_HYPHENS = "\ufffe\x02"
_SOFT_HYPHEN = "\u00ad"
_REPLACEMENT = "\ufffd"
# Where the edges of one box are written: left, bottom, right, top. The process has one thread.
_EDGES = (ctypes.c_double * 4)()
_PLACE = ctypes.addressof(_EDGES)
_TROUBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Characters:
    """The characters of a page, by pdfium's numbers: `text[n]` is character n.

    `place` is the address of `textpage`, for the most frequent calls.
    """

    textpage: Any
    place: int
    text: str

    def box(self, number: int) -> Box:
        """Give the tight box of a character in user space."""
        left = _PLACE
        character_box(self.place, number, left, left + 16, left + 8, left + 24)
        return Box(*_EDGES)

    def reach(self, begin: int, end: int) -> Box:
        """Give the box around the first and the last character of a word, in user space."""
        return self.box(begin).joined(self.box(end - 1))

    def reaches(self, spans: Sequence[tuple[int, int]]) -> list[Box]:
        """Give what `reach` does of many words at once."""
        edges = np.zeros((2 * len(spans), 4))
        left = edges.ctypes.data
        bottom, right, top = left + 8, left + 16, left + 24
        for begin, end in spans:
            for number in (begin, end - 1):
                character_box(self.place, number, left, right, bottom, top)
                left, bottom, right, top = left + 32, bottom + 32, right + 32, top + 32
        low = np.minimum(edges[0::2, :2], edges[1::2, :2])
        high = np.maximum(edges[0::2, 2:], edges[1::2, 2:])
        return list(map(Box._make, np.hstack((low, high)).tolist()))

    def parts(self, word: "Run") -> list[Box]:
        """Give the boxes around a word's characters: two where a line's end parts it.

        A quotation mark at the end stands higher than the word: then all characters are asked.
        """
        parted = self.text.find(_SOFT_HYPHEN, word.begin + 1, word.end)
        ends = [(word.begin, word.end)]
        if 0 < parted < word.end - 1:
            ends = [(word.begin, parted), (parted + 1, word.end)]
        elif self.text[word.begin].isalnum() and self.text[word.end - 1].isalnum():
            return [word.reach]
        return [
            reduce(Box.joined, (self.box(number) for number in range(begin, end)))
            for begin, end in ends
        ]

    def height(self, number: int) -> float:
        """Give the height of the line that a character was set for; about its font's size."""
        edges = pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetLooseCharBox(self.textpage, number, edges):
            return 0.0
        return float(abs(edges.top - edges.bottom))

    def object(self, number: int) -> int:
        """Give the address of the page object that draws a character; 0 for made-up ones."""
        return text_object(self.place, number) or 0


@dataclass(slots=True, kw_only=True)
class Run:
    """A word, or what is visible of one: characters `begin` to `end`, and its box in user space.

    `reach` is larger than `box` when the word goes on in the next line.
    """

    begin: int
    end: int
    box: Box
    reach: Box
    line: int


@contextmanager
def characters(page: Any) -> Iterator[Characters]:
    """Read the characters of a page; control characters and halves of pairs are made harmless.

    Raises:
        Refused: there are more than the limit.
    """
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        yield Characters(textpage=None, place=0, text="")
        return
    try:
        text = _harmless(_text(textpage))
        yield Characters(textpage=textpage, place=address(textpage), text=text)
    finally:
        pdfium.FPDFText_ClosePage(textpage)


def _text(textpage: Any) -> str:
    """Read all in one call; one by one where characters and UTF-16 units are not as many."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    if count > verdicts.CHARACTERS_A_PAGE:
        raise Refused(
            verdicts.TOO_COMPLEX,
            f"{verdicts.UNEXAMINED}: it has more than {verdicts.CHARACTERS_A_PAGE:,} characters",
        )
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, units) - 1
    if written == count:
        text = bytes(units)[: 2 * written].decode("utf-16-le", "surrogatepass")
        if len(text) == count:
            return text
    return "".join(_one(pdfium.FPDFText_GetUnicode(textpage, n)) for n in range(count))


def _one(code: int) -> str:
    return chr(code) if 0 < code <= 0x10FFFF else _REPLACEMENT


def _harmless(text: str) -> str:
    """Replace, one for one, what is no printable character."""
    return _TROUBLE.sub(_replaced, text)


def _replaced(match: re.Match[str]) -> str:
    found, text, place = match.group(), match.string, match.start()
    if found in _LINE_HYPHENS:
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        # Between small letters it parts a word at the line's end; elsewhere it belongs to a name
        # or number. The analyser reads on across a soft hyphen.
        return _SOFT_HYPHEN if before.islower() and after.islower() else "-"
    return _REPLACEMENT if found > "\x7f" else " "


def runs(page: Characters) -> list[Run]:
    """List the words in reading order; one parted at a line's end has its first part's box."""
    spans = [match.span() for match in _WORD.finditer(page.text)]
    is_parted = _SOFT_HYPHEN in page.text
    found, ended, line = [], 0, 0
    for (begin, end), reach in zip(spans, page.reaches(spans), strict=True):
        between = page.text[ended:begin]
        line += between != " " and ("\n" in between or "\r" in between)
        box = _first_part(page, begin, end, reach) if is_parted else reach
        found.append(Run(begin=begin, end=end, box=box, reach=reach, line=line))
        ended = end
    return found


def run(page: Characters, begin: int, end: int, line: int) -> Run:
    """Make a word of some characters."""
    reach = page.reach(begin, end)
    box = _first_part(page, begin, end, reach)
    return Run(begin=begin, end=end, box=box, reach=reach, line=line)


def _first_part(page: Characters, begin: int, end: int, reach: Box) -> Box:
    parted = page.text.find(_SOFT_HYPHEN, begin + 1, end)
    return page.reach(begin, parted) if parted > 0 else reach
