"""What `paperwatch serve` does beside answering: indexes, reads, recognises, keeps a schedule."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from archive import indexing
from archive.errors import PaperwatchError
from archive.logs import Log
from archive.opening import Archive
from archive.reading_client import Readers
from archive.reading_work import read_leftovers
from archive.recognising_work import recognise_leftovers
from archive.schedule.scheduler import keep_schedule

_log = Log(__name__)

_LOOK_EVERY_S = 1.0
_PAUSE_S = 30.0
# Children of the schedule get ten seconds to end, see `archive.schedule.children`.
_ENDS_WITHIN_S = 20.0


@contextmanager
def background(archive: Archive, *, is_scheduled: bool) -> Iterator[None]:
    """Work beside the page while this context lasts; on a cluster the workers do it all."""
    if archive.settings.has_workers:
        yield
        return
    stop = threading.Event()
    # Readers of its own: a document of 5,000 pages must not keep a reader from a picture.
    with Readers(archive.settings.whole_number("READERS")) as readers:
        works: dict[str, Callable[[], None]] = {
            "drain": lambda: _again(lambda: _drain(archive), stop, "index not brought up to date"),
            "read": lambda: _again(
                lambda: _read(archive, readers, stop), stop, "documents not read"
            ),
        }
        if is_scheduled:
            works["schedule"] = lambda: keep_schedule(archive, stop)
        threads = [
            threading.Thread(target=work, name=name, daemon=True) for name, work in works.items()
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            readers.end()
            for thread in threads:
                thread.join(timeout=_ENDS_WITHIN_S)


def _again(work: Callable[[], object], stop: threading.Event, said: str) -> None:
    """Do something once a second until told to stop; what goes wrong is said, and tried again."""
    while not stop.wait(_LOOK_EVERY_S):
        try:
            work()
        except PaperwatchError as error:
            _log.warning(said, reason=str(error))
            stop.wait(_PAUSE_S)
        except Exception:  # the page goes on answering; what is wrong stands in the log
            _log.exception(said)
            stop.wait(_PAUSE_S)


def _read(archive: Archive, readers: Readers, stop: threading.Event) -> None:
    """Read what waits; then recognise scanned pages, until a document waits to be read again."""
    read_leftovers(archive, readers, stop)
    recognise_leftovers(archive, readers, stop.is_set)


def _drain(archive: Archive) -> None:
    # Another process that drains already does the same work: no need to wait for it.
    indexing.drain(archive, wait_s=0.0)
