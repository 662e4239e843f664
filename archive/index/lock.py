"""The locks of those who write the index: of who drains, and of who builds another.

Who needs both takes that of the rebuild first.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from archive.opening import Archive

_PAUSE_S = 0.05


def index_lock(archive: Archive, *, wait_s: float) -> AbstractContextManager[bool]:
    """Hold the lock of the live index: of who writes it, or puts another into its place.

    Gives False when another process still holds it after the wait.
    """
    return _held(archive, "index", "lock", wait_s)


def rebuild_lock(archive: Archive, *, wait_s: float) -> AbstractContextManager[bool]:
    """Hold the lock of the one rebuild: of who makes generations and removes old ones.

    Gives False when another process still holds it after the wait.
    """
    return _held(archive, "rebuild", "rebuild.lock", wait_s)


@contextmanager
def _held(archive: Archive, name: str, file_name: str, wait_s: float) -> Iterator[bool]:
    """Hold a lock of the kernel's (flock), and among machines of the catalogue's.

    A killed process leaves both free.
    """
    with (archive.index_folder / file_name).open("a") as file:
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
        with archive.catalogue.held(name, wait_s=left_s) as is_held:
            yield is_held
