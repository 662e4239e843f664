"""Reports of sub-awards as they are shown: rows that say whom each names."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from archive.catalogue.conflict import insert
from archive.catalogue.tables import record, subaward
from archive.identifiers import real_duns, real_uei
from archive.model import Value
from archive.newest import newest_views
from archive.vendors import named_in, numbers
from archive.views import merged


def write_subawards(connection: sa.Connection, record_ids: Iterable[int]) -> None:
    """Write the rows of reports as they are shown now, and note those who are called persons.

    Payees of sub-awards are no vendors of the archive, but a person has a row, which is not
    listed: other reports to them may not say what they are.
    """
    rows, called_persons = [], []
    for number, (key, fields) in shown_subawards(connection, record_ids).items():
        rows.append(subaward_row(number, key, fields))
        payee = named_in(fields)
        if payee and payee.is_person:
            called_persons.append(payee)
    if not rows:
        return
    write = insert(subaward)
    kept = {name: write.excluded[name] for name in rows[0] if name != "record_id"}
    connection.execute(write.on_conflict_do_update(index_elements=["record_id"], set_=kept), rows)
    numbers(connection, called_persons)


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
