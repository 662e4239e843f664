"""Portions of the outbox: taken, built, written, forgotten; an entry that cannot be is set aside.

One odd entry must not keep all others from the index: it is set aside with its reason, which
`status` shows, and tried again when it changes and with every rebuild.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

import sqlalchemy as sa

from archive import work
from archive.catalogue.tables import document, entry, outbox
from archive.errors import (
    Busy,
    CatalogueTooNew,
    CatalogueUnavailable,
    DiskFull,
    FilesUnavailable,
    HomeError,
    IndexOutdated,
    IndexUnavailable,
    SettingError,
)
from archive.index.entries import build
from archive.index.generations import Generation
from archive.logs import Log
from archive.opening import Archive
from archive.search.engine import Engine
from archive.search.entry import Entry

_log = Log(__name__)

INDEX = "index_entry"
TAKEN_AT_ONCE = 1000
# A page is some 3 kB of text and its tokens; so many are held at a time, however long a document.
_PAGES_AT_ONCE = 5000
_HASH_FROM = len("documents/") + 1
# What has nothing to do with the entry in hand, and stops the work.
_SURROUNDINGS = (
    Busy,
    CatalogueTooNew,
    CatalogueUnavailable,
    DiskFull,
    FilesUnavailable,
    HomeError,
    IndexOutdated,
    IndexUnavailable,
    SettingError,
    OSError,
    MemoryError,
    sa.exc.DBAPIError,
)


# Entries as they are to stand in the index, and the keys of those that must not.
Built: TypeAlias = tuple[Sequence[Entry], Mapping[str, int]] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An entry that changed, and which of its changes."""

    entry_number: int
    changed_no: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What was taken; `is_last` when nothing more waited then."""

    changes: tuple[Change, ...]
    is_last: bool


def take(connection: sa.Connection, generation: Generation, *, after: int = 0) -> Portion:
    """Take what a generation has to hear of, behind an entry's number.

    At most so many entries, and so many pages.
    """
    pages = sa.func.coalesce(document.c.page_count, 0).label("pages")
    wanted = (
        sa.select(outbox.c.entry_number, outbox.c.changed_no, entry.c.key, pages)
        .join(entry, entry.c.number == outbox.c.entry_number)
        # This way round the join finds its row by the hash; the other way it walks all documents.
        .outerjoin(document, document.c.sha256 == sa.func.substr(entry.c.key, _HASH_FROM))
        .where(outbox.c.generation_id == generation.id, outbox.c.entry_number > after)
        .order_by(outbox.c.entry_number)
        .limit(TAKEN_AT_ONCE)
    )
    rows = connection.execute(wanted).all()
    sums = accumulate(row.pages for row in rows)
    count = next((at for at, held in enumerate(sums, 1) if held >= _PAGES_AT_ONCE), len(rows))
    changes = tuple(
        Change(entry_number=row.entry_number, changed_no=row.changed_no, key=row.key)
        for row in rows[:count]
    )
    return Portion(changes=changes, is_last=count == len(rows) < TAKEN_AT_ONCE)


def built(archive: Archive, connection: sa.Connection, changes: Sequence[Change]) -> Built:
    """Build entries as they are now; None where one of them cannot be."""
    try:
        return build(archive, connection, [one.entry_number for one in changes])
    except _SURROUNDINGS:
        raise
    except Exception as error:  # which of them it is, is found when they are written
        _log.info("portion not built at once", reason=str(error))
        return None


def write(
    archive: Archive,
    connection: sa.Connection,
    engine: Engine,
    changes: Sequence[Change],
    ready: Built = None,
) -> dict[str, str]:
    """Write entries as they are now, or as they were built just before.

    Gives the reason by key of those that could not be.
    """
    try:
        numbers = [one.entry_number for one in changes]
        engine.write(*(ready or build(archive, connection, numbers)))
        return {}
    except _SURROUNDINGS:
        raise
    except Exception as error:
        if len(changes) == 1:
            return {changes[0].key: _refused(engine, changes[0], error)}
    half = len(changes) // 2
    return {
        **write(archive, connection, engine, changes[:half]),
        **write(archive, connection, engine, changes[half:]),
    }


def _refused(engine: Engine, change: Change, error: Exception) -> str:
    """Take what the index still holds of an entry out of it, and say why."""
    _log.warning("entry not indexed", key=change.key, reason=str(error))
    engine.write((), {change.key: change.changed_no})
    return f"{type(error).__name__}: {error}"


def settle(
    connection: sa.Connection,
    generation: Generation,
    changes: Sequence[Change],
    aside: dict[str, str],
) -> None:
    """Forget what was written, unless it changed again meanwhile; note what was set aside.

    What changed waits still, and what is noted of it is left to who writes that: generations that
    are written side by side share the notes.
    """
    done = _as_taken(connection, generation, changes)
    if not done:
        return
    connection.execute(
        sa.delete(outbox).where(
            outbox.c.generation_id == generation.id,
            outbox.c.entry_number == sa.bindparam("number"),
        ),
        [{"number": one.entry_number} for one in done],
    )
    work.forget(connection, INDEX, [one.key for one in done])
    for key in (one.key for one in done if one.key in aside):
        work.enqueue(connection, INDEX, [key])
        work.set_aside(connection, INDEX, key, aside[key])


def _as_taken(
    connection: sa.Connection, generation: Generation, changes: Sequence[Change]
) -> list[Change]:
    """Give those that wait in the very change that was taken."""
    numbers = [one.entry_number for one in changes]
    wanted = sa.select(outbox.c.entry_number, outbox.c.changed_no).where(
        outbox.c.generation_id == generation.id, outbox.c.entry_number.in_(numbers)
    )
    waits = {row.entry_number: row.changed_no for row in connection.execute(wanted)}
    return [one for one in changes if waits.get(one.entry_number) == one.changed_no]
