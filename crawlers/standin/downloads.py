"""The stand-in's download service: jobs that take a while, and the files that come of them."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from crawlers.standin.answering import Refusal, Reply, refusal
from crawlers.standin.files import (
    SUBAWARD_COLUMNS,
    TRANSACTION_COLUMNS,
    Row,
    part_of,
    subaward_rows,
    transaction_rows,
    zipped,
)
from crawlers.standin.filtering import matching
from crawlers.standin.monthly import MONTHLY, MonthlyArchive, MonthlyFiles, listed_agencies
from crawlers.standin.world import Json, StandingAward, World
from crawlers.usaspending.codes import CONTRACTS, IDVS

GENERATED = "/generated_downloads/"
_DAYS_MAX = 366


@dataclass(slots=True, kw_only=True)
class _Job:
    """A file in the making: how many answers have said that it is not finished."""

    name: str
    request: Json
    content: bytes
    columns: int
    rows: int
    polled: int = 0
    message: str = ""  # of one that fails

    def status(self, polls: int) -> str:
        left = polls - self.polled
        if left > 0:
            return "ready" if left > 1 else "running"
        return "failed" if self.message else "finished"


class Downloads:
    """Answers the routes of the download service; `polls` answers come before a file is there.

    To lower it finishes also what is going on.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.polls = 2
        self.part_rows = 1_000_000
        self.rows_said: list[int] = []  # of the next jobs, instead of how many they have
        self.monthly = MonthlyFiles()
        self._jobs: dict[str, _Job] = {}

    def reply(self, method: str, route: str, body: Json, address: str, fails: str) -> Reply | None:
        """Answer a route, path after `/api/v2/`; None of one that is not ours."""
        match (method, route.removesuffix("/")):
            case "POST", "bulk_download/awards":
                return self._asked(body, address, fails)
            case "GET", "download/status" | "bulk_download/status":
                return self._status(body, address)
            case "POST", "bulk_download/list_agencies":
                return listed_agencies(body)
            case "POST", "bulk_download/list_monthly_files":
                return self._archive.listed(body, address)
        return None

    def file(self, path: str, headers: Mapping[str, str]) -> Reply:
        """Give a file, or the rest of it that is asked for; 403 while there is none."""
        name = path.rsplit("/", 1)[-1]
        is_monthly = path.startswith(MONTHLY)
        content = self._archive.file(name) if is_monthly else self._generated(name)
        if content is None:
            text = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
            return Reply(status=403, text=text, kind="application/xml")
        return part_of(content, headers)

    @property
    def _archive(self) -> MonthlyArchive:
        return MonthlyArchive(world=self.world, files=self.monthly, part_rows=self.part_rows)

    def _asked(self, body: Json, address: str, fails: str) -> Reply:
        """Take a request; the same one of the same day gives the job already made."""
        request = _checked(body)
        for job in self._jobs.values():
            if job.request == request and job.status(self.polls) != "failed":
                return Reply(json=_made(job, address))
        tables = self._tables(request["filters"])
        stamp = datetime.now(UTC).strftime("%Y-%m-%d_H%HM%MS%S%f")
        kind = "PrimeTransactionsAndSubawards" if len(tables) > 1 else "PrimeTransactions"
        rows = sum(len(rows) for _, rows in tables.values())
        job = _Job(
            name=f"All_{kind}_{stamp}.zip",
            request=request,
            content=zipped(
                {f"Contracts_{name}_{stamp}": table for name, table in tables.items()},
                self.part_rows,
            ),
            columns=sum(len(columns) for columns, _ in tables.values()),
            rows=self.rows_said.pop(0) if self.rows_said else rows,
            message=fails,
        )
        self._jobs[job.name] = job
        return Reply(json=_made(job, address))

    def _tables(self, filters: Json) -> dict[str, tuple[tuple[str, ...], list[Row]]]:
        period = filters["time_period"][0]
        types = filters["prime_and_sub_award_types"]
        awards = list(self._awards(filters))
        column = "action_date" if period["date_type"] == "action_date" else "last_modified_date"
        tables: dict[str, tuple[tuple[str, ...], list[Row]]] = {}
        if types["prime_awards"]:
            found = _within(awards, transaction_rows, column, period)
            tables["PrimeTransactions"] = (TRANSACTION_COLUMNS, found)
        if types["sub_awards"]:
            column = "subaward_action_date"
            if period["date_type"] != "action_date":
                column = "subaward_fsrs_report_last_modified_date"
            found = _within(awards, subaward_rows, column, period)
            tables["Subawards"] = (SUBAWARD_COLUMNS, found)
        return tables

    def _awards(self, filters: Json) -> Iterator[StandingAward]:
        types = filters["prime_and_sub_award_types"]["prime_awards"] or [*CONTRACTS, *IDVS]
        asked = {"award_type_codes": types, "agencies": filters.get("agencies")}
        for category in ("contract", "idv"):
            yield from matching(self.world.awards.values(), asked, category)

    def _status(self, query: Json, address: str) -> Reply:
        if not query.get("file_name"):
            return refusal(400, "Missing one or more required query parameters: file_name")
        job = self._jobs.get(query["file_name"])
        if job is None:
            said = f"Download job with filename {query['file_name']} does not exist."
            return refusal(404, said)
        status = job.status(self.polls)
        job.polled += 1
        is_there = status == "finished"
        answer = {
            "status": status,
            "message": job.message if status == "failed" else None,
            "file_name": job.name,
            "file_url": f"{address}{GENERATED}{job.name}",
            "total_size": len(job.content) / 1000 if is_there else None,
            "total_columns": job.columns if is_there else None,
            "total_rows": job.rows if is_there else None,
            "seconds_elapsed": "4.145662",
        }
        return Reply(json=answer)

    def _generated(self, name: str) -> bytes | None:
        job = self._jobs.get(name)
        return job.content if job is not None and job.status(self.polls) == "finished" else None

    def forget(self) -> None:
        """Lose all jobs and their files, as the service does after some days."""
        self._jobs.clear()


def _checked(body: Json) -> Json:
    """Check a request, and give it as the service keeps it."""
    filters = body.get("filters")
    if not filters:
        raise Refusal(refusal(400, "Missing one or more required body parameters: filters"))
    prime, sub = filters.get("prime_award_types"), filters.get("sub_award_types")
    if prime is None and sub is None:
        either = "prime_award_types or sub_award_types"
        raise Refusal(refusal(400, f"Missing one or more required body parameters: {either}"))
    for name in ("agencies", "date_range"):
        if not filters.get(name):
            said = f"Missing value: 'filters|{name}' is a required field"
            raise Refusal(refusal(422, said))
    days = filters["date_range"]
    first, last = (date.fromisoformat(days[name]) for name in ("start_date", "end_date"))
    if (last - first).days + 1 > _DAYS_MAX:
        said = "Invalid Parameter: date_range total days must be within a year"
        raise Refusal(refusal(400, said))
    levels = {"prime_awards": prime or [], "sub_awards": sub or []}
    return {
        "columns": body.get("columns", []),
        "download_types": [name for name, types in levels.items() if types],
        "file_format": body.get("file_format", "csv"),
        "filters": {
            "agencies": filters["agencies"],
            "prime_and_sub_award_types": {
                "prime_awards": sorted(levels["prime_awards"]),
                "sub_awards": sorted(levels["sub_awards"]),
            },
            "time_period": [{"date_type": filters.get("date_type", "action_date"), **days}],
        },
        "request_type": "award",
    }


def _made(job: _Job, address: str) -> Json:
    return {
        "status_url": f"{address}/api/v2/download/status?file_name={job.name}",
        "file_name": job.name,
        "file_url": f"{address}{GENERATED}{job.name}",
        "download_request": json.loads(json.dumps(job.request)),
    }


def _within(
    awards: Iterable[StandingAward],
    rows_of: Callable[[StandingAward], Iterator[Row]],
    column: str,
    period: Mapping[str, str],
) -> list[Row]:
    rows = (row for award in awards for row in rows_of(award))
    start, end = period["start_date"], period["end_date"]
    return [row for row in rows if start <= row[column][:10] <= end]
