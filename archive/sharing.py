"""Says to other processes of this machine what is done here, and hears whether they do it too."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def shared(path: Path) -> Iterator[bool]:
    """Hold a file while something is done; gives whether nobody else held it.

    The lock is the kernel's (flock): processes that were killed are forgotten.
    """
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_alone = True
        except BlockingIOError:
            is_alone = False
        fcntl.flock(file, fcntl.LOCK_SH)
        yield is_alone
