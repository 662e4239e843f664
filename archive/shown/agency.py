"""One agency or department: what it obligated, by year and to whom, its offices and releases."""

from dataclasses import dataclass

import sqlalchemy as sa

from archive.catalogue.tables import award, vendor
from archive.errors import NotFound
from archive.shown.asking import Asked
from archive.shown.desk import Desk
from archive.shown.found import Found
from archive.shown.listing import AgencyRow, rows_of_agency
from archive.shown.offices import Office, offices
from archive.shown.search import search
from archive.shown.sums import Whose, Yearly, of_award, yearly
from archive.watchlist.agencies import name_of, short_name

_SHOWN = 5
_MOST = 20
_DEPARTMENT = 3  # signs of a department's code; an agency's has four


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyVendor:
    """A vendor that an agency obligated money to; persons are one row together."""

    number: int | None
    name: str
    awards: int
    obligated_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAgency:
    """An agency, or a department with its `subagencies`."""

    code: str
    address: str
    name: str
    short_name: str
    department: str
    department_code: str
    is_department: bool
    awards: int
    obligated_cents: int
    documents: int
    yearly: Yearly
    part_names: dict[str, str]
    subagencies: tuple[AgencyRow, ...]
    vendors: tuple[AgencyVendor, ...]
    vendors_total: int
    offices: tuple[Office, ...]
    newest: Found

    @property
    def facet(self) -> str:
        """The facet by which its records are kept."""
        return "agency" if self.is_department else "subagency"


def load_agency(desk: Desk, code: str) -> ShownAgency:
    """Give an agency or a department by its code.

    Raises:
        NotFound: nothing that is held was awarded or released by it.
    """
    is_department = len(code) == _DEPARTMENT
    whose = Whose(agency=code) if is_department else Whose(subagency=code)
    with desk.archive.catalogue.reading() as connection:
        own = rows_of_agency(connection, code, is_department=is_department)
        if not own:
            raise NotFound("This archive lists no agency with that code; ICE is 7012.")
        sums = yearly(connection, whose)
        vendors, total = _vendors(connection, whose)
        signing = offices(connection, whose)
        parts = (
            {one.code: one.short_name or one.name for one in own}
            if is_department
            else _vendor_names(connection, sums)
        )
    facet = "agency" if is_department else "subagency"
    first = own[0]
    return ShownAgency(
        code=code,
        address=f"/agencies/{code}",
        name=name_of(code) or (first.department if is_department else first.name),
        short_name=short_name(code),
        department="" if is_department else first.department,
        department_code="" if is_department else first.department_code,
        is_department=is_department,
        awards=sum(one.awards for one in own),
        obligated_cents=sum(one.obligated_cents for one in own),
        documents=sum(one.documents for one in own),
        yearly=sums,
        part_names=parts,
        subagencies=own if is_department else (),
        vendors=vendors,
        vendors_total=total,
        offices=signing,
        newest=search(desk, Asked(filters={facet: (code,)}, size=_SHOWN)),
    )


def _vendors(connection: sa.Connection, whose: Whose) -> tuple[tuple[AgencyVendor, ...], int]:
    """Give the vendors with the greatest sums, and how many there are; persons stand together."""
    cents = sa.func.sum(award.c.obligated_cents)
    who = sa.case((vendor.c.is_person.is_(True), None), else_=vendor.c.id)
    name = sa.case((vendor.c.is_person.is_(True), None), else_=vendor.c.name)
    grouped = (
        sa.select(
            who.label("number"),
            name.label("name"),
            sa.func.count().label("awards"),
            cents.label("cents"),
        )
        .select_from(award.join(vendor, vendor.c.id == award.c.vendor_id))
        .where(of_award(whose))
        .group_by(who, name)
    )
    total = connection.scalar(sa.select(sa.func.count()).select_from(grouped.subquery())) or 0
    rows = connection.execute(grouped.order_by(cents.desc().nulls_last(), name).limit(_MOST))
    shown = tuple(
        AgencyVendor(
            number=row.number,
            name=row.name or "Persons paid under their own name",
            awards=row.awards,
            obligated_cents=int(row.cents or 0),
        )
        for row in rows
    )
    return shown, total


def _vendor_names(connection: sa.Connection, sums: Yearly) -> dict[str, str]:
    """Name the vendors among the parts of the sums; persons have no name."""
    numbers = sorted({int(part) for _, part in sums.by_year if part})
    names: dict[str, str] = {}
    for start in range(0, len(numbers), 500):
        wanted = sa.select(vendor.c.id, vendor.c.name).where(
            vendor.c.id.in_(numbers[start : start + 500]), vendor.c.is_person.is_(False)
        )
        names |= {str(row.id): row.name for row in connection.execute(wanted)}
    return names
