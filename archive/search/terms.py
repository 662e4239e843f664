"""Read single words, words with a mark (`prefix*`, `fuzzy~`) and what stands in quotes."""

import re

from archive.search.analysis import words
from archive.search.tree import (
    NEAREST_MAX,
    Fuzzy,
    Near,
    Node,
    Phrase,
    Prefix,
    Word,
    all_of,
)

PHRASE_MAX = 64  # words
NEAR_MAX = 16  # words; each two neighbours are looked for by themselves
START_MIN = 2  # a single letter before the star walks through half of all words
FUZZY_MIN = 3  # nearly every short word is like every other

_MARKED = re.compile(r"(.*?)(\*+|~\d*)?", re.DOTALL)
_LONG = f"A phrase has at most {PHRASE_MAX} words."
_LETTERS = "Only letters and digits are searched."


class Complaint(str):
    """Why something was ignored: the sentence that follows its quotation."""

    __slots__ = ()


def chunk(typed: str, field: str | None = None) -> Node | Complaint:
    """Read a run of characters without blanks: a word, `start*`, `alike~`, or a hyphenated word."""
    found = _MARKED.fullmatch(typed)
    text, mark = found.groups() if found else (typed, None)
    parts = tuple(words(text))
    if not parts:
        return Complaint(_star(field) if mark and mark[0] == "*" else _LETTERS)
    if mark is None:
        return _plain(parts, field, text)
    *before, last = parts
    marked = _prefix(last, field) if mark[0] == "*" else _fuzzy(last, mark, field)
    if isinstance(marked, Complaint):
        return marked
    return all_of((*(Word(word=word, field=field, shown=word) for word in before), marked))


def _plain(parts: tuple[str, ...], field: str | None, shown: str) -> Node | Complaint:
    if len(parts) == 1:
        return Word(word=parts[0], field=field, shown=_trimmed(shown))
    if len(parts) > PHRASE_MAX:
        return Complaint(_LONG)
    return Phrase(words=parts, field=field, joined=True, shown=_trimmed(shown))


def _trimmed(shown: str) -> str:
    """Leave away the punctuation around what was typed, which is not searched."""
    return re.sub(r"^[^\w(]+|[^\w)]+$", "", shown)


def _prefix(start: str, field: str | None) -> Node | Complaint:
    return (
        Prefix(start=start, field=field, shown=start)
        if len(start) >= START_MIN
        else Complaint(_star(field))
    )


def _star(field: str | None) -> str:
    example = f"{field}:fa*" if field else "fa*"
    return f"A star needs at least two characters before it, such as `{example}`."


def _fuzzy(word: str, mark: str, field: str | None) -> Node | Complaint:
    if mark not in ("~", "~1"):
        return Complaint("A word may differ in one letter only, such as `clearveiw~`.")
    if len(word) < FUZZY_MIN:
        return Complaint("Only a word of three letters or more can be spelled otherwise.")
    return Fuzzy(word=word, field=field, shown=word)


def _places(near: str) -> int:
    """Read the number after `~`; 0 for none, and for one of more digits than any distance has."""
    digits = near.lstrip("0")
    return int(digits) if 0 < len(digits) <= 4 else 0


def quoted(text: str, near: str | None, field: str | None = None) -> Node | Complaint:
    """Read what stands in quotes: a phrase, or with a number of places after `~` a near phrase."""
    parts = tuple(words(text))
    shown = " ".join(text.split())
    if not parts:
        return Complaint('A phrase needs words, such as `"no responsive records"`.')
    if len(parts) == 1:
        return Word(word=parts[0], field=field, shown=shown)
    if len(parts) > PHRASE_MAX:
        return Complaint(_LONG)
    if near is None:
        return Phrase(words=parts, field=field, shown=shown)
    if not 1 <= _places(near) <= NEAREST_MAX:
        return Complaint(
            f'Words can be up to {NEAREST_MAX} places apart, such as `"flock safety"~3`.'
        )
    if len(parts) > NEAR_MAX:
        return Complaint(f"At most {NEAR_MAX} words can be asked to be near each other.")
    return Near(words=parts, within=_places(near), field=field, shown=shown)
