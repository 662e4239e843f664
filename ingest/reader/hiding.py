"""Which of the characters that something may hide are hidden, by the traces they leave.

Where the form of a cover is not known well, a character must leave a trace where there is nothing
but text: else it was clipped away, or lies in a hidden layer, and no cover hides it.
"""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.reader.covers import Painted
from ingest.reader.geometry import Box
from ingest.reader.looks import NOT_PAPER, SAME, is_plain, is_white
from ingest.reader.painting import Cover
from ingest.reader.proposals import Proposed, Texts
from ingest.reader.rendering import Sheet
from ingest.reader.traces import Traces

# Of a character's pixels. Less is no trace.
_TRACE = 0.02
# Of the trace that a character leaves alone. Seams between strips let through less, a word with
# lines across it shows more.
_SEEN = 0.25
# Of a character's pixels; a letter that is alone on the page blackens more than this.
_ALONE = 0.05
# Of a word's characters in one cover, in the colour of their ground or beneath a picture: thin
# letters fade before thick ones.
_WHOLE = 0.8
# In pixels: a line around a picture does not make it many-coloured.
_INSET = 3


# A word, by its first character, and the order of a cover.
_WordIn = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of the proposed characters.

    `hidden` are beneath a cover; a picture could show something of the `leaking` ones among them.
    `veiled` are beneath an image or annotation that may be a signature or a page of its own: what
    is seen there decides.
    """

    hidden: Sequence[Proposed] = ()
    leaking: Sequence[Proposed] = ()
    veiled: Sequence[Proposed] = ()


def verdict(
    page: Any,
    size: Sheet,
    on: Painted,
    texts: Texts,
    proposed: Sequence[Proposed],
    *,
    is_scanned: bool,
) -> Verdict:
    """Draw the page, and say which of the proposed characters are hidden.

    `is_scanned`: the images of the page are its text, and what is beneath them their text layer.

    Raises:
        Refused: too many texts lie over each other.
    """
    if not proposed:
        return Verdict()
    scans: set[int] = {picture.order for picture in on.pictures} if is_scanned else set()
    pictures = {
        one.cover.box for one in proposed if one.cover.is_picture and one.cover.order not in scans
    }
    judge = _Judge(Traces(page, size, on, proposed, pictures), texts, proposed, scans)
    veiled, hidden = judge.veiled(), judge.hidden()
    return Verdict(
        hidden=[proposed[number] for number in hidden],
        leaking=[proposed[number] for number in hidden if judge.is_leaking(number)],
        veiled=[proposed[number] for number in veiled],
    )


class _Judge:
    """Judges characters by their numbers among the proposed ones.

    `scans` are the orders of the images that are a scan.
    """

    def __init__(
        self, traces: Traces, texts: Texts, proposed: Sequence[Proposed], scans: Set[int]
    ) -> None:
        self._traces, self._texts, self._proposed, self._scans = traces, texts, proposed, scans
        self._looks: dict[Box, tuple[bool, bool]] = {}
        near = traces.is_there & (traces.seen <= _SEEN)
        self._near = np.flatnonzero(near).tolist()
        for one in proposed:
            texts.colour(one.address)  # remembered from before it is blackened

    def hidden(self) -> list[int]:
        """Give those that are hidden by their cover.

        Those beneath pictures are looked at first: for the others the text is blackened.
        """
        numbers = sorted(self._near, key=lambda number: not self._has_picture(number))
        found = [number for number in numbers if self._is_hidden(number)]
        whole = set(self._of_whole_words([one for one in found if self._needs_whole_words(one)]))
        return [one for one in found if one in whole or not self._needs_whole_words(one)]

    def veiled(self) -> list[int]:
        """Give those beneath a scan, or beneath a white picture and seen without it."""
        found = [
            number
            for number in self._near
            if self._has_picture(number)
            and self._has_no_trace(number)
            and (
                self._is_lost(number)
                if self._is_in_scan(number)
                else self._is_beneath_white(number)
            )
        ]
        return self._of_whole_words(found)

    def is_leaking(self, number: int) -> bool:
        """Ask whether a picture could show something of a hidden character all the same."""
        return not self._proposed[number].cover.is_exact or bool(self._traces.leaks[number])

    def _of_whole_words(self, numbers: Sequence[int]) -> list[int]:
        """Leave out letters that are hardly seen where most of their word in the cover is."""

        def place(number: int) -> tuple[int, int]:
            one = self._proposed[number]
            return one.word, 0 if self._is_printed_on_lines(number) else one.cover.order

        asked, found = defaultdict[_WordIn, set[int]](set), defaultdict[_WordIn, set[int]](set)
        for number, one in enumerate(self._proposed):
            asked[place(number)].add(one.number)
        for number in numbers:
            found[place(number)].add(self._proposed[number].number)
        return [one for one in numbers if len(found[place(one)]) >= _WHOLE * len(asked[place(one)])]

    def _has_no_trace(self, number: int) -> bool:
        return bool(self._traces.seen[number] <= _TRACE)

    def _is_lost(self, number: int) -> bool:
        """Ask whether not even a faint trace is left."""
        return bool(self._traces.faint[number] <= _TRACE)

    def _is_grounded(self, number: int) -> bool:
        one = self._proposed[number]
        return self._texts.is_ground(one.cover, one.address)

    def _needs_whole_words(self, number: int) -> bool:
        return self._is_grounded(number) or self._is_printed_on_lines(number)

    def _is_printed_on_lines(self, number: int) -> bool:
        """Ask whether a character was printed on something of its colour, of whatever form.

        One of the lines of a hatching takes a letter of a stamp, and none takes the whole.
        """
        one = self._proposed[number]
        return not one.cover.is_exact and self._texts.is_later(one.address, one.cover)

    def _has_picture(self, number: int) -> bool:
        """Ask whether an image or annotation was put over a character."""
        return self._proposed[number].cover.is_picture and not self._is_grounded(number)

    def _is_in_scan(self, number: int) -> bool:
        return self._proposed[number].cover.order in self._scans

    def _is_hidden(self, number: int) -> bool:
        if self._proposed[number].cover.is_exact:
            return self._has_no_trace(number)
        if self._has_picture(number):
            return self._has_no_trace(number) and self._is_beneath_box(number)
        if self._is_pale_on_paper(number) or (
            self._is_grounded(number) and not self._is_lost(number)
        ):
            return False
        seen, alone = self._traces.seen[number], self._traces.alone[number]
        return bool(alone > _ALONE and seen <= max(_TRACE, _SEEN * alone))

    def _is_beneath_box(self, number: int) -> bool:
        """Ask whether a picture or annotation is seen as a box, or hides a word in any other way.

        White ones may be a signature or a page of its own. A word put right with a comment on a
        white patch is a correction, not a redaction.
        """
        cover = self._proposed[number].cover
        if self._is_in_scan(number):
            return False
        is_box, is_paper = self._look(cover)
        if is_box:
            return not (cover.is_written_on and is_paper)
        return not is_paper and self._is_seen_unveiled(number)

    def _is_beneath_white(self, number: int) -> bool:
        cover = self._proposed[number].cover
        is_paper = not cover.is_written_on and self._look(cover)[1]
        return is_paper and self._is_seen_unveiled(number)

    def _is_seen_unveiled(self, number: int) -> bool:
        return bool(self._traces.unveiled[number] > _TRACE)

    def _look(self, cover: Cover) -> tuple[bool, bool]:
        """Tell whether what is seen in a cover's place is a plain box, and whether it is white."""
        if cover.box not in self._looks:
            there = self._traces.unwritten.patch(cover.box, inset=_INSET)
            self._looks[cover.box] = is_plain(there), is_white(there)
        return self._looks[cover.box]

    def _is_pale_on_paper(self, number: int) -> bool:
        """Ask whether text has the colour of paper, and stands on it: nothing hides it."""
        one = self._proposed[number]
        colour = self._texts.colour(one.address)
        is_pale = colour is not None and min(colour) >= NOT_PAPER - SAME
        return is_pale and is_white(self._traces.ground.patch(one.box))
