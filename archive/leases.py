"""Holds work by a short lease that is renewed, so that what a killed process held is soon free."""

import logging
import threading
from types import TracebackType
from typing import Self

from archive import work
from archive.errors import PaperwatchError
from archive.opening import Archive
from archive.work import LeaseLost, Work

_log = logging.getLogger(__name__)

# What a killed worker had in hand is free after so long; renewed often enough to miss some.
LEASE_S = 60
_RENEWED_EVERY_S = 15.0


class Lease:
    """Holds work that was taken, in a `with` statement: a thread renews its lease meanwhile.

    After it, `held` gives the work with the lease that it has then, which outlasts a transaction.
    """

    def __init__(
        self, archive: Archive, taken: Work, lease_s: int = LEASE_S, every_s: float = _RENEWED_EVERY_S
    ) -> None:
        self._archive, self._lease_s, self._every_s = archive, lease_s, every_s
        self._held = taken
        self._is_lost = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._renew_on, name="lease", daemon=True)

    def held(self) -> Work:
        """Give the work, with its lease renewed once more.

        Raises:
            LeaseLost: somebody else has it.
        """
        if self._is_lost:
            raise LeaseLost(f"{self._held.task} {self._held.subject}")
        self._held = work.renew(self._archive, self._held, self._lease_s)
        return self._held

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def lost(self) -> None:
        """Say that somebody else has the work; who cannot go on without it says so here."""
        _log.warning("lease lost task=%s subject=%s", self._held.task, self._held.subject)

    def _renew_on(self) -> None:
        while not self._ended.wait(self._every_s):
            try:
                self._held = work.renew(self._archive, self._held, self._lease_s)
            except LeaseLost:
                self._is_lost = True
                self.lost()
                return
            except PaperwatchError as error:  # tried again before it runs out
                _log.warning("lease not renewed reason=%r", str(error))
            except Exception:
                _log.exception("lease not renewed")
