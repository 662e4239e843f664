"""Crews: as many threads as there are readers, which work off what waits of one task.

Who collects documents (an `add`) lets them be read before it ends; what it leaves, the next one
takes up, or `paperwatch serve`. Only this process writes; what a document can do, it does to a
reading child.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Protocol

from archive import work
from archive.opening import Archive
from archive.reading_client import Readers
from archive.sharing import shared
from archive.work import Work

# A document of 5,000 pages may take this long by the reader's limits; a lease must outlast it.
_LEASE_S = 12 * 3600
_REPORT_S = 1.0


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far a crew has come; `in_hand` are the documents in hand, with when they were begun.

    `waiting` is what there was to do at the beginning. Times are of the monotonic clock.
    """

    waiting: int
    began: float
    documents: int = 0
    pages: int = 0
    refused: int = 0
    in_hand: dict[str, float] = field(default_factory=dict)


Report = Callable[[Progress], None]


class Crew(Protocol):
    """Who is told of each page that is done, and says whether to leave the rest."""

    def tell(self, pages: int) -> None:
        """Hear that so many more pages are done."""

    def is_ended(self) -> bool:
        """Say whether what is in hand is to be given back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What a crew does: takes work of a task, and does it.

    `do` does what was taken, and says whether it is done. `name` is what other processes know it
    by.
    """

    name: str
    task: str
    do: Callable[[Archive, Readers, Work, Crew], bool]


def _never() -> bool:
    return False


def work_off(
    archive: Archive,
    readers: Readers,
    duty: Duty,
    report: Report | None = None,
) -> Progress:
    """Do all that waits, as much at once as there are readers.

    `report` is called about once a second, and at the end, from the thread that called.
    """
    with present(archive, duty) as is_alone:
        if is_alone:
            work.take_back(archive, duty.task)
        return _work_off(archive, readers, duty, report, _never)


def work_off_alone(
    archive: Archive, readers: Readers, duty: Duty, is_ended: Callable[[], bool]
) -> None:
    """Do what waits, unless another process is at it, until it is ended.

    Who ends it ends the readers, too; what they had in hand counts as not tried.
    """
    if not work.waiting(archive, duty.task):
        return
    with present(archive, duty) as is_alone:
        if is_alone:
            work.take_back(archive, duty.task)
            _work_off(archive, readers, duty, None, is_ended)


def _work_off(
    archive: Archive,
    readers: Readers,
    duty: Duty,
    report: Report | None,
    is_ended: Callable[[], bool],
) -> Progress:
    progress = Progress(waiting=work.waiting(archive, duty.task), began=time.monotonic())
    with ThreadPoolExecutor(readers.count) as pool:
        worker = _Worker(archive, readers, duty, progress, is_ended)
        futures = [pool.submit(worker.run) for _ in range(min(readers.count, progress.waiting))]
        try:
            _watch(futures, progress, report)
        finally:
            worker.stopped.set()
    return progress


class _Worker:
    """What each thread does: takes one document after the other until none waits."""

    def __init__(
        self,
        archive: Archive,
        readers: Readers,
        duty: Duty,
        progress: Progress,
        is_ended: Callable[[], bool],
    ) -> None:
        self._archive, self._readers, self._duty = archive, readers, duty
        self._progress, self._is_over = progress, is_ended
        self._lock = Lock()
        self.stopped = Event()

    def run(self) -> None:
        while not self.is_ended():
            taken = work.take(self._archive, self._duty.task, lease_s=_LEASE_S)
            if not taken:
                return
            self._do(taken[0])

    def _do(self, taken: Work) -> None:
        with self._lock:
            self._progress.in_hand[taken.subject] = time.monotonic()
        try:
            is_done = self._duty.do(self._archive, self._readers, taken, self)
        finally:
            with self._lock:
                self._progress.in_hand.pop(taken.subject, None)
        with self._lock:
            self._progress.documents += is_done
            self._progress.refused += not is_done

    def tell(self, pages: int) -> None:
        """Count pages that are done."""
        with self._lock:
            self._progress.pages += pages

    def is_ended(self) -> bool:
        """Say whether to stop: the crew was ended, or who waits for it was interrupted."""
        return self.stopped.is_set() or self._is_over()


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
def present(archive: Archive, duty: Duty) -> Iterator[bool]:
    """Say to other processes that a crew is at work here.

    Gives whether this is the only one, on all machines; those that were killed are forgotten.
    """
    with (
        shared(archive.settings.home / f"{duty.name}.lock") as is_alone_here,
        archive.catalogue.present(duty.name) as is_alone_there,
    ):
        yield is_alone_here and is_alone_there
