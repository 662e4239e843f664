"""The interface that every search engine fulfils; one contract test holds all of them to it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from archive.search.entry import Entry
from archive.search.tree import Node


class Sort(StrEnum):
    """Orders of a list of hits.

    Where entries are alike, the one that came into the archive last stands first; with `OLDEST`,
    the one that came first.
    """

    RELEVANCE = "relevance"  # without scored words: newest date first
    NEWEST = "newest"  # by date, latest first; entries without a date last
    OLDEST = "oldest"
    AMOUNT = "amount"  # by amount, greatest first; entries without one last
    ARRIVED = "arrived"  # newest in the archive first


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An inclusive range of integers (days or cents); None is open."""

    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a reader asks of an engine.

    `filters`: facet name → values, any of which will do; between facets all must hold. `size` 0
    asks for counts alone. `page` counts from 1. Relevance reaches 1,000 hits, other orders all.
    """

    tree: Node
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: Span = field(default_factory=Span)
    cents: Span = field(default_factory=Span)
    sort: Sort = Sort.RELEVANCE
    size: int = 20
    page: int = 1
    facets: tuple[str, ...] = ()
    facet_size: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One entry found."""

    key: str
    number: int
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Exact counts of the whole.

    `facets`: name → (value, count) by falling count, then value; each facet ignores its own filter,
    and always holds the values that are filtered on. `years`: (fiscal year, count), rising, without
    regard to the filter on `year`.
    """

    facets: Mapping[str, tuple[tuple[str, int], ...]]
    years: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Hits of one page, how many match in all, and counts of them.

    An engine that is far away may still be counting when the hits are there: whoever asks for the
    counts waits, and hears of what went wrong. `notes` are sentences for the reader (a cap that was
    reached).
    """

    total: int
    hits: tuple[Hit, ...]
    counts: Callable[[], Counts]
    notes: tuple[str, ...] = ()

    @property
    def facets(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """Counts of facets; see `Counts`."""
        return self.counts().facets

    @property
    def years(self) -> tuple[tuple[int, int], ...]:
        """Counts by fiscal year; see `Counts`."""
        return self.counts().years


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHits:
    """The pages of one document for a query, best first to the cap; `numbers` count from 1.

    `whole` is true when each of them satisfies the query by itself; otherwise they are the best for
    its words, which then stand on different pages. `total` counts beyond the cap.
    """

    numbers: tuple[int, ...]
    total: int
    whole: bool


# Keys of entries that are to be taken away, or each with the number of the change that did so: an
# engine that several write at once does not let that undo a later change.
Gone = Iterable[str] | Mapping[str, int]

# The version of an entry whose pages the index has lost, in whole or in part.
TORN = "torn"


class Engine(Protocol):
    """One generation of the index. Readers see a write after `refresh`, writers at once.

    `writes_at_once` is how many threads may be within `write`, each with entries of its own.
    """

    writes_at_once: int

    def write(self, entries: Iterable[Entry], gone: Gone = ()) -> None:
        """Add or replace entries with their pages, remove those gone; durable on return."""
        ...

    def search(self, question: Question) -> Answer:
        """Answer a question with hits and exact counts."""
        ...

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer several questions at one go, each as `search` does."""
        ...

    def pages(self, tree: Node, keys: Sequence[str], limit: int = 5) -> Mapping[str, PageHits]:
        """Find the pages to show under each document; a document without any is left out."""
        ...

    def versions(self) -> Iterator[tuple[str, str]]:
        """Walk (entry key, version) of all entries in the order of their keys; see `TORN`."""
        ...

    def walk(self, question: Question) -> Iterator[str]:
        """Walk the keys of all entries that match, by rising number, flat in memory."""
        ...

    def refresh(self) -> None:
        """See what was written since, by whatever process."""
        ...

    def settle(self) -> None:
        """Finish merging after much writing."""
        ...

    def close(self) -> None:
        """Let go of files and locks."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
