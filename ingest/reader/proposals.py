"""Which characters may stand beneath something, by geometry alone.

Generous: a word too many costs a look at the drawn page, a word too few is shown to everybody.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np

from ingest.reader.characters import Characters, Run
from ingest.reader.covers import Painted
from ingest.reader.geometry import Box
from ingest.reader.looks import NOT_PAPER, is_near
from ingest.reader.marks import Boxes, as_array
from ingest.reader.painting import Colour, Cover, drawn_as_nothing, fill, unpainted
from ingest.reader.runs import Runs
from ingest.reader.strips import beneath_strips

# Words times covers compared at once.
_CELLS = 1 << 21
# Characters that are printed as a box.
BLOCKS = re.compile("[\u2580\u2584\u2588-\u258b\u2590-\u2593\u25a0\u25ac]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A word, and what may hide it. `is_grounded`: only what was painted before it."""

    word: Run
    covers: tuple[Cover, ...]
    is_grounded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A character whose middle lies in a cover that may hide it.

    `word` is the number of its word's first character; `address` is its text object's.
    """

    number: int
    word: int
    box: Box
    cover: Cover
    address: int


class Texts:
    """What may hide what, with the answers about each text object remembered."""

    def __init__(self, on: Painted) -> None:
        self._on = on
        # To be painted fainter than can be seen is a habit of scanners alone, and asking is slow.
        wanted = drawn_as_nothing if on.pictures else unpainted
        self._invisible = wanted(on.texts)
        self._colours: dict[int, Colour | None] = {}
        self._first = min(on.texts.values(), default=0)

    def is_invisible(self, address: int) -> bool:
        """Ask whether a text object is drawn as nothing, as machine-read text of a scan is."""
        return address in self._invisible

    @property
    def has_invisible(self) -> bool:
        """Whether any text object is drawn as nothing."""
        return bool(self._invisible)

    def may_hide(self, cover: Cover, address: int) -> bool:
        """Ask whether a cover was painted after a text object, or as its ground in its colour."""
        order = self._on.texts.get(address)
        if cover.is_marked or order is None:
            return cover.is_marked
        if self.is_invisible(address):
            return False  # `layers` looks at what is drawn as nothing
        if cover.order > order or (cover.is_many_coloured and cover.order < order):
            return True
        return (
            cover.colour is not None
            and max(cover.colour) < NOT_PAPER
            and is_near(self.colour(address), cover.colour)
        )

    def may_hide_any(self, cover: Cover) -> bool:
        """Ask whether a cover may hide anything: a light one below all text does not."""
        return (
            cover.is_marked
            or cover.is_many_coloured
            or cover.order > self._first
            or (cover.colour is not None and max(cover.colour) < NOT_PAPER)
        )

    def is_ground(self, cover: Cover, address: int) -> bool:
        """Ask whether a cover of unknown colours was painted before a text object."""
        return cover.is_many_coloured and cover.order < self._on.texts.get(address, 0)

    def is_later(self, address: int, cover: Cover) -> bool:
        """Ask whether a text object was painted after a cover of one colour."""
        return not cover.is_many_coloured and cover.order < self._on.texts.get(address, 0)

    def colour(self, address: int) -> Colour | None:
        """Give the colour of a text object; None when it is not one opaque colour."""
        if address not in self._colours:
            paint = fill(address)
            self._colours[address] = paint.colour if paint else None
        return self._colours[address]


def suspects(read: Characters, words: Runs, on: Painted, texts: Texts) -> Iterator[Suspect]:
    """Give the words that a cover, or several strips together, may hide."""
    reaches = words.reaches
    covers = [cover for cover in on.covers if texts.may_hide_any(cover)]
    for number, meets in meeting(reaches, covers):
        yield from _suspect(read, words[number], [covers[n] for n in meets], texts)
    for number, cover in beneath_strips(reaches, on.strips):
        word = words[number]
        # A rule may lie on a line of underscores.
        if any(map(str.isalnum, read.text[word.begin : word.end])):
            yield from _suspect(read, word, [cover], texts)


def _suspect(
    read: Characters, word: Run, covers: Sequence[Cover], texts: Texts
) -> Iterator[Suspect]:
    ends = {read.object(word.begin), read.object(word.end - 1)}
    may = [cover for cover in covers if any(texts.may_hide(cover, end) for end in ends)]
    if may:
        is_grounded = all(texts.is_ground(cover, end) for cover in may for end in ends)
        yield Suspect(word=word, covers=tuple(may), is_grounded=is_grounded)


def meeting(reaches: Boxes, covers: Sequence[Cover]) -> Iterator[tuple[int, list[int]]]:
    """Give each word that covers come within a point of, with the numbers of these covers."""
    if not covers:
        return
    places = as_array([cover.box for cover in covers]).T[None]
    portion = max(_CELLS // len(covers), 1)
    for begin in range(0, len(reaches), portion):
        part = reaches[begin : begin + portion, :, None]
        meets = (
            (places[:, 0] < part[:, 2] + 1)
            & (places[:, 2] > part[:, 0] - 1)
            & (places[:, 1] < part[:, 3] + 1)
            & (places[:, 3] > part[:, 1] - 1)
        )
        pairs = zip(*(axis.tolist() for axis in np.nonzero(meets)), strict=True)
        for number, group in groupby(pairs, key=itemgetter(0)):
            yield begin + number, [cover for _, cover in group]


def characters_of(read: Characters, suspect: Suspect, texts: Texts) -> Iterator[Proposed]:
    """Give the characters of a word whose middle lies in a cover that may hide them.

    One box may be clipped away where the next one hides: each is asked.
    """
    for number in range(suspect.word.begin, suspect.word.end):
        box, address = read.box(number), read.object(number)
        if BLOCKS.match(read.text[number]):
            continue
        middle = box.centre
        for cover in suspect.covers:
            if cover.box.holds(*middle) and texts.may_hide(cover, address):
                yield Proposed(
                    number=number,
                    word=suspect.word.begin,
                    box=box,
                    cover=cover,
                    address=address,
                )


def note_blocks(read: Characters, on: Painted) -> None:
    """Add to what is painted the characters that are printed as a box ("█")."""
    for match in BLOCKS.finditer(read.text):
        address = read.object(match.start())
        if address in on.texts:
            box, order = read.box(match.start()), on.texts[address]
            on.add(Cover(order=order, box=box, is_many_coloured=True))
            on.shapes.append(address)
