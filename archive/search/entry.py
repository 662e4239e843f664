"""What the search engine holds of one award, notice or document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from archive.errors import BadRequest
from archive.fiscal import fiscal_year

# Facets by name, in the order in which a page shows them. A facet is one line here.
FACETS: tuple[str, ...] = (
    "kind",  # award, notice, document
    "source",  # usaspending_awards, added …
    "agency",  # awarding agency, toptier code (070); of a document: the releasing agency
    "subagency",  # awarding sub-agency, subtier code (7012); of a document: who released it
    "vendor",  # vendor number
    "technology",  # watchlist id (face-recognition)
    "psc",  # product or service code (7030)
    "naics",  # industry code (541519)
    "state",  # two letters, place of performance; of a document: of the releasing body
    "year",  # federal fiscal year of `day`, four digits
    "type",  # document type (letter, contract …); of an award: its award type code
    "exemption",  # stamped on a document's redactions, in its normal form: (b)(7)(E)
    "read",  # poorly, unread: how pages of a document were read, where something is amiss
)
# Those that single pages have as well, and columns that they have.
PAGE_FACETS: tuple[str, ...] = ("exemption", "read")
PAGE_COLUMNS: tuple[str, ...] = ("redacted",)

_NO_FACETS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What is known of a page beside its words.

    `redacted` is the share of its area that is withheld, in per cent; None = not known. `read` is
    a value of the facet, '' where nothing is amiss.
    """

    exemptions: tuple[str, ...] = ()
    redacted: int | None = None
    read: str = ""

    @property
    def is_telling(self) -> bool:
        """Whether a page without words is worth a place in the index."""
        return bool(self.exemptions or self.redacted or self.read)

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """Its values of each of `PAGE_FACETS`."""
        return {"exemption": self.exemptions, "read": (self.read,) if self.read else ()}


NO_FACTS = PageFacts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One award, notice or document as the index holds it.

    `key` is unique and is also its address: `awards/CONT_AWD_…`, `documents/<sha256>`. `number` is
    a positive integer below 2**31, unique in the archive, growing with arrival: the last sort key
    and the order of "newest in the archive". `version` changes whenever anything else here changes.
    `changed_no` grows with each of its changes: where several write at once, an older state never
    overwrites a newer one. Without it the last write stays.
    `day` is the ordinal of a date (`date.toordinal()`), amounts are integer cents; None = unknown.
    `text` are separate passages (description, words of modifications, names, codes): no phrase and
    no near phrase reaches from one into the next. `vendors` and `agencies` are names as printed,
    searchable both as text and by `vendor:` and `agency:`. `identifiers` are PIIDs, UEIs, request
    numbers …, found whole and without regard to case, hyphens and spaces (`piid:`, `uei:`, `id:`).
    `facets` need not give `kind` and `year`: they follow from `kind` and `day` (`facet_values`).
    `pages` are the texts of a document's pages, the first being page 1; empty for other kinds.
    `page_facts` are as many, or none. `redacted` is the share of its pages' area that is withheld,
    in per cent; None = not known.
    """

    key: str
    number: int
    version: str
    kind: str
    title: str
    text: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_FACETS)
    day: int | None = None
    cents: int | None = None
    ceiling_cents: int | None = None
    pages: tuple[str, ...] = ()
    page_facts: tuple[PageFacts, ...] = ()
    redacted: int | None = None
    changed_no: int | None = None


def facet_values(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Give the values of each facet, once each; kind and fiscal year follow from the entry itself.

    Raises:
        BadRequest: a facet that is not in `FACETS`.
    """
    unknown = [name for name in entry.facets if name not in FACETS]
    if unknown:
        raise BadRequest(f"{entry.key}: unknown facet {unknown[0]!r} (known: {' '.join(FACETS)}).")
    found = {
        name: values if len(values) < 2 else tuple(dict.fromkeys(values))
        for name, values in entry.facets.items()
    }
    found["kind"] = (entry.kind,)
    found["year"] = () if entry.day is None else _year_of(entry.day)
    return found


@lru_cache(maxsize=10_000)
def _year_of(day: int) -> tuple[str]:
    return (str(fiscal_year(date.fromordinal(day))),)
