"""The characters of a page as pdfium finds them."""

import ctypes
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from ingest.reader import verdicts
from ingest.reader.calls import address, character_box, loose_box, text_object
from ingest.reader.geometry import Box
from ingest.reader.verdicts import Refused

Boxes = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

# pdfium writes U+FFFE (formerly U+0002) for a hyphen at a line's end, and joins the lines there.
_LINE_HYPHENS = "\ufffe\x02"
SOFT_HYPHEN = "\u00ad"
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

    def reaches(self, spans: Numbers) -> Boxes:
        """Give what `reach` does of many words at once; each row begins with begin and end."""
        asked = (spans[:, :2] - (0, 1)).ravel().tolist()
        edges = np.zeros((len(asked), 4))
        # Eight bytes an edge; the calls go from row to row without a step of Python's own.
        left, size = edges.ctypes.data, edges.nbytes
        places = (range(left + at, left + at + size, 32) for at in (0, 16, 8, 24))
        deque(map(character_box, repeat(self.place), asked, *places), maxlen=0)
        low = np.minimum(edges[0::2, :2], edges[1::2, :2])
        high = np.maximum(edges[0::2, 2:], edges[1::2, 2:])
        return np.hstack((low, high))

    def parts(self, word: "Run") -> list[Box]:
        """Give the boxes around a word's characters: two where a line's end parts it.

        A quotation mark at the end stands higher than the word: then all characters are asked.
        """
        parted = self.text.find(SOFT_HYPHEN, word.begin + 1, word.end)
        ends = [(word.begin, word.end)]
        if 0 < parted < word.end - 1:
            ends = [(word.begin, parted), (parted + 1, word.end)]
        elif self.text[word.begin].isalnum() and self.text[word.end - 1].isalnum():
            return [word.reach]
        return [
            reduce(Box.joined, (self.box(number) for number in range(begin, end)))
            for begin, end in ends
        ]

    def heights(self, numbers: Numbers) -> list[float]:
        """Give the heights of the lines that characters were set for; about their fonts' sizes."""
        edges = np.zeros((len(numbers), 4), np.float32)  # left, top, right, bottom
        begin, end = edges.ctypes.data, edges.ctypes.data + edges.nbytes
        deque(map(loose_box, repeat(self.place), numbers.tolist(), range(begin, end, 16)), maxlen=0)
        heights = np.abs(edges[:, 1].astype(np.float64) - edges[:, 3])
        return [float(height) for height in heights.tolist()]

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
        return SOFT_HYPHEN if before.islower() and after.islower() else "-"
    return _REPLACEMENT if found > "\x7f" else " "
