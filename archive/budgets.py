"""How often a source may be asked in a day: in the catalogue, so that no restart renews it."""

import sqlalchemy as sa

from archive import clock
from archive.catalogue.conflict import insert
from archive.catalogue.tables import budget
from archive.opening import Archive


def reserve(archive: Archive, source: str, wanted: int, most: int) -> int:
    """Reserve requests of today's budget; gives how many may be made, 0 when it is used up."""
    day = clock.today()
    which = (budget.c.source == source, budget.c.day == day)
    with archive.catalogue.writing() as connection:
        connection.execute(
            insert(budget).on_conflict_do_nothing(), [{"source": source, "day": day, "used": 0}]
        )
        used = connection.execute(sa.select(budget.c.used).where(*which)).scalar_one()
        given: int = max(0, min(wanted, most - used))
        connection.execute(sa.update(budget).where(*which).values(used=used + given))
    return given


def give_back(archive: Archive, source: str, unused: int) -> None:
    """Give reserved requests back that were not made."""
    which = (budget.c.source == source, budget.c.day == clock.today())
    with archive.catalogue.writing() as connection:
        connection.execute(
            sa.update(budget)
            .where(*which, budget.c.used >= unused)
            .values(used=budget.c.used - unused)
        )
