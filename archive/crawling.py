"""One crawl of a source at a time: two would ask everything twice.

The locks are the kernel's (flock), and among machines the catalogue's: of a process that was killed
nothing is left.
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
    with _locked(archive, source) as is_alone:
        if not is_alone:
            raise Busy(
                f"Another crawl of {source} is going on in this archive. Run this one when it has"
                " ended."
            )
        yield


def is_crawled(archive: Archive, source: str) -> bool:
    """Tell whether a process crawls a source now."""
    with _locked(archive, source) as is_alone:
        return not is_alone


@contextmanager
def _locked(archive: Archive, source: str) -> Iterator[bool]:
    """Hold the locks of a source; gives False when another process holds one."""
    name = f"crawl-{source}"
    file = try_lock(archive, name)
    if file is None:
        yield False
        return
    with file, archive.catalogue.held(name) as is_held:
        yield is_held


def try_lock(archive: Archive, name: str) -> IO[str] | None:
    """Lock a file of the archive's folder, until it is closed; None when another one holds it."""
    file = (archive.settings.home / f"{name}.lock").open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
