"""Tombstones: what a complete answer of its source no longer holds is gone since then, and stays.

A record that comes back loses its tombstone. Nothing is deleted.
"""

from collections.abc import Collection

import sqlalchemy as sa

from archive import clock
from archive.actions import write_actions
from archive.announce import announce
from archive.catalogue.tables import record, version
from archive.opening import Archive


def settle_parts(
    archive: Archive, award_key: str, kind: str, present: Collection[str], *, view: str = ""
) -> int:
    """Note which parts of an award its complete history lacks; gives how many changed.

    `kind` is modification or subaward, `present` the keys of those in the history. With `view`,
    only parts that were seen in that view before can be missed.
    """
    wanted = sa.select(record.c.id, record.c.key, record.c.gone_at).where(
        record.c.award_key == award_key, record.c.kind == kind
    )
    if view:
        seen = sa.select(version.c.record_id).where(version.c.view == view)
        wanted = wanted.where(record.c.id.in_(seen.where(version.c.record_id == record.c.id)))
    with archive.catalogue.reading() as connection:
        rows = connection.execute(wanted).all()
    gone = [row.id for row in rows if row.key not in present and not row.gone_at]
    back = [row.id for row in rows if row.key in present and row.gone_at]
    if not gone and not back:
        return 0
    with archive.catalogue.writing() as connection:
        _write(connection, gone, clock.now())
        _write(connection, back, None)
        if kind == "modification":
            write_actions(connection, [*gone, *back])
        announce(connection, [f"awards/{award_key}"])
    return len(gone) + len(back)


def settle_award(archive: Archive, award_key: str, *, is_gone: bool) -> bool:
    """Note that an award is gone at its source, or is there again; gives whether that is new."""
    wanted = sa.select(record.c.id, record.c.gone_at).where(
        record.c.kind == "award", record.c.key == award_key
    )
    with archive.catalogue.reading() as connection:
        row = connection.execute(wanted).first()
    if row is None or bool(row.gone_at) == is_gone:
        return False
    with archive.catalogue.writing() as connection:
        _write(connection, [row.id], clock.now() if is_gone else None)
        announce(connection, [f"awards/{award_key}"])
    return True


def _write(connection: sa.Connection, ids: list[int], moment: str | None) -> None:
    if ids:
        connection.execute(sa.update(record).where(record.c.id.in_(ids)).values(gone_at=moment))
