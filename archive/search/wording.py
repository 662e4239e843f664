"""Say a query tree in plain English, so that a reader sees how a query was understood."""

from collections.abc import Sequence

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

_FACETS = {
    "agency": "awarding agency",
    "subagency": "awarding agency",
    "psc": "PSC",
    "naics": "NAICS",
    "year": "fiscal year",
    "read": "pages",
}
_COLUMNS = {
    "day": "date",
    "cents": "obligated amount",
    "ceiling_cents": "potential value",
    "redacted": "share redacted",
}
_PLACES = {
    "title": " in the title",
    "vendor": " in the vendor\u2019s name",
    "agency": " in the agency\u2019s name",
    "identifier": " in an identifier",
}


def read_as(tree: Node) -> str:
    """Give the sentence that stands below the query."""
    if isinstance(tree, All):
        return "Read as everything in the archive."
    return f"Read as {_said(tree)}."


def _said(tree: Node) -> str:
    match tree:
        case All():
            return "everything"
        case Nothing():
            return "nothing"
        case And(parts=parts):
            return _and(parts)
        case Or(parts=parts):
            return " or ".join(_inner(part) for part in parts)
        case Not(part=part):
            return f"everything but {_inner(part)}"
        case InPage(part=part):
            return f"one page with {_inner(part)}"
        case FieldValues() | Identified() | Range():
            return _fact(tree)
        case Prefix(field="exemption", start=start, shown=shown):
            return f"an exemption beginning with {shown or start}"
        case _:
            return _text(tree) + _PLACES.get(tree.field or "", "")


def _inner(tree: Node) -> str:
    said = _said(tree)
    return f"({said})" if isinstance(tree, And | Or) else said


def _and(parts: Sequence[Node]) -> str:
    words = [part for part in parts if isinstance(part, Word) and part.field is None]
    others = [part for part in parts if not isinstance(part, Not) and part not in words]
    said = ([_words(words)] if words else []) + [_inner(part) for part in others]
    excluded = [_inner(part.part) for part in parts if isinstance(part, Not)]
    wanted = _listed(said) if said else "everything"
    return f"{wanted}, but not {_listed(excluded, 'or')}" if excluded else wanted


def _words(words: Sequence[Word]) -> str:
    if len(words) == 1:
        return _text(words[0])
    return f"the words {_listed([_quoted(word.shown or word.word) for word in words])}"


def _listed(said: Sequence[str], joint: str = "and") -> str:
    if len(said) == 1:
        return said[0]
    return f"{', '.join(said[:-1])} {joint} {said[-1]}"


def _quoted(shown: str) -> str:
    return f"“{shown}”"


def _text(leaf: TextLeaf) -> str:
    match leaf:
        case Word(word=word):
            return f"the word {_quoted(leaf.shown or word)}"
        case Phrase(words=words):
            return f"the phrase {_quoted(leaf.shown or ' '.join(words))}"
        case Near(words=words, within=1):
            return f"the words {_quoted(leaf.shown or ' '.join(words))} side by side in any order"
        case Near(words=words, within=within):
            shown = _quoted(leaf.shown or " ".join(words))
            return f"the words {shown} within {within} words of each other"
        case Prefix(start=start):
            return f"words beginning with {_quoted(leaf.shown or start)}"
        case Fuzzy(word=word):
            return f"words spelled like {_quoted(leaf.shown or word)}"


def _fact(tree: FieldValues | Identified | Range) -> str:
    match tree:
        case FieldValues(facet=facet, values=values, label=label):
            return f"{_FACETS.get(facet, facet)} {label or ' or '.join(values)}"
        case Identified(field="exemption", value=value, shown=shown):
            return f"exemption {shown or value}"
        case Identified(value=value, shown=shown):
            return f"the identifier {_quoted(shown or value)}"
        case Range(column="day", label=label) if label.startswith("fiscal"):
            return label
        case Range(column=column, label=label, low=low, high=high):
            return f"{_COLUMNS[column]} {label or f'from {low} to {high}'}"
