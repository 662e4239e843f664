"""What the download service answers: a job, how far it is, and which monthly files there are.

Sources: USAspending's API contracts `bulk_download/*.md` and `download/status.md`, recorded answers
of 2025, and answers of `list_agencies` and `list_monthly_files` as public programs print them (of
September 2026). Whatever has another shape is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawlers.usaspending.values import Members, NotUnderstood, day, whole_number, words

GOING = frozenset({"ready", "running", "queued", "resumed", "created", "uploading"})
_ENDED = frozenset({"finished", "failed"})
_HOME = "usaspending.gov"
_FULL = re.compile(r"FY(\d{4})_(\d{3,4})_Contracts_Full_(\d{4})(\d{2})(\d{2})\.zip")
_CHANGES = re.compile(r"FY\(All\)_(\d{3,4})_Contracts_Delta_(\d{4})(\d{2})(\d{2})\.zip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A file that the service makes: its name, and where it will be."""

    file: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a job is; `rows` is how many its file has, None before it is finished."""

    status: str
    message: str
    rows: int | None

    @property
    def is_going(self) -> bool:
        """Ask whether it has not ended yet."""
        return self.status in GOING


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyFile:
    """A file of the monthly archive; `year` is 0 of the file of changes, which has all years."""

    file: str
    address: str
    department: str
    year: int
    made_on: str


def job_of(answer: object, service: str) -> Job:
    """Read the answer to `bulk_download/awards/` of a service at an address.

    Raises:
        NotUnderstood: it is none, or its file is at a stranger's.
    """
    members = Members(answer, "")
    return Job(
        file=_text(members, "file_name"),
        address=_address(_text(members, "file_url"), service),
    )


def state_of(answer: object) -> State:
    """Read the answer to `download/status/`.

    Raises:
        NotUnderstood: it is none, or has a status that is not known.
    """
    members = Members(answer, "")
    status = _text(members, "status")
    if status not in GOING | _ENDED:
        raise NotUnderstood(f"status {status!r} is not known")
    return State(
        status=status,
        message=words(members.take("message"), "message") or "",
        rows=whole_number(members.take("total_rows"), "total_rows"),
    )


def agency_numbers(answer: object) -> dict[str, int]:
    """Read the service's own numbers of departments by their codes, from `list_agencies/`.

    Raises:
        NotUnderstood: it is no such list.
    """
    agencies = Members(answer, "").inside("agencies")
    if agencies is None:
        raise NotUnderstood("agencies is empty")
    numbers: dict[str, int] = {}
    for group in ("cfo_agencies", "other_agencies"):
        for row in _rows(agencies.take(group), group):
            members = Members(row, group)
            number = whole_number(members.take("toptier_agency_id"), "toptier_agency_id")
            if number is None:
                raise NotUnderstood("toptier_agency_id is empty")
            numbers[_text(members, "toptier_code")] = number
    return numbers


def monthly_files_of(answer: object, department: str, service: str) -> list[MonthlyFile]:
    """Read which files the archive has of a department, from `list_monthly_files/`.

    Raises:
        NotUnderstood: it is no such list, or a file has a name of another form or department.
    """
    rows = _rows(Members(answer, "").take("monthly_files"), "monthly_files")
    return [_monthly_file(Members(row, "monthly_files"), department, service) for row in rows]


def _monthly_file(row: Members, department: str, service: str) -> MonthlyFile:
    name = _text(row, "file_name")
    if full := _FULL.fullmatch(name):
        year, code, *made = full.groups()
    elif changes := _CHANGES.fullmatch(name):
        code, *made = changes.groups()
        year = "0"
    else:
        raise NotUnderstood(f"file_name {name!r} is not that of a monthly file of contracts")
    made_on = day("-".join(made), "file_name") or ""
    if code != department or day(row.take("updated_date"), "updated_date") != made_on:
        raise NotUnderstood(f"{name} is of another department or day than its row")
    address = _address(_text(row, "url"), service)
    return MonthlyFile(file=name, address=address, department=code, year=int(year), made_on=made_on)


def _text(members: Members, name: str) -> str:
    text = words(members.take(name), name)
    if text is None:
        raise NotUnderstood(f"{name} is empty")
    return text


def _rows(value: object, name: str) -> Sequence[object]:
    if not isinstance(value, list):
        raise NotUnderstood(f"{name} is not a list")
    return value


def _address(text: str, service: str) -> str:
    """Check where a file is: at the service itself, or at another host of its operators."""
    there, here = urlsplit(text), urlsplit(service)
    is_theirs = there.scheme == "https" and f".{there.hostname}".endswith(f".{_HOME}")
    if is_theirs or (there.scheme, there.netloc) == (here.scheme, here.netloc):
        return text
    raise NotUnderstood(f"its file is said to be at {text!r}, which is not a place of the service")
