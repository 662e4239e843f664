"""One analyser for every engine, for queries and for marking: where words begin, and their stems.

A word is a run of letters and digits, folded (NFKD, no accents, no case). Its stem is Snowball's
English one; words with a digit are their own stem. Engines are handed both as text joined by
spaces and need nothing but a whitespace tokenizer that drops `FILLER`.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from threading import Lock
from typing import NamedTuple

import Stemmer

from archive.search.tree import NEAREST_MAX

# Goes up whenever the same text would give other tokens: every index must then be rebuilt.
ANALYSER_VERSION = 2

# Stands between two passages as often as needed to hold them apart; never a token, for it is
# neither letter nor digit. The engine drops it but keeps its place.
FILLER = "|"
GAP = NEAREST_MAX

# Longer runs are broken pictures and encoded attachments; none is a word, all swell the index.
WORD_LENGTH_MAX = 64

_CACHE_SIZE = 50_000
_DIGEST_BYTES = 8

# Small letters and digits stay, all else parts words: one table does it for a whole text.
_ASCII_BLANKED = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))
_ASCII_RUN = re.compile(r"[a-z0-9]+")
# What else stands in English print. None is a letter, a digit or one of the marks below.
_PRINTED_SIGN = re.compile(
    "[\u00a0-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b6\u00b7\u00bb\u00bf\u2010-\u2027\u20ac]"
)
# Accents set as marks of their own belong to the word, as do soft hyphens and joiners, which
# PDFs leave inside broken words. (Python's \w holds none of them.)
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u2060"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_SEPARATOR = " " + " ".join([FILLER] * GAP) + " "

_stemmer = Stemmer.Stemmer("english", 0)
_stemming = Lock()  # a Stemmer must not be used by two threads at once


def fold(printed: str) -> str:
    """Fold a word: compatibility forms resolved, accents and case dropped, 64 characters at most.

    Empty when nothing of it is a letter or digit.
    """
    letters = unicodedata.normalize("NFKD", printed).casefold()
    # Folding case can bring marks back (Turkish dotted I), hence after it once more.
    letters = unicodedata.normalize("NFKD", letters)
    return "".join(letter for letter in letters if letter.isalnum())[:WORD_LENGTH_MAX]


def _stem_of(word: str) -> str:
    if not word.isalpha():
        return word
    with _stemming:
        found = str(_stemmer.stemWord(word))
    # A token must not be empty, or it would not be indexed; equal ones are held once.
    return found if found and found != word else word


class _Remembered(dict[str, str]):
    """A function of words, remembered: texts repeat their words.

    When it is full, those that come again soon are kept: most words of an archive come once.
    """

    def __init__(self, function: Callable[[str], str]) -> None:
        self._function = function
        self._before: dict[str, str] = {}

    def __missing__(self, word: str) -> str:
        found = self._before.get(word)
        if found is None:
            found = self._function(word)
        if len(self) >= _CACHE_SIZE:
            self._before = dict(self)
            self.clear()
        self[word] = found
        return found


_folds = _Remembered(fold)
_stems = _Remembered(_stem_of)


def plain(text: str) -> str | None:
    """Give a text in small letters, place by place the same, if its words are ASCII only.

    Quotes, dashes and signs of the printer become blanks: they only part words.
    """
    if not text.isascii():
        text = _PRINTED_SIGN.sub(" ", text)
    return text.lower() if text.isascii() else None


def words(text: str) -> list[str]:
    """List the folded words of a text in order."""
    lower = plain(text)
    if lower is not None:
        found = lower.encode("ascii").translate(_ASCII_BLANKED).decode("ascii").split()
        if max(map(len, found), default=0) > WORD_LENGTH_MAX:
            return [word[:WORD_LENGTH_MAX] for word in found]
        return found
    return [word for printed in _WORD.findall(text) if (word := _folds[printed])]


def stem(word: str) -> str:
    """Give the stem of a folded word."""
    return _stems[word]


def beginning(stem: str) -> str:
    """Give letters with which every word of a stem begins, and the stem too.

    Snowball takes endings away and writes at most two letters anew (ability → able, dying → die);
    never the first. Seen in 170,000 words, and under test.
    """
    return stem[: max(1, len(stem) - 2)] if stem.isalpha() else stem


def stems(words: Iterable[str]) -> list[str]:
    """Give the stems of folded words."""
    return [_stems[word] for word in words]


def identifier(text: str) -> str:
    """Fold a PIID, UEI or request number: case, hyphens and spaces do not count.

    One of more letters than a word of the index has (80 of 822 award keys) ends in a digest.
    """
    return _one_word(words(text))


def _one_word(printed: Sequence[str]) -> str:
    whole = "".join(printed)
    if len(whole) <= WORD_LENGTH_MAX:
        return whole
    digest = blake2b(whole.encode(), digest_size=_DIGEST_BYTES).hexdigest()
    return whole[: WORD_LENGTH_MAX - len(digest)] + digest


_span = re.Match[str].span


def offsets(text: str) -> Iterator[tuple[int, int]]:
    """Walk where the words of a text begin and end, in step with `words`."""
    lower = plain(text)
    if lower is not None:
        return map(_span, _ASCII_RUN.finditer(lower))
    return (match.span() for match in _WORD.finditer(text) if _folds[match[0]])


def offsets_of(
    text: str, words: Sequence[str], places: Collection[int]
) -> Mapping[int, tuple[int, int]]:
    """Give where some of the words of a text stand, by their place in `words`.

    Few words of plain text are looked for one by one, which is much faster than to walk them all.
    """
    wanted = {words[place] for place in places}
    few = len(wanted) <= _FEW and all(1 < len(word) < WORD_LENGTH_MAX for word in wanted)
    lower = plain(text) if few else None
    if lower is not None:
        return {place: at for word in wanted for place, at in _placed(word, words, lower)}
    return dict(enumerate(islice(offsets(text), max(places, default=-1) + 1)))


_FEW = 8


def _placed(word: str, words: Sequence[str], lower: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Walk the places of a word among all words, each with where it stands in the text."""
    place, end = -1, 0
    while (at := lower.find(word, end)) >= 0:
        end = at + len(word)
        inside = (at and lower[at - 1].isalnum()) or lower[end : end + 1].isalnum()
        if not inside:
            place = words.index(word, place + 1)
            yield place, (at, end)


class Passage(NamedTuple):
    """What an engine indexes of a stretch of text: its stems in place, joined, and its words."""

    stems: str
    words: frozenset[str]


def passage(text: str) -> Passage:
    """Analyse a stretch of text; short ones are remembered, for names and codes come again."""
    return _short_passage(text) if len(text) < _SHORT else _passage(text)


def _passage(text: str) -> Passage:
    found = words(text)
    return Passage(" ".join(map(_stems.__getitem__, found)), frozenset(found))


_SHORT = 80
_short_passage = lru_cache(maxsize=10_000)(_passage)


def identified(text: str) -> list[Passage]:
    """Analyse an identifier: as printed, and as the one word that `identifier` makes of it.

    Both are one where nothing stands between its letters. Nothing is remembered: each is unique.
    """
    printed = words(text)
    whole = _one_word(printed)
    as_word = Passage(_stem_of(whole), frozenset((whole,))) if whole else NO_PASSAGE
    if len(printed) < 2:
        return [as_word]
    return [Passage(" ".join(map(_stem_of, printed)), frozenset(printed)), as_word]


NO_PASSAGE = Passage("", frozenset())


def apart(stems: Sequence[str]) -> str:
    """Join the stems of passages, `GAP` places between two: no phrase, near or not, spans them."""
    return _SEPARATOR.join(stems)
