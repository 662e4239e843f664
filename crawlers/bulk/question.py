"""What a crawl by file asks for: agencies, days cut into windows, and the bodies that are sent.

Source: USAspending's API contracts `bulk_download/awards.md` and `list_monthly_files.md`, and its
published source (version of May 2026).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from archive.errors import BadRequest
from archive.fiscal import fiscal_year
from crawlers.usaspending.agencies import BY_CODE, toptier_of
from crawlers.usaspending.codes import CONTRACTS, IDVS
from crawlers.usaspending.question import agency_asked

# Older actions are in no file of the service; its monthly archive begins with a fiscal year.
EARLIEST = "2000-10-01"
FIRST_YEAR = 2008
DATE_KINDS = ("last_modified_date", "action_date")
# A file with as many rows may have been cut off there.
ROWS_MAX = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkQuestion:
    """The files that are wanted. Agencies are codes of `crawlers.usaspending.agencies`."""

    agencies: tuple[str, ...]
    until: str = ""  # '' = today
    subawards: bool = False
    monthly: bool = False
    changes: bool = False  # with `monthly`: also what was changed and deleted since the last month

    def check(self) -> None:
        """See that it can be asked.

        Raises:
            BadRequest: no agency; changes of no month; sub-awards of a month, which has none.
        """
        if not self.agencies:
            raise BadRequest(
                "usaspending_bulk: say whose awards: --agency. A file holds all that an agency"
                " awarded in some days; for words, vendors and codes ask usaspending_awards."
            )
        if self.changes and not self.monthly:
            raise BadRequest("--changes goes with --monthly: only the monthly archive has them.")
        if self.subawards and self.monthly:
            raise BadRequest(
                "The monthly archive holds no sub-awards. Ask for them without --monthly."
            )

    def as_dict(self) -> dict[str, Any]:
        """Give it for the run: two crawls of the same question differ in their days only."""
        return {
            "agencies": sorted(self.agencies),
            "until": self.until,
            "subawards": self.subawards,
            "monthly": self.monthly,
            "changes": self.changes,
        }

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments of the agencies, by code: the monthly archive has files of these."""
        return tuple(dict.fromkeys(toptier_of(BY_CODE[code]).code for code in self.agencies))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days that one file is asked for, both included."""

    since: str
    until: str

    def halves(self) -> tuple["Window", ...]:
        """Cut it into two; a single day stays as it is."""
        first, last = date.fromisoformat(self.since), date.fromisoformat(self.until)
        if first == last:
            return (self,)
        middle = first + (last - first) // 2
        return (
            Window(since=self.since, until=middle.isoformat()),
            Window(since=(middle + timedelta(days=1)).isoformat(), until=self.until),
        )


def windows(since: str, until: str) -> Iterator[Window]:
    """Cut days into fiscal years: the service refuses more than a year at once.

    Always in the same places, so that a question asked again is the same for the service, too.
    """
    for year in fiscal_years(since, until):
        yield Window(since=max(since, f"{year - 1}-10-01"), until=min(until, f"{year}-09-30"))


def fiscal_years(since: str, until: str) -> range:
    """Give the fiscal years of days, both included."""
    first, last = (fiscal_year(date.fromisoformat(day)) for day in (since, until))
    return range(first, last + 1)


def awards_body(question: BulkQuestion, window: Window, kind: str) -> dict[str, Any]:
    """Give the body that asks for the file of a window: contracts and vehicles, all columns."""
    asked: dict[str, Any] = {
        "prime_award_types": [*CONTRACTS, *IDVS],
        "agencies": [agency_asked(code) for code in question.agencies],
        "date_type": kind,
        "date_range": {"start_date": window.since, "end_date": window.until},
    }
    if question.subawards:
        asked["sub_award_types"] = ["procurement"]
    return {"filters": asked, "columns": [], "file_format": "csv"}


def monthly_body(agency: int, year: int) -> dict[str, Any]:
    """Give the body that asks which files the archive has; `agency` is the service's own number."""
    return {"agency": agency, "fiscal_year": year, "type": "contracts"}
