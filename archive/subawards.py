"""Reports of sub-awards: rows that say whom each names, and which of those are persons.

Reports name their payees by UEI, by DUNS or by name alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from archive.catalogue.conflict import insert
from archive.catalogue.tables import record, subaward, vendor
from archive.identifiers import real_duns, real_uei
from archive.model import Value
from archive.newest import newest_views
from archive.views import merged

_AT_ONCE = 500


def write_subawards(connection: sa.Connection, record_ids: Iterable[int]) -> None:
    """Write the rows of reports as they are shown now."""
    shown = shown_subawards(connection, record_ids)
    rows = [subaward_row(number, key, fields) for number, (key, fields) in shown.items()]
    if not rows:
        return
    write = insert(subaward)
    kept = {name: write.excluded[name] for name in rows[0] if name != "record_id"}
    connection.execute(write.on_conflict_do_update(index_elements=["record_id"], set_=kept), rows)


def shown_subawards(
    connection: sa.Connection, record_ids: Iterable[int]
) -> dict[int, tuple[str, dict[str, Value]]]:
    """Give (award key, fields as shown) of reports."""
    wanted = sa.select(record.c.id, record.c.award_key).where(record.c.id.in_(sorted(record_ids)))
    keys = {row.id: row.award_key for row in connection.execute(wanted)}
    views = newest_views(connection, keys)
    return {number: (key, merged(views[number])) for number, key in keys.items()}


def subaward_row(number: int, award_key: str, fields: Mapping[str, Value]) -> dict[str, Any]:
    """Give the row of a report; placeholder identifiers name nobody."""
    return {
        "record_id": number,
        "award_key": award_key,
        "vendor_uei": real_uei(str(fields.get("vendor_uei") or "")),
        "vendor_duns": real_duns(str(fields.get("vendor_duns") or "")),
        "vendor_name": " ".join(str(fields.get("vendor_name") or "").split()),
    }


def reports_to_persons(connection: sa.Connection, award_keys: Collection[str]) -> frozenset[int]:
    """Give the reports of sub-awards under some awards that name a person, by record id."""
    keys = {"awards": list(award_keys)}
    return frozenset(
        number for wanted in _to_persons() for number in connection.scalars(wanted, keys)
    )


@cache
def _to_persons() -> tuple[sa.Select[int], ...]:
    """Ask for the reports under some awards that name a person, by each way to name a payee."""
    now = vendor.alias()
    return tuple(
        sa.select(subaward.c.record_id)
        .join(vendor, is_theirs)
        .outerjoin(now, now.c.id == vendor.c.joined_to)
        .where(
            subaward.c.award_key.in_(sa.bindparam("awards", expanding=True)),
            sa.or_(vendor.c.is_person.is_(True), now.c.is_person.is_(True)),
        )
        for is_theirs in _payee_is_vendor()
    )


def awards_reporting(connection: sa.Connection, vendor_ids: Collection[int]) -> list[str]:
    """Give the keys of awards with reports of sub-awards to some vendors, old identifiers too."""
    numbers = sorted(vendor_ids)
    keys: set[str] = set()
    for start in range(0, len(numbers), _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        for is_theirs in _payee_is_vendor():
            theirs = sa.or_(vendor.c.id.in_(part), vendor.c.joined_to.in_(part))
            wanted = sa.select(subaward.c.award_key).distinct().join(vendor, is_theirs)
            keys.update(connection.scalars(wanted.where(theirs)))
    return sorted(keys)


def _payee_is_vendor() -> Iterator[sa.ColumnElement[bool]]:
    """Give the ways in which a report names a vendor; by name only where nothing else is said."""
    has_none = sa.and_(subaward.c.vendor_uei == "", subaward.c.vendor_duns == "")
    yield sa.and_(subaward.c.vendor_uei != "", vendor.c.key == "uei:" + subaward.c.vendor_uei)
    yield sa.and_(subaward.c.vendor_duns != "", vendor.c.duns == subaward.c.vendor_duns)
    yield sa.and_(has_none, subaward.c.vendor_name != "", vendor.c.name == subaward.c.vendor_name)
