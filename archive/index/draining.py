"""Brings the index up to the catalogue: takes what the outbox holds, writes it, forgets it."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import sqlalchemy as sa

from archive.catalogue.tables import outbox
from archive.errors import (
    CatalogueUnavailable,
    FilesUnavailable,
    IndexOutdated,
    IndexUnavailable,
    PaperwatchError,
)
from archive.index import generations, portions
from archive.index.generations import Generation
from archive.index.lock import index_lock
from archive.index.portions import Built, Portion
from archive.opening import Archive
from archive.search.engine import Engine

Report = Callable[[int], None]

_LOOKS = 2
# Work that another process does may take this long before we say that it is busy.
_WAIT_S = 120.0


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
    """Write portions until one is the last: whoever deposits all the time cannot keep us here.

    While some are written, the next is taken and built.
    """
    written = 0
    with ThreadPoolExecutor(engine.writes_at_once, thread_name_prefix="write") as pool:
        under_way: deque[Future[int]] = deque()
        for taken in _portions(archive, generation):
            if len(under_way) == engine.writes_at_once:
                written += under_way.popleft().result()
                report(written)
            under_way.append(pool.submit(_write, archive, generation, engine, taken))
        for one in under_way:
            written += one.result()
            report(written)
    return written


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """A portion, and its entries as they were built."""

    portion: Portion
    ready: Built


def _portions(archive: Archive, generation: Generation) -> Iterator[_Taken]:
    """Walk what waits, each portion taken and built when it is asked for."""
    after = 0
    while (taken := _next(archive, generation, after=after)).portion.changes:
        yield taken
        if taken.portion.is_last:
            return
        after = taken.portion.changes[-1].entry_number


def _next(archive: Archive, generation: Generation, *, after: int) -> _Taken:
    with archive.catalogue.reading() as connection:
        portion = portions.take(connection, generation, after=after)
        ready = portions.built(archive, connection, portion.changes) if portion.changes else None
    return _Taken(portion=portion, ready=ready)


def _write(archive: Archive, generation: Generation, engine: Engine, taken: _Taken) -> int:
    """Write a portion and forget it; gives how many entries it had."""
    changes = taken.portion.changes
    with archive.catalogue.reading() as connection:
        aside = portions.write(archive, connection, engine, changes, taken.ready)
    with archive.catalogue.writing() as connection:
        portions.settle(connection, generation, changes, aside)
    return len(changes)


def drain_once(archive: Archive, generation: Generation, engine: Engine) -> Portion:
    """Write one portion of what a generation has to hear."""
    taken = _next(archive, generation, after=0)
    if taken.portion.changes:
        _write(archive, generation, engine, taken)
    return taken.portion


def drain_within(
    archive: Archive, connection: sa.Connection, generation: Generation, engine: Engine
) -> None:
    """Write the rest while the caller's transaction keeps the door closed."""
    while changes := portions.take(connection, generation).changes:
        aside = portions.write(archive, connection, engine, changes)
        portions.settle(connection, generation, changes, aside)


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


def unanswering(archive: Archive) -> PaperwatchError | None:
    """Give why the live index cannot answer, None where it can: outdated, refused, out of reach."""
    live = generations.live(archive)
    try:
        generations.open_for_reading(archive, live.name).close()
    except CatalogueUnavailable:
        raise
    except PaperwatchError as error:
        return error
    return None


def catch_up(archive: Archive, report: Report | None = None) -> tuple[int, str]:
    """Bring the live index up to date if that can be done now.

    Gives how many entries were written, and a sentence where the index must be rebuilt or is out of
    reach: what waits for it stays in the outbox, and whoever drains it next writes it.
    """
    try:
        return drain(archive, report), ""
    except (FilesUnavailable, IndexOutdated, IndexUnavailable) as error:
        return 0, str(error)
