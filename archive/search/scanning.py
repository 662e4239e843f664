"""Find a query's words in plain text without taking the whole text apart into words.

A page has some hundred words and a query a few: to look for the first letters of those is ten times
faster than to stem all. Gives exactly what `matching` gives; near words are left to it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from archive.search.analysis import WORD_LENGTH_MAX, beginning, stem, stems
from archive.search.matching import is_alike, leaves_of
from archive.search.tree import Fuzzy, Node, Phrase, Prefix, TextLeaf, Word

Marks = list[tuple[int, int, int]]  # first character, behind the last, which part of the query
Stretches = Iterator[tuple[int, int]]
_Scan = Callable[[str], Stretches]

_RUN = re.compile(r"[a-z0-9]+")


class Scanner:
    """What a query asks for, looked for by some of its letters; `is_able` unless words are near."""

    def __init__(self, leaves: Sequence[TextLeaf]) -> None:
        scans = [_scan_of(leaf) for leaf in leaves]
        self._scans = [scan for scan in scans if scan is not None]
        self.is_able = len(self._scans) == len(scans)

    def marks(self, plain: str) -> Marks:
        """List what matches in a text in the form of `analysis.plain`, part by part."""
        return [
            (start, end, part)
            for part, scan in enumerate(self._scans)
            for start, end in scan(plain)
        ]


@lru_cache(maxsize=64)
def scanner(tree: Node, field: str | None) -> Scanner:
    """Give the scanner of a query, the same for each of the texts that it is held against."""
    return Scanner(leaves_of(tree, field))


def _scan_of(leaf: TextLeaf) -> _Scan | None:
    match leaf:
        case Word(word=word) if word:
            return _words_like(stem(word))
        case Prefix(start=start) if start:
            return lambda plain: _beginning_with(plain, start)
        case Fuzzy(word=word) if 1 < len(word) < WORD_LENGTH_MAX - 1:
            return _alike(word)
        case Phrase(words=words) if len(words) > 1 and all(words):
            return _phrases_like(words, leaf.joined)
        case _:
            return None


def _beginning_with(plain: str, start: str) -> Stretches:
    """Walk where words with such a beginning stand; only the first 64 letters of a run count."""
    at = plain.find(start)
    while at >= 0:
        end = at + len(start)
        if not at or not plain[at - 1].isalnum():
            run = _RUN.match(plain, at)
            end = run.end() if run else end
            yield at, end
        at = plain.find(start, end)


def _word_at(plain: str, start: int, end: int) -> str:
    return plain[start : min(end, start + WORD_LENGTH_MAX)]


def _words_like(wanted: str) -> _Scan:
    start = beginning(wanted)

    def scan(plain: str) -> Stretches:
        for at, end in _beginning_with(plain, start):
            if stem(_word_at(plain, at, end)) == wanted:
                yield at, end

    return scan


def _phrases_like(words: Sequence[str], joined: bool) -> _Scan:
    first, *others = stems(words)
    begins, as_one = _words_like(first), _words_like(stem("".join(words)))

    def scan(plain: str) -> Stretches:
        for at, end in begins(plain):
            last = _end_of(plain, end, others)
            if last is not None:
                yield at, last
        if joined:
            yield from as_one(plain)

    return scan


def _end_of(plain: str, end: int, others: Sequence[str]) -> int | None:
    """Give where a phrase ends whose first word ends there; None when other words follow."""
    for wanted in others:
        run = _RUN.search(plain, end)
        if run is None or stem(_word_at(plain, *run.span())) != wanted:
            return None
        end = run.end()
    return end


def _alike(word: str) -> _Scan:
    """Look for words at distance 1: one half of the word stands there unchanged.

    Only two letters swapped where the halves meet change both.
    """
    half = len(word) // 2
    left, right = word[:half], word[half:]
    swapped = left[:-1] + right[0] + left[-1] + right[1:]

    def scan(plain: str) -> Stretches:
        near = (_beginning_with(plain, left), _ending_with(plain, right))
        found = {*chain(*near, _beginning_with(plain, swapped))}
        return ((at, end) for at, end in sorted(found) if is_alike(plain[at:end], word))

    return scan


def _ending_with(plain: str, last: str) -> Stretches:
    found = plain.find(last)
    while found >= 0:
        at, end = found, found + len(last)
        if not plain[end : end + 1].isalnum():
            while at and plain[at - 1].isalnum():
                at -= 1
            yield at, end
        # One place on, not behind the end: in "banana" the first "ana" overlaps the last.
        found = plain.find(last, found + 1)
