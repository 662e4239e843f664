"""One crawl of a source at a time on this machine: two would ask everything twice.

The lock is the kernel's (flock): of a process that was killed nothing is left.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from archive.errors import Busy
from archive.opening import Archive


@contextmanager
def alone(archive: Archive, source: str) -> Iterator[None]:
    """Crawl a source while no other process does.

    Raises:
        Busy: one does.
    """
    file = try_lock(archive, f"crawl-{source}")
    if file is None:
        raise Busy(
            f"Another crawl of {source} is going on in this archive. Run this one when it has"
            " ended."
        )
    with file:
        yield


def is_crawled(archive: Archive, source: str) -> bool:
    """Tell whether a process crawls a source now."""
    file = try_lock(archive, f"crawl-{source}")
    if file is None:
        return True
    file.close()
    return False


def try_lock(archive: Archive, name: str) -> IO[str] | None:
    """Lock a file of the archive's folder, until it is closed; None when another one holds it."""
    file = (archive.settings.home / f"{name}.lock").open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
