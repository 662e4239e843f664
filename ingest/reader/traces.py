"""The traces that characters leave on the drawn page.

The page is drawn without the text objects in question, then with them: what is beneath a cover
leaves no trace when it is taken away. So clips, layers, blends and half transparent boxes need no
rules of their own, and a stamp printed on top of a box is not taken for what lies beneath. Text
objects in question that overlap are drawn in turn, or a stamp would speak for the word below it.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from ingest.reader.covers import Painted
from ingest.reader.geometry import Box
from ingest.reader.looks import SAME
from ingest.reader.marks import Boxes, Marks, areas, as_array, distance, spans
from ingest.reader.overlaps import in_turns
from ingest.reader.painting import blacken
from ingest.reader.proposals import Proposed
from ingest.reader.rendering import Drawn, Sheet, drawn, scale_within, window_around, without

_SCALE = 100 / 72
_PIXELS = 12_000_000
# Of 255. Grey print on a grey slide is no more than this from its ground, and can be read.
_FAINT = 8
# Of 255. So much light through a cover can be made visible in a picture.
_LEAK = 2


class Traces:
    """What proposed characters change on a page: shares of the pixels they share with their cover.

    `seen` are changes that are seen, `faint` include those that are hardly seen. `ground` is the
    page without all of them.
    """

    def __init__(
        self,
        page: Any,
        size: Sheet,
        on: Painted,
        proposed: Sequence[Proposed],
        places: Iterable[Box],
    ) -> None:
        """Draw the pictures, of which each shows all of `places` as well.

        Raises:
            Refused: too many texts lie over each other.
        """
        self._page, self._size, self._on, self._proposed = page, size, on, proposed
        self._scale = scale_within(size, _SCALE, _PIXELS)
        around = {one.box for one in proposed}.union(places)
        self._window = window_around(around, size, self._scale)
        self._turns = in_turns(proposed)
        with without(self._texts()):
            self.ground = self._drawn()
        shared = as_array([one.box.shared(one.cover.box) for one in proposed])
        self._places = spans(shared, self.ground, inset=1)
        self.is_there = areas(self._places) > 0
        self.seen, self.faint = np.zeros(len(proposed)), np.zeros(len(proposed))
        self.leaks = np.zeros(len(proposed), np.bool_)
        self._take_turns()

    def _texts(self) -> list[int]:
        return [address for turn in self._turns for address in turn]

    def _drawn(self, *, has_annotations: bool = True) -> Drawn:
        return drawn(
            self._page, self._size, self._scale, self._window, has_annotations=has_annotations
        )

    def _take_turns(self) -> None:
        for turn in self._turns:
            mine = np.array([one.address in turn for one in self._proposed])
            with without([address for address in self._texts() if address not in turn]):
                apart = distance(self._drawn().pixels, self.ground.pixels)
            self.seen[mine] = Marks(apart > SAME).shares(self._places[mine])
            self.faint[mine] = Marks(apart > _FAINT).shares(self._places[mine])
            self.leaks[mine] = Marks(apart > _LEAK).counts(self._places[mine]) > 0

    def _apart(self) -> Boxes:
        """Draw the page as it is set up now, without annotations, with all texts and with none."""
        with_all = self._drawn(has_annotations=False)
        with without(self._texts()):
            empty = self._drawn(has_annotations=False)
        apart = distance(with_all.pixels, empty.pixels)
        return Marks(apart > SAME).shares(self._places)

    @cached_property
    def unveiled(self) -> Boxes:
        """What each changes on the page without its images and annotations."""
        with without(self._on.images):
            return self._apart()

    @cached_property
    def unwritten(self) -> Drawn:
        """The page without any of its text: a stamp on a white picture makes no signature of it."""
        with without(self._on.texts):
            return self._drawn()

    @cached_property
    def alone(self) -> Boxes:
        """What each blackens on a page that has nothing but text.

        To be asked last: the text stays black.
        """
        for text in self._texts():
            blacken(text)
        with without(self._on.shapes):
            return self._apart()
