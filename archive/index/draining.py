"""Brings the index up to the catalogue: takes what the outbox holds, writes it, forgets it."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from archive.catalogue.tables import outbox
from archive.errors import IndexOutdated
from archive.index import generations
from archive.index.entries import build
from archive.index.generations import Generation
from archive.index.lock import index_lock
from archive.opening import Archive
from archive.search.engine import Engine

Report = Callable[[int], None]

TAKEN_AT_ONCE = 1000
_LOOKS = 2
# Work that another process does may take this long before we say that it is busy.
_WAIT_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    entry_number: int
    changed_no: int


def depth(archive: Archive) -> int:
    """Count what the live index still has to hear."""
    wanted = sa.select(sa.func.count()).where(
        outbox.c.generation_id == generations.live(archive).id
    )
    with archive.catalogue.reading() as connection:
        return connection.execute(wanted).scalar_one()


def drain(archive: Archive, report: Report | None = None, *, wait_s: float = _WAIT_S) -> int:
    """Bring the live index up to date; gives how many entries were written.

    While another process does it, waits for that one, at most `wait_s`. Looks once more after
    letting the lock go: what came in between would wait for the next change otherwise.
    """
    written = 0
    for _ in range(_LOOKS):
        if not depth(archive):
            break
        with index_lock(archive, wait_s=wait_s) as held:
            if not held:
                return written
            written += _drain_live(archive, report, written)
    return written


def _drain_live(archive: Archive, report: Report | None, before: int) -> int:
    live = generations.live(archive)
    with generations.open_for_writing(archive, live.name) as engine:
        written = drain_portions(
            archive, live, engine, lambda done: report(before + done) if report else None
        )
        engine.settle()
    return written


def drain_portions(archive: Archive, generation: Generation, engine: Engine, report: Report) -> int:
    """Write portions until one is not full: whoever deposits all the time cannot keep us here."""
    written = 0
    while True:
        count = drain_once(archive, generation, engine)
        written += count
        if count:
            report(written)
        if count < TAKEN_AT_ONCE:
            return written


def drain_once(archive: Archive, generation: Generation, engine: Engine) -> int:
    """Write one portion of what a generation has to hear; 0 when there is nothing."""
    with archive.catalogue.reading() as connection:
        changes = _take(connection, generation)
        entries, gone = build(archive, connection, [one.entry_number for one in changes])
    if not changes:
        return 0
    engine.write(entries, gone)
    with archive.catalogue.writing() as connection:
        forget(connection, generation, changes)
    return len(changes)


def drain_within(
    archive: Archive, connection: sa.Connection, generation: Generation, engine: Engine
) -> None:
    """Write the rest while the caller's transaction keeps the door closed."""
    while changes := _take(connection, generation):
        engine.write(*build(archive, connection, [one.entry_number for one in changes]))
        forget(connection, generation, changes)


def _take(connection: sa.Connection, generation: Generation) -> list[_Change]:
    wanted = (
        sa.select(outbox.c.entry_number, outbox.c.changed_no)
        .where(outbox.c.generation_id == generation.id)
        .order_by(outbox.c.entry_number)
        .limit(TAKEN_AT_ONCE)
    )
    return [
        _Change(entry_number=row.entry_number, changed_no=row.changed_no)
        for row in connection.execute(wanted)
    ]


def forget(connection: sa.Connection, generation: Generation, changes: list[_Change]) -> None:
    """Forget changes that were written, unless the entry changed again meanwhile."""
    connection.execute(
        sa.delete(outbox).where(
            outbox.c.generation_id == generation.id,
            outbox.c.entry_number == sa.bindparam("number"),
            outbox.c.changed_no == sa.bindparam("taken"),
        ),
        [{"number": one.entry_number, "taken": one.changed_no} for one in changes],
    )


class LiveEngine:
    """The engine that answers searches; follows a rebuild to the new generation by itself."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._name = ""
        self._engine: Engine | None = None

    def get(self) -> Engine:
        """Give the live generation's engine, seeing all that was written to it so far.

        Raises:
            IndexOutdated: it was built with other fields or another analyser.
        """
        name = generations.live(self._archive).name
        if self._engine is None or name != self._name:
            engine = generations.open_for_reading(self._archive, name)
            # A search that still runs on the old engine keeps it open until it ends.
            self._engine, self._name = engine, name
        self._engine.refresh()
        return self._engine


def is_outdated(archive: Archive) -> bool:
    """Tell whether the live index must be rebuilt before it can answer."""
    try:
        generations.open_for_reading(archive, generations.live(archive).name).close()
    except IndexOutdated:
        return True
    return False
