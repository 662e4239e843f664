"""From when to when awards run: from the day an award was signed, or of its first action, on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue.fields import field_text
from archive.catalogue.tables import action, award


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The earliest and the latest known day of some awards; '' where none is known."""

    first_on: str = ""
    last_on: str = ""


def periods(
    connection: sa.Connection, which: sa.ColumnElement[bool], by: sa.ColumnElement[Any]
) -> dict[Any, Period]:
    """Give the period of awards by a column of theirs, such as their vendor or office.

    An award is kept as its latest action leaves it; its first day is in its fields, or that of the
    earliest action held.
    """
    own_day = sa.func.nullif(award.c.acted_on, "")
    own = sa.select(by, sa.func.min(own_day), sa.func.max(own_day))
    day = sa.func.nullif(action.c.acted_on, "")
    of_actions = sa.select(by, sa.func.min(day), sa.func.max(day)).select_from(
        action.join(award, award.c.key == action.c.award_key)
    )
    days: dict[Any, list[str | None]] = {}
    for wanted in (own, of_actions, _signed(which, by)):
        for key, *found in connection.execute(wanted.where(which).group_by(by)):
            days.setdefault(key, []).extend(found)
    return {key: _period(found) for key, found in days.items()}


def _signed(which: sa.ColumnElement[bool], by: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Ask when awards were signed, of the first fiscal year alone: to read fields takes long."""
    first = (
        sa.select(by.label("key"), sa.func.min(award.c.signed_year).label("year"))
        .where(which)
        .group_by(by)
        .subquery()
    )
    signed = field_text(award.c.fields, "signed_on")
    is_first = sa.and_(by == first.c.key, award.c.signed_year == first.c.year)
    return sa.select(by, sa.func.min(signed)).select_from(award.join(first, is_first))


def _period(days: Iterable[str | None]) -> Period:
    known = [day for day in days if day]
    return Period(first_on=min(known, default=""), last_on=max(known, default=""))
