"""What a query means, apart from how it was typed and from how an engine finds it.

Words in a tree are folded as `analysis.words` gives them, never stemmed: each engine stems them
itself with `analysis.stem`. `shown` is how a person typed it, for the reading of the query; it is
no part of the meaning and of no comparison.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute

# Where text can be looked for; None in a node is the whole entry with all its pages.
TEXT_FIELDS = ("title", "vendor", "agency")

# The greatest distance that `Near` may ask for; between passages and pages lies a wider gap.
NEAREST_MAX = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    """Every entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """No entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Entries with this word in any of its inflections."""

    word: str
    field: str | None = None
    shown: str = attribute(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words one after the other; with `joined` also written as one word (e-mail, email)."""

    words: tuple[str, ...]
    field: str | None = None
    joined: bool = False
    shown: str = attribute(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Every two neighbouring words somewhere at most `within` places apart, in either order."""

    words: tuple[str, ...]
    within: int
    field: str | None = None
    shown: str = attribute(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """Words as printed that begin so; field `identifier` looks at identifiers."""

    start: str
    field: str | None = None
    shown: str = attribute(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuzzy:
    """Words as printed at distance 1 at most: a letter more, less, other, or two swapped."""

    word: str
    field: str | None = None
    shown: str = attribute(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValues:
    """Entries with any of these values of a facet; `label` is what a person reads."""

    facet: str
    values: tuple[str, ...]
    label: str = attribute(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """Entries with this identifier, as `analysis.identifier` folds it."""

    value: str
    shown: str = attribute(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Entries whose number lies between two bounds, both included; None is open.

    `column` is `day` (an ordinal), `cents` or `ceiling_cents`. An entry without it is never found.
    """

    column: str
    low: int | None = None
    high: int | None = None
    label: str = attribute(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InPage:
    """Documents of which one page by itself satisfies `part`.

    A page has text only: facets, ranges, identifiers and fields within `part` find nothing.
    """

    part: "Node"


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """Entries that do not satisfy `part`."""

    part: "Node"


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """Entries that satisfy all parts; without any part, all entries."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """Entries that satisfy any part; without any part, none."""

    parts: tuple["Node", ...]


TextLeaf = Word | Phrase | Near | Prefix | Fuzzy
Node = All | Nothing | TextLeaf | FieldValues | Identified | Range | InPage | Not | And | Or


def all_of(parts: tuple[Node, ...]) -> Node:
    """Join parts with AND, without a needless level."""
    if not parts:
        return All()
    return parts[0] if len(parts) == 1 else And(parts=parts)


def any_of(parts: tuple[Node, ...]) -> Node:
    """Join parts with OR, without a needless level."""
    if not parts:
        return Nothing()
    return parts[0] if len(parts) == 1 else Or(parts=parts)


def wanted_text(tree: Node) -> Iterator[TextLeaf]:
    """Walk the text that a query asks for, leaving out what stands under a Not."""
    match tree:
        case Word() | Phrase() | Near() | Prefix() | Fuzzy():
            yield tree
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from wanted_text(part)
        case InPage(part=part):
            yield from wanted_text(part)
        case _:
            return


def in_pages(tree: Node) -> Iterator[InPage]:
    """Walk what a query asks of single pages, leaving out what stands under a Not."""
    match tree:
        case InPage():
            yield tree
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from in_pages(part)
        case _:
            return


def is_scored(tree: Node) -> bool:
    """Say whether relevance means anything: prefix and fuzzy score alike, filters not at all."""
    return any(isinstance(leaf, Word | Phrase | Near) for leaf in wanted_text(tree))


def page_part(tree: Node) -> Node | None:
    """Leave of a query what can be asked of a single page; None when that is nothing.

    Facets, ranges, identifiers and words of a field are answered by the document as a whole, so
    they fall away; so does everything when no word is left that a page could be shown for.
    """
    part = _without_fields(tree)
    return part if part is not None and any(wanted_text(part)) else None


def _without_fields(tree: Node) -> Node | None:
    match tree:
        case Word() | Phrase() | Near() | Prefix() | Fuzzy():
            return None if tree.field else tree
        case And(parts=parts):
            left = _all_without_fields(parts)
            return all_of(left) if left else None
        case Or(parts=parts):
            left = _all_without_fields(parts)
            return any_of(left) if left else None
        case Not(part=part):
            inner = _without_fields(part)
            return None if inner is None else Not(part=inner)
        case InPage(part=part):
            return _without_fields(part)
        case _:
            return None


def _all_without_fields(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(left for part in parts if (left := _without_fields(part)) is not None)
