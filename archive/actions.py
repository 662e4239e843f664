"""Modifications as they are shown: rows for sums, and the award as its newest action leaves it.

A file of transactions says with each action how the whole award stood then. Where no view of the
award itself is held, or an older one, the newest action speaks for it. What it obligated in all is
what a row says of the award, else the sum of its actions where their numbers show no gap.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from archive.catalogue.conflict import insert
from archive.catalogue.tables import action, record
from archive.fiscal import year_of
from archive.model import Value
from archive.newest import newest_views
from archive.numbering import Numbers
from archive.vendors import known_numbers, named_in, numbers
from archive.views import AS_OF, AS_OF_RENAMED, Seen, merged

# Views that say with each action how the whole award stood.
AS_OF_VIEWS = frozenset({"usaspending.transaction_file", "usaspending.transaction_file_2018"})
_DIGITS = re.compile(r"\d+")


class _Acted(NamedTuple):
    """What orders an action among those of its award, and what it obligated."""

    record_id: int
    acted_on: str
    number: str
    transaction_number: str
    obligated_cents: int | None


_ACTED = _Acted._fields
_AWARDS: sa.BindParameter[Any] = sa.bindparam("awards", expanding=True)
_ACTIONS = sa.select(*(action.c[name] for name in _ACTED), action.c.award_key).where(
    action.c.award_key.in_(_AWARDS)
)
_GONE = sa.select(record.c.id, record.c.award_key, record.c.key).where(
    record.c.kind == "modification",
    record.c.award_key.in_(_AWARDS),
    record.c.gone_at.is_not(None),
)


def order(acted_on: str, number: str, transaction: str) -> tuple[str, bool, str, str]:
    """Give the key by which actions of an award are ordered.

    By date; on one date the award itself first, then by number with digits by value.
    """
    padded = _DIGITS.sub(lambda found: found.group().zfill(8), number)
    return acted_on, number != "0", padded, transaction.zfill(4)


def write_actions(connection: sa.Connection, record_ids: Iterable[int]) -> None:
    """Write the rows of modifications as they are shown now; those that are gone have none."""
    ids = sorted(record_ids)
    if not ids:
        return
    shown = _shown(connection, ids)
    gone = sorted(set(ids) - shown.keys())
    if gone:
        connection.execute(sa.delete(action).where(action.c.record_id.in_(gone)))
    if not shown:
        return
    named = {number: named_in(fields) for number, (_, fields) in shown.items()}
    vendor_ids = numbers(connection, (one for one in named.values() if one))
    rows = [
        _row(number, key, fields)
        | {"vendor_id": vendor_ids[one.key] if (one := named[number]) else None}
        for number, (key, fields) in shown.items()
    ]
    write = insert(action)
    kept = {name: write.excluded[name] for name in rows[0] if name != "record_id"}
    connection.execute(write.on_conflict_do_update(index_elements=["record_id"], set_=kept), rows)


def stated_actions(
    connection: sa.Connection, record_ids: Sequence[int]
) -> tuple[dict[int, dict[str, Any]], dict[int, dict[str, Value]]]:
    """Give the rows of modifications as their versions make them, and their fields as shown.

    Of a vendor that is not held, the number is 0. Those that are gone have no row.
    """
    shown = _shown(connection, record_ids)
    named = {number: named_in(fields) for number, (_, fields) in shown.items()}
    known = known_numbers(connection, (one for one in named.values() if one))
    rows = {
        number: _row(number, key, fields)
        | {"vendor_id": known.get(one.key, 0) if (one := named[number]) else None}
        for number, (key, fields) in shown.items()
    }
    return rows, {number: fields for number, (_, fields) in shown.items()}


def _shown(
    connection: sa.Connection, record_ids: Sequence[int]
) -> dict[int, tuple[str, dict[str, Value]]]:
    """Give (award key, fields as shown) of modifications that are not gone."""
    wanted = sa.select(record.c.id, record.c.award_key).where(
        record.c.id.in_(record_ids), record.c.gone_at.is_(None)
    )
    keys = {row.id: row.award_key for row in connection.execute(wanted)}
    views = newest_views(connection, keys)
    return {number: (key, merged(views[number])) for number, key in keys.items()}


def _row(number: int, award_key: str, fields: Mapping[str, Value]) -> dict[str, Any]:
    acted_on = str(fields.get("acted_on") or "")
    return {
        "record_id": number,
        "award_key": award_key,
        "number": str(fields.get("number") or "0"),
        "transaction_number": str(fields.get("transaction_number") or "0"),
        "acted_on": acted_on,
        "year": year_of(acted_on),
        "obligated_cents": fields.get("obligated_cents"),
        "agency_code": str(fields.get("awarding_agency_code") or ""),
        "subagency_code": str(fields.get("awarding_subagency_code") or ""),
    }


def as_of_newest(connection: sa.Connection, award_keys: Iterable[str]) -> dict[str, Seen]:
    """Give what the newest action of each award says of the award, where a file says it."""
    keys = sorted(award_keys)
    actions: defaultdict[str, list[_Acted]] = defaultdict(list)
    for row in connection.execute(_ACTIONS, {"awards": keys}):
        actions[row.award_key].append(_Acted(*row[: len(_ACTED)]))
    return _as_newest(connection, actions)


def as_of_gone(connection: sa.Connection, award_keys: Iterable[str]) -> dict[str, Seen]:
    """Give what the newest action of each award said of it, of awards whose actions are all gone.

    Such an award is still shown as it stood last: nothing else tells of it.
    """
    keys = sorted(award_keys)
    if not keys:
        return {}
    award_of = {row.id: row.award_key for row in _gone(connection, keys)}
    views = newest_views(connection, award_of)
    actions: defaultdict[str, list[_Acted]] = defaultdict(list)
    for number, key in award_of.items():
        said = _row(number, key, merged(views[number]))
        actions[key].append(_Acted(**{name: said[name] for name in _ACTED}))
    return _as_newest(connection, actions)


def _as_newest(connection: sa.Connection, actions: Mapping[str, list[_Acted]]) -> dict[str, Seen]:
    for rows in actions.values():
        rows.sort(key=lambda one: order(one.acted_on, one.number, one.transaction_number))
    ends = {one.record_id for rows in actions.values() for one in (rows[0], rows[-1])}
    views = newest_views(connection, ends)
    sums = _sums(connection, actions)
    said = {key: _as_of(rows, views, sums[key]) for key, rows in actions.items()}
    return {key: one for key, one in said.items() if one is not None}


def _sums(
    connection: sa.Connection, actions: Mapping[str, Sequence[_Acted]]
) -> dict[str, int | None]:
    """Give what each award obligated, None where an action is missing, or its amount.

    One that its source no longer has is not missing.
    """
    sums = {key: _sum(rows) for key, rows in actions.items()}
    gone = _gone_numbers(connection, [key for key, cents in sums.items() if cents is None])
    return sums | {key: _sum(actions[key], numbers) for key, numbers in gone.items()}


def _sum(rows: Sequence[_Acted], gone: Collection[str] = ()) -> int | None:
    cents = [row.obligated_cents for row in rows if row.obligated_cents is not None]
    numbers = [row.number for row in rows]
    has_first = "0" in numbers
    is_whole = has_first and Numbers((*numbers, *gone)).are_whole
    return sum(cents) if is_whole and len(cents) == len(rows) else None


def _gone_numbers(connection: sa.Connection, award_keys: Sequence[str]) -> dict[str, set[str]]:
    """Give the numbers of actions that are gone, by award."""
    if not award_keys:
        return {}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in _gone(connection, award_keys):
        found[row.award_key].add(row.key.split("|")[1])
    return found


def _gone(connection: sa.Connection, award_keys: Sequence[str]) -> Iterable[sa.Row[Any]]:
    """Give the records of actions that are gone, of some awards."""
    return connection.execute(_GONE, {"awards": award_keys})


def _as_of(
    rows: Sequence[_Acted], views: Mapping[int, Sequence[Seen]], summed_cents: int | None
) -> Seen | None:
    """Give the award as the last of its actions leaves it; None when no file speaks of it."""
    speaking = [one for one in views[rows[-1].record_id] if one.view in AS_OF_VIEWS]
    if not speaking:
        return None
    said = max(speaking, key=lambda one: (one.modified_until, one.fetched_at))
    first = merged(views[rows[0].record_id])
    fields = {name: value for name, value in said.fields.items() if name in AS_OF}
    fields |= {
        theirs: said.fields[ours] for ours, theirs in AS_OF_RENAMED.items() if ours in said.fields
    }
    fields["type_code"] = said.fields.get("type_code")
    fields["acted_on"] = rows[-1].acted_on
    fields.setdefault("description", first.get("description"))
    if rows[0].number == "0":
        fields["signed_on"] = rows[0].acted_on
    stated = merged(speaking).get("award_obligated_cents")
    fields["obligated_cents"] = summed_cents if stated is None else stated
    kept = {name: value for name, value in fields.items() if value is not None}
    return Seen(
        version_id=said.version_id,
        view=said.view,
        fields=kept,
        modified_until=said.modified_until,
        fetched_at=said.fetched_at,
    )
