"""Read what stands after `field:` into a part of the query tree."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from archive.search.analysis import identifier, words
from archive.search.bounds import (
    AMOUNT,
    DATE,
    PERCENT,
    YEAR,
    amount,
    bounds,
    day,
    percent,
    year,
)
from archive.search.entry import FACETS
from archive.search.exemptions import folded, written
from archive.search.terms import Complaint, chunk, quoted
from archive.search.tree import (
    TEXT_FIELDS,
    FieldValues,
    Identified,
    Node,
    Prefix,
    Range,
    any_of,
)

IDENTIFIERS = ("piid", "uei", "id")
_NUMBERS = ("amount", "ceiling", "date", "redacted")
FIELDS = frozenset((*FACETS, *TEXT_FIELDS, *IDENTIFIERS, *_NUMBERS, "page"))
# The fields that a single page has.
PAGE_FIELDS = ("exemption", "read", "redacted")

_CODE = re.compile(r"\d{3,4}")
_KINDS = ("award", "notice", "document")
# How a page was read, where something is amiss: what is typed, and what follows "pages".
READ = {"poorly": "read poorly", "unread": "whose words are not recognised"}
_SHAPES = {
    "psc": (re.compile(r"[A-Z0-9]{4}"), "A PSC has four letters or digits, such as `psc:7030`."),
    "naics": (re.compile(r"\d{2,6}"), "A NAICS code has up to six digits, such as `naics:541519`."),
    "state": (re.compile(r"[A-Z]{2}"), "A state has two letters, such as `state:VA`."),
}


class Vocabulary(Protocol):
    """What the archive knows about the values of facets."""

    def values(self, field: str, typed: str) -> Sequence[tuple[str, str, str]]:
        """Give the (facet, value, label) that someone may mean who typed this after a field.

        `agency`, `ICE` may give (("subagency", "7012", "U.S. Immigration and Customs
        Enforcement"),). Nothing when it is not known.
        """
        ...


class NoVocabulary:
    """Knows nothing: values are taken as they are typed."""

    def values(self, field: str, typed: str) -> Sequence[tuple[str, str, str]]:
        """Give nothing."""
        return ()


def field_value(
    field: str,
    typed: str,
    vocabulary: Vocabulary,
    *,
    in_quotes: bool = False,
    near: str | None = None,
) -> Node | Complaint:
    """Read the value of a field, or say what it should be."""
    if field in _NUMBERS:
        return _number(field, typed)
    if field in _READERS:
        return _READERS[field](typed)
    if field in IDENTIFIERS:
        return _identified(field, typed)
    is_text = field in TEXT_FIELDS or field == "subagency"
    # Words may stand near each other in a name, not in a code: there the distance says nothing.
    is_value = field in FACETS and not (is_text and near is not None)
    if is_value and (known := vocabulary.values(field, typed.strip())):
        return _known(known)
    if is_text:
        return _named(field, typed, in_quotes=in_quotes, near=near)
    return _plain(field, typed.strip())


def _number(field: str, typed: str) -> Node | Complaint:
    if field == "date":
        return bounds(typed, "day", day, DATE) or Complaint(DATE.complaint)
    if field == "redacted":
        return bounds(typed, "redacted", percent, PERCENT) or Complaint(PERCENT.complaint)
    column = "cents" if field == "amount" else "ceiling_cents"
    complaint = AMOUNT.complaint.replace("amount:", f"{field}:")
    return bounds(typed, column, amount, AMOUNT) or Complaint(complaint)


def _year(typed: str) -> Node | Complaint:
    span = bounds(typed, "day", year, YEAR)
    if span is None:
        return Complaint(YEAR.complaint)
    if year(typed):
        return FieldValues(facet="year", values=(typed,))
    return Range(column="day", low=span.low, high=span.high, label=f"fiscal year {span.label}")


def _identified(field: str, typed: str) -> Node | Complaint:
    folded = identifier(typed)
    if not folded:
        return Complaint(f"An identifier has letters or digits, such as `{field}:70CMSD21C0001`.")
    if typed.endswith("*"):
        return Prefix(start=folded, field="identifier", shown=typed[:-1])
    return Identified(value=folded, shown=typed)


def _exemption(typed: str) -> Node | Complaint:
    """Read an exemption in any of its forms; with a star, all that begin so."""
    value = folded(typed)
    if not value:
        return Complaint(
            "An exemption is written as on a page, such as `exemption:b7e`, `exemption:(b)(7)(E)`"
            ' or `exemption:"ORS 192.345(22)(c)"`.'
        )
    if typed.rstrip().endswith("*"):
        return Prefix(start=value, field="exemption", shown=written(typed.rstrip(" *")))
    return Identified(value=value, field="exemption", shown=written(typed))


def _read(typed: str) -> Node | Complaint:
    value = typed.strip().lower()
    if value not in READ:
        return Complaint(
            "Pages are `read:poorly` by OCR, or `read:unread` where nobody recognised their words."
        )
    return FieldValues(facet="read", values=(value,), label=READ[value])


_READERS: Mapping[str, Callable[[str], Node | Complaint]] = {
    "year": _year,
    "exemption": _exemption,
    "read": _read,
}


def _known(known: Sequence[tuple[str, str, str]]) -> Node:
    facets = dict.fromkeys(facet for facet, _, _ in known)
    return any_of(tuple(_values_of(facet, known) for facet in facets))


def _values_of(facet: str, known: Sequence[tuple[str, str, str]]) -> FieldValues:
    labels = {value: label for name, value, label in known if name == facet}
    return FieldValues(
        facet=facet, values=tuple(labels), label=" or ".join(dict.fromkeys(labels.values()))
    )


def _named(field: str, typed: str, *, in_quotes: bool, near: str | None) -> Node | Complaint:
    """Read words of a title or a name; a lone code of an agency is its code."""
    if field in ("agency", "subagency") and _CODE.fullmatch(typed):
        return FieldValues(facet=field, values=(typed,))
    text_field = "agency" if field == "subagency" else field
    return quoted(typed, near, text_field) if in_quotes else chunk(typed, text_field)


def _plain(field: str, typed: str) -> Node | Complaint:
    """Read a value that nobody explained, in the case in which its facet is kept."""
    value = typed.upper() if field in _SHAPES else typed
    value = value.lower() if field in ("kind", "source", "technology") else value
    if field == "kind" and value not in _KINDS:
        return Complaint("A kind is award, notice or document, such as `kind:award`.")
    if field in _SHAPES and not _SHAPES[field][0].fullmatch(value):
        return Complaint(_SHAPES[field][1])
    if not words(value):
        return Complaint(f"A field needs a value, such as `{field}:{_EXAMPLES.get(field, 'x')}`.")
    return FieldValues(facet=field, values=(value,))


_EXAMPLES = {
    "source": "usaspending_awards",
    "technology": "face-recognition",
    "type": "letter",
}
