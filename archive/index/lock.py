"""The lock of the one process that writes the index."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from archive.opening import Archive

_PAUSE_S = 0.05


@contextmanager
def index_lock(archive: Archive, *, wait_s: float) -> Iterator[bool]:
    """Hold the index lock; gives False when another process still holds it after the wait.

    The lock is the kernel's (flock), and among machines the catalogue's: a killed process leaves
    it free.
    """
    path = archive.index_folder / "lock"
    with path.open("a") as file:
        until = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    yield False
                    return
                time.sleep(_PAUSE_S)
        left_s = max(0.0, until - time.monotonic())
        with archive.catalogue.held("index", wait_s=left_s) as is_held:
            yield is_held
