"""Whom an agency paid: its vendors by what was obligated to them, in all or in one fiscal year."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import action, award, vendor
from archive.persons import TOGETHER as PERSONS
from archive.shown.in_actions import known_cents
from archive.shown.sums import Whose, has_actions, of_action, of_award, vendor_of_action

_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidVendor:
    """A vendor that an agency obligated money to; persons are one row, without a number."""

    number: int | None
    name: str
    awards: int
    obligated_cents: int


def paid_vendors(
    connection: sa.Connection, whose: Whose, year: int | None = None
) -> tuple[tuple[PaidVendor, ...], int]:
    """Give the twenty vendors with the greatest sums, and how many there are.

    In a fiscal year count the actions of that year, and awards without any that lie in it whole;
    `awards` are then those with an action in it.
    """
    grouped, cents, name = _grouped(whose, year)
    rows = connection.execute(grouped.order_by(cents.desc().nulls_last(), name).limit(_MOST))
    return tuple(_paid(row) for row in rows), count_paid(connection, whose, year)


def count_paid(connection: sa.Connection, whose: Whose, year: int | None = None) -> int:
    """Count the vendors that an agency obligated money to; persons count as one."""
    grouped, _, _ = _grouped(whose, year)
    return connection.scalar(sa.select(sa.func.count()).select_from(grouped.subquery())) or 0


def _grouped(
    whose: Whose, year: int | None
) -> tuple[sa.Select[Any], sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    """Give the vendors with their sums, and the columns of sums and names to order them by."""
    paid = _in_all(whose) if year is None else _in_year(whose, year)
    cents = sa.func.sum(paid.c.cents)
    who = sa.case((vendor.c.is_person.is_(True), None), else_=vendor.c.id)
    name = sa.case((vendor.c.is_person.is_(True), PERSONS), else_=vendor.c.name)
    awards = sa.func.count(sa.distinct(paid.c.key))
    grouped = (
        sa.select(who.label("number"), name.label("name"), awards.label("awards"), cents.label("n"))
        .select_from(paid.join(vendor, vendor.c.id == paid.c.vendor_id))
        .group_by(who, name)
    )
    return grouped, cents, name


def _paid(row: sa.Row[Any]) -> PaidVendor:
    return PaidVendor(
        number=row.number, name=row.name, awards=row.awards, obligated_cents=int(row.n or 0)
    )


def _in_all(whose: Whose) -> sa.Subquery:
    cents = known_cents().label("cents")
    return sa.select(award.c.key, award.c.vendor_id, cents).where(of_award(whose)).subquery()


def _in_year(whose: Whose, year: int) -> sa.Subquery:
    acted = (
        sa.select(
            award.c.key,
            vendor_of_action().label("vendor_id"),
            action.c.obligated_cents.label("cents"),
        )
        .select_from(action.join(award, award.c.key == action.c.award_key))
        .where(of_action(whose), action.c.year == year)
    )
    whole = sa.select(award.c.key, award.c.vendor_id, award.c.obligated_cents).where(
        of_award(whose), award.c.signed_year == year, award.c.acted_year == year, ~has_actions()
    )
    return sa.union_all(acted, whole).subquery()
