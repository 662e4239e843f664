"""A naive engine in memory: every entry is looked at for every question, and nothing is indexed.

Its logic is its own, apart from the analyser and from the tree. Relevance is how often the words
asked for occur, once more for each in the title; so only entries that differ in nothing else, and
sets of hits, can be compared under that order.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from archive.errors import BadRequest
from archive.search import analysis
from archive.search.engine import Answer, Counts, Hit, PageHits, Question, Sort
from archive.search.entry import FACETS, NO_FACTS, PAGE_FACETS, Entry, PageFacts, facet_values
from archive.search.tree import (
    All,
    And,
    FieldValues,
    Fuzzy,
    Identified,
    InPage,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Range,
    Word,
    any_of,
    is_scored,
    page_part,
    wanted_of_page,
    wanted_text,
)

Passage = list[tuple[str, str]]  # folded word, stem


@dataclass(frozen=True)
class Place:
    """What a query is judged on: a whole entry, or one of its pages with its facts."""

    texts: Mapping[str | None, list[Passage]]
    entry: Entry | None
    facts: PageFacts = NO_FACTS


def _forms(text: str) -> Passage:
    """List the words of a text in order, each as (folded, stem)."""
    return [(word, analysis.stem(word)) for word in analysis.words(text)]


def passages(*texts: str) -> list[Passage]:
    return [_forms(text) for text in texts]


def whole(entry: Entry) -> Place:
    identifiers = [part for text in entry.identifiers for part in (text, analysis.identifier(text))]
    everything = passages(
        entry.title, *entry.text, *entry.vendors, *entry.agencies, *identifiers, *entry.pages
    )
    return Place(
        texts={
            None: everything,
            "title": passages(entry.title),
            "vendor": passages(*entry.vendors),
            "agency": passages(*entry.agencies),
            "identifier": passages(*[analysis.identifier(text) for text in entry.identifiers]),
            "exemption": passages(*forms_of(facet_values(entry).get("exemption", ()))),
        },
        entry=entry,
    )


def forms_of(codes: Iterable[str]) -> list[str]:
    """Give an exemption as one word, and the law and the section of a citation as one each."""
    parts = [part for code in codes for part in (code, code.split()[0], code.split()[-1])]
    return [analysis.identifier(part) for part in parts]


def one_page(text: str, facts: PageFacts) -> Place:
    texts = {None: passages(text), "exemption": passages(*forms_of(facts.exemptions))}
    return Place(texts=texts, entry=None, facts=facts)


def pages_of(entry: Entry) -> dict[int, Place]:
    """Give the pages that have words, or anything to tell, by their numbers."""
    facts = entry.page_facts or (NO_FACTS,) * len(entry.pages)
    return {
        number: one_page(text, one)
        for number, (text, one) in enumerate(zip(entry.pages, facts, strict=True), start=1)
        if _forms(text) or one.exemptions or one.redacted or one.read
    }


def edits(word: str) -> set[str]:
    """All words at distance 1 whose new letters are taken from a joker, tried by `alike`."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    deleted = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    replaced = {left + "?" + right[1:] for left, right in cuts if right}
    added = {left + "?" + right for left, right in cuts}
    return {word} | deleted | swapped | replaced | added


def alike(word: str, other: str) -> bool:
    def fits(pattern: str) -> bool:
        return len(pattern) == len(other) and all(
            mark in ("?", letter) for mark, letter in zip(pattern, other, strict=True)
        )

    return any(fits(pattern) for pattern in edits(word))


def has_phrase(passage: Passage, words: Sequence[str]) -> bool:
    stems, wanted = [stem for _, stem in passage], [analysis.stem(word) for word in words]
    length = len(wanted)
    return length > 0 and any(
        stems[at : at + length] == wanted for at in range(len(stems) - length + 1)
    )


def has_near(passages: list[Passage], left: str, right: str, within: int) -> bool:
    for passage in passages:
        stems = [stem for _, stem in passage]
        lefts = [at for at, stem in enumerate(stems) if stem == analysis.stem(left)]
        rights = [at for at, stem in enumerate(stems) if stem == analysis.stem(right)]
        if any(0 < abs(one - two) <= within for one in lefts for two in rights):
            return True
    return False


def has_text(texts: list[Passage], leaf: Node) -> bool:
    match leaf:
        case Word(word=word):
            return any(has_phrase(passage, (word,)) for passage in texts)
        case Phrase(words=words, joined=joined):
            found = any(has_phrase(passage, words) for passage in texts)
            return found or (joined and any(has_phrase(text, ("".join(words),)) for text in texts))
        case Near(words=(word,)):
            return any(has_phrase(passage, (word,)) for passage in texts)
        case Near(words=words, within=within):
            pairs = list(itertools.pairwise(words))
            return bool(pairs) and all(has_near(texts, *pair, within) for pair in pairs)
        case Prefix(start=start):
            return any(word.startswith(start) for text in texts for word, _ in text)
        case Fuzzy(word=word):
            return any(alike(word, other) for text in texts for other, _ in text)
    raise AssertionError(leaf)


def satisfies(place: Place, tree: Node) -> bool:
    match tree:
        case All():
            return True
        case Nothing():
            return False
        case And(parts=parts):
            return all(satisfies(place, part) for part in parts)
        case Or(parts=parts):
            return any(satisfies(place, part) for part in parts)
        case Not(part=part):
            return not satisfies(place, part)
        case InPage(part=part):
            if place.entry is None:
                return satisfies(place, part)
            return any(satisfies(page, part) for page in pages_of(place.entry).values())
        case Identified(field="exemption", value=value):
            return any(value == word for text in place.texts["exemption"] for word, _ in text)
        case FieldValues() | Identified() | Range():
            if place.entry is None:
                return page_has_fact(place.facts, tree)
            return has_fact(place.entry, tree)
    return tree.field in place.texts and has_text(place.texts[tree.field], tree)


def has_fact(entry: Entry, tree: FieldValues | Identified | Range) -> bool:
    match tree:
        case FieldValues(facet=facet, values=values):
            return bool(set(values) & set(facet_values(entry).get(facet, ())))
        case Identified(value=value):
            return value in [analysis.identifier(text) for text in entry.identifiers]
        case Range(column=column, low=low, high=high):
            return within(getattr(entry, column), low, high)


def page_has_fact(facts: PageFacts, tree: FieldValues | Identified | Range) -> bool:
    match tree:
        case FieldValues(facet="exemption", values=values):
            return bool(set(values) & set(facts.exemptions))
        case FieldValues(facet="read", values=values):
            return facts.read in values
        case Range(column="redacted", low=low, high=high):
            return within(facts.redacted, low, high)
    assert not isinstance(tree, FieldValues) or tree.facet not in PAGE_FACETS
    return False


def within(value: int | None, low: int | None, high: int | None) -> bool:
    if value is None:
        return False
    return (low is None or value >= low) and (high is None or value <= high)


def order_of(sort: Sort) -> Callable[[Entry], tuple[int, ...]]:
    unknown = 10**18
    orders: dict[Sort, Callable[[Entry], tuple[int, ...]]] = {
        Sort.NEWEST: lambda entry: (-(entry.day or 0), -entry.number),
        Sort.OLDEST: lambda entry: (entry.day or unknown, entry.number),
        Sort.AMOUNT: lambda entry: (
            unknown if entry.cents is None else -entry.cents,
            -entry.number,
        ),
        Sort.ARRIVED: lambda entry: (-entry.number,),
    }
    return orders[sort]


def occurrences(entry: Entry, tree: Node) -> int:
    leaves = [leaf for leaf in wanted_text(tree) if isinstance(leaf, Word)]
    texts = whole(entry).texts
    return sum(
        stem == analysis.stem(leaf.word)
        for leaf in leaves
        for passage in [*texts[leaf.field], *([] if leaf.field else texts["title"])]
        for _, stem in passage
    )


class ReferenceEngine:
    """The naive engine."""

    writes_at_once = 1

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def write(self, entries: Iterable[Entry], gone: Iterable[str] = ()) -> None:
        for key in gone:
            self._entries.pop(key, None)
        for entry in entries:
            self._entries[entry.key] = entry

    def _matching(self, question: Question, without: str | None = None) -> list[Entry]:
        kept = {name: set(values) for name, values in question.filters.items() if values}
        kept.pop(without or "", None)
        return [
            entry
            for entry in self._entries.values()
            if satisfies(whole(entry), question.tree)
            and all(
                values & set(facet_values(entry).get(name, ())) for name, values in kept.items()
            )
            and all(
                (span.low is None and span.high is None) or within(value, span.low, span.high)
                for span, value in ((question.days, entry.day), (question.cents, entry.cents))
            )
        ]

    def search(self, question: Question) -> Answer:
        if question.page < 1 or question.size < 0:
            raise BadRequest("pages count from 1")
        if any(name not in FACETS for name in (*question.filters, *question.facets)):
            raise BadRequest("unknown facet")
        found = self._matching(question)
        sort = question.sort
        if sort is Sort.RELEVANCE and not is_scored(question.tree):
            sort = Sort.NEWEST
        start = (question.page - 1) * question.size
        end = start + question.size
        notes: tuple[str, ...] = ()
        if sort is Sort.RELEVANCE:
            ranked = sorted(found, key=lambda one: (-occurrences(one, question.tree), -one.number))
            if min(len(found), end) > 1_000 or start >= 1_000 < len(found):
                notes = ("Only the first 1,000 results are ordered by relevance.",)
            end = min(end, 1_000)
        else:
            ranked = sorted(found, key=order_of(sort))
        score = 1.0 if sort is Sort.RELEVANCE else None
        counts = Counts(
            facets={name: self._facet(question, name) for name in question.facets},
            years=tuple(sorted((int(year), n) for year, n in self._counts(question, "year"))),
        )
        return Answer(
            total=len(found),
            hits=tuple(
                Hit(key=entry.key, number=entry.number, score=score) for entry in ranked[start:end]
            ),
            counts=lambda: counts,
            notes=notes,
        )

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        return [self.search(one) for one in questions]

    def _counts(self, question: Question, name: str) -> list[tuple[str, int]]:
        counts: Counter[str] = Counter()
        for entry in self._matching(question, without=name):
            counts.update(facet_values(entry).get(name, ()))
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    def _facet(self, question: Question, name: str) -> tuple[tuple[str, int], ...]:
        counts = self._counts(question, name)
        kept = set(question.filters.get(name, ()))
        known = {value for value, _ in counts}
        shown = counts[: question.facet_size]
        more = [pair for pair in counts[question.facet_size :] if pair[0] in kept]
        none = [(value, 0) for value in kept - known]
        return tuple(sorted(shown + more + none, key=lambda pair: (-pair[1], pair[0])))

    def pages(self, tree: Node, keys: Sequence[str], limit: int = 5) -> Mapping[str, PageHits]:
        part = page_part(tree)
        found: dict[str, PageHits] = {}
        if part is None:
            return found
        for key in keys:
            entry = self._entries.get(key)
            numbers, all_at_once = self._pages_of(entry, part), True
            if not numbers:
                words = any_of(tuple(wanted_of_page(part)))
                numbers, all_at_once = self._pages_of(entry, words), False
            if numbers:
                found[key] = PageHits(
                    numbers=tuple(numbers[:limit]), total=len(numbers), whole=all_at_once
                )
        return found

    def _pages_of(self, entry: Entry | None, part: Node) -> list[int]:
        pages = pages_of(entry) if entry else {}
        return [number for number, page in pages.items() if satisfies(page, part)]

    def versions(self) -> Iterator[tuple[str, str]]:
        return iter(sorted((entry.key, entry.version) for entry in self._entries.values()))

    def walk(self, question: Question) -> Iterator[str]:
        found = sorted(self._matching(question), key=lambda entry: entry.number)
        return iter([entry.key for entry in found])

    def refresh(self) -> None:
        pass

    def settle(self) -> None:
        pass

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
