"""The words for facet values: codes of agencies, vendors, products and places.

Labels that only records know (PSC, NAICS, agencies outside the watchlist) are learned from one
record with that code and remembered; a code means the same for as long as the program runs.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from urllib.parse import quote

import sqlalchemy as sa

from archive.catalogue.tables import award, vendor
from archive.index.casing import sentence_case
from archive.search.engine import Engine, Hit, Question, Sort
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
    "exemption": "Exemption",
    "read": "Reading",
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
    "exemption": "exemptions",
    "read": "states of reading",
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
_READ = {"poorly": "Some pages read poorly", "unread": "Some pages not recognised"}
_KINDS = {"award": "Awards", "notice": "Notices", "document": "Documents"}
_LIVE = ("USAspending", "SAM.gov")
_DIGITS_MAX = 9  # of a vendor's number
_LEARNED = {
    "agency": "awarding_agency_name",
    "subagency": "awarding_subagency_name",
    "psc": "psc_label",
    "naics": "naics_label",
}


_NAMES = sa.select(vendor.c.id, vendor.c.name).where(
    vendor.c.id.in_(sa.bindparam("vendors", expanding=True)), vendor.c.is_person.is_(False)
)
_FIELDS = sa.select(award.c.key, award.c.fields).where(
    award.c.key.in_(sa.bindparam("awards", expanding=True))
)


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
        labels = {value: self._known(name, value) for value in values}
        if name in _LEARNED and not all(labels.values()):
            self._learn(
                name, [one for one, label in labels.items() if not label], connection, engine
            )
            labels = {value: self._known(name, value) for value in values}
        return {value: label or value for value, label in labels.items()}

    def _known(self, name: str, value: str) -> str:
        """Give a label that needs no looking up now, '' when there is none."""
        label = _known(name, value) or self._learned.get((name, value), "")
        return stand_in(label) if name == "source" and self._is_sample else label

    def _learn(
        self, name: str, values: Sequence[str], connection: sa.Connection, engine: Engine
    ) -> None:
        """Remember the labels of codes, each from the newest award that has it."""
        for value, said in zip(values, _said(name, values, connection, engine), strict=True):
            # Titles of products begin alike; the code in front tells them apart.
            is_coded = name in ("psc", "naics") and said not in ("", value)
            self._learned[name, value] = f"{value} {said}" if is_coded else said or value


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
        case "read":
            return _READ.get(value, "")
        case "technology":
            return technologies.labels().get(value, "")
        case "agency":
            return agencies.name_of(value).removeprefix("Department of ").removeprefix("the ")
        case "subagency":
            return agencies.short_name(value)
        case _:
            return ""


def _said(
    name: str, values: Sequence[str], connection: sa.Connection, engine: Engine
) -> Iterator[str]:
    """Walk what the newest award with each code calls it, '' where it says nothing."""
    newest = [
        Question(tree=All(), filters={name: (one,), "kind": ("award",)}, sort=Sort.ARRIVED, size=1)
        for one in values
    ]
    found = [[_award_key(hit) for hit in one.hits] for one in engine.answers(newest)]
    rows = connection.execute(_FIELDS, {"awards": list(chain(*found))})
    fields = {key: json.loads(written) for key, written in rows}
    return (
        tidy(
            str(next((fields[key].get(_LEARNED[name]) or "" for key in keys if key in fields), ""))
        )
        for keys in found
    )


def _award_key(hit: Hit) -> str:
    return hit.key.removeprefix("awards/")


def tidy(label: str) -> str:
    """Write a label that a source shouts in ordinary letters."""
    return sentence_case(label) if label.isupper() else label


def _vendors(values: Iterable[str], connection: sa.Connection) -> dict[str, str]:
    numbers = [number for value in values if (number := vendor_number(value)) is not None]
    rows = connection.execute(_NAMES, {"vendors": numbers}) if numbers else ()
    return {str(number): name for number, name in rows}
