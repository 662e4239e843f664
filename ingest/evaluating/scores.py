"""How a kind of fact came out: what was to be found, what was, and what was said falsely."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What was missed, or said falsely, by name; `count` of the same, which `what` says as well.

    `page` is None where it is of the document as a whole.
    """

    what: str
    page: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A kind of fact in one document, or in all.

    `is_countable` says that something false would have been noticed; without it `false` is 0
    because nobody knows. `n` is what was to be found: `found` and `missed` together.
    """

    found: int = 0
    missing: Sequence[Note] = ()
    wrong: Sequence[Note] = ()
    grave: Sequence[Note] = ()
    is_countable: bool = False

    @property
    def missed(self) -> int:
        """How many were not found."""
        return sum(note.count for note in self.missing)

    @property
    def false(self) -> int:
        """How many were said that are not so."""
        return sum(note.count for note in self.wrong)

    @property
    def n(self) -> int:
        """How many were to be found."""
        return self.found + self.missed

    @property
    def recall(self) -> float:
        """The share that was found, of what was to be found."""
        return self.found / self.n if self.n else 1.0

    @property
    def precision(self) -> float:
        """The share that is so, of what was said."""
        said = self.found + self.false
        return self.found / said if said else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of recall and precision."""
        whole = 2 * self.found + self.missed + self.false
        return 2 * self.found / whole if whole else 1.0

    def counts(self) -> dict[str, int]:
        """Give the figures as they are printed for programs."""
        return {"n": self.n, "found": self.found, "missed": self.missed, "false": self.false}


def summed(scores: Iterable[Score]) -> Score:
    """Add up the figures of documents; whose notes they are is said by document alone."""
    known = list(scores)
    return Score(
        found=sum(one.found for one in known),
        missing=[note for one in known for note in one.missing],
        wrong=[note for one in known for note in one.wrong],
        grave=[note for one in known for note in one.grave],
        is_countable=any(one.is_countable for one in known),
    )
