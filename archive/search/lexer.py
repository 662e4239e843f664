"""Cut what a person typed into tokens: linear, and never at a loss.

What is over the caps is cut off first, before any other work is done on it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

LENGTH_MAX = 4_000
TOKENS_MAX = 256

Kind = Literal["open", "close", "and", "or", "not", "field", "quoted", "word"]

_QUOTES = "\"“”„‟«»"  # fmt: skip
_BLANK = re.compile(r"\s+")
_MINUS = re.compile(r"-+(?=[^\s-])")
# "(b)(7)(E)" is how an exemption is written, not two groups of brackets.
_CITATION = re.compile(r"(?:\d[\w.]{0,11})?(?:\((?:[A-Za-z]|\d{1,2}|[ivx]{1,4})\)){2,}")
# A letter first: 10:30 is a time. Not before "//": that is an address.
_FIELD = re.compile(r"([A-Za-z_]{1,20}):(?!//)\s*")
_CHUNK = re.compile(rf"[^\s(){_QUOTES}]+")
_QUOTED = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}](?:~(\d*))?")
# After its field also with one bracket, without any before, with a star: "7(C)", "b(7)*", "(b6)".
_EXEMPTION = re.compile(rf"[^\s(){_QUOTES}]{{0,24}}(?:\([A-Za-z0-9]{{1,4}}\)){{1,6}}\*?")
_OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of a query: `text` is what it means, `typed` how it stood there.

    `near` is what follows the quotes of a near phrase: digits, or nothing after a lone `~`.
    """

    kind: Kind
    text: str
    typed: str
    near: str | None = None


def cut(typed: str, fields: frozenset[str]) -> tuple[list[Token], bool]:
    """Give the tokens of a query, and whether all of it fitted below the caps."""
    # Halves of characters, which broken forms send, can be neither searched nor shown.
    whole = typed[:LENGTH_MAX].encode("utf-8", "ignore").decode()
    walk = _tokens(whole, fields)
    tokens = [token for _, token in zip(range(TOKENS_MAX), walk, strict=False)]
    return tokens, len(typed) <= LENGTH_MAX and next(walk, None) is None


def _tokens(typed: str, fields: frozenset[str]) -> Iterator[Token]:
    place = 0
    field = ""  # that stands just before
    while place < len(typed):
        if blank := _BLANK.match(typed, place):
            place = blank.end()
            continue
        if field == "exemption" and (found := _EXEMPTION.match(typed, place)):
            token, place = _word(found.group()), found.end()
        elif field == "page" and (within := _field(typed, place, fields)):
            token, place = within
        else:
            token, place = _token(typed, place, frozenset() if field else fields)
        field = token.text if token.kind == "field" else ""
        yield token


def _word(text: str) -> Token:
    return Token(kind="word", text=text, typed=text)


def _token(typed: str, place: int, fields: frozenset[str]) -> tuple[Token, int]:
    if found := _CITATION.match(typed, place):
        return _word(found.group()), found.end()
    if typed[place] in "()":
        kind: Kind = "open" if typed[place] == "(" else "close"
        return Token(kind=kind, text="", typed=typed[place]), place + 1
    if typed[place] in _QUOTES:
        return _quoted(typed, place)
    # The value of a field is taken as it stands: in `amount:-5` the minus belongs to the number.
    if fields and (found := _MINUS.match(typed, place)):
        return Token(kind="not", text="", typed="-"), found.end()
    return _field(typed, place, fields) or _chunk(typed, place)


def _field(typed: str, place: int, fields: frozenset[str]) -> tuple[Token, int] | None:
    found = _FIELD.match(typed, place) if fields else None
    if found is None or (name := found.group(1).lower()) not in fields:
        return None
    return Token(kind="field", text=name, typed=found.group().strip()), found.end()


def _quoted(typed: str, place: int) -> tuple[Token, int]:
    found = _QUOTED.match(typed, place)
    if found is None:
        return Token(kind="word", text="", typed=typed[place]), place + 1
    text, near = found.groups()
    return Token(kind="quoted", text=text, typed=found.group(), near=near), found.end()


def _chunk(typed: str, place: int) -> tuple[Token, int]:
    found = _CHUNK.match(typed, place)
    assert found is not None, "quotes, brackets and blanks were taken before"  # noqa: S101
    text = found.group()
    return Token(kind=_OPERATORS.get(text, "word"), text=text, typed=text), found.end()
