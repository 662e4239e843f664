"""The door: the one way by which what sources say of records comes into the catalogue.

Statements are judged against the versions held, at most 500 in a transaction, in the order of
their keys. The same statement again writes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa

from archive import clock
from archive.actions import AS_OF_VIEWS, write_actions
from archive.announce import announce
from archive.captures import Kept, keep, refuse
from archive.catalogue.conflict import insert
from archive.catalogue.tables import record, version
from archive.history import Held, Meaning, judge
from archive.merging import Shown, write_awards
from archive.model import Statement, Tally
from archive.opening import Archive
from archive.subawards import write_subawards
from archive.vendors import named_in, numbers
from archive.views import canonical, fingerprint

__all__ = ["Kept", "deposit", "keep", "refuse"]

_BATCH = 500
_COUNTED = {
    Meaning.FIRST: "new",
    Meaning.NEWER: "changed",
    Meaning.OLDER: "older",
    Meaning.SAME: "unchanged",
    Meaning.CONFIRMED: "unchanged",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A statement with its fields in canonical form, so that no parsing is left to do."""

    statement: Statement
    fields: str
    fingerprint: str

    @property
    def record(self) -> tuple[str, str]:
        return (self.statement.kind, self.statement.key)


def deposit(archive: Archive, kept: Kept, statements: Iterable[Statement]) -> Tally:
    """Deposit what a capture says of records; gives what was new, changed, known or older."""
    total = Tally()
    for batch in _batches(statements):
        ready = sorted((_ready(one) for one in batch), key=lambda one: one.record)
        with archive.catalogue.writing() as connection:
            total.add(_deposit_batch(connection, kept, ready))
    return total


def _batches(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    rest = iter(statements)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _ready(statement: Statement) -> _Ready:
    fields = canonical(statement.view, statement.fields)
    return _Ready(statement=statement, fields=fields, fingerprint=fingerprint(fields))


def _deposit_batch(connection: sa.Connection, kept: Kept, ready: Sequence[_Ready]) -> Tally:
    ids, known_before = _record_ids(connection, ready)
    held = _held_versions(connection, known_before, {one.statement.view for one in ready})
    tally, rows, changed, written = Tally(), [], set(), set()
    for one in ready:
        record_id = ids[one.record]
        versions = held[record_id, one.statement.view]
        said = _as_held(one, kept)
        meaning = judge(versions, said)
        counted = _COUNTED[meaning]
        setattr(tally, counted, getattr(tally, counted) + 1)
        if meaning is Meaning.CONFIRMED:
            _confirm(connection, versions, said)
        elif meaning is not Meaning.SAME:
            versions.append(said)
            rows.append(_version_row(one, kept, record_id))
            changed.add(one.statement.award_key)
            written.add(record_id)
    if rows:
        connection.execute(sa.insert(version), rows)
        _show(connection, ids, known_before, ready, changed)
        _show_actions(connection, ids, ready, written)
        reports = {ids[one.record] for one in ready if one.statement.kind == "subaward"}
        write_subawards(connection, reports & written)
        _note_persons(connection, ready, ids, written)
        announce(connection, _entries(connection, changed))
    return tally


def _record_ids(
    connection: sa.Connection, ready: Sequence[_Ready]
) -> tuple[dict[tuple[str, str], int], set[int]]:
    """Give each record's id, making those not seen before, and the ids that were there already."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for one in ready:
        by_kind[one.statement.kind].add(one.statement.key)
    found = _find(connection, by_kind)
    before = set(found.values())
    moment = clock.now()
    missing = {
        one.record: {
            "kind": one.statement.kind,
            "key": one.statement.key,
            "award_key": one.statement.award_key,
            "first_seen_at": moment,
        }
        for one in ready
        if one.record not in found
    }
    if missing:
        connection.execute(insert(record).on_conflict_do_nothing(), list(missing.values()))
        found = _find(connection, by_kind)
    return found, before


def _find(connection: sa.Connection, by_kind: dict[str, set[str]]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for kind, keys in by_kind.items():
        wanted = sa.select(record.c.key, record.c.id).where(
            record.c.kind == kind, record.c.key.in_(keys)
        )
        found |= {(kind, key): number for key, number in connection.execute(wanted)}
    return found


def _held_versions(
    connection: sa.Connection, record_ids: set[int], views: set[str]
) -> defaultdict[tuple[int, str], list[Held]]:
    held: defaultdict[tuple[int, str], list[Held]] = defaultdict(list)
    if not record_ids:
        return held
    wanted = sa.select(
        version.c.record_id,
        version.c.view,
        version.c.id,
        version.c.fingerprint,
        version.c.modified_until,
        version.c.fetched_at,
        version.c.capture_id,
    ).where(version.c.record_id.in_(record_ids), version.c.view.in_(views))
    for row in connection.execute(wanted):
        held[row.record_id, row.view].append(
            Held(
                id=row.id,
                fingerprint=row.fingerprint,
                modified_until=row.modified_until,
                fetched_at=row.fetched_at,
                capture_id=row.capture_id,
            )
        )
    return held


def _as_held(one: _Ready, kept: Kept) -> Held:
    return Held(
        id=0,
        fingerprint=one.fingerprint,
        modified_until=one.statement.modified_at,
        fetched_at=kept.fetched_at,
        capture_id=kept.id,
    )


def _confirm(connection: sa.Connection, versions: list[Held], said: Held) -> None:
    """Note a later stamp on the version that has the same fields."""
    for one in versions:
        if one.fingerprint == said.fingerprint and one.id:
            one.modified_until = max(one.modified_until, said.modified_until)
            connection.execute(
                sa.update(version)
                .where(version.c.id == one.id)
                .values(modified_until=one.modified_until)
            )


def _version_row(one: _Ready, kept: Kept, record_id: int) -> dict[str, object]:
    return {
        "record_id": record_id,
        "view": one.statement.view,
        "fingerprint": one.fingerprint,
        "fields": one.fields,
        "modified_at": one.statement.modified_at,
        "modified_until": one.statement.modified_at,
        "fetched_at": kept.fetched_at,
        "capture_id": kept.id,
        "place": one.statement.place,
    }


def _show(
    connection: sa.Connection,
    ids: dict[tuple[str, str], int],
    known_before: set[int],
    ready: Sequence[_Ready],
    changed: set[str],
) -> None:
    """Bring the awards as shown up to what was written."""
    fresh: dict[int, Shown] = {}
    known: set[int] = set()
    for one in ready:
        if one.statement.kind != "award" or one.statement.key not in changed:
            continue
        record_id = ids[one.record]
        if record_id in known_before or record_id in fresh:
            known.add(record_id)
        else:
            fresh[record_id] = Shown(
                key=one.statement.key, fields=one.statement.fields, text=one.fields
            )
    write_awards(connection, {id_: one for id_, one in fresh.items() if id_ not in known}, known)


def _show_actions(
    connection: sa.Connection,
    ids: dict[tuple[str, str], int],
    ready: Sequence[_Ready],
    written: set[int],
) -> None:
    """Bring the actions up to what was written, and the awards that only actions speak of."""
    changed = [
        one for one in ready if one.statement.kind == "modification" and ids[one.record] in written
    ]
    if not changed:
        return
    write_actions(connection, {ids[one.record] for one in changed})
    spoken_of = {one.statement.award_key for one in changed if one.statement.view in AS_OF_VIEWS}
    write_awards(connection, {}, _award_ids(connection, spoken_of))


def _note_persons(
    connection: sa.Connection,
    ready: Sequence[_Ready],
    ids: dict[tuple[str, str], int],
    written: set[int],
) -> None:
    """Note whom any statement calls a person, also one that is older, or of a sub-award.

    Payees of sub-awards are no vendors of the archive, but a person has a row, which is not
    listed: other reports to them may not say what they are.
    """
    said = (named_in(one.statement.fields) for one in ready if ids[one.record] in written)
    numbers(connection, [one for one in said if one and one.is_person])


def _award_ids(connection: sa.Connection, award_keys: set[str]) -> list[int]:
    """Give the ids of awards, making records of those that only actions speak of."""
    if not award_keys:
        return []
    moment = clock.now()
    rows = [
        {"kind": "award", "key": key, "award_key": key, "first_seen_at": moment}
        for key in sorted(award_keys)
    ]
    connection.execute(insert(record).on_conflict_do_nothing(), rows)
    wanted = sa.select(record.c.id).where(record.c.kind == "award", record.c.key.in_(award_keys))
    return list(connection.scalars(wanted))


def _entries(connection: sa.Connection, award_keys: set[str]) -> list[str]:
    """Give the entries of those awards that the catalogue holds."""
    wanted = sa.select(record.c.key).where(record.c.kind == "award", record.c.key.in_(award_keys))
    return [f"awards/{key}" for key in connection.scalars(wanted)]
