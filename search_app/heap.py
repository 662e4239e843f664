"""How the process that answers takes memory from the system."""

import ctypes
from contextlib import suppress

# mallopt's number, malloc.h of the GNU library.
_ARENA_MAX = -8


def share_one_heap() -> None:
    """Let all threads that start from now on take memory from one heap, where the system can.

    Otherwise each gets a heap of its own, and keeps what its largest page took. Python's lock makes
    them take turns anyway.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
