"""Words as they are printed on a page, with their boxes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as printed, with its box in points from the top left corner of the upright page."""

    text: str
    left_pt: float
    top_pt: float
    right_pt: float
    bottom_pt: float


class Words(Sequence[Word]):
    """The words of a text with all their boxes in one array; each is made when it is asked for.

    `edges` has a row for each word: left, top, right and bottom, in points.
    """

    def __init__(self, texts: Sequence[str], edges: npt.NDArray[np.float64]) -> None:
        if edges.shape != (len(texts), 4):
            raise ValueError(f"{len(texts)} words cannot have boxes of the shape {edges.shape}")
        self.texts, self.edges = texts, edges

    @classmethod
    def of(cls, words: Sequence[Word]) -> "Words":
        """Put words together."""
        if isinstance(words, Words):
            return words
        edges = [(word.left_pt, word.top_pt, word.right_pt, word.bottom_pt) for word in words]
        return cls([word.text for word in words], np.array(edges, np.float64).reshape(-1, 4))

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, number: int) -> Word: ...
    @overload
    def __getitem__(self, number: slice) -> "Words": ...
    def __getitem__(self, number: int | slice) -> "Word | Words":
        if isinstance(number, slice):
            return Words(self.texts[number], self.edges[number])
        left, top, right, bottom = self.edges[number].tolist()
        return Word(
            text=self.texts[number], left_pt=left, top_pt=top, right_pt=right, bottom_pt=bottom
        )
