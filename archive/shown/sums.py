"""What was obligated by federal fiscal year: by the day of each action, and where only awards are
held, by the year that all their actions lie in.

An award whose actions are not held and may lie in several years is in no year; it is counted apart.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import action, award
from archive.shown.in_actions import known_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Of which awards: those of a vendor, a sub-agency or a department; one of them is given."""

    vendor: int | None = None
    subagency: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """Cents by (fiscal year, part); parts are agencies of a vendor, vendors of an agency.

    `unplaced_awards` stand in no year, with `unplaced_cents` obligated in all; of awards whose
    actions are held in part, `missing_cents` more was obligated than those actions say.
    """

    by_year: Mapping[tuple[int, str], int]
    unplaced_awards: int
    unplaced_cents: int
    missing_cents: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is no year to draw."""
        return not any(self.by_year.values())

    @property
    def placed_cents(self) -> int:
        """What stands in years."""
        return sum(self.by_year.values())

    @property
    def whole_cents(self) -> int:
        """What was obligated in all, in a year or in none."""
        return self.placed_cents + self.unplaced_cents + self.missing_cents

    @property
    def is_mostly_placed(self) -> bool:
        """Whether at least half of the sum stands in years: a chart of less would mislead.

        What was taken back counts as much as what was given.
        """
        placed = sum(abs(cents) for cents in self.by_year.values())
        return placed >= abs(self.unplaced_cents) + abs(self.missing_cents)


def yearly(connection: sa.Connection, whose: Whose) -> Yearly:
    """Add up what was obligated by year and part."""
    sums: defaultdict[tuple[int, str], int] = defaultdict(int)
    for year, part, cents in connection.execute(_by_action(whose)):
        sums[year, str(part or "")] += int(cents or 0)
    missing_cents = _in_part(connection, whose) - sum(sums.values())
    unplaced_awards = unplaced_cents = 0
    for row in connection.execute(_by_award(whose)):
        if row.first == row.last and row.last is not None:
            sums[row.last, str(row.part or "")] += int(row.cents or 0)
        elif row.cents:
            unplaced_awards += row.awards
            unplaced_cents += int(row.cents)
    return Yearly(
        by_year=dict(sums),
        unplaced_awards=unplaced_awards,
        unplaced_cents=unplaced_cents,
        missing_cents=missing_cents,
    )


def _in_part(connection: sa.Connection, whose: Whose) -> int:
    """Add up what was obligated in awards of which an action is held."""
    wanted = sa.select(sa.func.sum(known_cents())).where(of_award(whose), has_actions())
    return int(connection.scalar(wanted) or 0)


def of_award(whose: Whose) -> sa.ColumnElement[bool]:
    """Say in SQL which awards are meant."""
    if whose.vendor is not None:
        return award.c.vendor_id == whose.vendor
    if whose.subagency:
        return award.c.subagency_code == whose.subagency
    return award.c.agency_code == whose.agency


def of_action(whose: Whose) -> sa.ColumnElement[bool]:
    """Say in SQL which actions are meant: who pays whom is in their own words, or their award's."""
    is_award = of_award(whose)
    if whose.vendor is not None:
        return _own_or_else(action.c.vendor_id, whose.vendor, is_award, None)
    if whose.subagency:
        return _own_or_else(action.c.subagency_code, whose.subagency, is_award, "")
    return _own_or_else(action.c.agency_code, whose.agency, is_award, "")


def vendor_of_action() -> sa.ColumnElement[int]:
    """Say in SQL whom an action paid."""
    return sa.func.coalesce(action.c.vendor_id, award.c.vendor_id)


def has_actions() -> sa.ColumnElement[bool]:
    """Ask in SQL whether an action of an award is held."""
    return sa.exists().where(action.c.award_key == award.c.key)


def _by_action(whose: Whose) -> sa.Select[Any]:
    subagency = sa.func.coalesce(
        sa.func.nullif(action.c.subagency_code, ""), award.c.subagency_code
    )
    part = vendor_of_action() if whose.subagency else subagency
    return (
        sa.select(action.c.year, part, sa.func.sum(action.c.obligated_cents))
        .select_from(action.join(award, award.c.key == action.c.award_key))
        .where(of_action(whose), action.c.year.is_not(None))
        .group_by(action.c.year, part)
    )


def _own_or_else(
    column: sa.Column[Any], value: object, award_is: sa.ColumnElement[bool], nothing: object
) -> sa.ColumnElement[bool]:
    is_silent = column.is_(None) if nothing is None else column == nothing
    return sa.or_(column == value, sa.and_(is_silent, award_is))


def _by_award(whose: Whose) -> sa.Select[Any]:
    """Add up awards none of whose actions is held, by their first and last fiscal year."""
    part = award.c.vendor_id if whose.subagency else award.c.subagency_code
    return (
        sa.select(
            award.c.signed_year.label("first"),
            award.c.acted_year.label("last"),
            part.label("part"),
            sa.func.count().label("awards"),
            sa.func.sum(award.c.obligated_cents).label("cents"),
        )
        .where(of_award(whose), ~has_actions())
        .group_by(award.c.signed_year, award.c.acted_year, part)
    )
