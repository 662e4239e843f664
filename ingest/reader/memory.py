"""How the reader's memory lies before it forks: what children read here, what they write elsewhere.

A child shares each page of memory until it writes to it; then the kernel copies that page, which
takes 2 µs. Loading leaves 4 MB of holes in the heap, and malloc would give a child these first: a
letter of one page had 1,200 copies made for it. So the holes are filled, and children get what lies
behind them:

    heap before    ███░█░░██░█░███░░
    heap after     ███▒█▒▒██▒█▒███▒▒├──── room, in large pages: each child has its own ────┤

Nothing is wrong where a system knows none of this, only slower.
"""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import suppress

_SYSTEM = ctypes.CDLL(None)
# Names and numbers of malloc.h and linux/mman.h.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _HUGE_PAGES = -1, -3, 14
_LARGE_PAGE = 2 << 20
# The most below which malloc takes memory from the heap; pictures of pages are large.
_HEAP_UP_TO = 32 << 20
_ROOM = 24 << 20
_KEPT_BY_MALLOC = 1 << 30
# A page of words makes so many objects; few of them point at each other in a ring.
_OBJECTS_BETWEEN_COLLECTIONS = 20_000
_NONE = sys.maxsize
_room = ctypes.c_void_p()


def settle() -> None:
    """Prepare this process for children; to be called when all is loaded, before the first fork."""
    gc.collect()
    with suppress(AttributeError):  # no malloc of glibc's
        _fill_holes()
    # What is loaded by now is shared with the children; looking for rubbish in it would copy it.
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


def _fill_holes() -> None:
    for name, size in ((_MMAP_THRESHOLD, _HEAP_UP_TO), (_TRIM_THRESHOLD, _KEPT_BY_MALLOC)):
        _SYSTEM.mallopt(name, size)
    _SYSTEM.malloc_trim(0)  # holes need no memory while nobody writes to them
    room = _taken("aligned_alloc", _LARGE_PAGE, _ROOM)
    if room == _NONE:
        return
    left = _ROOM  # far more than there are holes: no system is to fill its memory here
    for size in _hole_sizes():
        while left > 0 and _taken("malloc", size) < room:
            left -= size
    _SYSTEM.madvise(ctypes.c_void_p(room), ctypes.c_size_t(_ROOM), _HUGE_PAGES)
    _room.value = room


def take_room() -> None:
    """Let malloc use the room; to be called in a child, so that each has large pages of its own."""
    _SYSTEM.free(_room)


def _taken(way: str, *sizes: int) -> int:
    """Take memory from the heap, and give its address; the highest of all when there is none."""
    take = _SYSTEM[way]
    take.restype = ctypes.c_void_p
    return take(*map(ctypes.c_size_t, sizes)) or _NONE


def _hole_sizes() -> Iterator[int]:
    """Give the sizes to ask for until no hole is left: all small ones, which malloc keeps apart."""
    yield from (1 << power for power in range(20, 10, -1))
    yield from range(1032, 8, -16)
