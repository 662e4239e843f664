"""Generations of the index: which is live, where it stands, and how it is opened."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from archive import clock
from archive.catalogue.tables import generation, outbox
from archive.opening import Archive
from archive.search.embedded import open_engine
from archive.search.engine import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One generation: building, live or old."""

    id: int
    name: str
    state: str


def all_of(connection: sa.Connection, *states: str) -> list[Generation]:
    """Give the generations in some states, oldest first."""
    wanted = sa.select(generation).where(generation.c.state.in_(states)).order_by(generation.c.id)
    return [
        Generation(id=row.id, name=row.name, state=row.state) for row in connection.execute(wanted)
    ]


def live(archive: Archive) -> Generation:
    """Give the generation that answers searches."""
    with archive.catalogue.reading() as connection:
        return all_of(connection, "live")[-1]


def make(connection: sa.Connection) -> Generation:
    """Register a new generation, so that deposits from now on write to its outbox as well."""
    last = connection.execute(sa.select(sa.func.max(generation.c.id))).scalar() or 0
    name = f"g{last + 1}"
    row = {"name": name, "state": "building", "made_at": clock.now()}
    connection.execute(sa.insert(generation), [row])
    return next(one for one in all_of(connection, "building") if one.name == name)


def make_live(connection: sa.Connection, new: Generation) -> None:
    """Let a generation answer from now on; the one before stays, as old, until the next rebuild."""
    before = [one.id for one in all_of(connection, "live")]
    connection.execute(sa.delete(outbox).where(outbox.c.generation_id.in_(before)))
    connection.execute(sa.update(generation).where(generation.c.id.in_(before)).values(state="old"))
    connection.execute(sa.update(generation).where(generation.c.id == new.id).values(state="live"))


def forget_old(archive: Archive) -> None:
    """Remove old generations: first their rows, then their folders."""
    with archive.catalogue.writing() as connection:
        old = all_of(connection, "old")
        numbers = [one.id for one in old]
        connection.execute(sa.delete(outbox).where(outbox.c.generation_id.in_(numbers)))
        connection.execute(sa.delete(generation).where(generation.c.id.in_(numbers)))
        names = set(connection.scalars(sa.select(generation.c.name)))
    for path in archive.index_folder.iterdir():
        if path.is_dir() and path.name not in names:
            shutil.rmtree(path, ignore_errors=True)


def folder(archive: Archive, name: str) -> Path:
    """Give the folder of a generation."""
    return archive.index_folder / name


def open_for_writing(archive: Archive, name: str) -> Engine:
    """Open a generation's index to write, making it where there is none."""
    return open_engine(folder(archive, name), writable=True, create=True)


def open_for_reading(archive: Archive, name: str) -> Engine:
    """Open a generation's index to read, making an empty one where there is none."""
    return open_engine(folder(archive, name), create=True)
