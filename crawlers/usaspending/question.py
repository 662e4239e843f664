"""What a crawl of USAspending asks: its filters, its period, and the bodies that are sent.

Source: USAspending's API contracts `search/spending_by_award.md` and `…_count.md`.
"""

from dataclasses import dataclass
from typing import Any

from archive.errors import BadRequest
from crawlers.usaspending.agencies import BY_CODE, toptier_of
from crawlers.usaspending.codes import GROUPS

# The search refuses earlier days (422); older awards are in the files of the download service.
EARLIEST = "2007-10-01"
DATE_KINDS = ("last_modified_date", "action_date", "date_signed", "new_awards_only")
PAGE_ROWS = 100
SORT = "Award ID"  # stays the same while we page; the last modified date does not
_FIELDS = (
    SORT,
    "Recipient Name",
    "Recipient UEI",
    "Award Amount",
    "Description",
    "Start Date",
    "Base Obligation Date",
    "Last Modified Date",
    "Awarding Sub Agency",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The awards that are wanted. Agencies are codes of `crawlers.usaspending.agencies`."""

    keywords: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    psc: tuple[str, ...] = ()
    naics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ("contracts", "idvs")
    until: str = ""  # '' = today
    limit: int = 0  # 0 = all

    def check(self) -> None:
        """See that the service will take it.

        Raises:
            BadRequest: nothing asked, or a keyword of fewer than three characters.
        """
        if not (self.keywords or self.agencies or self.recipients or self.psc or self.naics):
            raise BadRequest(
                "usaspending_awards: say which awards: --keyword, --agency, --recipient, --psc or"
                " --naics. For everything take the files of the download service and"
                " paperwatch import."
            )
        short = [word for word in self.keywords if len(word) < 3]
        if short:
            raise BadRequest(f"usaspending_awards: keyword {short[0]!r} has fewer than 3 letters.")

    def as_dict(self) -> dict[str, Any]:
        """Give it for the run: two crawls of the same question differ in their period only."""
        return {
            "keywords": sorted(self.keywords),
            "agencies": sorted(self.agencies),
            "recipients": sorted(self.recipients),
            "psc": sorted(self.psc),
            "naics": sorted(self.naics),
            "groups": list(self.groups),
            "until": self.until,
            "limit": self.limit,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days asked for, both included, and the kind of date they are."""

    since: str
    until: str
    kind: str

    def as_dict(self) -> dict[str, str]:
        """Give it for the run's cursor."""
        return {"since": self.since, "until": self.until, "kind": self.kind}


def filters(question: Question, period: Period) -> dict[str, Any]:
    """Give the filters that all questions of a crawl share."""
    asked: dict[str, Any] = {
        "time_period": [
            {"start_date": period.since, "end_date": period.until, "date_type": period.kind}
        ]
    }
    if question.keywords:
        asked["keywords"] = list(question.keywords)
    if question.agencies:
        asked["agencies"] = [agency_asked(code) for code in question.agencies]
    if question.recipients:
        asked["recipient_search_text"] = list(question.recipients)
    if question.psc:
        asked["psc_codes"] = list(question.psc)
    if question.naics:
        asked["naics_codes"] = list(question.naics)
    return asked


def search_body(
    question: Question, period: Period, group: str, page: int, after: tuple[int, str] | None
) -> dict[str, Any]:
    """Give the body that asks for one page of one group; past the window by the last record."""
    body = {
        "filters": {**filters(question, period), "award_type_codes": list(GROUPS[group])},
        "fields": list(_FIELDS),
        "sort": SORT,
        "order": "asc",
        "limit": PAGE_ROWS,
        "page": page,
    }
    if after is not None:
        body["last_record_unique_id"], body["last_record_sort_value"] = after
    return body


def agency_asked(code: str) -> dict[str, str]:
    """Name an agency; a sub-tier agency asked for as a top tier silently finds nothing."""
    agency = BY_CODE[code]
    asked = {"type": "awarding", "tier": agency.tier, "name": agency.name}
    return asked if agency.tier == "toptier" else asked | {"toptier_name": toptier_of(agency).name}
