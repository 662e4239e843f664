"""What a search gives: typed records for a page, the API and the terminal."""

from collections.abc import Mapping
from dataclasses import dataclass

from archive.search.engine import Sort
from archive.search.tree import Node
from archive.shown.asking import Asked
from archive.shown.passages import Fragments, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMatch:
    """A page that matches; `hits` is how often, None where it was not counted."""

    number: int
    hits: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardEntry:
    """An award in a list of results. `vendor_number` is None for persons and unnamed payees.

    Where `obligated_cents` is not known, the `actions_held` obligated `obligated_in_actions_cents`.
    """

    key: str
    address: str
    title: Fragments
    day: str
    obligated_cents: int | None
    obligated_in_actions_cents: int | None
    actions_held: int | None
    potential_cents: int | None
    agency: str
    vendor: Fragments
    vendor_number: int | None
    is_person: bool
    verb: str
    piid: str
    type_code: str
    passages: tuple[Passage, ...]
    source: str
    captured_at: str
    gone_at: str | None
    kind: str = "award"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """A document in a list of results. `whole`: each page shown satisfies the query by itself.

    `day` is its own or that of its release, '' for neither. `file_name` is that of its first
    release; '' while the original is held back. `redacted_percent` is the share of its pages that
    is withheld, None where that is not known; `exemptions` are stamped on them.
    """

    key: str
    address: str
    title: Fragments
    day: str
    type: str
    file_name: str
    released_by: tuple[str, ...]
    released_on: str
    page_count: int
    is_held: bool
    beneath: int
    redacted_percent: int | None
    exemptions: tuple[str, ...]
    poor_pages: int
    unread_pages: int
    verdict: str
    passages: tuple[Passage, ...]
    pages: tuple[PageMatch, ...]
    pages_total: int
    whole: bool
    source: str
    captured_at: str
    kind: str = "document"


Shown = AwardEntry | DocumentEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value of a facet with its exact count; `kept` when the reader filters on it."""

    value: str
    label: str
    count: int
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A facet by falling count (years by falling year); `more` when there are further values.

    `title` and `plural` name it for the kinds of records found ("Awarding agency").
    """

    name: str
    title: str
    plural: str
    values: tuple[FacetValue, ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeFacet:
    """All values of one facet of a search, and how the search was understood."""

    asked: Asked
    read_as: str
    ignored: tuple[str, ...]
    facet: Facet


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of results with the counts of the whole. `last_page` is the last that can be asked.

    `undated` counts the records without a date, which no year counts; 0 where a year is kept.
    """

    asked: Asked
    tree: Node
    read_as: str
    ignored: tuple[str, ...]
    total: int
    entries: tuple[Shown, ...]
    facets: Mapping[str, Facet]
    years: tuple[tuple[int, int], ...]
    undated: int
    notes: tuple[str, ...]
    sort: Sort
    can_rank: bool
    last_page: int
