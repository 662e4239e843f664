"""What a query means, apart from how it was typed and from how an engine finds it.

Words in a tree are folded as `analysis.words` gives them, never stemmed: each engine stems them
itself with `analysis.stem`. `shown` is how a person typed it, for the reading of the query; it is
no part of the meaning and of no comparison.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as attribute

from archive.search.entry import PAGE_COLUMNS, PAGE_FACETS

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
    """Words as printed that begin so; `identifier` and `exemption` as a field look at those."""

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
    """Entries with this identifier or exemption, as one word, in the form that is searched for."""

    value: str
    field: str = "identifier"
    shown: str = attribute(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Entries whose number lies between two bounds, both included; None is open.

    `column` is `day` (an ordinal), `cents`, `ceiling_cents` or `redacted` (per cent). An entry
    without it is never found.
    """

    column: str
    low: int | None = None
    high: int | None = None
    label: str = attribute(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InPage:
    """Documents of which one page by itself satisfies `part`.

    A page has text, exemptions, `PAGE_FACETS` and `PAGE_COLUMNS`; what else stands within `part`
    finds nothing.
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


def wanted_of_page(tree: Node) -> Iterator[Node]:
    """Walk what a query asks of pages, text and facts, leaving out what stands under a Not."""
    match tree:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from wanted_of_page(part)
        case InPage(part=part):
            yield from wanted_of_page(part)
        case FieldValues() | Identified() | Range():
            yield tree
        case _:
            yield from wanted_text(tree)


def has_page_words(tree: Node) -> bool:
    """Say whether a query asks for words that can be marked on a page."""
    return any(leaf.field is None for leaf in wanted_text(tree))


def is_scored(tree: Node) -> bool:
    """Say whether relevance means anything: prefix and fuzzy score alike, filters not at all."""
    return any(isinstance(leaf, Word | Phrase | Near) for leaf in wanted_text(tree))


def page_part(tree: Node) -> Node | None:
    """Leave of a query what can be asked of a single page; None when that is nothing.

    What the document as a whole answers falls away: facets, ranges, identifiers and words of a
    field, but for exemptions and how a page was read. How much is redacted is asked of a page only
    within page:( … ). All falls away when nothing is left that a page could be shown for.
    """
    part = _of_a_page(tree, is_within=False)
    return part if part is not None and any(wanted_of_page(part)) else None


def _of_a_page(tree: Node, *, is_within: bool) -> Node | None:
    match tree:
        case Word() | Phrase() | Near() | Prefix() | Fuzzy() | Identified():
            return tree if tree.field in (None, "exemption") else None
        case FieldValues(facet=facet):
            return tree if facet in PAGE_FACETS else None
        case Range(column=column):
            return tree if is_within and column in PAGE_COLUMNS else None
        case And(parts=parts):
            left = _all_of_a_page(parts, is_within=is_within)
            return all_of(left) if left else None
        case Or(parts=parts):
            left = _all_of_a_page(parts, is_within=is_within)
            return any_of(left) if left else None
        case Not(part=part):
            inner = _of_a_page(part, is_within=is_within)
            return None if inner is None else Not(part=inner)
        case InPage(part=part):
            return _of_a_page(part, is_within=True)
        case _:
            return None


def _all_of_a_page(parts: tuple[Node, ...], *, is_within: bool) -> tuple[Node, ...]:
    found = (_of_a_page(part, is_within=is_within) for part in parts)
    return tuple(left for left in found if left is not None)
