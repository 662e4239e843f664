"""Writes a part of a query as a person would type it, for links to other ways of asking."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

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
    TextLeaf,
    Word,
)
from archive.shown.asking import Asked
from archive.watchlist.agencies import find, short_name

_COLUMNS = {
    "day": "date",
    "cents": "amount",
    "ceiling_cents": "ceiling",
    "redacted": "redacted",
}
_NAMES = {"identifier": "id", "exemption": "exemption"}  # what is found as one word
_PLAIN = re.compile(r"[\w.,/&-]+")  # a value that needs no quotes
_DIGITS_MAX = 15  # of an amount that can be read
_UNITS = {"k": 10**3, "m": 10**6, "bn": 10**9}


def understood(asked: Asked, tree: Node, *, has_ignored: bool) -> Asked:
    """Give what is asked without what was ignored of it; as it was typed, where nothing was."""
    return replace(asked, query=retyped(tree)) if has_ignored and asked.query else asked


def retyped(tree: Node) -> str:
    """Give a query that is read as this tree."""
    match tree:
        case All() | Nothing():
            return ""
        case And(parts=parts):
            return " ".join(_inner(part) for part in parts)
        case Or(parts=parts):
            return " OR ".join(_inner(part) for part in parts)
        case Not(part=part):
            return _negated(part)
        case InPage(part=part):
            return f"page:({retyped(part)})"
        case FieldValues(facet=facet, values=values):
            return " OR ".join(_valued(facet, value) for value in values)
        case Identified(field=field, value=value, shown=shown):
            return f"{_NAMES[field]}:{_value(shown or value)}"
        case Range():
            return _range(tree)
        case _:
            return _text(tree)


def _inner(part: Node) -> str:
    grouped = isinstance(part, And | Or) or (isinstance(part, FieldValues) and len(part.values) > 1)
    return f"({retyped(part)})" if grouped else retyped(part)


def _negated(part: Node) -> str:
    # Of two hyphens in a row the second says nothing.
    return f"-({retyped(part)})" if isinstance(part, Not) else f"-{_inner(part)}"


def _valued(facet: str, value: str) -> str:
    """Give a value after its field; an agency by the short name that people type."""
    short = short_name(value) if facet == "subagency" else ""
    is_plain = [(one.facet, one.code) for one in find(short)] == [(facet, value)]
    return f"agency:{_value(short)}" if is_plain else f"{facet}:{_value(value)}"


def _value(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else f'"{value}"'


def _text(leaf: TextLeaf) -> str:
    field = f"{leaf.field}:" if leaf.field and leaf.field not in _NAMES else ""
    match leaf:
        case Word(word=word):
            typed = word
        case Phrase(words=words, joined=True):
            typed = "-".join(words)
        case Phrase(words=words):
            typed = f'"{" ".join(words)}"'
        case Near(words=words, within=within):
            typed = f'"{" ".join(words)}"~{within}'
        case Prefix(start=start):
            typed = f"{start}*"
            field = f"{_NAMES[leaf.field]}:" if leaf.field in _NAMES else field
        case Fuzzy(word=word):
            typed = f"{word}~"
    return field + typed


def _range(tree: Range) -> str:
    name = _COLUMNS[tree.column]
    write = _WRITERS.get(tree.column, _dollars)
    low, high = ("" if one is None else write(one) for one in (tree.low, tree.high))
    if low is not None and high is not None:
        return f"{name}:{low}..{high}"
    # A bound that lies beyond what can be written was given by a sign: after 9999, over 10¹⁵.
    if tree.low is not None:
        return f"{name}:>{write(tree.low - 1)}"
    return f"{name}:<{write((tree.high or 0) + 1)}"


def _day(ordinal: int) -> str | None:
    is_day = date.min.toordinal() <= ordinal <= date.max.toordinal()
    return date.fromordinal(ordinal).isoformat() if is_day else None


def _dollars(cents: int) -> str | None:
    """Write an amount with its cents, for a whole dollar alone would cover those that follow."""
    dollars, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    if len(str(dollars)) <= _DIGITS_MAX:
        return f"{sign}{dollars}.{rest:02}"
    for unit, size in _UNITS.items():
        whole, part = divmod(abs(cents) * 100, size * 10_000)
        if part % size == 0 and len(str(whole)) <= _DIGITS_MAX:
            return f"{sign}{whole}.{part // size:04}{unit}"
    return None


_WRITERS: Mapping[str, Callable[[int], str | None]] = {"day": _day, "redacted": str}
