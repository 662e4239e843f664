"""Where a crawl by file is: which files it brings, and how far each one is.

It goes into the run's cursor after every step, and comes back when the run is gone on with.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from crawlers.bulk.answers import MonthlyFile
from crawlers.bulk.question import Window
from crawlers.usaspending.agencies import BY_CODE

CHANGES = "changes"  # stands for the file of changes, where others have a year


@dataclass(slots=True, kw_only=True)
class Piece:
    """One file: asked for, made, fetched, read; each step is '' or empty before it is done.

    `cursor` and `counts` are the importer's; `rows_said` is what the service said it holds. One
    with a `problem` is not gone on with. `was_held` tells that an earlier run had read it, and
    `was_made_anew` that its file was no longer there and was asked for once more.
    """

    since: str = ""
    until: str = ""
    department: str = ""
    year: int = 0
    made_on: str = ""
    file: str = ""
    address: str = ""
    asked_on: str = ""
    was_made_anew: bool = False
    rows_said: int | None = None
    sha256: str = ""
    size_bytes: int = 0
    cursor: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, Any] = field(default_factory=dict)
    is_read: bool = False
    was_held: bool = False
    problem: str = ""

    @property
    def is_monthly(self) -> bool:
        """Ask whether it is of the monthly archive."""
        return bool(self.department)

    @property
    def is_changes(self) -> bool:
        """Ask whether it tells of a month's changes."""
        return self.is_monthly and not self.year

    @property
    def is_brought(self) -> bool:
        """Ask whether the network has nothing left to do for it."""
        return bool(self.sha256 or self.problem)

    @property
    def rows(self) -> int:
        """How many rows were read of it."""
        return int(self.counts.get("rows", 0))

    @property
    def subject(self) -> str:
        """Name it for people."""
        if not self.is_monthly:
            return f"{self.since} to {self.until}"
        name = BY_CODE[self.department].abbreviation
        return f"{name}, fiscal {self.year}" if self.year else f"{name}, changes"

    def forget_job(self) -> None:
        """Let it be asked for anew."""
        self.file = self.address = self.asked_on = ""
        self.rows_said = None


@dataclass(slots=True, kw_only=True)
class Place:
    """All files of a crawl; `listed` is what the monthly archive has: department → year → day.

    The day is '' where a year has no file; the file of changes stands there, too, when it was
    wanted and found.
    """

    period: dict[str, str]
    pieces: list[Piece] = field(default_factory=list)
    listed: dict[str, dict[str, str]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Give it for the cursor, as it is now."""
        return asdict(self)

    @classmethod
    def of(cls, cursor: Mapping[str, Any]) -> "Place":
        """Go on from a cursor."""
        pieces = [Piece(**one) for one in cursor["pieces"]]
        return cls(period=cursor["period"], pieces=pieces, listed=cursor["listed"])


def piece_of_window(window: Window) -> Piece:
    """Begin with the file of a window."""
    return Piece(since=window.since, until=window.until)


def piece_of_month(found: MonthlyFile) -> Piece:
    """Begin with a file of the monthly archive."""
    return Piece(
        department=found.department,
        year=found.year,
        made_on=found.made_on,
        file=found.file,
        address=found.address,
    )
