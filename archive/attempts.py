"""Work in hand: a lease that is renewed while something slow is done, and what a failure means."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from archive import work
from archive.errors import Damaged, NotFound
from archive.leases import Lease
from archive.logs import Log
from archive.opening import Archive
from archive.work import MAX_ATTEMPTS, NOT_ITS_DOING, LeaseLost, Work

_log = Log(__name__)


class Hold:
    """Work that was taken; where its lease `is_short`, it is renewed during what is slow."""

    def __init__(self, archive: Archive, taken: Work, *, is_short: bool) -> None:
        self._archive, self._is_short = archive, is_short
        self._lease: Lease | None = None
        self.work = taken

    @contextmanager
    def renewing(self) -> Iterator[None]:
        """Renew the lease while something slow is done, which stores nothing."""
        with Lease(self._archive, self.work) if self._is_short else nullcontext() as lease:
            self._lease = lease
            try:
                yield
            finally:
                self.work = lease.ended() if lease else self.work

    def confirmed(self) -> Work:
        """Give the work with a lease that outlasts a transaction.

        Raises:
            LeaseLost: somebody else has it.
        """
        self.work = self._lease.held() if self._lease else self.work
        return self.work


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An attempt at work in hand. `what` is it for the reason that people see: "its reading".

    `refuse` sets it aside with its reason, for good: its bytes are not there, or it failed or died
    three times.
    """

    archive: Archive
    hold: Hold
    what: str
    refuse: Callable[[str, Work], None]

    def run(self, do: Callable[[], int]) -> int:
        """Give what doing it gives, 0 when nothing came of it.

        What somebody else took meanwhile is left to them; what is not its doing, such as a full
        disk, is raised, and the attempt is not counted.
        """
        try:
            return self._run(do)
        except LeaseLost:
            document = self.hold.work.subject[:8]
            _log.warning("result not stored, its lease was lost", document=document)
            return 0

    def _run(self, do: Callable[[], int]) -> int:
        try:
            return do()
        except (Damaged, NotFound) as error:
            self.refuse(str(error), self.hold.work)
            return 0
        except NOT_ITS_DOING:
            work.put_back(self.archive, self.hold.work, is_tried=False)
            raise
        except LeaseLost:
            raise
        except Exception as error:  # nobody foresaw it: not for ever
            self.count("failed", f"{type(error).__name__}: {error}")
            raise

    def count(self, how: str, reason: str) -> None:
        """Let work wait again that failed or died, and refuse it after the third time."""
        if self.hold.work.attempts < MAX_ATTEMPTS:
            work.put_back(self.archive, self.hold.work, reason, is_tried=True)
        else:
            self.refuse(self.said(how, reason), self.hold.work)

    def said(self, how: str, reason: str) -> str:
        """Say of work that it failed or died three times."""
        return f"{self.what} {how} {MAX_ATTEMPTS} times; the last time: {reason}"
