"""The award as it is shown: a pure function of the newest version of each of its views."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from archive.catalogue.conflict import insert
from archive.catalogue.tables import award, record, version
from archive.history import Held, newest
from archive.model import Value
from archive.vendors import Named, named_in, numbers
from archive.views import Seen, merged

_COLUMNS = {
    "agency_code": "awarding_agency_code",
    "agency_name": "awarding_agency_name",
    "subagency_code": "awarding_subagency_code",
    "subagency_name": "awarding_subagency_name",
    "acted_on": "acted_on",
}


def newest_views(connection: sa.Connection, record_ids: Iterable[int]) -> dict[int, list[Seen]]:
    """Give the newest version of each view, by record."""
    wanted = sa.select(version).where(version.c.record_id.in_(sorted(record_ids)))
    by_view: dict[tuple[int, str], list[tuple[Held, str]]] = defaultdict(list)
    for row in connection.execute(wanted):
        held = Held(
            id=row.id,
            fingerprint=row.fingerprint,
            modified_until=row.modified_until,
            fetched_at=row.fetched_at,
            capture_id=row.capture_id,
        )
        by_view[row.record_id, row.view].append((held, row.fields))
    seen: dict[int, list[Seen]] = defaultdict(list)
    for (record_id, view), versions in by_view.items():
        last = newest([held for held, _ in versions])
        fields = next(text for held, text in versions if held is last)
        seen[record_id].append(
            Seen(
                view=view,
                fields=json.loads(fields),
                modified_until=last.modified_until,
                fetched_at=last.fetched_at,
            )
        )
    return seen


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
        views = newest_views(connection, known_ids)
        keys = sa.select(record.c.id, record.c.key).where(record.c.id.in_(known_ids))
        shown |= {row.id: _merged(row.key, views[row.id]) for row in connection.execute(keys)}
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
        "obligated_cents": one.fields.get("obligated_cents"),
        "potential_cents": one.fields.get("potential_cents"),
        "fields": one.text,
        **{column: str(one.fields.get(name) or "") for column, name in _COLUMNS.items()},
    }
