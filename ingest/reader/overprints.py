"""Words beneath other words: a glyph that is a box, a row of dashes as thick as a line.

A font can call a black box an "a", so no letter of what is printed later says whether it hides
what is below. Geometry proposes a text object that reaches over the middle of a character printed
before it. Then the page is drawn with and without the lower text: once as it is, and once without
what lies over it. What leaves a trace only then is hidden.

Shadows, and bold letters made by printing twice, hide letters as well; `beneath` does not count
what is printed again in the same place.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ingest.reader.characters import Characters
from ingest.reader.covers import Painted
from ingest.reader.looks import SAME
from ingest.reader.marks import Boxes, Marks, as_array, distance, spans
from ingest.reader.overlaps import in_turns
from ingest.reader.overlying import texts_over_texts
from ingest.reader.painting import Cover
from ingest.reader.proposals import BLOCKS, Proposed, meeting
from ingest.reader.rendering import Drawn, Sheet, drawn, scale_within, window_around, without
from ingest.reader.runs import Runs

_SCALE = 100 / 72
_PIXELS = 12_000_000
# Of a character's pixels. Less is no trace; a letter that can be seen changes more.
_TRACE, _OPEN = 0.02, 0.05
# Of the trace that a character leaves without what lies over it.
_SEEN = 0.25
# Of a word's characters beneath one text. A stamp hides a letter here and there.
_WHOLE = 0.8
# Of the characters of all words that a text touches, those in words that it hides. Drawn: at most
# 0.6 for a watermark in the thickest letters, 1 for a box.
_WHOLLY = 0.75


def hidden_by_text(
    page: Any, size: Sheet, read: Characters, words: Runs, on: Painted
) -> list[Proposed]:
    """Give the characters that text printed later hides.

    Raises:
        Refused: too many texts lie over each other.
    """
    under, covers = texts_over_texts(on)
    if not (under and covers):
        return []
    proposed = list(_proposed(read, words, on, under, covers))
    if not proposed:
        return []
    is_hidden = _Overprints(page, size, on, proposed).hidden()
    return _in_whole_words(list(zip(proposed, is_hidden, strict=True)))


def _proposed(
    read: Characters, words: Runs, on: Painted, under: set[int], covers: Sequence[Cover]
) -> Iterator[Proposed]:
    """Give the characters whose middle lies in the bounds of a text printed later."""
    for number, meets in meeting(words.reaches, covers):
        word, latest = words[number], max(covers[meet].order for meet in meets)
        for place in range(word.begin, word.end):
            address = read.object(place)
            order = on.texts[address] if address in under else latest
            if order < latest and not BLOCKS.match(read.text[place]):
                box = read.box(place)
                for cover in (covers[meet] for meet in meets):
                    if cover.order > order and cover.box.holds(*box.centre):
                        yield Proposed(
                            number=place, word=word.begin, box=box, cover=cover, address=address
                        )


def _in_whole_words(judged: Sequence[tuple[Proposed, bool]]) -> list[Proposed]:
    """Leave out what is hidden by chance: letters of words, and words below a watermark."""
    asked = Counter(_place(one) for one, _ in judged)
    found = Counter(_place(one) for one, is_hidden in judged if is_hidden)
    whole = {place for place in found if found[place] >= _WHOLE * asked[place]}
    touched, hidden = Counter[int](), Counter[int]()
    for place in found:
        touched[place[1]] += asked[place]
        hidden[place[1]] += found[place] if place in whole else 0
    return [
        one
        for one, is_hidden in judged
        if is_hidden
        and _place(one) in whole
        and hidden[one.cover.order] >= _WHOLLY * touched[one.cover.order]
    ]


def _place(one: Proposed) -> tuple[int, int]:
    return one.word, one.cover.order


class _Overprints:
    """What proposed characters change on the page, with and without the texts that are over them.

    Lower texts that overlap are taken away in turn, so that each is seen beneath all others.
    """

    def __init__(self, page: Any, size: Sheet, on: Painted, proposed: Sequence[Proposed]) -> None:
        self._page, self._size, self._proposed = page, size, proposed
        self._scale = scale_within(size, _SCALE, _PIXELS)
        self._window = window_around((one.box for one in proposed), size, self._scale)
        self._turns = in_turns(proposed)
        orders = {one.cover.order for one in proposed}
        self._over = {address for address, order in on.texts.items() if order in orders}

    def hidden(self) -> Sequence[bool]:
        """Ask of each character whether it leaves its trace only where nothing is over it."""
        seen = self._traces(set())
        if not (seen <= _SEEN).any():
            return [False] * len(self._proposed)
        alone = self._traces(self._over)
        near = np.maximum(_TRACE, _SEEN * alone)
        return list(map(bool, (alone > _OPEN) & (seen <= near)))

    def _traces(self, away: set[int]) -> Boxes:
        """Give the share of its pixels that each character changes where some texts are away."""
        found = np.zeros(len(self._proposed))
        for turn in self._turns:
            mine = np.array([one.address in turn for one in self._proposed])
            before, after = self._drawn(away - turn), self._drawn(away | turn)
            boxes = as_array([one.box for one in self._proposed])[mine]
            marks = Marks(distance(before.pixels, after.pixels) > SAME)
            found[mine] = marks.shares(spans(boxes, before, inset=1))
        return found

    def _drawn(self, away: set[int]) -> Drawn:
        with without(away):
            return drawn(self._page, self._size, self._scale, self._window)
