"""Keeps what took a while to find out, so that who asks often does not make it dear."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
# Finding out may take long; it is done for a twentieth of the time at most.
_SHARE = 20


class Kept(Generic[T]):
    """A value that is found out anew when it is older than `for_s`, by one thread at a time."""

    def __init__(self, find: Callable[[], T], for_s: float) -> None:
        self._find = find
        self._for_s = for_s
        self._lock = Lock()
        self._held: tuple[float, T] | None = None

    def get(self) -> T:
        """Give the value."""
        with self._lock:
            began_s = time.monotonic()
            if self._held is None or began_s > self._held[0]:
                found = self._find()
                ended_s = time.monotonic()
                kept_s = max(self._for_s, _SHARE * (ended_s - began_s))
                self._held = (ended_s + kept_s, found)
            return self._held[1]
