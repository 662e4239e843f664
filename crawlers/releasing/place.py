"""Where a crawl of releases is: goes into the run's cursor, and comes back when it goes on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Place:
    """How far a crawl is. `at` is the page under way: its number, or its address; '' = the first.

    `done` are the numbers read of it and of the one before. `waiting` are documents that their
    service still works on; `left` counts what is not for everybody, `unread` what got no answer,
    `again` what was looked at once more because it was long ago.
    """

    period: dict[str, str]
    at: str = ""
    is_walked: bool = False
    expected: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    done: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    left: int = 0
    unread: int = 0
    again: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Give it for the cursor, as it is now."""
        return asdict(self)

    @classmethod
    def of(cls, cursor: Mapping[str, Any]) -> "Place":
        """Go on from a cursor."""
        return cls(**cursor)

    @property
    def total(self) -> int:
        """How many were read."""
        return sum(self.found.values())
