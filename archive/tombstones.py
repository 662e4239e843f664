"""Tombstones: what a complete answer of its source no longer holds is gone since then, and stays.

A record that comes back loses its tombstone. Nothing is deleted.
"""

from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa

from archive import clock
from archive.actions import write_actions
from archive.announce import announce
from archive.catalogue.tables import award, record, version
from archive.merging import write_awards
from archive.model import Deletion
from archive.opening import Archive


def settle_parts(
    archive: Archive, award_key: str, kind: str, present: Collection[str], *, view: str = ""
) -> int:
    """Note which parts of an award its complete history lacks; gives how many changed.

    `kind` is modification or subaward, `present` the keys of those in the history. With `view`,
    only parts that were seen in that view before can be missed.
    """
    wanted = sa.select(record.c.id, record.c.key, record.c.award_key, record.c.gone_at).where(
        record.c.award_key == award_key, record.c.kind == kind
    )
    if view:
        seen = sa.select(version.c.record_id).where(version.c.view == view)
        wanted = wanted.where(record.c.id.in_(seen.where(version.c.record_id == record.c.id)))
    with archive.catalogue.reading() as connection:
        rows = connection.execute(wanted).all()
    gone = {row.id: row.award_key for row in rows if row.key not in present and not row.gone_at}
    back = {row.id: row.award_key for row in rows if row.key in present and row.gone_at}
    return _settle(archive, kind, gone, back)


def settle_award(archive: Archive, award_key: str, *, is_gone: bool) -> bool:
    """Note that an award was read now, and is gone at its source or there again.

    Gives whether it is newly gone or back.
    """
    wanted = sa.select(record.c.id, record.c.gone_at).where(
        record.c.kind == "award", record.c.key == award_key
    )
    with archive.catalogue.writing() as connection:
        row = connection.execute(wanted).first()
        if row is None:
            return False
        moment = clock.now()
        connection.execute(sa.update(record).where(record.c.id == row.id).values(read_at=moment))
        if bool(row.gone_at) == is_gone:
            return False
        _write(connection, [row.id], moment if is_gone else None)
        announce(connection, [f"awards/{award_key}"])
    return True


def awards_due(archive: Archive, before: str) -> list[str]:
    """Give the awards that were read whole before a moment and not since, longest ago first."""
    wanted = (
        sa.select(record.c.key)
        .where(record.c.kind == "award", record.c.read_at < before)
        .order_by(record.c.read_at, record.c.id)
    )
    with archive.catalogue.reading() as connection:
        return list(connection.scalars(wanted))


def bury(archive: Archive, deletions: Iterable[Deletion]) -> int:
    """Note modifications that their source says it deleted; gives how many were held until now.

    One that was changed, or without a stamp of its own fetched, after the day of its deletion was
    made anew, and stays.
    """
    deleted_on = {key: one.deleted_on for one in deletions for key in one.keys}
    if not deleted_on:
        return 0
    stamp = sa.func.coalesce(sa.func.nullif(version.c.modified_until, ""), version.c.fetched_at)
    changed_at = sa.func.max(stamp).label("changed_at")
    wanted = (
        sa.select(record.c.id, record.c.key, record.c.award_key, changed_at)
        .join_from(record, version)
        .where(
            record.c.kind == "modification",
            record.c.key.in_(deleted_on),
            record.c.gone_at.is_(None),
        )
        .group_by(record.c.id)
    )
    with archive.catalogue.reading() as connection:
        rows = connection.execute(wanted).all()
    gone = {row.id: row.award_key for row in rows if row.changed_at[:10] <= deleted_on[row.key]}
    return _settle(archive, "modification", gone, {})


def bring_back(archive: Archive, seen_on: Mapping[str, str]) -> int:
    """Note modifications that were gone and are told of again; gives how many.

    `seen_on` is for each key the last day on which its source is known to have had it.
    """
    wanted = sa.select(record.c.id, record.c.key, record.c.award_key, record.c.gone_at).where(
        record.c.kind == "modification",
        record.c.key.in_(seen_on),
        record.c.gone_at.is_not(None),
    )
    with archive.catalogue.reading() as connection:
        rows = connection.execute(wanted).all()
    back = {row.id: row.award_key for row in rows if seen_on[row.key] > row.gone_at[:10]}
    return _settle(archive, "modification", {}, back)


def _settle(archive: Archive, kind: str, gone: Mapping[int, str], back: Mapping[int, str]) -> int:
    """Write tombstones, and bring up to them what is shown; gives how many changed.

    Both give award keys by record.
    """
    changed = {**gone, **back}
    if not changed:
        return 0
    with archive.catalogue.writing() as connection:
        _write(connection, gone, clock.now())
        _write(connection, back, None)
        if kind == "modification":
            write_actions(connection, changed)
            write_awards(connection, {}, _award_ids(connection, set(changed.values())))
        announce(connection, [f"awards/{key}" for key in changed.values()])
    return len(changed)


def _award_ids(connection: sa.Connection, award_keys: Collection[str]) -> list[int]:
    """Give the ids of awards that are shown: their newest action may have changed."""
    wanted = sa.select(award.c.record_id).where(award.c.key.in_(award_keys))
    return list(connection.scalars(wanted))


def _write(connection: sa.Connection, ids: Iterable[int], moment: str | None) -> None:
    connection.execute(sa.update(record).where(record.c.id.in_(list(ids))).values(gone_at=moment))
