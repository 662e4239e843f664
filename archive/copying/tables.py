"""Copies the rows of tables in the order of their keys, some thousand at a time."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from typing import Any

import sqlalchemy as sa

from archive.catalogue.database import Catalogue
from archive.catalogue.tables import metadata

Report = Callable[[str, int], None]  # subject, how many more were done

_AT_ONCE = 2_000
# Of this place alone: its index, its file store, and this copy itself.
_NOT_COPIED = {"generation", "outbox", "body", "copying"}
COPIED: tuple[sa.Table, ...] = tuple(
    table for table in metadata.sorted_tables if table.name not in _NOT_COPIED
)


def keys_of(table: sa.Table) -> list[sa.Column[Any]]:
    """Give the columns by which rows are known; both databases order them alike, by their bytes."""
    return list(table.primary_key.columns)


def count(catalogue: Catalogue) -> int:
    """Count the rows that are copied."""
    with catalogue.reading() as connection:
        return sum(
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in COPIED
        )


def copy_table(source: Catalogue, target: Catalogue, table: sa.Table, report: Report) -> None:
    """Copy what the target lacks of a table."""
    last = _last_key(target, table)
    if last is not None:
        report("rows", _count_until(source, table, last))
    later = _self_references(table)
    names, held_back = [column.name for column in table.columns], dict.fromkeys(later)
    with closing(walk(source, table, after=last)) as portions:
        for rows in portions:
            said = [dict(zip(names, row, strict=True)) | held_back for row in rows]
            with target.writing() as connection:
                connection.execute(table.insert(), said)
            report("rows", len(rows))
    if later:
        _refer(source, target, table, later)


def walk(
    catalogue: Catalogue, table: sa.Table, *, after: tuple[Any, ...] | None = None
) -> Generator[list[tuple[Any, ...]]]:
    """Walk the rows of a table in the order of its keys, behind one of them, in portions."""
    keys = keys_of(table)
    wanted = sa.select(table).order_by(*keys)
    if after is not None:
        wanted = wanted.where(sa.tuple_(*keys) > sa.tuple_(*(sa.literal(one) for one in after)))
    with (
        catalogue.reading() as connection,
        connection.execution_options(yield_per=_AT_ONCE).execute(wanted) as found,
    ):
        for rows in found.partitions():
            yield [tuple(row) for row in rows]


def _last_key(target: Catalogue, table: sa.Table) -> tuple[Any, ...] | None:
    keys = keys_of(table)
    wanted = sa.select(*keys).order_by(*(key.desc() for key in keys)).limit(1)
    with target.reading() as connection:
        row = connection.execute(wanted).first()
    return None if row is None else tuple(row)


def _count_until(source: Catalogue, table: sa.Table, last: tuple[Any, ...]) -> int:
    keys = sa.tuple_(*keys_of(table))
    wanted = sa.select(sa.func.count()).select_from(table)
    with source.reading() as connection:
        return connection.execute(
            wanted.where(keys <= sa.tuple_(*(sa.literal(one) for one in last)))
        ).scalar_one()


def _self_references(table: sa.Table) -> list[str]:
    """Name the columns by which rows refer to rows of the same table, which may come later."""
    return [
        column.name
        for column in table.columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]


def _refer(source: Catalogue, target: Catalogue, table: sa.Table, names: Sequence[str]) -> None:
    """Write what rows say of rows of the same table, when all are there."""
    (key,) = keys_of(table)
    some = sa.or_(*(table.c[name].is_not(None) for name in names))
    wanted = sa.select(key.label("the_key"), *(table.c[name] for name in names)).where(some)
    said = (
        table.update()
        .where(key == sa.bindparam("the_key"))
        .values({name: sa.bindparam(f"new_{name}") for name in names})
    )
    with (
        source.reading() as connection,
        connection.execution_options(yield_per=_AT_ONCE).execute(wanted.order_by(key)) as found,
    ):
        for rows in found.mappings().partitions():
            told = [
                {"the_key": row["the_key"]} | {f"new_{name}": row[name] for name in names}
                for row in rows
            ]
            with target.writing() as writer:
                writer.execute(said, told)


def set_sequences(target: Catalogue) -> None:
    """See that new rows get numbers behind those that were copied."""
    if target.engine.dialect.name != "postgresql":
        return  # SQLite goes on behind the highest by itself
    with target.writing() as connection:
        for table in COPIED:
            keys = keys_of(table)
            is_number = len(keys) == 1 and isinstance(keys[0].type, sa.Integer)
            if is_number and not keys[0].foreign_keys:
                sequence = sa.func.pg_get_serial_sequence(table.name, keys[0].name)
                highest = sa.select(sa.func.max(keys[0])).scalar_subquery()
                connection.execute(
                    sa.select(sa.func.setval(sequence, highest)).where(
                        sequence.is_not(None), highest.is_not(None)
                    )
                )
