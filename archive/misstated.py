"""Rows made from versions, held against what the versions make of them now.

Awards, actions and reports of sub-awards by all of their columns; vendors by what any version says.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.actions import stated_actions
from archive.catalogue.tables import action, award, record, subaward, vendor, version
from archive.ledger import Ledger, Said
from archive.merging import stated_awards
from archive.model import Value
from archive.opening import Archive
from archive.subawards import shown_subawards, subaward_row
from archive.vendors import Named, named_in, not_joined

_AT_ONCE = 500
_NOTHING = Said(0)

Report = Callable[[str, int], None]
Rows = dict[int, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Misstated:
    """A row that is not what versions say; `kind` is that of the record, or "vendor".

    `number` is that of the record or vendor; `is_mendable` when it can be written again. Of a
    vendor, `said` is what versions say of it.
    """

    kind: str
    number: int
    what: str
    is_mendable: bool = True
    said: Said = _NOTHING


def misstated(archive: Archive, report: Report) -> Iterator[Misstated]:
    """Walk the rows that are not what versions say, as of now; `report` hears of progress."""
    with archive.catalogue.reading() as connection:
        ledger = Ledger(connection)
        for kind, table, state in _KINDS:
            for ids in _portions(connection, record.c.id, record.c.kind == kind):
                report(f"{kind}s", ids[-1])
                stated, named = state(connection, ids)
                ledger.note(connection, set(named.values()))
                yield from _held_against(connection, kind, table, ids, stated, named)
        for ids in _portions(connection, version.c.id):
            report("names", ids[-1])
            ledger.note(connection, named_by(connection, ids))
        for ids in _portions(connection, vendor.c.id):
            report("vendors", ids[-1])
            yield from _vendors(connection, ids, ledger)


def named_by(connection: sa.Connection, version_ids: Sequence[int]) -> tuple[Named, ...]:
    """Give the vendors that versions name, each as it is named, in the order of the versions."""
    wanted = sa.select(version.c.fields).where(version.c.id.in_(version_ids)).order_by(version.c.id)
    said = (named_in(json.loads(text)) for text in connection.scalars(wanted))
    return tuple(dict.fromkeys(one for one in said if one))


def portions_of_versions(connection: sa.Connection) -> Iterator[list[int]]:
    """Walk the numbers of all versions, some hundreds at a time."""
    return _portions(connection, version.c.id)


def _portions(
    connection: sa.Connection, number: sa.Column[int], *which: sa.ColumnElement[bool]
) -> Iterator[list[int]]:
    last = 0
    while True:
        wanted = sa.select(number).where(number > last, *which).order_by(number).limit(_AT_ONCE)
        ids = list(connection.scalars(wanted))
        if not ids:
            return
        yield ids
        last = ids[-1]


def _named(said: Mapping[int, Mapping[str, Value]]) -> dict[int, Named]:
    return {number: one for number, fields in said.items() if (one := named_in(fields))}


def _awards(connection: sa.Connection, ids: Sequence[int]) -> tuple[Rows, dict[int, Named]]:
    stated = stated_awards(connection, ids)
    fields = {number: json.loads(str(row["fields"])) for number, row in stated.items()}
    return stated, _named(fields)


def _actions(connection: sa.Connection, ids: Sequence[int]) -> tuple[Rows, dict[int, Named]]:
    stated, fields = stated_actions(connection, ids)
    return stated, _named(fields)


def _subawards(connection: sa.Connection, ids: Sequence[int]) -> tuple[Rows, dict[int, Named]]:
    shown = shown_subawards(connection, ids)
    return {number: subaward_row(number, *said) for number, said in shown.items()}, {}


_State = Callable[[sa.Connection, Sequence[int]], tuple[Rows, dict[int, Named]]]
_KINDS: tuple[tuple[str, sa.Table, _State], ...] = (
    ("award", award, _awards),
    ("modification", action, _actions),
    ("subaward", subaward, _subawards),
)
_APART = "its vendor has two rows, by UEI and by DUNS, that are not joined."
_CALLED = {"award": "award", "modification": "modification", "subaward": "sub-award report"}


def _held_against(
    connection: sa.Connection,
    kind: str,
    table: sa.Table,
    ids: Sequence[int],
    stated: Rows,
    named: Mapping[int, Named],
) -> Iterator[Misstated]:
    rows = connection.execute(sa.select(table).where(table.c.record_id.in_(ids)))
    held = {row.record_id: dict(row._mapping) for row in rows}
    differ = {
        number: _difference(held.get(number), stated.get(number))
        for number in ids
        if held.get(number) != stated.get(number)
    }
    apart = not_joined(connection, named.values())
    differ |= {number: _APART for number, one in named.items() if one in apart}
    wanted = sa.select(record.c.id, record.c.key).where(record.c.id.in_(differ))
    for row in connection.execute(wanted.order_by(record.c.id)):
        # What nothing tells of is gone among modifications; an award without a version was altered.
        is_mendable = row.id in stated or kind == "modification"
        what = f"{_CALLED[kind]} {row.key}: {differ[row.id]}"
        yield Misstated(kind=kind, number=row.id, what=what, is_mendable=is_mendable)


def _difference(held: Mapping[str, Any] | None, stated: Mapping[str, Any] | None) -> str:
    if held is None:
        return "its row is missing."
    if stated is None:
        return "it has a row, but no version tells of it now."
    names = sorted(name for name in stated if held[name] != stated[name])
    return f"what is shown is not what its versions say ({', '.join(names)})."


def _vendors(connection: sa.Connection, ids: Sequence[int], ledger: Ledger) -> Iterator[Misstated]:
    wanted = sa.select(vendor).where(vendor.c.id.in_(ids)).order_by(vendor.c.id)
    for row in connection.execute(wanted):
        wrongs = list(ledger.wrongs(row))
        if wrongs:
            what = f"vendor {row.id}: {'; '.join(wrongs)}."
            yield Misstated(kind="vendor", number=row.id, what=what, said=ledger.of(row.id))
