"""One agency or department: what it obligated, by year and to whom, its offices and releases."""

import re
from dataclasses import dataclass

import sqlalchemy as sa

from archive.catalogue.tables import vendor
from archive.errors import NotFound
from archive.shown.asking import Asked
from archive.shown.desk import Desk
from archive.shown.found import Found
from archive.shown.listing import AgencyRow, rows_of_agency
from archive.shown.offices import Office, count_offices, offices
from archive.shown.paid_vendors import PaidVendor, count_paid, paid_vendors
from archive.shown.search import search
from archive.shown.sums import Whose, Yearly, yearly
from archive.watchlist.agencies import name_of, short_name

_SHOWN = 5
_CODE = re.compile(r"[0-9A-Z]{3,4}")
_DEPARTMENT = 3  # signs of a department's code; an agency's has four


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAgency:
    """An agency, or a department with its `subagencies`.

    Of `awards_in_part` awards the total is not known; what the actions held of them obligated,
    `obligated_in_actions_cents`, is a part of `obligated_cents`.

    `vendors` are the greatest of the `vendors_total` of the fiscal year `vendors_in`, or of all
    years where that is None; in all there are `vendors_ever`.
    `offices` are the greatest of `offices_total`. The latest of `years` comes first.
    """

    code: str
    address: str
    name: str
    short_name: str
    department: str
    department_code: str
    is_department: bool
    awards: int
    obligated_cents: int
    awards_in_part: int
    obligated_in_actions_cents: int
    documents: int
    yearly: Yearly
    part_names: dict[str, str]
    subagencies: tuple[AgencyRow, ...]
    vendors: tuple[PaidVendor, ...]
    vendors_total: int
    vendors_in: int | None
    vendors_ever: int
    years: tuple[int, ...]
    offices: tuple[Office, ...]
    offices_total: int
    newest: Found

    @property
    def facet(self) -> str:
        """The facet by which its records are kept."""
        return "agency" if self.is_department else "subagency"


def load_agency(desk: Desk, code: str, year: int | None = None) -> ShownAgency:
    """Give an agency or a department by its code, with its vendors in a fiscal year or in all.

    Raises:
        NotFound: nothing that is held was awarded or released by it.
    """
    if not _CODE.fullmatch(code):
        raise NotFound("An agency is named by its code, such as 7012 for ICE.")
    is_department = len(code) == _DEPARTMENT
    whose = Whose(agency=code) if is_department else Whose(subagency=code)
    with desk.archive.catalogue.reading() as connection:
        own = rows_of_agency(connection, code, is_department=is_department)
        if not own:
            raise NotFound("This archive lists no agency with that code; ICE is 7012.")
        sums = yearly(connection, whose)
        vendors, total = paid_vendors(connection, whose, year)
        ever = total if year is None else count_paid(connection, whose)
        signing = offices(connection, whose)
        offices_total = count_offices(connection, whose)
        parts = (
            {one.code: one.short_name or one.name for one in own}
            if is_department
            else _vendor_names(connection, sums)
        )
    facet, first = "agency" if is_department else "subagency", own[0]
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
        awards_in_part=sum(one.awards_in_part for one in own),
        obligated_in_actions_cents=sum(one.obligated_in_actions_cents for one in own),
        documents=sum(one.documents for one in own),
        yearly=sums,
        part_names=parts,
        subagencies=own if is_department else (),
        vendors=vendors,
        vendors_total=total,
        vendors_in=year,
        vendors_ever=ever,
        years=tuple(sorted({one for one, _ in sums.by_year}, reverse=True)),
        offices=signing,
        offices_total=offices_total,
        newest=search(desk, Asked(filters={facet: (code,)}, size=_SHOWN)),
    )


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
