"""Says in a sentence that a disk is full or closed."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import DiskFull, HomeError

# Errors of a folder that cannot be made, entered or written.
_CLOSED = frozenset(
    getattr(errno, name)
    for name in ("EACCES", "EROFS", "EPERM", "ENOTDIR", "EEXIST", "ENOENT", "EISDIR")
)
# EFBIG: a limit of this process, or a file system that takes no larger file.
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
OTHER_HOME = "Choose another folder: PAPERWATCH_HOME=/path/to/folder"


@contextmanager
def full_disk_said(folder: Path, advice: str = OTHER_HOME) -> Iterator[None]:
    """Turn the errors of a full or closed disk into sentences that name the folder."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise _no_room(folder) from error
        if error.errno in _CLOSED:
            raise HomeError(f"{folder} cannot be written: {error.strerror}. {advice}") from error
        raise
    except sqlite3.OperationalError as error:
        if "disk is full" in str(error):
            raise _no_room(folder) from error
        raise


def _no_room(folder: Path) -> DiskFull:
    return DiskFull(f"{folder}: no room left on the disk. Free some and run again.")
