"""Match the text that a query asks for against the words of one text."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from archive.search.analysis import stem, stems
from archive.search.tree import Fuzzy, Near, Node, Phrase, Prefix, TextLeaf, Word, wanted_text

Hits = list[tuple[int, int, int]]  # first word, last word, which part of the query

_REMEMBERED = 50_000


class Matcher:
    """The words, phrases, near phrases, prefixes and likenesses that a query asks for."""

    def __init__(self, tree: Node, field: str | None) -> None:
        self._leaves = leaves_of(tree, field)
        self._by_stem = _parts_by_stem(self._leaves)
        self._by_word = _PartsByWord(self._leaves)

    def hits(self, words: Sequence[str]) -> Hits:
        """List what matches among the words of a text, part by part of the query."""
        places: defaultdict[int, list[int]] = defaultdict(list)
        for place, parts in self._cast(words):
            for part in parts:
                places[part].append(place)
        return [
            (first, last, part)
            for part, held in sorted(places.items())
            for first, last in _matches(self._leaves[part], held, words)
        ]

    def _cast(self, words: Sequence[str]) -> list[tuple[int, tuple[int, ...]]]:
        """List the places of words that can take part in some part of the query."""
        by_stem, by_word = self._by_stem, self._by_word
        cast = []
        if by_stem:
            found = map(by_stem.get, stems(words))
            cast = [(at, parts) for at, parts in enumerate(found) if parts]
        if by_word.leaves:
            cast += [(at, parts) for at, word in enumerate(words) if (parts := by_word[word])]
        return cast


def leaves_of(tree: Node, field: str | None) -> list[TextLeaf]:
    """List the different texts that a query asks for in a text of a field (None = any text)."""
    asked = (leaf for leaf in wanted_text(tree) if leaf.field in (None, field))
    return list(dict.fromkeys(asked))


@lru_cache(maxsize=64)
def matcher(tree: Node, field: str | None) -> Matcher:
    """Give the matcher of a query, the same for each of the texts that it is held against."""
    return Matcher(tree, field)


def _parts_by_stem(leaves: Sequence[TextLeaf]) -> dict[str, tuple[int, ...]]:
    parts: dict[str, tuple[int, ...]] = {}
    for part, leaf in enumerate(leaves):
        for one in {stem(word) for word in _stemmed_words(leaf)}:
            parts[one] = (*parts.get(one, ()), part)
    return parts


def _stemmed_words(leaf: TextLeaf) -> tuple[str, ...]:
    match leaf:
        case Word(word=word):
            return (word,)
        case Phrase(words=words, joined=True):
            return (*words, "".join(words))
        case Phrase(words=words) | Near(words=words):
            return words
        case _:
            return ()


class _PartsByWord(dict[str, tuple[int, ...]]):
    """Word as printed → the prefixes and likenesses that it fits; remembered."""

    def __init__(self, leaves: Sequence[TextLeaf]) -> None:
        numbered = enumerate(leaves)
        self.leaves = [(n, leaf) for n, leaf in numbered if isinstance(leaf, Prefix | Fuzzy)]

    def __missing__(self, word: str) -> tuple[int, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        parts = tuple(part for part, leaf in self.leaves if _fits(word, leaf))
        self[word] = parts
        return parts


def _fits(word: str, leaf: Prefix | Fuzzy) -> bool:
    if isinstance(leaf, Prefix):
        return word.startswith(leaf.start)
    return is_alike(word, leaf.word)


def _matches(
    leaf: TextLeaf, places: Sequence[int], words: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Walk what matches one part of a query, given the places of words that can take part."""
    match leaf:
        case Phrase():
            yield from _phrases(leaf, places, words)
        case Near(words=wanted, within=within) if len(wanted) > 1:
            yield from _near(wanted, within, places, words)
        case _:
            yield from ((place, place) for place in places)


def _phrases(
    leaf: Phrase, places: Sequence[int], words: Sequence[str]
) -> Iterator[tuple[int, int]]:
    wanted = stems(leaf.words)
    as_one = stem("".join(leaf.words))
    for first in places:
        last = first + len(wanted) - 1
        if stems(words[first : last + 1]) == wanted:
            yield first, last
        elif leaf.joined and stem(words[first]) == as_one:
            yield first, first


def _near(
    wanted: Sequence[str], within: int, places: Sequence[int], words: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Walk the words of a near phrase, but only where every pair of neighbours is near."""
    at: defaultdict[str, list[int]] = defaultdict(list)
    for place in places:
        at[stem(words[place])].append(place)
    near: set[int] = set()
    for left, right in pairwise(wanted):
        pairs = list(near_pairs(at[stem(left)], at[stem(right)], within))
        if not pairs:
            return
        near.update(place for pair in pairs for place in pair)
    yield from ((place, place) for place in sorted(near))


def near_pairs(
    lefts: Sequence[int], rights: Sequence[int], within: int
) -> Iterator[tuple[int, int]]:
    """Walk the pairs of different places, of two rising lists, at most `within` apart."""
    begin = 0
    for left in lefts:
        while begin < len(rights) and rights[begin] < left - within:
            begin += 1
        for place in range(begin, len(rights)):
            if rights[place] > left + within:
                break
            if rights[place] != left:
                yield left, rights[place]


def is_alike(word: str, other: str) -> bool:
    """Say whether two words are at distance 1 at most; two neighbours swapped count as one."""
    if word == other:
        return True
    if abs(len(word) - len(other)) > 1:
        return False
    same = _same_start(word, other)
    left, right = word[same:], other[same:]
    swapped = len(left) > 1 and left[1:2] + left[:1] + left[2:] == right
    return swapped or left[1:] == right or left == right[1:] or left[1:] == right[1:]


def _same_start(word: str, other: str) -> int:
    same = 0
    for one, two in zip(word, other, strict=False):
        if one != two:
            break
        same += 1
    return same
