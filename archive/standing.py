"""How the archive stands: queues, outbox, index against catalogue, last success of each source.

Only what is cheap is counted: work that is done, versions and pages are not. The dearest are the
entries that the index should hold, one pass over a narrow table.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from archive import clock, coverage, status
from archive.catalogue.tables import entry, generation, outbox, work
from archive.errors import PaperwatchError
from archive.indexing import LiveEngine
from archive.opening import Archive
from archive.queues import Depth, depths
from archive.recogniser import lacking
from archive.schedule import rows
from archive.search.engine import Question
from archive.search.tree import All
from archive.sources import declared
from archive.troubles import Trouble, found_in

SET_ASIDE_LISTED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """What one generation of the index still has to hear; `since` is '' where that is nothing."""

    generation: str
    state: str
    entries: int
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Work that was set aside: what about, why, and since when."""

    task: str
    subject: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The live index against the catalogue: `missing` entries are in neither index nor outbox.

    `held` is None where the index does not answer; `trouble` then says why, and `to_readers` what
    they may hear of it.
    """

    name: str
    expected: int
    held: int | None
    waiting: int
    trouble: str
    to_readers: str

    @property
    def missing(self) -> int | None:
        """How many entries more the catalogue lists than the index holds and will hear of."""
        return None if self.held is None else max(self.expected - self.held - self.waiting, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the archive stands at a moment. Sources that never succeeded have '' as last success."""

    at: str
    queues: tuple[Depth, ...]
    outboxes: tuple[Outbox, ...]
    index: Index
    last_success: Mapping[str, str]
    set_aside: tuple[Aside, ...]
    troubles: tuple[Trouble, ...]
    free_bytes: int
    recognition_lacking: str  # why scanned pages are not recognised here; '' where they are


def standing(archive: Archive, live: LiveEngine | None = None) -> Standing:
    """Look how the archive stands; `live` is an index that is open already."""
    planned, runs, now = rows.listed(archive), status.last_runs(archive), clock.now()
    with archive.catalogue.reading() as connection:
        success = coverage.last_success_by_source(connection)
        asked = {*declared(), *(one.source for one in runs), *(one.source for one in planned)}
        outboxes = _outboxes(connection)
        expected = connection.scalar(sa.select(sa.func.count()).where(entry.c.is_listed)) or 0
        aside = _set_aside(connection)
    return Standing(
        at=now,
        queues=tuple(depths(archive)),
        outboxes=outboxes,
        index=_index(live or LiveEngine(archive), outboxes, expected),
        last_success={source: success.get(source, "") for source in sorted(asked)},
        set_aside=aside,
        troubles=tuple(found_in(planned, runs, now)),
        free_bytes=shutil.disk_usage(archive.settings.home).free,
        recognition_lacking=lacking(archive.settings),
    )


def _outboxes(connection: sa.Connection) -> tuple[Outbox, ...]:
    wanted = (
        sa.select(
            generation.c.name,
            generation.c.state,
            sa.func.count(outbox.c.entry_number),
            sa.func.min(outbox.c.since),
        )
        .outerjoin(outbox, outbox.c.generation_id == generation.c.id)
        .where(generation.c.state.in_(("live", "building")))
        .group_by(generation.c.id, generation.c.name, generation.c.state)
        .order_by(generation.c.id)
    )
    return tuple(
        Outbox(generation=name, state=state, entries=count, since=since or "")
        for name, state, count, since in connection.execute(wanted)
    )


def _set_aside(connection: sa.Connection) -> tuple[Aside, ...]:
    wanted = (
        sa.select(work)
        .where(work.c.state == "set_aside")
        .order_by(work.c.changed_at.desc(), work.c.id)
        .limit(SET_ASIDE_LISTED)
    )
    return tuple(
        Aside(
            task=row.task,
            subject=row.subject,
            reason=row.reason,
            at=row.changed_at,
        )
        for row in connection.execute(wanted)
    )


def _index(live: LiveEngine, outboxes: tuple[Outbox, ...], expected: int) -> Index:
    of_live = next(one for one in reversed(outboxes) if one.state == "live")
    held, trouble, to_readers = None, "", ""
    try:
        held = live.get().search(Question(tree=All(), size=0)).total
    except PaperwatchError as error:
        trouble, to_readers = str(error), error.to_readers or str(error)
    return Index(
        name=of_live.generation,
        expected=expected,
        held=held,
        waiting=of_live.entries,
        trouble=trouble,
        to_readers=to_readers,
    )
