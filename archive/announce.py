"""Tells the index, through the outbox, that entries changed; in the same transaction."""

from collections.abc import Iterable

import sqlalchemy as sa

from archive import clock
from archive.catalogue.conflict import insert
from archive.catalogue.tables import entry, generation, outbox


def announce(connection: sa.Connection, keys: Iterable[str], *, is_listed: bool = True) -> None:
    """Count a change of each entry, making those that are new, and put it into the outbox."""
    ordered = sorted(set(keys))
    if not ordered:
        return
    make = insert(entry)
    connection.execute(
        make.on_conflict_do_update(
            index_elements=["key"],
            set_={"changed_no": entry.c.changed_no + 1, "is_listed": make.excluded.is_listed},
        ),
        [{"key": key, "changed_no": 1, "is_listed": is_listed} for key in ordered],
    )
    for part in (ordered[start : start + 500] for start in range(0, len(ordered), 500)):
        _put(connection, entry.c.key.in_(part))


def announce_all(connection: sa.Connection, generation_id: int) -> int:
    """Put every listed entry into the outbox of one generation; gives how many there are."""
    changes = sa.select(
        sa.literal(generation_id), entry.c.number, entry.c.changed_no, sa.literal(clock.now())
    ).where(entry.c.is_listed)
    columns = ["generation_id", "entry_number", "changed_no", "since"]
    return connection.execute(
        insert(outbox).from_select(columns, changes).on_conflict_do_nothing()
    ).rowcount


def _put(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    """Put entries into the outbox of every generation that must hear of changes."""
    changes = (
        sa.select(generation.c.id, entry.c.number, entry.c.changed_no, sa.literal(clock.now()))
        .select_from(generation.join(entry, which))
        .where(generation.c.state.in_(("live", "building")))
    )
    columns = ["generation_id", "entry_number", "changed_no", "since"]
    put = insert(outbox).from_select(columns, changes)
    connection.execute(
        put.on_conflict_do_update(
            index_elements=["generation_id", "entry_number"],
            set_={"changed_no": put.excluded.changed_no},
        )
    )


def put_again(connection: sa.Connection, generation_id: int, keys: Iterable[str]) -> None:
    """Put entries into the outbox of one generation as they are, without counting a change."""
    changes = sa.select(
        sa.literal(generation_id), entry.c.number, entry.c.changed_no, sa.literal(clock.now())
    ).where(entry.c.key.in_(list(keys)))
    columns = ["generation_id", "entry_number", "changed_no", "since"]
    connection.execute(insert(outbox).from_select(columns, changes).on_conflict_do_nothing())
