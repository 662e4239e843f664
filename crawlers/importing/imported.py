"""What became of a file: how many rows, what they changed, and what was not understood."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from archive.model import Refused, Tally

_SHOWN = 20


@dataclass(slots=True, kw_only=True)
class Imported:
    """What became of a file."""

    file: str
    sha256: str = ""
    rows: int = 0
    tally: Tally = field(default_factory=Tally)
    vanished: int = 0  # actions that it says are deleted, or that are there again
    refusals: list[Refused] = field(default_factory=list)  # the first ones
    not_understood: list[str] = field(default_factory=list)
    seconds: float = 0.0
    was_done: bool = False  # by an earlier command; nothing was written
    resumed: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Give it for JSON."""
        shown = [
            {"row": one.place, "award": one.subject, "reason": one.reason} for one in self.refusals
        ]
        return {
            "file": self.file,
            "sha256": self.sha256,
            "rows": self.rows,
            **self.tally.as_dict(),
            "vanished": self.vanished,
            "refusals": shown,
            "columns_not_understood": self.not_understood,
            "seconds": round(self.seconds, 2),
            "was_done": self.was_done,
            "resumed": self.resumed,
        }

    def refuse(self, refused: list[Refused]) -> None:
        """Count what was refused, and remember the first."""
        self.tally.refused += len(refused)
        self.refusals += refused[: _SHOWN - len(self.refusals)]

    def counts(self) -> dict[str, Any]:
        """Give it for a run's counts, from which `recall` takes it over."""
        shown = [[one.place, one.subject, one.reason] for one in self.refusals]
        return {
            **self.tally.as_dict(),
            "rows": self.rows,
            "vanished": self.vanished,
            "refusals": shown,
            "not_understood": self.not_understood,
        }

    def recall(self, counts: Mapping[str, Any]) -> None:
        """Take over what an earlier run of the same file wrote down."""
        with suppress(KeyError):
            self.tally = Tally(**{name: counts[name] for name in self.tally.as_dict()})
            self.rows, self.not_understood = counts["rows"], list(counts["not_understood"])
            self.vanished = counts.get("vanished", 0)
            self.refusals = [
                Refused(place=place, subject=subject, reason=reason)
                for place, subject, reason in counts["refusals"]
            ]
