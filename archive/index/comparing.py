"""Holds the index against the catalogue: two sorted streams of (entry, version)."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from archive.catalogue.tables import entry, outbox, work
from archive.index.generations import Generation
from archive.index.portions import INDEX
from archive.search.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An entry that the index lacks or has in another version, or that it alone has.

    `in_catalogue` is the version that it should have there, '' for none.
    """

    key: str
    in_catalogue: str


def differences(
    connection: sa.Connection, engine: Engine, generation: Generation
) -> Iterator[Difference]:
    """Walk what differs, by key; what waits in the outbox or is set aside is no difference."""
    waits = (
        sa.select(entry.c.key)
        .join(outbox, outbox.c.entry_number == entry.c.number)
        .where(outbox.c.generation_id == generation.id)
    )
    aside = sa.select(work.c.subject).where(work.c.task == INDEX, work.c.state == "set_aside")
    excused = {*connection.scalars(waits), *connection.scalars(aside)}
    wanted = sa.select(entry.c.key, entry.c.changed_no).where(entry.c.is_listed)
    rows = connection.execution_options(yield_per=1000).execute(wanted.order_by(entry.c.key))
    held = ((row.key, str(row.changed_no)) for row in rows)
    for one in _merge(held, engine.versions()):
        if one.key not in excused:
            yield one


def _merge(
    catalogue: Iterator[tuple[str, str]], index: Iterator[tuple[str, str]]
) -> Iterator[Difference]:
    nothing = ("\U0010ffff", "")
    here, there = next(catalogue, nothing), next(index, nothing)
    while here is not nothing or there is not nothing:
        if here == there:
            here, there = next(catalogue, nothing), next(index, nothing)
        elif here[0] < there[0]:
            yield Difference(key=here[0], in_catalogue=here[1])
            here = next(catalogue, nothing)
        elif here[0] > there[0]:
            yield Difference(key=there[0], in_catalogue="")
            there = next(index, nothing)
        else:
            yield Difference(key=here[0], in_catalogue=here[1])
            here, there = next(catalogue, nothing), next(index, nothing)
