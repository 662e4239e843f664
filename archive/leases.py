"""Holds work by a short lease that is renewed, so that what a killed process held is soon free."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from archive import work
from archive.errors import PaperwatchError
from archive.logs import Log
from archive.opening import Archive
from archive.work import LeaseLost, Work

_log = Log(__name__)

# Renewed often enough to miss some.
_RENEWALS = 4


def lease_s(archive: Archive) -> int:
    """Give the seconds after which what a killed worker had in hand is free."""
    return archive.settings.whole_number("LEASE")


def _go_on() -> None:
    """Go on with what is lost: it is not stored."""


class Lease:
    """Holds work that was taken, in a `with` statement: a thread renews its lease meanwhile.

    `held` ends that, and gives the work with the lease that it has then, which outlasts a
    transaction.
    """

    def __init__(
        self, archive: Archive, taken: Work, *, on_lost: Callable[[], None] = _go_on
    ) -> None:
        self._archive, self._lease_s = archive, lease_s(archive)
        self._held = taken
        self._on_lost = on_lost
        self._renewed_s = time.monotonic()
        self._is_lost = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._renew_on, name="lease", daemon=True)

    def held(self) -> Work:
        """Renew no more, and give the work with a lease that lasts for a while.

        Raises:
            LeaseLost: somebody else has it.
        """
        self._stop()  # two who renew at once would lose it to each other
        if self._is_lost:
            raise LeaseLost(f"{self._held.task} {self._held.subject}")
        if time.monotonic() - self._renewed_s > self._lease_s / _RENEWALS:
            self._renew()
        return self._held

    def ended(self) -> Work:
        """Renew no more, and give the work as it was last renewed, be it lost or not."""
        self._stop()
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
        self._stop()

    def give_back(self) -> None:
        """Say that the work is done, if it is still ours, and renew no more."""
        self._stop()
        with self._archive.catalogue.writing() as connection, suppress(LeaseLost):
            work.check_held(connection, self._held)
            work.finish(connection, self._held.task, self._held.subject)

    def _stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def _renew(self) -> None:
        began_s = time.monotonic()
        self._held = work.renew(self._archive, self._held, self._lease_s)
        self._renewed_s = began_s

    def _renew_on(self) -> None:
        while not self._ended.wait(self._lease_s / _RENEWALS):
            try:
                self._renew()
            except LeaseLost:
                self._is_lost = True
                held = self._held
                _log.warning("lease lost", task=held.task, subject=held.subject[:8])
                self._on_lost()
                return
            except PaperwatchError as error:  # tried again before it runs out
                _log.warning("lease not renewed", reason=str(error))
            except Exception:
                _log.exception("lease not renewed")
