"""The award as it is shown: a pure function of each view's newest version."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from archive.actions import as_of_gone, as_of_newest
from archive.catalogue.conflict import insert
from archive.catalogue.tables import award, record
from archive.fiscal import year_of
from archive.model import Value
from archive.newest import newest_views
from archive.vendors import Named, known_numbers, named_in, numbers
from archive.views import Seen, merged

_COLUMNS = {
    "agency_code": "awarding_agency_code",
    "agency_name": "awarding_agency_name",
    "subagency_code": "awarding_subagency_code",
    "subagency_name": "awarding_subagency_name",
    "office_code": "awarding_office_code",
    "office_name": "awarding_office_name",
    "acted_on": "acted_on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An award as it is shown; `text` is its fields as canonical JSON."""

    key: str
    fields: Mapping[str, Value]
    text: str


def write_awards(
    connection: sa.Connection, fresh: Mapping[int, Shown], known: Iterable[int]
) -> None:
    """Write awards as shown, by record id: `fresh` ones as given, `known` ones merged anew."""
    shown = dict(fresh)
    known_ids = sorted(known)
    if known_ids:
        shown |= _merged_anew(connection, known_ids)
    if not shown:
        return
    vendors = {number: named_in(one.fields) for number, one in shown.items()}
    vendor_ids = numbers(connection, (one for one in vendors.values() if one))
    rows = [_row(number, one, vendors[number], vendor_ids) for number, one in shown.items()]
    write = insert(award)
    kept_names = [name for name in rows[0] if name not in ("record_id", "key")]
    connection.execute(
        write.on_conflict_do_update(
            index_elements=["record_id"],
            set_={name: write.excluded[name] for name in kept_names},
        ),
        rows,
    )


def stated_awards(
    connection: sa.Connection, record_ids: Sequence[int]
) -> dict[int, dict[str, object]]:
    """Give the rows of awards as their versions make them; 0 for a vendor that is not held."""
    shown = _merged_anew(connection, record_ids)
    vendors = {number: named_in(one.fields) for number, one in shown.items()}
    said = [one for one in vendors.values() if one]
    known = dict.fromkeys((one.key for one in said), 0) | known_numbers(connection, said)
    return {number: _row(number, one, vendors[number], known) for number, one in shown.items()}


def award_views(connection: sa.Connection, keys: Mapping[int, str]) -> dict[int, list[Seen]]:
    """Give the newest version of each view of awards, with what their newest action says of them.

    `keys` are the awards' keys by record id.
    """
    views = newest_views(connection, keys)
    said = as_of_newest(connection, keys.values())
    lonely = {key for number, key in keys.items() if not views.get(number) and key not in said}
    said |= as_of_gone(connection, lonely)
    return {
        number: [*views.get(number, ()), *([said[key]] if key in said else [])]
        for number, key in keys.items()
    }


def _merged_anew(connection: sa.Connection, record_ids: Sequence[int]) -> dict[int, Shown]:
    wanted = sa.select(record.c.id, record.c.key).where(record.c.id.in_(record_ids))
    keys = {row.id: row.key for row in connection.execute(wanted)}
    views = award_views(connection, keys)
    return {number: _merged(key, views[number]) for number, key in keys.items() if views[number]}


def _merged(key: str, views: Iterable[Seen]) -> Shown:
    fields = merged(views)
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Shown(key=key, fields=fields, text=text)


def _row(
    number: int, one: Shown, vendor: Named | None, vendor_ids: Mapping[str, int]
) -> dict[str, object]:
    return {
        "record_id": number,
        "key": one.key,
        "vendor_id": vendor_ids[vendor.key] if vendor else None,
        "acted_year": year_of(one.fields.get("acted_on")),
        "signed_year": year_of(one.fields.get("signed_on")),
        "parent_key": str(one.fields.get("parent_key") or ""),
        "obligated_cents": one.fields.get("obligated_cents"),
        "potential_cents": one.fields.get("potential_cents"),
        "fields": one.text,
        **{column: str(one.fields.get(name) or "") for column, name in _COLUMNS.items()},
    }
