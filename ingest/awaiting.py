"""Waits until workers have read the documents of an `add`, and tells how far they have come."""

import time
from collections.abc import Callable, Collection, Iterator

import sqlalchemy as sa

from archive.calling import called
from archive.catalogue.tables import document, entry, outbox, work
from archive.crews import Progress, Report
from archive.documents import READ
from archive.opening import Archive

_LOOK_EVERY_S = 0.5
_REST = 4.0  # times as long as looking took
_PATIENCE_S = 15.0
_INDEXED_WITHIN_S = 60.0
_AT_ONCE = 500
_NOBODY = (
    "No worker has taken any of these documents yet. Start one: {called} worker, and once for all"
    " machines: {called} beat. Ctrl-C leaves the documents to them."
)


def await_workers(
    archive: Archive,
    sha256s: Collection[str],
    since: str,
    report: Report,
    say: Callable[[str], None],
) -> Progress:
    """Wait until none of these documents is to be read any more; what was done is in the result.

    That is what was done `since` the command began: workers do not wait for its end. Says once
    that no worker seems to run, when none has taken any of them for a while.
    """
    asked = _read_since(archive, sha256s, since)
    progress = Progress(waiting=len(asked), began=time.monotonic())
    is_said = False
    while True:
        now = time.monotonic()
        left = _unread(archive, asked)
        taken = [sha256 for sha256, state in left.items() if state == "taken"]
        progress.in_hand = {one: progress.in_hand.get(one, now) for one in taken}
        _count(archive, progress, asked - left.keys())
        if asked:
            report(progress)
        if not left:
            return progress
        is_idle = not taken and len(left) == len(asked)
        if is_idle and not is_said and now - progress.began > _PATIENCE_S:
            say(_NOBODY.format(called=called()))
            is_said = True
        # To look for a hundred thousand takes a while, and must not be all that the catalogue does.
        time.sleep(max(_LOOK_EVERY_S, _REST * (time.monotonic() - now)))


def await_index(archive: Archive, sha256s: Collection[str]) -> bool:
    """Wait until the index has heard of these documents; False when that takes too long."""
    until = time.monotonic() + _INDEXED_WITHIN_S
    while _is_unheard(archive, sha256s):
        if time.monotonic() > until:
            return False
        time.sleep(_LOOK_EVERY_S)
    return True


def _read_since(archive: Archive, sha256s: Collection[str], since: str) -> set[str]:
    """Give the documents that are to be read, or that were since then."""
    found: set[str] = set()
    with archive.catalogue.reading() as connection:
        for part in _parts(sha256s):
            is_left = work.c.state.in_(("waiting", "taken"))
            wanted = sa.select(work.c.subject).where(
                work.c.task == READ,
                work.c.subject.in_(part),
                sa.or_(is_left, work.c.changed_at >= since),
            )
            found.update(connection.execute(wanted).scalars())
    return found


def _unread(archive: Archive, sha256s: Collection[str]) -> dict[str, str]:
    """Give the documents that wait or are taken, and which of the two."""
    found: dict[str, str] = {}
    with archive.catalogue.reading() as connection:
        for part in _parts(sha256s):
            wanted = sa.select(work.c.subject, work.c.state).where(
                work.c.task == READ,
                work.c.subject.in_(part),
                work.c.state.in_(("waiting", "taken")),
            )
            found |= {row.subject: row.state for row in connection.execute(wanted)}
    return found


def _count(archive: Archive, progress: Progress, done: Collection[str]) -> None:
    """Count what became of documents; one that is read has pages, one that is refused has none."""
    progress.documents = progress.refused = progress.pages = 0
    with archive.catalogue.reading() as connection:
        for part in _parts(done):
            wanted = sa.select(document.c.verdict, document.c.page_count)
            for row in connection.execute(wanted.where(document.c.sha256.in_(part))):
                progress.documents += row.verdict == "read"
                progress.refused += row.verdict != "read"
                progress.pages += row.page_count


def _is_unheard(archive: Archive, sha256s: Collection[str]) -> bool:
    with archive.catalogue.reading() as connection:
        for part in _parts(sha256s):
            keys = [f"documents/{sha256}" for sha256 in part]
            wanted = sa.select(outbox.c.entry_number).join(entry).where(entry.c.key.in_(keys))
            if connection.execute(wanted.limit(1)).first() is not None:
                return True
    return False


def _parts(sha256s: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(sha256s)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
