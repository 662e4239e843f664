"""Writes again the rows that are not what versions say, and lets the index hear of them."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa

from archive.actions import write_actions
from archive.announce import announce
from archive.catalogue.tables import action, award, record, subaward, vendor, version
from archive.ledger import Said
from archive.merging import write_awards
from archive.misstated import Misstated, Report, misstated, named_by, portions_of_versions
from archive.opening import Archive
from archive.subawards import awards_reporting, write_subawards
from archive.vendors import Named, key_of

_AT_ONCE = 500
_ROUNDS = 3  # what follows from a vendor that was mended is seen in the next


def mend(archive: Archive, report: Report) -> int:
    """Write again what can be made of versions; gives how many rows were.

    Vendors first: awards and actions go by their keys. Nothing is taken from a person's row that
    a version calls one.
    """
    total = 0
    for _ in range(_ROUNDS):
        mended = _mend_vendors(archive, report) + _mend_records(archive, report)
        total += mended
        if not mended:
            break
    return total


def _mend_records(archive: Archive, report: Report) -> int:
    mended = 0
    found = (one for one in misstated(archive, report) if one.kind in _WRITERS and one.is_mendable)
    for kind, wrong in groupby(found, key=lambda one: one.kind):
        while part := [one.number for one in islice(wrong, _AT_ONCE)]:
            _write(archive, kind, part)
            mended += len(part)
    return mended


def _write(archive: Archive, kind: str, ids: Sequence[int]) -> None:
    """Take the rows of records out, and write them as their versions make them."""
    table, write = _WRITERS[kind]
    keys = sa.select(record.c.award_key).distinct().where(record.c.id.in_(ids))
    with archive.catalogue.writing() as connection:
        connection.execute(sa.delete(table).where(table.c.record_id.in_(ids)))
        write(connection, ids)
        announce(connection, [f"awards/{key}" for key in connection.scalars(keys)])


def _write_awards(connection: sa.Connection, ids: Sequence[int]) -> None:
    write_awards(connection, {}, ids)


_WRITERS: Mapping[str, tuple[sa.Table, Callable[[sa.Connection, Sequence[int]], None]]] = {
    "award": (award, _write_awards),
    "modification": (action, write_actions),
    "subaward": (subaward, write_subawards),
}


def _mend_vendors(archive: Archive, report: Report) -> int:
    with archive.catalogue.reading() as connection:
        last = connection.scalar(sa.select(sa.func.max(version.c.id))) or 0
    found = (one for one in misstated(archive, report) if one.kind == "vendor")
    mended = 0
    while part := {one.number: one for one in islice(found, _AT_ONCE)}:
        mended += _write_vendors(archive, part, last)
    return mended


def _write_vendors(archive: Archive, wrong: Mapping[int, Misstated], last: int) -> int:
    """Write vendors as versions name them; `last` is the last version that was looked at."""
    with archive.catalogue.reading() as connection:
        rows = connection.execute(sa.select(vendor).where(vendor.c.id.in_(wrong))).all()
        printed = _printed(connection, {key for row in rows for key in (row.key, _own_key(row))})
    mended = 0
    with archive.catalogue.writing() as connection:
        newest = connection.scalar(sa.select(sa.func.max(version.c.id))) or 0
        for row in rows if newest == last else ():
            right = printed.get(row.key) or printed.get(_own_key(row))
            values = _values(row, wrong[row.id].said, right) if right else {}
            changed = {name: value for name, value in values.items() if row._mapping[name] != value}
            if changed and not _is_taken(connection, row.id, changed.get("key")):
                connection.execute(sa.update(vendor).where(vendor.c.id == row.id).values(changed))
                _announce(connection, row.id)
                mended += 1
    return mended


def _values(row: sa.Row[Any], said: Said, right: Named) -> dict[str, Any]:
    """Give a vendor's row as versions make it. Of one with another key nothing was noted."""
    if row.key != right.key:
        return {"key": right.key}
    return {
        "name": row.name if Said.NAMED in said else right.name,
        "uei": right.uei,
        "duns": row.duns if Said.DUNS in said else right.duns,
        "is_person": Said.PERSON in said,
        "joined_to": row.joined_to if Said.TIED in said else None,
    }


def _printed(connection: sa.Connection, keys: set[str]) -> dict[str, Named]:
    """Give for each key how the first version with it names its vendor."""
    found: dict[str, Named] = {}
    for ids in portions_of_versions(connection):
        for one in named_by(connection, ids):
            if one.key in keys:
                found.setdefault(one.key, one)
        if found.keys() == keys:
            break
    return found


def _own_key(row: sa.Row[Any]) -> str:
    return key_of(row.name, row.uei, row.duns)


def _is_taken(connection: sa.Connection, number: int, key: str | None) -> bool:
    wanted = sa.select(vendor.c.id).where(vendor.c.key == key, vendor.c.id != number)
    return key is not None and connection.scalar(wanted) is not None


def _announce(connection: sa.Connection, number: int) -> None:
    theirs = sa.select(award.c.key).where(award.c.vendor_id == number)
    keys = [*connection.scalars(theirs), *awards_reporting(connection, [number])]
    announce(connection, [f"awards/{key}" for key in keys])
