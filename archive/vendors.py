"""Who is paid: by which identifier a vendor is known, and its number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from archive.announce import announce
from archive.catalogue.conflict import insert
from archive.catalogue.tables import action, award, vendor
from archive.identifiers import real_duns, real_uei
from archive.model import Value
from archive.persons import says_person
from archive.subawards import awards_reporting


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
    return Named(
        key=key_of(name, uei, duns),
        name=name,
        uei=uei,
        duns=duns,
        is_person=says_person(fields),
    )


def key_of(name: str, uei: str, duns: str) -> str:
    """Give the key by which a vendor is known."""
    return f"uei:{uei}" if uei else f"duns:{duns}" if duns else f"name:{name.casefold()}"


def known_numbers(connection: sa.Connection, vendors: Iterable[Named]) -> dict[str, int]:
    """Give the numbers of those vendors that are held, by key; nothing is written."""
    by_key = {one.key: one for one in vendors}
    return _found(connection, by_key) if by_key else {}


def not_joined(connection: sa.Connection, vendors: Iterable[Named]) -> set[Named]:
    """Find the vendors whose DUNS alone still is another vendor, which they should have joined."""
    tied = {f"duns:{one.duns}": one for one in vendors if one.uei and one.duns}
    alone = sa.select(vendor.c.key).where(vendor.c.key.in_(tied), vendor.c.joined_to.is_(None))
    return {tied[key] for key in connection.scalars(alone)}


def numbers(connection: sa.Connection, vendors: Iterable[Named]) -> dict[str, int]:
    """Give the number of each vendor by key, making rows for those not seen before.

    A vendor that any row calls a person is one from then on, whatever other rows leave out. A row
    that carries both a UEI and an old DUNS ties the two: what was known by the DUNS alone is joined
    to the vendor of the UEI, whose number it has from then on.
    """
    by_key: dict[str, Named] = {}
    for one in vendors:
        if one.key not in by_key or one.is_person or (one.duns and not by_key[one.key].duns):
            by_key[one.key] = one
    if not by_key:
        return {}
    found = _found(connection, by_key)
    missing = [by_key[key] for key in sorted(by_key.keys() - found.keys())]
    if missing:
        connection.execute(insert(vendor).on_conflict_do_nothing(), [_row(one) for one in missing])
        found |= _by_key(connection, [one.key for one in missing])
        _announce_reports(connection, [found[one.key] for one in missing])
    _tie(connection, {found[one.key]: one.duns for one in by_key.values() if one.uei and one.duns})
    # Who was found by a DUNS may have been joined by another row of the same batch.
    found |= _by_key(connection, [key for key in by_key if key.startswith("duns:")])
    _note_persons(connection, [found[one.key] for one in by_key.values() if one.is_person])
    return found


def _row(one: Named) -> dict[str, object]:
    return {
        "key": one.key,
        "name": one.name,
        "uei": one.uei,
        "duns": one.duns,
        "is_person": one.is_person,
    }


def _found(connection: sa.Connection, by_key: Mapping[str, Named]) -> dict[str, int]:
    """Give the numbers of vendors that are known by their key, or by a DUNS that a UEI row gave."""
    found = _by_key(connection, sorted(by_key))
    old = {one.duns: key for key, one in by_key.items() if key not in found and not one.uei}
    old.pop("", None)
    wanted = sa.select(vendor.c.duns, sa.func.min(vendor.c.id)).where(
        vendor.c.duns.in_(sorted(old)), vendor.c.uei != "", vendor.c.joined_to.is_(None)
    )
    if old:
        rows = connection.execute(wanted.group_by(vendor.c.duns))
        found |= {old[duns]: number for duns, number in rows}
    return found


def _by_key(connection: sa.Connection, keys: Sequence[str]) -> dict[str, int]:
    number = sa.func.coalesce(vendor.c.joined_to, vendor.c.id).label("number")
    wanted = sa.select(vendor.c.key, number).where(vendor.c.key.in_(keys))
    return {row.key: row.number for row in connection.execute(wanted)}


def _tie(connection: sa.Connection, duns_of: Mapping[int, str]) -> None:
    """Join vendors known by a DUNS alone to those whose rows carry it beside a UEI."""
    if not duns_of:
        return
    is_silent = sa.and_(vendor.c.id.in_(sorted(duns_of)), vendor.c.duns == "")
    silent = connection.scalars(sa.select(vendor.c.id).where(is_silent)).all()
    for number in silent:
        connection.execute(
            sa.update(vendor).where(vendor.c.id == number).values(duns=duns_of[number])
        )
    number_of = {duns: number for number, duns in duns_of.items()}
    alone = sa.select(vendor.c.id, vendor.c.duns, vendor.c.is_person).where(
        vendor.c.key.in_([f"duns:{duns}" for duns in number_of]), vendor.c.joined_to.is_(None)
    )
    for row in connection.execute(alone).all():
        _join(connection, row.id, number_of[row.duns])
        if row.is_person:
            _note_persons(connection, [number_of[row.duns]])
    _announce_reports(connection, silent)


def _join(connection: sa.Connection, old: int, new: int) -> None:
    """Give all that one vendor has to another; its row stays, and says where it went."""
    connection.execute(
        sa.update(vendor)
        .where(sa.or_(vendor.c.id == old, vendor.c.joined_to == old))
        .values(joined_to=new)
    )
    keys = list(connection.scalars(sa.select(award.c.key).where(award.c.vendor_id == old)))
    connection.execute(sa.update(award).where(award.c.vendor_id == old).values(vendor_id=new))
    connection.execute(sa.update(action).where(action.c.vendor_id == old).values(vendor_id=new))
    announce(connection, [f"awards/{key}" for key in keys])
    _announce_reports(connection, [new])


def joined_to(connection: sa.Connection, number: int) -> int:
    """Give the number that a vendor has now."""
    wanted = sa.select(vendor.c.joined_to).where(vendor.c.id == number)
    return connection.scalar(wanted) or number


def _note_persons(connection: sa.Connection, ids: list[int]) -> None:
    """Note which vendors are persons, and let the index take their names out."""
    wanted = sa.select(vendor.c.id).where(vendor.c.id.in_(ids), vendor.c.is_person.is_(False))
    fresh = list(connection.scalars(wanted)) if ids else []
    if not fresh:
        return
    connection.execute(sa.update(vendor).where(vendor.c.id.in_(fresh)).values(is_person=True))
    named = sa.select(award.c.key).where(award.c.vendor_id.in_(fresh))
    announce(connection, [f"awards/{key}" for key in connection.scalars(named)])
    _announce_reports(connection, fresh)


def _announce_reports(connection: sa.Connection, ids: Sequence[int]) -> None:
    """Let the index look again at awards with reports of sub-awards to the persons among some."""
    are_persons = sa.and_(vendor.c.id.in_(ids), vendor.c.is_person.is_(True))
    known = list(connection.scalars(sa.select(vendor.c.id).where(are_persons))) if ids else []
    announce(connection, [f"awards/{key}" for key in awards_reporting(connection, known)])
