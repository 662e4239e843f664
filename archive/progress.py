"""Progress of long work on standard error: how much, how fast, how long still."""

import time

import click

_EVERY_S = 2.0


class Progress:
    """Tells at most every two seconds; quiet when the work is short.

    One style for all commands: "1,200 rows, 300 a second, 40%, 12 s left, slow: payroll.pdf".
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._began_s = self._told_s = time.monotonic()
        self._done_before = 0

    def begin_at(self, done: int) -> None:
        """Leave out of the rate what an earlier run did."""
        self._done_before = done

    def tell_of(self, done: int, whole: int, more: str = "") -> None:
        """Say how many of all are done."""
        self.tell(done, done / whole if whole else None, more)

    def tell_left(self, done: int, left: int) -> None:
        """Say how many are done where it is known how many are left."""
        self.tell_of(done, done + left)

    def tell(self, done: int, share: float | None = None, more: str = "") -> None:
        """Say how many are done, and of which share of the whole (0 to 1), if that is known.

        `more` comes last: what else there is to say, such as the name of what is slow.
        """
        now_s = time.monotonic()
        if now_s - self._told_s < _EVERY_S:
            return
        self._told_s = now_s
        spent_s = now_s - self._began_s
        rate = (done - self._done_before) / spent_s
        parts = [f"{done:,} {self._what}", f"{rate:,.0f} a second" if rate >= 1 else ""]
        if share is not None and 0.01 < share <= 1:
            parts.append(f"{share:.0%}, {lasting(spent_s * (1 - share) / share)} left")
        click.echo("  " + ", ".join(part for part in [*parts, more] if part), err=True)


def lasting(seconds: float) -> str:
    """Give a span of time as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
