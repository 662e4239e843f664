"""What MuckRock's answers say: pages of rows, requests, communications, files, agencies.

Both versions are understood; what was recorded of them is told in docs/decisions.md. No name of a
requester is read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from crawlers.muckrock.times import day_of, moment
from crawlers.usaspending.values import (
    Members,
    NotUnderstood,
    whole_number,
    without_contacts,
    words,
)

T = TypeVar("T")
_LEVELS = ("f", "s", "l")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of rows; `count` is of all pages."""

    rows: tuple[Any, ...]
    count: int
    has_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFile:
    """A file of a request; `document` is the number of its copy at DocumentCloud, 0 for none."""

    number: int
    address: str
    title: str
    source: str
    document: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Communication:
    """A letter or mail. In version 1 its files are in it, in version 2 their numbers.

    `number` is 0 where the answer says none: so in version 1, and in early answers of version 2.
    """

    number: int
    on: str
    is_response: bool
    files: tuple[ReleasedFile, ...]
    file_numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that everybody may see; `communications` is None where they are asked for apart.

    `page` is its public address, '' where the answer does not say it.
    """

    number: int
    title: str
    slug: str
    agency: int
    tracking_id: str
    page: str
    updated_at: datetime | None
    communications: tuple[Communication, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency, by the name and the jurisdiction that MuckRock gives it."""

    name: str
    jurisdiction: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """A jurisdiction; `level` is f, s or l: federal, state, local. `parent` is 0 for none."""

    number: int
    name: str
    slug: str
    abbreviation: str
    level: str
    parent: int


def page_of(answer: object) -> Page:
    """Read the envelope of a list.

    Raises:
        NotUnderstood: it is no page, or one without rows that says there are some.
    """
    members = Members(answer, "")
    rows, count = members.take("results"), whole_number(members.take("count"), "count")
    following = members.take("next")
    if not isinstance(rows, list) or count is None:
        raise NotUnderstood("the answer is not a page of results")
    if following is not None and not isinstance(following, str):
        raise NotUnderstood(f"next {following!r} is neither an address nor null")
    if not rows and (count and following):
        raise NotUnderstood(f"the page has no rows, though {count:,} are counted and more follow")
    return Page(rows=tuple(rows), count=count, has_next=bool(following))


def rows_of(answer: object, read: Callable[[object], T]) -> list[T]:
    """Read all rows of a page.

    Raises:
        NotUnderstood: one is not understood.
    """
    return [read(row) for row in page_of(answer).rows]


def is_public(row: object) -> bool:
    """Ask whether everybody may see a request; older answers say it in two members.

    Raises:
        NotUnderstood: the row does not say it.
    """
    members = Members(row, "")
    status = members.take_if_there("embargo_status")
    if status is not None:
        return bool(status == "public")
    flags = [members.take(name) for name in ("embargo", "permanent_embargo")]
    if not all(isinstance(one, bool) for one in flags):
        raise NotUnderstood(f"embargo {flags!r} is neither true nor false")
    return not any(flags)


def request_of(row: object) -> Request:
    """Read a request.

    Raises:
        NotUnderstood: it is none.
    """
    members = Members(row, "")
    told = members.take_if_there("communications")
    return Request(
        number=_number(members.take("id"), "id"),
        title=_title(members.take("title"), "title"),
        slug=words(members.take("slug"), "slug") or "",
        agency=whole_number(members.take("agency"), "agency") or 0,
        tracking_id=words(members.take("tracking_id"), "tracking_id") or "",
        page=words(members.take_if_there("absolute_url"), "absolute_url") or "",
        updated_at=moment(members.take("datetime_updated"), "datetime_updated"),
        communications=None if told is None else _each(told, "communications", communication_of),
    )


def communication_of(row: object) -> Communication:
    """Read a communication.

    Raises:
        NotUnderstood: it is none.
    """
    members = Members(row, "")
    response = members.take("response")
    if not isinstance(response, bool):
        raise NotUnderstood(f"response {response!r} is neither true nor false")
    files = members.take("files")
    if not isinstance(files, list):
        raise NotUnderstood(f"files {files!r} is not a list")
    is_nested = any(isinstance(one, dict) for one in files)
    return Communication(
        number=whole_number(members.take_if_there("id"), "id") or 0,
        on=day_of(moment(members.take("datetime"), "datetime")),
        is_response=response,
        files=_each(files, "files", file_of) if is_nested else (),
        file_numbers=() if is_nested else tuple(_number(one, "files") for one in files),
    )


def file_of(row: object) -> ReleasedFile:
    """Read a file.

    Raises:
        NotUnderstood: it is none.
    """
    members = Members(row, "")
    return ReleasedFile(
        number=_number(members.take("id"), "id"),
        address=_address(members.take("ffile")),
        title=_title(members.take("title"), "title"),
        source=words(members.take("source"), "source") or "",
        document=document_number(members.take("doc_id")),
    )


def document_number(value: object) -> int:
    """Read the number in front of a `doc_id` ("23317465-pdf-a-234"); nothing is 0.

    Raises:
        NotUnderstood: it begins with no number.
    """
    text = words(value, "doc_id")
    if text is None:
        return 0
    number = text.partition("-")[0]
    if not (number.isascii() and number.isdecimal()):
        raise NotUnderstood(f"doc_id {text!r} begins with no number")
    return int(number)


def agency_of(answer: object) -> Agency:
    """Read an agency.

    Raises:
        NotUnderstood: it is none.
    """
    members = Members(answer, "")
    name = words(members.take("name"), "name")
    if name is None:
        raise NotUnderstood("name is empty")
    return Agency(name=name, jurisdiction=_number(members.take("jurisdiction"), "jurisdiction"))


def jurisdiction_of(answer: object) -> Jurisdiction:
    """Read a jurisdiction.

    Raises:
        NotUnderstood: it is none, or of a level that is not known.
    """
    members = Members(answer, "")
    level = members.take("level")
    if level not in _LEVELS:
        raise NotUnderstood(f"level {level!r} is not known (known: {', '.join(_LEVELS)})")
    return Jurisdiction(
        number=_number(members.take("id"), "id"),
        name=words(members.take("name"), "name") or "",
        slug=words(members.take("slug"), "slug") or "",
        abbreviation=words(members.take("abbrev"), "abbrev") or "",
        level=level,
        parent=whole_number(members.take("parent"), "parent") or 0,
    )


def _each(rows: object, name: str, read: Callable[[object], T]) -> tuple[T, ...]:
    if not isinstance(rows, list):
        raise NotUnderstood(f"{name} is not a list")
    return tuple(read(row) for row in rows)


def _number(value: object, name: str) -> int:
    number = whole_number(value, name)
    if number is None:
        raise NotUnderstood(f"{name} is empty")
    return number


def _title(value: object, name: str) -> str:
    """Read a title, which people type: with personal numbers and contacts masked."""
    return " ".join(without_contacts(words(value, name) or "").split())


def _address(value: object) -> str:
    """Read the address of a file; '' where its record has lost it."""
    text = words(value, "ffile") or ""
    if text and not text.startswith(("http://", "https://")):
        raise NotUnderstood(f"ffile {text!r} is not a web address")
    return text
