"""The text of a page as paragraphs: its lines joined where the print only breaks for width."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from archive.readings import PageReading
from archive.words import Word

_GAP_SHARE = 1.3  # of the distance between the lines around: more begins a paragraph
_APART = 3.5  # of a line's height: double-spaced lines still go on
_FULL_SHARE = 0.78  # of the usual width: a shorter line ends one
_WIDE_SHARE = 0.4  # of the page: in narrow columns and in tables all breaks stay
_INDENT_PT = 9.0
_HANGING_PT = 45.0  # beneath the number of an item
_TALLER = 1.2
_HOLE = 2.5  # of a line's height, between two words


# A line that begins so is an item or a heading of its own.
_ITEM = re.compile(r"(?:[IVX]+\.|\(?\d{1,3}[.)]|\(?[A-Za-z][.)]|[-\u2022\u2013\u25cf])\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line with its place; `has_hole` when words stand far apart in it, as in a table."""

    text: str
    top: float
    left: float
    right: float
    height: float
    has_hole: bool


def flowing(page: PageReading) -> str:
    """Give the text with blanks for the line breaks within paragraphs, sign for sign as long.

    Where places are not known, or lines do not go down the page, all breaks stay.
    """
    printed = page.text.split("\n")
    lines = list(_lines(printed, page.words))
    if len(lines) < 2 or len(lines) != len(printed):
        return page.text
    usual = median(line.right - line.left for line in lines)
    full = max(_FULL_SHARE * usual, _WIDE_SHARE * page.width_pt)
    steps = [below.top - above.top for above, below in pairwise(lines)]
    text = printed[0]
    for place, ((above, below), words) in enumerate(zip(pairwise(lines), printed[1:], strict=True)):
        around = [step for step in steps[max(0, place - 2) : place + 3] if step > 0]
        goes_on = steps[place] > 0 and _goes_on(above, below, median(around), full)
        text += (" " if goes_on else "\n") + words
    return text


def _lines(printed: Sequence[str], words: Sequence[Word]) -> Iterator[_Line]:
    begin = 0
    for text in printed:
        own = words[begin : begin + len(text.split())]
        begin += len(own)
        if not own:
            return
        height = median(word.bottom_pt - word.top_pt for word in own)
        yield _Line(
            text=text,
            top=own[0].top_pt,
            left=own[0].left_pt,
            right=max(word.right_pt for word in own),
            height=height,
            has_hole=any(two.left_pt - one.right_pt > _HOLE * height for one, two in pairwise(own)),
        )


def _goes_on(above: _Line, below: _Line, step: float, full: float) -> bool:
    """Tell whether the second line goes on with the paragraph of the first."""
    is_beneath = below.top - above.top <= min(_GAP_SHARE * step, _APART * above.height)
    is_full = above.right - above.left >= full
    indent = _HANGING_PT if _ITEM.match(above.text) else _INDENT_PT
    is_level = below.left - above.left < indent
    low, high = sorted((above.height, below.height))
    is_alike = high <= _TALLER * max(low, 0.1) and above.text.isupper() == below.text.isupper()
    is_running = not (above.has_hole or below.has_hole or _ITEM.match(below.text))
    return is_beneath and is_full and is_level and is_alike and is_running
