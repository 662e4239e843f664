"""Who signs: awarding offices, with how much, and from when to when."""

from dataclasses import dataclass

import sqlalchemy as sa

from archive.catalogue.tables import award
from archive.shown.in_actions import known_cents
from archive.shown.periods import periods
from archive.shown.sums import Whose, of_award

_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An awarding office by its code, else by its name; `name` is as printed."""

    code: str
    name: str
    first_on: str
    last_on: str
    awards: int
    obligated_cents: int


def count_offices(connection: sa.Connection, whose: Whose) -> int:
    """Count the offices that signed an award."""
    wanted = sa.select(sa.func.count(sa.distinct(_which_one()))).where(*_named(whose))
    return connection.scalar(wanted) or 0


def offices(connection: sa.Connection, whose: Whose) -> tuple[Office, ...]:
    """Give the offices with the greatest sums, twenty at most."""
    cents = sa.func.sum(known_cents())
    which_one = _which_one()
    wanted = (
        sa.select(
            which_one.label("which"),
            sa.func.max(award.c.office_code).label("code"),
            sa.func.max(award.c.office_name).label("name"),
            sa.func.count().label("awards"),
            cents.label("cents"),
        )
        .where(*_named(whose))
        .group_by(which_one)
        .order_by(cents.desc().nulls_last(), which_one)
        .limit(_MOST)
    )
    rows = connection.execute(wanted).all()
    if not rows:
        return ()
    which = sa.and_(of_award(whose), which_one.in_([row.which for row in rows]))
    period = periods(connection, which, which_one)
    return tuple(
        Office(
            code=row.code,
            name=row.name,
            first_on=period[row.which].first_on,
            last_on=period[row.which].last_on,
            awards=row.awards,
            obligated_cents=int(row.cents or 0),
        )
        for row in rows
    )


def _which_one() -> sa.ColumnElement[str]:
    """Say in SQL by what offices are told apart: their code, else their name."""
    return sa.func.coalesce(sa.func.nullif(award.c.office_code, ""), award.c.office_name)


def _named(whose: Whose) -> tuple[sa.ColumnElement[bool], ...]:
    return of_award(whose), award.c.office_name != ""
