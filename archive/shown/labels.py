"""The words for facet values: codes of agencies, vendors, products and places.

Labels that only records know (PSC, NAICS, agencies outside the watchlist) are learned from one
record with that code and remembered; a code means the same for as long as the program runs.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from urllib.parse import quote

import sqlalchemy as sa

from archive.catalogue.tables import award, vendor
from archive.index.casing import sentence_case
from archive.search.engine import Engine, Question, Sort
from archive.search.tree import All
from archive.views import VIEWS
from archive.watchlist import agencies, technologies
from archive.watchlist.places import STATES
from archive.watchlist.vocabulary import called

TITLES: Mapping[str, str] = {
    "kind": "Kind",
    "subagency": "Awarding agency",
    "vendor": "Vendor",
    "technology": "Technology",
    "type": "Award or document type",
    "psc": "Product or service",
    "naics": "Industry",
    "state": "State",
    "agency": "Department",
    "source": "Source",
    "year": "Fiscal year",
}

# The same for "All vendors", "25 vendors".
PLURALS: Mapping[str, str] = {
    "kind": "kinds",
    "subagency": "awarding agencies",
    "vendor": "vendors",
    "technology": "technologies",
    "type": "award and document types",
    "psc": "products and services",
    "naics": "industries",
    "state": "states",
    "agency": "departments",
    "source": "sources",
    "year": "fiscal years",
}

# Of documents it is who released them. By the kinds among which a facet is counted.
_OF_DOCUMENTS = {
    "subagency": ("Releasing body", "releasing bodies"),
    "type": ("Document type", "document types"),
}
_OF_ALL = {"subagency": ("Awarding or releasing body", "awarding and releasing bodies")}
_OF_AWARDS = {"type": ("Award type", "award types")}
_KINDS = {"award": "Awards", "notice": "Notices", "document": "Documents"}
_LIVE = ("USAspending", "SAM.gov")
_DIGITS_MAX = 9  # of a vendor's number
_LEARNED = {
    "agency": "awarding_agency_name",
    "subagency": "awarding_subagency_name",
    "psc": "psc_label",
    "naics": "naics_label",
}


def facet_title(name: str, kinds: Collection[str], *, plural: bool = False) -> str:
    """Name a facet for the kinds of records that it counts: an agency awards, or it releases."""
    ours = _OF_AWARDS
    if "document" in kinds:
        ours = _OF_DOCUMENTS if len(kinds) == 1 else _OF_ALL
    if name in ours:
        return ours[name][plural]
    return (PLURALS if plural else TITLES)[name]


def type_label(code: str) -> str:
    """Give the word for an award's type code, or for a document's type."""
    return called("type", code) or code.replace("-", " ").replace("_", " ").capitalize()


def source_label(source: str, *, is_sample: bool = False) -> str:
    """Give the name of a source as readers know it."""
    words = source.replace("_", " ")
    label = called("source", source) or words[:1].upper() + words[1:]
    return stand_in(label) if is_sample else label


def view_label(view: str, *, is_sample: bool = False) -> str:
    """Give the name of a view as readers know it."""
    label = VIEWS[view].label if view in VIEWS else view
    return stand_in(label) if is_sample else label


def stand_in(label: str) -> str:
    """Say of a live source that in the sample archive something else answered in its place."""
    return f"Stand-in of {label}" if label.startswith(_LIVE) else label


def vendor_number(value: str) -> int | None:
    """Read a vendor's number as it stands in an address; None where it is no number."""
    is_number = value.isascii() and value.isdecimal() and len(value) <= _DIGITS_MAX
    return int(value) if is_number else None


def source_address(source: str) -> str:
    """Give the address of a source's page; a name given by hand may hold anything."""
    return f"/sources/{quote(source)}"


class Labels:
    """Gives labels of facet values, and remembers those that it had to look up."""

    def __init__(self, *, is_sample: bool = False) -> None:
        self._learned: dict[tuple[str, str], str] = {}
        self._is_sample = is_sample

    def of(
        self, name: str, values: Sequence[str], connection: sa.Connection, engine: Engine
    ) -> dict[str, str]:
        """Give the labels of some values of a facet; persons among vendors have none."""
        if name == "vendor":
            return _vendors(values, connection)
        return {value: self._one(name, value, connection, engine) for value in values}

    def _one(self, name: str, value: str, connection: sa.Connection, engine: Engine) -> str:
        label = _known(name, value)
        if name == "source" and self._is_sample:
            return stand_in(label)
        if label or name not in _LEARNED:
            return label or value
        if (name, value) not in self._learned:
            learned = _learn(name, value, connection, engine)
            # Titles of products begin alike; the code in front tells them apart.
            is_coded = name in ("psc", "naics") and learned != value
            self._learned[name, value] = f"{value} {learned}" if is_coded else learned
        return self._learned[name, value]


def _known(name: str, value: str) -> str:
    """Give a label that needs no looking up, '' when there is none."""
    match name:
        case "kind":
            return _KINDS.get(value, value)
        case "type":
            return type_label(value)
        case "source":
            return source_label(value)
        case "state":
            return STATES.get(value, "")
        case "technology":
            return technologies.labels().get(value, "")
        case "agency":
            return agencies.name_of(value).removeprefix("Department of ").removeprefix("the ")
        case "subagency":
            return agencies.short_name(value)
        case _:
            return ""


def _learn(name: str, value: str, connection: sa.Connection, engine: Engine) -> str:
    """Read the label of a code from the newest award that has it."""
    one = Question(
        tree=All(),
        filters={name: (value,), "kind": ("award",)},
        sort=Sort.ARRIVED,
        size=1,
    )
    keys = [hit.key.removeprefix("awards/") for hit in engine.search(one).hits]
    row = connection.scalar(sa.select(award.c.fields).where(award.c.key.in_(keys)))
    return tidy(str(json.loads(row).get(_LEARNED[name]) or "")) or value if row else value


def tidy(label: str) -> str:
    """Write a label that a source shouts in ordinary letters."""
    return sentence_case(label) if label.isupper() else label


def _vendors(values: Iterable[str], connection: sa.Connection) -> dict[str, str]:
    numbers = [number for value in values if (number := vendor_number(value)) is not None]
    wanted = sa.select(vendor.c.id, vendor.c.name).where(
        vendor.c.id.in_(numbers), vendor.c.is_person.is_(False)
    )
    return {str(row.id): row.name for row in connection.execute(wanted)}
