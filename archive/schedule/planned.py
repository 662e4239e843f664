"""A planned run as its row says it, and what that means at a moment."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from archive.schedule.cadence import read_cadence

# Killed so often in a row, a run waits for its next time: something kills it.
MAX_ATTEMPTS = 3
# Later than so many times its cadence, a run is said to be late.
_LATE_TIMES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What runs when, and how it ended last.

    `state` is '' (never run), going, done, failed, killed, or stopped (with the process that ran
    it; goes on with the next). `attempts` counts the starts since it last ended by itself. While
    it is going, `last_ended_at`, `last_exit_code` and `last_words` are those of the run before.
    """

    id: int
    name: str
    source: str
    words: tuple[str, ...]
    cadence: str
    is_on: bool
    next_at: str
    state: str
    attempts: int
    lease_until: str
    last_started_at: str
    last_ended_at: str
    last_exit_code: int | None
    last_words: str

    def as_dict(self) -> dict[str, Any]:
        """Give it for JSON, without what is only for the program."""
        inner = ("id", "attempts", "lease_until")
        said = {name: value for name, value in asdict(self).items() if name not in inner}
        return said | {"words": list(self.words)}

    def is_going(self, moment: str) -> bool:
        """Whether somebody runs it."""
        return self.state == "going" and self.lease_until >= moment

    def is_lost(self, moment: str) -> bool:
        """Whether somebody began it, and was killed before it ended."""
        return self.state == "going" and self.lease_until < moment

    def is_due(self, moment: str) -> bool:
        """Whether it is to be begun."""
        return self.is_on and self.state != "going" and self.next_at <= moment

    def is_late(self, moment: str) -> bool:
        """Whether it should have been begun more than twice its cadence ago."""
        if not self.is_on:
            return False
        passed = datetime.fromisoformat(moment) - datetime.fromisoformat(self.next_at)
        return passed > _LATE_TIMES * read_cadence(self.cadence).step


def due(planned: list[Planned], moment: str) -> list[Planned]:
    """Give what is to be begun, at most one of each source, the longest overdue first."""
    ordered = sorted((one for one in planned if one.is_due(moment)), key=lambda one: one.next_at)
    taken = {one.source for one in planned if one.is_going(moment)}
    chosen = []
    for one in ordered:
        if one.source not in taken:
            taken.add(one.source)
            chosen.append(one)
    return chosen
