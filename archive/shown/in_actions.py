"""What the actions held of an award obligated, where what the whole award did is not known.

Such a sum is no sum of the award: it counts in totals, which then say so.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import action, award

_SUMS = (
    sa.select(
        action.c.award_key,
        sa.func.sum(action.c.obligated_cents).label("cents"),
        sa.func.count().label("actions"),
    )
    .where(
        action.c.award_key.in_(sa.bindparam("awards", expanding=True)),
        action.c.obligated_cents.is_not(None),
    )
    .group_by(action.c.award_key)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InActions:
    """What some actions of one award obligated together, and how many they are."""

    cents: int
    actions: int


def in_actions(connection: sa.Connection, award_keys: Collection[str]) -> dict[str, InActions]:
    """Add up the actions held of awards; those of which no action names an amount are left out."""
    if not award_keys:
        return {}
    rows = connection.execute(_SUMS, {"awards": list(award_keys)})
    return {row.award_key: InActions(cents=int(row.cents), actions=row.actions) for row in rows}


def known_cents() -> sa.ColumnElement[Any]:
    """Say in SQL what an award obligated, else what its actions held did; none where neither."""
    return sa.func.coalesce(award.c.obligated_cents, _in_its_actions())


def cents_in_part() -> sa.ColumnElement[Any]:
    """Say in SQL what the actions held of an award obligated; none where its total is known."""
    return sa.case((award.c.obligated_cents.is_(None), _in_its_actions()))


def _in_its_actions() -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.sum(action.c.obligated_cents))
        .where(action.c.award_key == award.c.key)
        .correlate(award)
        .scalar_subquery()
    )
