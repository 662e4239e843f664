"""Who is paid: by which identifier a vendor is known, and its number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from archive.announce import announce
from archive.catalogue.conflict import insert
from archive.catalogue.tables import award, vendor
from archive.identifiers import real_duns, real_uei
from archive.model import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A vendor as a row names it; `key` is by UEI, else by DUNS, else by the folded name."""

    key: str
    name: str
    uei: str
    duns: str
    is_person: bool


def named_in(fields: Mapping[str, Value]) -> Named | None:
    """Read the vendor of an award's fields; None when no name is given.

    Placeholder identifiers name nobody, so they are passed over.
    """
    name = " ".join(str(fields.get("vendor_name") or "").split())
    if not name:
        return None
    uei = real_uei(str(fields.get("vendor_uei") or ""))
    duns = real_duns(str(fields.get("vendor_duns") or ""))
    key = f"uei:{uei}" if uei else f"duns:{duns}" if duns else f"name:{name.casefold()}"
    is_person = fields.get("vendor_is_person") is True
    return Named(key=key, name=name, uei=uei, duns=duns, is_person=is_person)


def numbers(connection: sa.Connection, vendors: Iterable[Named]) -> dict[str, int]:
    """Give the number of each vendor by key, making rows for those not seen before.

    A vendor that any row calls a person is one from then on, whatever other rows leave out.
    """
    by_key: dict[str, Named] = {}
    for one in vendors:
        if one.key not in by_key or one.is_person:
            by_key[one.key] = one
    if not by_key:
        return {}
    wanted = sa.select(vendor.c.key, vendor.c.id).where(vendor.c.key.in_(sorted(by_key)))
    found = _by_key(connection, wanted)
    missing = [by_key[key] for key in sorted(by_key.keys() - found.keys())]
    if missing:
        rows = [
            {
                "key": one.key,
                "name": one.name,
                "uei": one.uei,
                "duns": one.duns,
                "is_person": one.is_person,
            }
            for one in missing
        ]
        connection.execute(insert(vendor).on_conflict_do_nothing(), rows)
        found |= _by_key(connection, wanted)
    _note_persons(connection, [found[one.key] for one in by_key.values() if one.is_person])
    return found


def _note_persons(connection: sa.Connection, ids: list[int]) -> None:
    """Note which vendors are persons, and let the index take their names out."""
    wanted = sa.select(vendor.c.id).where(vendor.c.id.in_(ids), vendor.c.is_person.is_(False))
    fresh = list(connection.scalars(wanted)) if ids else []
    if not fresh:
        return
    connection.execute(sa.update(vendor).where(vendor.c.id.in_(fresh)).values(is_person=True))
    named = sa.select(award.c.key).where(award.c.vendor_id.in_(fresh))
    announce(connection, [f"awards/{key}" for key in connection.scalars(named)])


def _by_key(connection: sa.Connection, wanted: sa.Select[tuple[str, int]]) -> dict[str, int]:
    return {row.key: row.id for row in connection.execute(wanted)}
