"""Plain lists of vendors and agencies, with counts and obligated sums."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import award, document, release, vendor
from archive.shown.asking import NoSuchPage
from archive.shown.desk import Desk
from archive.shown.in_actions import cents_in_part, known_cents
from archive.shown.wording import filled
from archive.watchlist.agencies import name_of, short_name

PAGE_SIZE = 100
_NAME_LENGTH_MAX = 200
_NOTHING = (0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorRow:
    """A vendor; persons paid under their own name have no row.

    Of `awards_in_part` awards only what their actions held here obligated is in `obligated_cents`.
    """

    number: int
    address: str
    name: str
    uei: str
    duns: str
    awards: int
    obligated_cents: int
    awards_in_part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorList:
    """A page of vendors by name."""

    named: str
    total: int
    page: int
    last_page: int
    rows: tuple[VendorRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRow:
    """An awarding agency within its department; `code` is that of the sub-agency.

    Of `awards_in_part` awards the total is not known; what the actions held of them obligated,
    `obligated_in_actions_cents`, is a part of `obligated_cents`.
    """

    code: str
    address: str
    name: str
    short_name: str
    department: str
    department_code: str
    awards: int
    obligated_cents: int
    awards_in_part: int
    obligated_in_actions_cents: int
    documents: int


def list_vendors(desk: Desk, *, named: str = "", page: int = 1) -> VendorList:
    """Give a page of the vendors whose name holds some words, by name.

    Raises:
        NoSuchPage: a page beyond the last.
    """
    named = " ".join(named.split())[:_NAME_LENGTH_MAX]
    which: sa.ColumnElement[bool] = sa.and_(
        vendor.c.is_person.is_(False), vendor.c.joined_to.is_(None)
    )
    if named:
        which = sa.and_(which, vendor.c.name.icontains(named, autoescape=True))
    with desk.archive.catalogue.reading() as connection:
        total = connection.scalar(sa.select(sa.func.count()).select_from(vendor).where(which)) or 0
        last = max(1, -(-total // PAGE_SIZE))
        if not 1 <= page <= last:
            raise NoSuchPage(f"There is no page {page:,}: {filled(total, 'vendor', last)}.", last)
        rows = _vendor_rows(connection, which, page)
    return VendorList(named=named, total=total, page=page, last_page=last, rows=rows)


def _vendor_rows(
    connection: sa.Connection, which: sa.ColumnElement[bool], page: int
) -> tuple[VendorRow, ...]:
    wanted = (
        sa.select(vendor)
        .where(which)
        .order_by(sa.func.lower(vendor.c.name), vendor.c.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    rows = connection.execute(wanted).all()
    sums = (
        sa.select(
            award.c.vendor_id,
            sa.func.count(),
            sa.func.sum(known_cents()),
            sa.func.count(cents_in_part()),
        )
        .where(award.c.vendor_id.in_([row.id for row in rows]))
        .group_by(award.c.vendor_id)
    )
    paid = {row[0]: (row[1], int(row[2] or 0), row[3]) for row in connection.execute(sums)}
    return tuple(
        VendorRow(
            number=row.id,
            address=f"/vendors/{row.id}",
            name=row.name,
            uei=row.uei,
            duns=row.duns,
            awards=paid.get(row.id, _NOTHING)[0],
            obligated_cents=paid.get(row.id, _NOTHING)[1],
            awards_in_part=paid.get(row.id, _NOTHING)[2],
        )
        for row in rows
    )


def list_agencies(desk: Desk) -> tuple[AgencyRow, ...]:
    """Give all agencies that award or release, by department, then by obligated sum."""
    with desk.archive.catalogue.reading() as connection:
        return _agency_rows(connection, sa.true(), "")


def rows_of_agency(
    connection: sa.Connection, code: str, *, is_department: bool
) -> tuple[AgencyRow, ...]:
    """Give the rows of an agency, or of a department's agencies; none when nothing is held."""
    which = award.c.subagency_code == code
    if is_department:
        which = sa.or_(which, award.c.agency_code == code)
    return _agency_rows(connection, which, code)


def _agency_rows(
    connection: sa.Connection, which: sa.ColumnElement[bool], code: str
) -> tuple[AgencyRow, ...]:
    """Give the rows of awards in question; beside them that of `code`, '' for all, by releases."""
    groups = (
        sa.select(
            award.c.subagency_code,
            sa.func.max(award.c.subagency_name).label("name"),
            award.c.agency_code,
            sa.func.max(award.c.agency_name).label("department"),
            sa.func.count().label("awards"),
            sa.func.sum(known_cents()).label("cents"),
            sa.func.count(cents_in_part()).label("awards_in_part"),
            sa.func.sum(cents_in_part()).label("cents_in_part"),
        )
        .where(which)
        .group_by(award.c.subagency_code, award.c.agency_code)
        .order_by(sa.text("department"), sa.text("cents DESC NULLS LAST"), award.c.subagency_code)
    )
    rows = connection.execute(groups).all()
    released = _released(connection, {code, *(row.subagency_code for row in rows)} if code else ())
    shown = [_agency_row(row, released.pop(row.subagency_code, 0)) for row in rows]
    shown += [_only_releases(code, number) for code, number in released.items()]
    return tuple(sorted(shown, key=lambda row: (not row.department, row.department)))


def _agency_row(row: sa.Row[Any], documents: int) -> AgencyRow:
    return AgencyRow(
        code=row.subagency_code,
        address=f"/agencies/{row.subagency_code}" if row.subagency_code else "",
        name=row.name or row.department or "Not named",
        short_name=short_name(row.subagency_code),
        department=row.department,
        department_code=row.agency_code,
        awards=row.awards,
        obligated_cents=int(row.cents or 0),
        awards_in_part=row.awards_in_part,
        obligated_in_actions_cents=int(row.cents_in_part or 0),
        documents=documents,
    )


def _released(connection: sa.Connection, codes: Collection[str]) -> dict[str, int]:
    """Count the documents in lists by the agency that released them; without codes, by all."""
    wanted = (
        sa.select(release.c.agency_code, sa.func.count(sa.distinct(release.c.document_id)))
        .join(document, document.c.id == release.c.document_id)
        .where(release.c.agency_code != "", listed())
        .group_by(release.c.agency_code)
        .order_by(release.c.agency_code)
    )
    if codes:
        wanted = wanted.where(release.c.agency_code.in_(codes))
    return {row[0]: row[1] for row in connection.execute(wanted)}


def listed() -> sa.ColumnElement[bool]:
    """Say in SQL which documents stand in lists, as `archive.states.access` does."""
    held = sa.and_(document.c.state == "held", document.c.held_part == "original")
    return sa.or_(document.c.state == "public", held)


def _only_releases(code: str, documents: int) -> AgencyRow:
    """Give the row of an agency or department that released, and awards nothing held here."""
    name = name_of(code) or code
    is_department = len(code) == 3
    return AgencyRow(
        code=code,
        address=f"/agencies/{code}",
        name=f"{name} itself" if is_department else name,
        short_name=short_name(code),
        department=name if is_department else "",
        department_code=code if is_department else "",
        awards=0,
        obligated_cents=0,
        awards_in_part=0,
        obligated_in_actions_cents=0,
        documents=documents,
    )
