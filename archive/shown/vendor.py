"""One vendor: its names as printed, what it was obligated, by whom, for what, and who names it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue.fields import field_text
from archive.catalogue.tables import award, record, vendor, version
from archive.errors import NotFound
from archive.shown.asking import Asked
from archive.shown.desk import Desk
from archive.shown.found import FacetValue, Found
from archive.shown.in_actions import cents_in_part, known_cents
from archive.shown.offices import Office, count_offices, offices
from archive.shown.periods import Period, periods
from archive.shown.search import search
from archive.shown.sums import Whose, Yearly, has_actions, yearly
from archive.watchlist.vendors import folded

_NAMES_MAX = 200
_SHOWN = 5
# Words so short or common in a name prove nothing on a page.
_NAME_LETTERS_MIN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedName:
    """A name as rows print it, with its identifier, and from when to when.

    It is printed from the day of the first action that prints it; in an award none of whose actions
    is held, from the day on which that was signed.
    """

    name: str
    parent: str
    uei: str
    duns: str
    cage: str
    first_on: str
    last_on: str
    awards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVendor:
    """A vendor. `agencies` are (code, name, awards, obligated cents) by falling sum.

    Of `awards_in_part` awards the total is not known; what the actions held of them obligated,
    `obligated_in_actions_cents`, is a part of `obligated_cents`.

    `names` are the latest of `names_total`, `offices` the greatest of `offices_total`.

    `documents` are the released pages that print its name; None where the name is too common.
    """

    number: int
    address: str
    name: str
    uei: str
    duns: str
    names: tuple[PrintedName, ...]
    names_total: int
    awards: int
    obligated_cents: int
    awards_in_part: int
    obligated_in_actions_cents: int
    first_on: str
    last_on: str
    next_end_on: str
    yearly: Yearly
    agencies: tuple[tuple[str, str, int, int], ...]
    offices: tuple[Office, ...]
    offices_total: int
    technologies: tuple[FacetValue, ...]
    newest: Found
    documents: Found | None
    documents_query: str

    @property
    def parents(self) -> tuple[str, ...]:
        """The parents that rows print, each once, latest first."""
        return tuple(dict.fromkeys(one.parent for one in self.names if one.parent))


def load_vendor(desk: Desk, number: int, today: str) -> ShownVendor:
    """Give a vendor by its number.

    Raises:
        NotFound: there is none, or it is a person.
    """
    with desk.archive.catalogue.reading() as connection:
        row = connection.execute(sa.select(vendor).where(vendor.c.id == number)).first()
        if row is None or row.is_person:
            raise NotFound(f"This archive lists no vendor with the number {number}.")
        totals = _totals(connection, number)
        which = award.c.vendor_id == number
        period = periods(connection, which, award.c.vendor_id).get(number, Period())
        names = _names(connection, number)
        sums = yearly(connection, Whose(vendor=number))
        agencies = _agencies(desk, connection, number)
        signing = offices(connection, Whose(vendor=number))
        offices_total = count_offices(connection, Whose(vendor=number))
        next_end_on = _next_end(connection, number, today)
    query = name_query(row.name)
    newest = search(desk, Asked(filters={"vendor": (str(number),)}, size=_SHOWN))
    documents = (
        search(desk, Asked(query=query, filters={"kind": ("document",)}, size=_SHOWN))
        if query
        else None
    )
    return ShownVendor(
        number=number,
        address=f"/vendors/{number}",
        name=row.name,
        uei=row.uei,
        duns=row.duns,
        names=names[:_NAMES_MAX],
        names_total=len(names),
        awards=totals.awards,
        obligated_cents=int(totals.cents or 0),
        awards_in_part=totals.awards_in_part,
        obligated_in_actions_cents=int(totals.cents_in_part or 0),
        first_on=period.first_on,
        last_on=period.last_on,
        next_end_on=next_end_on,
        yearly=sums,
        agencies=agencies,
        offices=signing,
        offices_total=offices_total,
        technologies=newest.facets["technology"].values,
        newest=newest,
        documents=documents,
        documents_query=query,
    )


def name_query(name: str) -> str:
    """Give the query for a vendor's name on pages: its words without the legal form, as a phrase.

    '' for a name that is one short word, which would find much that is no vendor.
    """
    words = folded(name).split()
    if not words or (len(words) == 1 and len(words[0]) < _NAME_LETTERS_MIN):
        return ""
    return f'"{" ".join(words)}"'


def _totals(connection: sa.Connection, number: int) -> sa.Row[Any]:
    wanted = sa.select(
        sa.func.count().label("awards"),
        sa.func.sum(known_cents()).label("cents"),
        sa.func.count(cents_in_part()).label("awards_in_part"),
        sa.func.sum(cents_in_part()).label("cents_in_part"),
    ).where(award.c.vendor_id == number)
    return connection.execute(wanted).one()


def _agencies(
    desk: Desk, connection: sa.Connection, number: int
) -> tuple[tuple[str, str, int, int], ...]:
    cents = sa.func.sum(known_cents())
    wanted = (
        sa.select(
            award.c.subagency_code, sa.func.max(award.c.subagency_name), sa.func.count(), cents
        )
        .where(award.c.vendor_id == number)
        .group_by(award.c.subagency_code)
        .order_by(cents.desc().nulls_last(), award.c.subagency_code)
    )
    return tuple(
        (code, desk.agency(code, name or ""), count, int(total or 0))
        for code, name, count, total in connection.execute(wanted)
    )


def _names(connection: sa.Connection, number: int) -> tuple[PrintedName, ...]:
    """Give the names that the awards print, latest first; every version of an award counts."""
    wanted = (
        sa.select(
            award.c.key,
            award.c.acted_on,
            sa.case((~has_actions(), field_text(award.c.fields, "signed_on"))).label("signed_on"),
            version.c.fields.label("said"),
        )
        .join(record, record.c.award_key == award.c.key)
        .join(version, version.c.record_id == record.c.id)
        .where(award.c.vendor_id == number, record.c.kind != "subaward")
        .execution_options(yield_per=500)
    )
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in connection.execute(wanted):
        said = json.loads(row.said)
        if not said.get("vendor_name"):
            continue
        identity = _identity(said)
        one = found.setdefault(identity, {"days": set(), "awards": set()})
        one["days"] |= {str(said.get("acted_on") or row.acted_on), row.signed_on or ""}
        one["awards"].add(row.key)
    ordered = sorted(found.items(), key=lambda one: one[0])  # those of one day, by their words
    names = [_printed(identity, one["days"], len(one["awards"])) for identity, one in ordered]
    return tuple(sorted(names, key=lambda one: (one.last_on, one.awards), reverse=True))


def _identity(said: Mapping[str, Any]) -> tuple[str, ...]:
    names = ("vendor_name", "parent_vendor_name", "vendor_uei", "vendor_duns", "vendor_cage")
    return tuple(" ".join(str(said.get(name) or "").split()) for name in names)


def _printed(identity: tuple[str, ...], days: set[str], awards: int) -> PrintedName:
    name, parent, uei, duns, cage = identity
    dated = sorted(day for day in days if day)
    return PrintedName(
        name=name,
        parent=parent,
        uei=uei,
        duns=duns,
        cage=cage,
        first_on=dated[0] if dated else "",
        last_on=dated[-1] if dated else "",
        awards=awards,
    )


def _next_end(connection: sa.Connection, number: int, today: str) -> str:
    """Give the next day on which work for an award ends; '' when none is to come."""
    wanted = sa.select(award.c.fields).where(award.c.vendor_id == number)
    ends = (str(json.loads(text).get("ends_on") or "") for text in connection.scalars(wanted))
    return min((day for day in ends if day >= today), default="")
