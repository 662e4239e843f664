"""Builds a new generation of the index beside the live one, while searches and deposits go on.

The live one is drained meanwhile, as ever: what is fresh is found. Only while the new one takes its
place does nobody drain.

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
from archive.index.lock import index_lock, rebuild_lock
from archive.opening import Archive
from archive.search.engine import Engine

Report = Callable[[int, int], None]

_ROUNDS = 10
_AT_ONCE = 500
# A rebuild that was just killed may need a moment to let go.
_REBUILD_WAIT_S = 5.0
_DRAIN_WAIT_S = 60.0
# While a long drain keeps us from the last step, what it leaves to us is written so often.
_SWAP_TRIES, _SWAP_WAIT_S = 360, 10.0


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
        Busy: another process rebuilds the index, or drains the live one without an end.
    """
    with rebuild_lock(archive, wait_s=_REBUILD_WAIT_S) as held:
        if not held:
            raise Busy(
                "Another process rebuilds the index. Wait for its end:"
                " `paperwatch status` says what it has left."
            )
        if is_others:
            _forget_all(archive)
        return _rebuild(archive, report)


def _forget_all(archive: Archive) -> None:
    with index_lock(archive, wait_s=_DRAIN_WAIT_S) as held:
        if not held:
            raise Busy("Another process writes the index. Try again when it has ended.")
        generations.forget_all(archive)


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
        _swap_when_free(archive, new, engine)
    return Rebuilt(name=new.name, entries=entries, was_resumed=was_resumed)


def _swap_when_free(archive: Archive, new: Generation, engine: Engine) -> None:
    """Let the new index answer as soon as nobody drains the one before."""
    for _ in range(_SWAP_TRIES):
        _copy(archive, new, engine, None)  # the less is left, the shorter the door is closed
        with index_lock(archive, wait_s=_SWAP_WAIT_S) as held:
            if held:
                _copy(archive, new, engine, None)
                _swap(archive, new, engine)
                return
    raise Busy(
        "The index is built, but another process writes the one before without an end."
        " Run `paperwatch rebuild-index` again when that has ended: it goes on from here."
    )


def _swap(archive: Archive, new: Generation, engine: Engine) -> None:
    """Let the new index answer, and close it: whoever has the index lock next may write it."""
    with archive.catalogue.writing() as connection:
        if new not in generations.all_of(connection, "building"):
            # A lock among machines is lost with the connection to the catalogue.
            raise Busy("Another process took up this rebuild. Look at: paperwatch status")
        drain_within(archive, connection, new, engine)
        engine.refresh()  # readers who come now must find the last of it
        generations.make_live(connection, new)
    engine.close()


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
