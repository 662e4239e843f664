"""One crawl of a source at a time: two would ask everything twice.

A row in the catalogue says so to all machines, by a lease that is renewed. On this machine a file
says it, too, by a lock of the kernel's (flock): of a process that was killed nothing is left, so
that the same command goes on at once. The file holds a word by chance, which the row repeats: who
has the lock of the file that the row names knows that whoever wrote the row is dead.
"""

import fcntl
import os
import signal
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import sqlalchemy as sa

from archive import clock, work
from archive.catalogue.tables import work as table
from archive.errors import Busy
from archive.leases import Lease, lease_s
from archive.opening import Archive
from archive.work import Work

TASK = "crawl_source"


@contextmanager
def alone(archive: Archive, source: str) -> Iterator[None]:
    """Crawl a source while no other process does, here or on another machine.

    Raises:
        Busy: one does.
    """
    file = try_lock(archive, f"crawl-{source}")
    if file is None:
        raise _busy(source)
    with file, _leased(archive, source, _word(file)):
        yield


def is_crawled(archive: Archive, source: str) -> bool:
    """Tell whether a process crawls a source now, here or on another machine."""
    file = try_lock(archive, f"crawl-{source}")
    if file is None:
        return True
    with file, archive.catalogue.reading() as connection:
        return _is_held(connection.execute(_rows(source)).first(), _word(file))


def try_lock(archive: Archive, name: str) -> IO[str] | None:
    """Lock a file of the archive's folder, until it is closed; None when another one holds it."""
    file = (archive.settings.home / f"{name}.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _word(file: IO[str]) -> str:
    """Give the word of a file that is locked here, which tells it from those of other machines."""
    file.seek(0)
    word = file.read()
    if not word:
        word = uuid.uuid4().hex
        file.write(word)
        file.flush()
    return word


@contextmanager
def _leased(archive: Archive, source: str, word: str) -> Iterator[None]:
    with Lease(archive, _take(archive, source, word), on_lost=_end_at_once) as lease:
        try:
            yield
        finally:
            lease.give_back()


def _take(archive: Archive, source: str, word: str) -> Work:
    until = clock.now(later_s=lease_s(archive))
    with archive.catalogue.writing() as connection:
        work.enqueue(connection, TASK, [source])
        row = connection.execute(_rows(source).with_for_update()).one()
        if _is_held(row, word):
            raise _busy(source)
        attempts = row.attempts + 1
        connection.execute(
            sa.update(table)
            .where(table.c.id == row.id)
            .values(
                state="taken",
                attempts=attempts,
                lease_until=until,
                reason=word,
                changed_at=clock.now(),
            )
        )
    return Work(id=row.id, task=TASK, subject=source, attempts=attempts, lease_until=until)


def _rows(source: str) -> sa.Select[Any]:
    return sa.select(table).where(table.c.task == TASK, table.c.subject == source)


def _is_held(row: sa.Row[Any] | None, word: str) -> bool:
    """Whether another machine holds the source; a row with our word was left by one killed here."""
    if row is None or row.state != "taken" or row.reason == word:
        return False
    return bool(row.lease_until >= clock.now())


def _end_at_once() -> None:
    """End this process: another machine crawls by now, and goes on where this one was.

    A crawl may be killed anywhere without a loss; see `crawlers.visiting`.
    """
    os.kill(os.getpid(), signal.SIGTERM)


def _busy(source: str) -> Busy:
    return Busy(
        f"Another crawl of {source} is going on in this archive. Run this one when it has ended."
    )
