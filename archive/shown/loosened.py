"""Why a search found nothing: its terms one by one, and other ways to ask, each with its count."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from archive.search.language import read
from archive.search.tree import (
    All,
    And,
    Fuzzy,
    Near,
    Node,
    Phrase,
    Prefix,
    Word,
    all_of,
    any_of,
    wanted_text,
)
from archive.search.wording import read_as
from archive.shown.asking import Asked
from archive.shown.desk import Desk
from archive.shown.found import Found
from archive.shown.retyped import retyped
from archive.shown.search import Searched, count_all

_TERMS_MAX = 8
_WAYS_MAX = 4
_FUZZY_LENGTH_MIN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term as typed and as read, what it finds alone, and what is found without it.

    `alone_asked` and `without_asked` are None where that cannot be typed (it would be too long).
    """

    typed: str
    meaning: str
    alone: int
    alone_asked: Asked | None
    without: int
    without_asked: Asked | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Another way to ask, what it does, and how much it finds."""

    typed: str
    meaning: str
    count: int
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Loosened:
    """What an empty page of results can say about its search."""

    terms: tuple[Term, ...]
    ways: tuple[Way, ...]
    without_filters: Way | None
    is_one_word: bool

    @property
    def is_without_likeness(self) -> bool:
        """Whether it asked for one word alone, and no word like it is held."""
        return self.is_one_word and not self.ways


def loosened(desk: Desk, found: Found) -> Loosened:
    """Take a search that found nothing apart; at most 8 terms are looked at.

    All counts are asked for at one go: an engine may be far away.
    """
    asked = replace(found.asked, page=1)
    terms = list(islice(_with_rests(found.tree), _TERMS_MAX))
    others = list(islice(_askable(desk, asked, found.tree), 2 * _WAYS_MAX))
    bare = replace(asked, filters={}, ranges={})
    alone, without, instead, unfiltered = _counted(
        desk,
        [(Asked(), term) for term, _ in terms],
        [(asked, rest) for _, rest in terms],
        [(other_asked, other) for other, other_asked, _ in others],
        [(bare, found.tree)] if asked.filters or asked.ranges else [],
    )
    return Loosened(
        terms=tuple(
            _term(desk, asked, *parts, *counts)
            for parts, *counts in zip(terms, alone, without, strict=True)
        ),
        ways=tuple(
            Way(typed=one.query, meaning=meaning, count=count, asked=one)
            for (_, one, meaning), count in zip(others, instead, strict=True)
            if count
        ),
        without_filters=_without_filters(bare, *unfiltered) if unfiltered else None,
        is_one_word=_can_be_alike(found.tree),
    )


def _with_rests(tree: Node) -> Iterator[tuple[Node, Node]]:
    """Walk the terms of a query, each with what is left without it."""
    parts = tree.parts if isinstance(tree, And) else () if isinstance(tree, All) else (tree,)
    for place, part in enumerate(parts):
        yield part, all_of((*parts[:place], *parts[place + 1 :]))


def _counted(desk: Desk, *searches: Sequence[Searched]) -> Iterator[list[int]]:
    """Count several lists of searches together."""
    counts = iter(count_all(desk, list(chain(*searches))))
    return (list(islice(counts, len(some))) for some in searches)


def _term(desk: Desk, asked: Asked, part: Node, rest: Node, alone: int, without: int) -> Term:
    return Term(
        typed=retyped(part),
        meaning=read_as(part).removeprefix("Read as ").removesuffix("."),
        alone=alone,
        alone_asked=_asking(desk, Asked(), part),
        without=without,
        without_asked=_asking(desk, asked, rest),
    )


def _without_filters(bare: Asked, count: int) -> Way:
    meaning = "without the filters that are kept"
    return Way(typed=bare.query, meaning=meaning, count=count, asked=bare)


def _asking(desk: Desk, asked: Asked, tree: Node) -> Asked | None:
    """Ask for a tree in words; None where they would not be read as that tree."""
    query = retyped(tree)
    again = read(query, desk.vocabulary)
    is_same = not again.ignored and retyped(again.tree) == query
    return replace(asked, query=query) if is_same else None


def _askable(desk: Desk, asked: Asked, tree: Node) -> Iterator[tuple[Node, Asked, str]]:
    """Walk the other ways that are others, each once, and that can be typed."""
    seen = {retyped(tree)}
    for other, meaning in _others(tree):
        other_asked = _asking(desk, asked, other)
        if other_asked and other_asked.query not in seen:
            seen.add(other_asked.query)
            yield other, other_asked, meaning


def _others(tree: Node) -> Iterator[tuple[Node, str]]:
    for leaf in list(wanted_text(tree))[:_WAYS_MAX]:
        if isinstance(leaf, Phrase):
            near = Near(words=leaf.words, within=3, field=leaf.field)
            yield _swapped(tree, leaf, near), "lets up to three words stand between"
            words = tuple(Word(word=word, field=leaf.field) for word in leaf.words)
            yield _swapped(tree, leaf, all_of(words)), "finds the words in any order"
            alike = tuple(Fuzzy(word=word, field=leaf.field) for word in leaf.words)
            yield _swapped(tree, leaf, all_of(alike)), "finds words one letter away"
        elif isinstance(leaf, Word) and _can_be_alike(leaf):
            fuzzy = Fuzzy(word=leaf.word, field=leaf.field)
            yield _swapped(tree, leaf, fuzzy), "finds words one letter away"
            if tree == leaf:
                yield Prefix(start=leaf.word, field=leaf.field), "finds words that begin so"
    if isinstance(tree, And) and all(isinstance(part, Word | Phrase) for part in tree.parts):
        yield any_of(tree.parts), "finds either of them"


def _can_be_alike(leaf: Node) -> bool:
    return isinstance(leaf, Word) and len(leaf.word) >= _FUZZY_LENGTH_MIN


def _swapped(tree: Node, leaf: Node, other: Node) -> Node:
    """Put another part in the place of one, at the top of a query or one level below."""
    if tree == leaf:
        return other
    if isinstance(tree, And):
        return all_of(tuple(other if part == leaf else part for part in tree.parts))
    return other
