"""Builds a new generation of the index beside the live one, while searches and deposits go on.

A killed rebuild is taken up again by the next: the generation stands as building, and its outbox
says what is left.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from archive.announce import announce_all, put_again
from archive.catalogue.tables import outbox
from archive.errors import Busy, PaperwatchError
from archive.index import generations
from archive.index.comparing import Difference, differences
from archive.index.draining import drain_portions, drain_within
from archive.index.generations import Generation
from archive.index.lock import index_lock
from archive.opening import Archive
from archive.search.engine import Engine

Report = Callable[[int, int], None]

_ROUNDS = 10
_AT_ONCE = 500


class NotSettled(PaperwatchError):
    """The new index still differs from the catalogue after many rounds."""

    exit_code = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a rebuild did."""

    name: str
    entries: int
    was_resumed: bool


def rebuild(archive: Archive, report: Report | None = None, *, is_others: bool = False) -> Rebuilt:
    """Build a new index from the catalogue and let it answer.

    Where those that the catalogue names may be another archive's (`is_others`), they are forgotten
    first, and never written, asked or removed.

    Raises:
        Busy: another process writes the index.
    """
    with index_lock(archive, wait_s=60) as held:
        if not held:
            raise Busy("Another process writes the index. Try again when it has ended.")
        if is_others:
            generations.forget_all(archive)
        return _rebuild(archive, report)


def _rebuild(archive: Archive, report: Report | None) -> Rebuilt:
    generations.forget_old(archive)
    new, was_resumed = _register(archive)
    with generations.open_for_writing(archive, new.name) as engine:
        entries = _copy(archive, new, engine, report)
        for _ in range(_ROUNDS):
            if not _mend_differences(archive, new, engine):
                break
            _copy(archive, new, engine, None)
        else:
            raise NotSettled("The new index does not settle. Run: paperwatch verify")
        engine.settle()
        with archive.catalogue.writing() as connection:
            drain_within(archive, connection, new, engine)
            engine.refresh()  # readers who come now must find the last of it
            generations.make_live(connection, new)
    return Rebuilt(name=new.name, entries=entries, was_resumed=was_resumed)


def _register(archive: Archive) -> tuple[Generation, bool]:
    """Register the new generation with all entries to hear of, or find the one begun before."""
    with archive.catalogue.writing() as connection:
        begun = generations.all_of(connection, "building")
        if begun:
            return begun[-1], True
        new = generations.make(connection, generations.place(archive))
        announce_all(connection, new.id)
        return new, False


def _copy(archive: Archive, new: Generation, engine: Engine, report: Report | None) -> int:
    def tell(done: int) -> None:
        if report:
            report(done, _left(archive, new))

    return drain_portions(archive, new, engine, tell)


def _left(archive: Archive, new: Generation) -> int:
    wanted = sa.select(sa.func.count()).where(outbox.c.generation_id == new.id)
    with archive.catalogue.reading() as connection:
        return connection.execute(wanted).scalar_one()


def _mend_differences(archive: Archive, new: Generation, engine: Engine) -> int:
    """Write again what differs; gives how many did."""
    engine.refresh()
    with archive.catalogue.reading() as connection:
        found = list(differences(connection, engine, new))
    for start in range(0, len(found), _AT_ONCE):
        part = found[start : start + _AT_ONCE]
        _remove_strangers(engine, part)
        with archive.catalogue.writing() as connection:
            put_again(connection, new.id, [one.key for one in part if one.in_catalogue])
    return len(found)


def _remove_strangers(engine: Engine, found: Sequence[Difference]) -> None:
    strangers = [one.key for one in found if not one.in_catalogue]
    if strangers:
        engine.write((), strangers)
