"""Writes a part of a query as a person would type it, for links to other ways of asking."""

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
from archive.watchlist.agencies import short_name

_COLUMNS = {"day": "date", "cents": "amount", "ceiling_cents": "ceiling"}


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
            return f"-{_inner(part)}"
        case InPage(part=part):
            return f"page:({retyped(part)})"
        case FieldValues(facet=facet, values=values):
            return " OR ".join(_valued(facet, value) for value in values)
        case Identified(value=value, shown=shown):
            return f"id:{_value(shown or value)}"
        case Range():
            return _range(tree)
        case _:
            return _text(tree)


def _inner(part: Node) -> str:
    grouped = isinstance(part, And | Or) or (isinstance(part, FieldValues) and len(part.values) > 1)
    return f"({retyped(part)})" if grouped else retyped(part)


def _valued(facet: str, value: str) -> str:
    """Give a value after its field; an agency by the short name that people type."""
    short = short_name(value) if facet == "subagency" else ""
    return f"agency:{_value(short)}" if short else f"{facet}:{_value(value)}"


def _value(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _text(leaf: TextLeaf) -> str:
    field = f"{leaf.field}:" if leaf.field and leaf.field != "identifier" else ""
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
            field = "id:" if leaf.field == "identifier" else field
        case Fuzzy(word=word):
            typed = f"{word}~"
    return field + typed


def _range(tree: Range) -> str:
    low, high = (_bound(tree.column, bound) for bound in (tree.low, tree.high))
    return f"{_COLUMNS[tree.column]}:{low}..{high}"


def _bound(column: str, value: int | None) -> str:
    if value is None:
        return ""
    if column == "day":
        return date.fromordinal(value).isoformat()
    dollars, cents = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{dollars}" + (f".{cents:02}" if cents else "")
