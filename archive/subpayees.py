"""Who among the payees of sub-awards is a person: reports name them by UEI, DUNS or name alone."""

from collections.abc import Collection, Iterator

import sqlalchemy as sa

from archive.catalogue.tables import subaward, vendor

_AT_ONCE = 500


def reports_to_persons(connection: sa.Connection, award_keys: Collection[str]) -> frozenset[int]:
    """Give the reports of sub-awards under some awards that name a person, by record id."""
    now = vendor.alias()
    found: set[int] = set()
    for is_theirs in _payee_is_vendor():
        wanted = (
            sa.select(subaward.c.record_id)
            .join(vendor, is_theirs)
            .outerjoin(now, now.c.id == vendor.c.joined_to)
            .where(
                subaward.c.award_key.in_(award_keys),
                sa.or_(vendor.c.is_person.is_(True), now.c.is_person.is_(True)),
            )
        )
        found.update(connection.scalars(wanted))
    return frozenset(found)


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
