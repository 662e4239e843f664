"""Begins one run of the schedule, and ends it.

A lease in the row says that a run is going. On this machine a file says it, too, which the child
holds open: a laptop sleeps longer than any lease lasts, and a server that was killed may leave its
child crawling. The kernel frees the lock of the dead.
"""

import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from archive.crawling import is_crawled, try_lock
from archive.opening import Archive
from archive.schedule import rows
from archive.schedule.children import Child
from archive.schedule.planned import Planned
from archive.schedule.rows import Outcome

Command = Callable[[Sequence[str]], list[str]]


@dataclass(slots=True, kw_only=True)
class Going:
    """A run that goes on: its row as it was, its child, and what keeps others away."""

    planned: Planned
    holder: str
    child: Child
    lock: IO[str]
    renewed_s: float


def source_lock(archive: Archive, source: str) -> IO[str] | None:
    """Take the schedule's lock of a source on this machine; None while a run of it goes on."""
    return try_lock(archive, f"schedule-{source}")


def start(
    archive: Archive,
    planned: Planned,
    command: Command,
    tell: Callable[[str], None] | None = None,
) -> Going | None:
    """Begin a run; None while its source is being crawled, and when another process began it."""
    lock = source_lock(archive, planned.source)
    if lock is None:
        return None
    if is_crawled(archive, planned.source):  # by hand: it waits until that has ended
        lock.close()
        return None
    holder = uuid.uuid4().hex
    try:
        if not rows.claim(archive, planned, holder):
            lock.close()
            return None
        child = Child(archive.settings, command(planned.words), holds=lock.fileno(), tell=tell)
    except BaseException as error:
        with suppress(Exception):
            rows.end(archive, planned, holder, _failed(f"It could not be started: {error}"))
        lock.close()
        raise
    return Going(planned=planned, holder=holder, child=child, lock=lock, renewed_s=time.monotonic())


def keep(archive: Archive, going: Going) -> None:
    """Renew the lease of a run when half of it is over."""
    if time.monotonic() - going.renewed_s > rows.lease_s(archive) / 2:
        rows.renew(archive, going.planned, going.holder)
        going.renewed_s = time.monotonic()


def finish(archive: Archive, going: Going, code: int, *, is_stopped: bool = False) -> Outcome:
    """Write down how a run ended, and let its source go; gives what was written."""
    outcome = _outcome(code, going.child.said(), is_stopped=is_stopped)
    rows.end(archive, going.planned, going.holder, outcome)
    going.lock.close()
    return outcome


def recover(archive: Archive, planned: Planned) -> None:
    """Take back a run whose lease ran out, unless its child goes on crawling here."""
    lock = source_lock(archive, planned.source)
    if lock is not None:
        with lock:
            rows.take_back(archive, planned)


def _outcome(code: int, words: str, *, is_stopped: bool) -> Outcome:
    if is_stopped and code:
        return Outcome(state="stopped", exit_code=None, words=words)
    if code < 0:
        words = "\n".join(one for one in (words, f"It was killed (signal {-code}).") if one)
        return Outcome(state="killed", exit_code=None, words=words)
    return Outcome(state="failed" if code else "done", exit_code=code, words=words)


def _failed(words: str) -> Outcome:
    return Outcome(state="failed", exit_code=1, words=words)
