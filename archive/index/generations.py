"""Generations of the index: which is live, where it stands, and how it is opened."""

import shutil
from dataclasses import dataclass

import sqlalchemy as sa

from archive import clock
from archive.catalogue.tables import entry, generation, outbox
from archive.index.places import Place, place_of, refuse_elsewhere
from archive.logs import Log
from archive.opening import Archive
from archive.search.engine import Engine

_log = Log(__name__)
# Asked with each search, and hence put together once.
_IN_STATES = (
    sa.select(generation.c.id, generation.c.name, generation.c.state)
    .where(generation.c.state.in_(sa.bindparam("states", expanding=True)))
    .order_by(generation.c.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One generation: building, live or old."""

    id: int
    name: str
    state: str


def all_of(connection: sa.Connection, *states: str) -> list[Generation]:
    """Give the generations in some states, oldest first."""
    rows = connection.execute(_IN_STATES, {"states": states})
    return [Generation(id=row.id, name=row.name, state=row.state) for row in rows]


def live(archive: Archive) -> Generation:
    """Give the generation that answers searches."""
    with archive.catalogue.reading() as connection:
        return all_of(connection, "live")[-1]


def place(archive: Archive) -> Place:
    """Give where new generations stand."""
    return place_of(archive.settings)


def make(connection: sa.Connection, place: Place) -> Generation:
    """Register a new generation, so that deposits from now on write to its outbox as well."""
    last = connection.execute(sa.select(sa.func.max(generation.c.id))).scalar() or 0
    name = place.new_name(last + 1)
    row = {"name": name, "state": "building", "made_at": clock.now()}
    connection.execute(sa.insert(generation), [row])
    return next(one for one in all_of(connection, "building") if one.name == name)


def make_live(connection: sa.Connection, new: Generation) -> None:
    """Let a generation answer from now on; the one before stays, as old, until the next rebuild."""
    before = [one.id for one in all_of(connection, "live")]
    connection.execute(sa.delete(outbox).where(outbox.c.generation_id.in_(before)))
    connection.execute(sa.update(generation).where(generation.c.id.in_(before)).values(state="old"))
    connection.execute(sa.update(generation).where(generation.c.id == new.id).values(state="live"))


def forget_all(archive: Archive) -> None:
    """Forget all generations and remove none of them: they answer for another archive, perhaps.

    The live one is then one of our own that is nowhere yet, to be rebuilt.
    """
    with archive.catalogue.writing() as connection:
        known = all_of(connection, "building", "live", "old")
        fresh = make(connection, place(archive))
        numbers = [one.id for one in known]
        connection.execute(sa.delete(outbox).where(outbox.c.generation_id.in_(numbers)))
        connection.execute(sa.delete(generation).where(generation.c.id.in_(numbers)))
        make_live(connection, fresh)
    for one in known:
        _log.warning("index left where it stands", name=one.name)


def forget_old(archive: Archive) -> None:
    """Remove old generations, and those begun where the settings no longer say."""
    here = place(archive)
    with archive.catalogue.reading() as connection:
        begun = [one for one in all_of(connection, "building") if not here.holds(one.name)]
        old = [*all_of(connection, "old"), *begun]
    here.remove(one.name for one in old if here.holds(one.name))
    with archive.catalogue.writing() as connection:
        numbers = [one.id for one in old]
        connection.execute(sa.delete(outbox).where(outbox.c.generation_id.in_(numbers)))
        connection.execute(sa.delete(generation).where(generation.c.id.in_(numbers)))
        names = set(connection.scalars(sa.select(generation.c.name)))
    for one in old:
        if not here.holds(one.name) and not (archive.index_folder / one.name).is_dir():
            _log.warning("index left where it stands", name=one.name)
    for path in archive.index_folder.iterdir():
        if path.is_dir() and path.name not in names:
            shutil.rmtree(path, ignore_errors=True)


def open_for_writing(archive: Archive, name: str) -> Engine:
    """Open a generation's index to write, making one that was never there."""
    return _open(archive, name, is_writable=True)


def open_for_reading(archive: Archive, name: str) -> Engine:
    """Open a generation's index to read, making one that was never there."""
    return _open(archive, name, is_writable=False)


def _open(archive: Archive, name: str, *, is_writable: bool) -> Engine:
    here = place(archive)
    refuse_elsewhere(here, name)
    return here.open(name, is_writable=is_writable, may_make=lambda: _may_be_made(archive, name))


def _may_be_made(archive: Archive, name: str) -> bool:
    """Tell whether an index that is not there lacks nothing that was ever written to it.

    So it is while all entries still wait for it, and while it is built, for a rebuild compares it
    with the catalogue at its end.
    """
    waits = (
        sa.select(outbox.c.entry_number)
        .join(generation, generation.c.id == outbox.c.generation_id)
        .where(generation.c.name == name)
    )
    written = sa.select(entry.c.number).where(entry.c.is_listed, entry.c.number.not_in(waits))
    with archive.catalogue.reading() as connection:
        if any(one.name == name for one in all_of(connection, "building")):
            return True
        return connection.execute(written.limit(1)).first() is None
