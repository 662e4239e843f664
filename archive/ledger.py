"""What versions say of vendors, noted in passing: a byte for each vendor, however much is held."""

from collections.abc import Collection, Iterator
from enum import IntFlag
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import vendor
from archive.vendors import Named, key_of, known_numbers


class Said(IntFlag):
    """What some version says of a vendor's row."""

    NAMED = 1  # its name, by its key or by an identifier that leads to it
    PERSON = 2
    DUNS = 4  # its DUNS
    TIED = 8  # the UEI of the vendor that it was joined to


class Ledger:
    """What was noted of the vendors that were held when it was begun."""

    def __init__(self, connection: sa.Connection) -> None:
        last = connection.scalar(sa.select(sa.func.max(vendor.c.id))) or 0
        self._said = bytearray(last + 1)

    def note(self, connection: sa.Connection, vendors: Collection[Named]) -> None:
        """Note what some records, or versions of them, say of whom they name."""
        ways = {one.key for one in vendors} | {f"duns:{one.duns}" for one in vendors if one.duns}
        number_of = known_numbers(connection, vendors)
        by_key = _rows(connection, vendor.c.key.in_(ways), "key")
        by_number = _rows(connection, vendor.c.id.in_(set(number_of.values())), "id")
        for one in vendors:
            number = number_of.get(one.key)
            for row in (by_key.get(one.key), by_number.get(number)):
                if row is not None:
                    self._add(row.id, _of(row, one))
            old = by_key.get(f"duns:{one.duns}")
            if old is not None and one.uei and old.joined_to == number:
                self._add(old.id, Said.TIED)

    def of(self, number: int) -> Said:
        """Give what was noted of a vendor that was held then."""
        return Said(self._said[number])

    def wrongs(self, row: sa.Row[Any]) -> Iterator[str]:
        """Say what in a vendor's row no version says, or says otherwise."""
        if row.id >= len(self._said):
            return
        said = self.of(row.id)
        if row.key != key_of(row.name, row.uei, row.duns):
            yield "its key does not go with its name and identifiers"
        if Said.NAMED not in said:
            yield "no version prints its name"
        if row.is_person and Said.PERSON not in said:
            yield "its name is hidden, though no version calls it a person"
        if Said.PERSON in said and not row.is_person and row.joined_to is None:
            yield "its name is shown, though a version calls it a person"
        if row.uei and row.duns and Said.DUNS not in said:
            yield "no version prints its DUNS"
        if row.joined_to is not None and Said.TIED not in said:
            yield f"no version joins it to vendor {row.joined_to}"

    def _add(self, number: int, said: Said) -> None:
        if number < len(self._said):
            self._said[number] |= said


def _rows(
    connection: sa.Connection, which: sa.ColumnElement[bool], by: str
) -> dict[object, sa.Row[Any]]:
    rows = connection.execute(sa.select(vendor).where(which))
    return {row._mapping[by]: row for row in rows}


def _of(row: sa.Row[Any], one: Named) -> Said:
    said = Said.NAMED if row.name == one.name else Said(0)
    said |= Said.PERSON if one.is_person else Said(0)
    return said | (Said.DUNS if one.duns and row.duns == one.duns else Said(0))
