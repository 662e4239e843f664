"""Reads the documents that wait: takes work, asks the readers, stores what they found.

Who collects documents (a crawl, an `add`) calls `read_waiting` before it ends; what it leaves, the
next one takes up, or `paperwatch serve` by `read_leftovers`. Only this process writes; what a
document can do, it does to a reading child.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from threading import Event, Lock

import sqlalchemy as sa

from archive import clock, logs, work
from archive.catalogue import tables
from archive.documents import READ, refuse_document, store_reading
from archive.errors import Damaged, NotFound, PaperwatchError
from archive.leases import Lease
from archive.logs import Log
from archive.opening import Archive
from archive.reading_client import Readers, ReadResult
from archive.sharing import shared
from archive.work import MAX_ATTEMPTS, LeaseLost, Work

_log = Log(__name__)

_LOCK = "reading.lock"
# A document of 5,000 pages may take this long by the reader's limits; a lease must outlast it.
_LEASE_S = 12 * 3600
_REPORT_S = 1.0
# What no document is to blame for: it waits again, as if it had not been tried.
_NOT_ITS_DOING = (PaperwatchError, OSError, MemoryError, sa.exc.DBAPIError)


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far reading has come; `in_hand` are the documents in reading, with when they began.

    `waiting` is what there was to read at the beginning. Times are of the monotonic clock.
    """

    waiting: int
    began: float
    documents: int = 0
    pages: int = 0
    refused: int = 0
    in_hand: dict[str, float] = field(default_factory=dict)


Report = Callable[[Progress], None]


def read_waiting(archive: Archive, readers: Readers, report: Report | None = None) -> Progress:
    """Read all documents that wait, as many at once as there are readers.

    `report` is called about once a second, and at the end, from the thread that called.
    """
    with _shared(archive) as is_alone:
        if is_alone:
            _take_back(archive)
        progress = _read_all(archive, readers, report, Event())
    refuse_set_aside(archive)
    return progress


def read_leftovers(archive: Archive, readers: Readers, stop: Event) -> None:
    """Read what waits, unless another process of this machine is at it, until told to stop.

    Who tells it to stop ends the readers, too; what they had in hand counts as not tried.
    """
    if not work.waiting(archive, READ):
        return
    with _shared(archive) as is_alone:
        if not is_alone:
            return
        _take_back(archive)
        _read_all(archive, readers, None, stop)
    refuse_set_aside(archive)


def _read_all(archive: Archive, readers: Readers, report: Report | None, stop: Event) -> Progress:
    progress = Progress(waiting=work.waiting(archive, READ), began=time.monotonic())
    with ThreadPoolExecutor(readers.count) as pool:
        worker = _Worker(archive, readers, progress, stop)
        futures = [pool.submit(worker.run) for _ in range(min(readers.count, progress.waiting))]
        try:
            _watch(futures, progress, report)
        finally:
            worker.stopped.set()
    return progress


def read_one(archive: Archive, readers: Readers, taken: Work, *, is_short: bool = False) -> int:
    """Read one document that was taken, and store what came of it; gives its number of pages.

    0 for one that cannot be read. One whose reading dies is tried again, three times in all. Where
    its lease `is_short`, it is renewed. What somebody else took meanwhile is not stored.
    """
    with logs.task():
        began = time.monotonic()
        pages = _read_one(archive, readers, taken, is_short=is_short)
        seconds = round(time.monotonic() - began, 2)
        _log.info("document taken up", document=taken.subject[:8], pages=pages, seconds=seconds)
    return pages


def _read_one(archive: Archive, readers: Readers, taken: Work, *, is_short: bool) -> int:
    try:
        return _read_held(archive, readers, taken, is_short=is_short)
    except LeaseLost:
        _log.warning("result not stored, its lease was lost", document=taken.subject[:8])
        return 0


def _read_held(archive: Archive, readers: Readers, taken: Work, *, is_short: bool) -> int:
    held, result = taken, None
    try:
        with Lease(archive, taken) if is_short else nullcontext() as lease:
            try:
                result = _read(archive, readers, taken.subject)
            finally:
                held = lease.ended() if lease else taken
        held = lease.held() if lease else taken
        return _store(archive, held, result)
    except (Damaged, NotFound) as error:
        refuse_document(archive, taken.subject, "", str(error), taken=held)
        return 0
    except _NOT_ITS_DOING:
        work.put_back(archive, held, is_tried=False)
        raise
    except LeaseLost:
        raise
    except Exception as error:  # nobody foresaw it: not for ever
        _count_failure(archive, held, f"{type(error).__name__}: {error}")
        raise
    finally:
        if result is not None:
            result.discard()


def _count_failure(archive: Archive, held: Work, reason: str) -> None:
    """Let a document wait again whose reading failed in this process, three times in all."""
    if held.attempts < MAX_ATTEMPTS:
        work.put_back(archive, held, reason, is_tried=True)
    else:
        said = f"its reading failed {MAX_ATTEMPTS} times; the last time: {reason}"
        refuse_document(archive, held.subject, "", said, taken=held)


def _read(archive: Archive, readers: Readers, sha256: str) -> ReadResult:
    archive.files.checked_path(sha256)
    with archive.files.held(sha256) as original:
        return readers.read(original)


def _store(archive: Archive, taken: Work, result: ReadResult) -> int:
    """Store what came of reading a document; gives its number of pages."""
    version, sha256 = result.document.reader_version, taken.subject
    if result.is_ok and result.reading_path is not None:
        store_reading(archive, sha256, result.reading_path, result.document, taken)
        return len(result.document.pages)
    if result.verdict == "ended":
        work.put_back(archive, taken, is_tried=False)
    elif result.verdict == "crashed" and taken.attempts < MAX_ATTEMPTS:
        work.put_back(archive, taken, result.reason, is_tried=True)
    else:
        reason = result.reason
        if result.verdict == "crashed":
            reason = f"its reading died {MAX_ATTEMPTS} times; the last time: {reason}"
        refuse_document(
            archive, sha256, version, reason, is_unexamined=result.is_unexamined, taken=taken
        )
    return 0


class _Worker:
    """What each thread does: takes one document after the other until none waits."""

    def __init__(self, archive: Archive, readers: Readers, progress: Progress, stop: Event) -> None:
        self._archive, self._readers, self._progress, self._stop = archive, readers, progress, stop
        self._lock = Lock()
        self.stopped = Event()

    def run(self) -> None:
        while not (self.stopped.is_set() or self._stop.is_set()):
            taken = work.take(self._archive, READ, lease_s=_LEASE_S)
            if not taken:
                return
            self._read(taken[0])

    def _read(self, taken: Work) -> None:
        with self._lock:
            self._progress.in_hand[taken.subject] = time.monotonic()
        try:
            pages = read_one(self._archive, self._readers, taken)
        finally:
            with self._lock:
                self._progress.in_hand.pop(taken.subject, None)
        with self._lock:
            self._progress.documents += pages > 0
            self._progress.refused += pages == 0
            self._progress.pages += pages


def _watch(futures: list[Future[None]], progress: Progress, report: Report | None) -> None:
    """Report until all threads have ended; an error in one of them ends all."""
    left = set(futures)
    while left:
        ended, left = wait(left, timeout=_REPORT_S)
        for future in ended:
            future.result()
        if report is not None and (progress.in_hand or progress.documents):
            report(progress)


@contextmanager
def _shared(archive: Archive) -> Iterator[bool]:
    """Say to other processes that documents are in reading here.

    Gives whether this is the only one, on all machines; those that were killed are forgotten.
    """
    with (
        shared(archive.settings.home / _LOCK) as is_alone_here,
        archive.catalogue.present("reading") as is_alone_there,
    ):
        yield is_alone_here and is_alone_there


def _take_back(archive: Archive) -> None:
    """Free what a killed process of this machine had in hand, as if it had not been tried.

    A document can end its reading child, not the process that asks: the kill was not its doing.
    """
    taken = sa.and_(tables.work.c.task == READ, tables.work.c.state == "taken")
    with archive.catalogue.reading() as connection:
        if connection.execute(sa.select(tables.work.c.id).where(taken).limit(1)).first() is None:
            return
    attempts = sa.case((tables.work.c.attempts > 0, tables.work.c.attempts - 1), else_=0)
    with archive.catalogue.writing() as connection:
        connection.execute(
            sa.update(tables.work)
            .where(taken)
            .values(state="waiting", attempts=attempts, lease_until="", changed_at=clock.now())
        )


def refuse_set_aside(archive: Archive) -> None:
    """Mark documents whose reading was set aside because its workers died."""
    wanted = (
        sa.select(tables.work.c.subject, tables.work.c.reason)
        .join(tables.document, tables.document.c.sha256 == tables.work.c.subject)
        .where(
            tables.work.c.task == READ,
            tables.work.c.state == "set_aside",
            tables.document.c.verdict == "waiting",
        )
    )
    with archive.catalogue.reading() as connection:
        rows = connection.execute(wanted).all()
    for subject, reason in rows:
        refuse_document(archive, subject, "", reason)
