"""What the stand-in answers: the refusals and shapes of the real service, from a world.

Statuses and bodies follow the service's published contracts and source (version of May 2026).
"""

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from crawlers.standin.faults import Fault
from crawlers.standin.filtering import matching
from crawlers.standin.searching import hit
from crawlers.standin.world import Json, StandingAward, World
from crawlers.usaspending.codes import CATEGORIES, GROUPS

MESSAGE = (
    "For searches, time period start and end dates are currently limited to an earliest date of"
    " 2007-10-01.  For data going back to 2000-10-01, use either the Custom Award Download feature"
    " on the website or one of our download or bulk_download API endpoints as listed on"
    " https://api.usaspending.gov/docs/endpoints. "
)
EARLIEST = "2007-10-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: JSON, or a text or bytes of another kind."""

    status: int = 200
    json: Json = field(default_factory=dict)
    text: str = ""
    raw: bytes | None = None
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> bytes:
        """Give the body's bytes."""
        if self.raw is not None:
            return self.raw
        return (self.text or json.dumps(self.json)).encode()

    def changed(self, fault: Fault) -> "Reply":
        """Give what is answered instead, if the fault is one in the answer itself."""
        match fault.kind:
            case "status":
                kind = "text/html" if fault.body.startswith("<") else "application/json"
                wait = {"Retry-After": fault.retry_after} if fault.retry_after else {}
                raw = fault.body.encode()
                return Reply(status=fault.status, raw=raw, kind=kind, headers=wait)
            case "html":
                return replace(self, raw=fault.body.encode(), kind="text/html")
            case "truncated":
                whole = self.content()
                return replace(self, raw=whole[: len(whole) // 2])
            case "duplicate":
                rows = self.json["results"]
                return replace(self, json=self.json | {"results": rows[:1] + rows})
            case "without":
                return replace(self, json=self._without(fault.body))
            case _:
                return self

    def _without(self, member: str) -> Json:
        """Give the JSON without a member, in its results where it has some."""
        less = copy.deepcopy(self.json)
        for place in less.get("results", [less]):
            place.pop(member, None)
        return less


class Refusal(Exception):
    """The request is refused as the real service refuses it."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def refusal(status: int, detail: str | Json) -> Reply:
    """Make an error answer: `detail` is a sentence, sometimes an object."""
    return Reply(status=status, json={"detail": detail})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Answers routes from a world; `window` is the last row that page numbers reach."""

    world: World
    window: int
    posts: ClassVar[Mapping[str, str]] = {
        "search/spending_by_award": "search",
        "search/spending_by_award_count": "count",
        "transactions/": "transactions",
        "subawards/": "subawards",
    }

    def reply(self, method: str, route: str, body: Json, *, shift: int = 0) -> Reply:
        """Answer one route, path after `/api/v2/`, decoded."""
        name = self.posts.get(route) or self.posts.get(route.removesuffix("/"))
        if name is not None:
            if method != "POST":
                return refusal(405, f'Method "{method}" not allowed.')
            try:
                if name == "search":
                    return self.search(body, shift=shift)
                answer: Callable[[Json], Reply] = getattr(self, name)
                return answer(body)
            except Refusal as refused:
                return refused.reply
        return self.get(route)

    def get(self, route: str) -> Reply:
        """Answer `awards/<id>/`, the counts beside it, and `awards/last_updated/`."""
        match route.split("/"):
            case ["awards", "last_updated", ""]:
                return Reply(json={"last_updated": self.world.last_updated})
            case ["awards", "count", ("transaction" | "subaward") as what, asked, ""]:
                award = self._award(asked)
                if award is not None:
                    rows = getattr(award, f"{what}s")
                    return Reply(json={f"{what}s": len(rows)})
            case ["awards", asked, ""]:
                award = self._award(asked)
                if award is not None:
                    return Reply(json=award.detail)
                return refusal(404, f"No Award found with: '{asked}'")
        return Reply(status=404, text="<h1>Not Found</h1>", kind="text/html")

    def search(self, body: Json, *, shift: int) -> Reply:
        """Answer `search/spending_by_award`: asked fields, pages, a cursor; never a total."""
        filters, fields = _filters(body), body.get("fields")
        if not fields:
            raise Refusal(refusal(422, "Missing value: 'fields' is a required field"))
        group, sort = _group(filters), body.get("sort", fields[0])
        if sort not in fields:
            sentence = f"Sort value '{sort}' not found in requested fields: {fields}"
            raise Refusal(refusal(400, sentence))
        limit, page = _whole(body, "limit", 10, 100), _whole(body, "page", 1, None)
        last, value = body.get("last_record_unique_id"), body.get("last_record_sort_value")
        if (last is None) != (value is None):
            raise Refusal(Reply(status=500, text="<h1>Server Error (500)</h1>", kind="text/html"))
        if last is None and limit * page > self.window:
            raise Refusal(refusal(422, f"Page #{page} with limit {limit} is over the maximum"))
        awards = matching(self.world.awards.values(), filters, CATEGORIES[group])
        hits = [hit(award.detail, award.transactions) for award in awards]
        rank = _ranking(sort)
        hits.sort(key=rank, reverse=body.get("order", "desc") == "desc")
        start = (page - 1) * limit - (shift if page > 1 else 0)
        if last is not None:
            start = 1 + next(i for i, one in enumerate(hits) if one["internal_id"] == int(last))
        rows, has_next = hits[start : start + limit], start + limit < len(hits)
        return Reply(json=_search_answer(rows, fields, limit, page, sort, has_next=has_next))

    def count(self, body: Json) -> Reply:
        """Answer `search/spending_by_award_count`: how many of each group match."""
        filters = _filters(body, needs_types=False)
        counts = dict.fromkeys(
            ("grants", "loans", "contracts", "direct_payments", "other", "idvs"), 0
        )
        for group, category in CATEGORIES.items():
            counts[group] = len(matching(self.world.awards.values(), filters, category))
        return Reply(json={"results": counts, "spending_level": "awards", "messages": [MESSAGE]})

    def transactions(self, body: Json) -> Reply:
        """Answer `transactions/`: the actions of one award."""
        award = self._asked_award(body)
        return _paged(body, award.transactions, default_sort="action_date", most=5000)

    def subawards(self, body: Json) -> Reply:
        """Answer `subawards/`: the reports under one award, or under all."""
        if body.get("award_id") is None:
            rows = [row for award in self.world.awards.values() for row in award.subawards]
        else:
            rows = self._asked_award(body).subawards
        return _paged(body, rows, default_sort="subaward_number", most=100)

    def _asked_award(self, body: Json) -> StandingAward:
        asked = body.get("award_id")
        if asked is None:
            raise Refusal(refusal(422, "Missing value: 'award_id' is a required field"))
        award = self._award(str(asked))
        if award is None:
            raise Refusal(refusal(404, f"No Award found with: '{asked}'"))
        return award

    def _award(self, asked: str) -> StandingAward | None:
        if asked.isdecimal():
            rows = (one for one in self.world.awards.values() if one.detail["id"] == int(asked))
            return next(rows, None)
        return self.world.awards.get(asked)


def _filters(body: Json, *, needs_types: bool = True) -> Json:
    """Check the filters as the service does before it searches."""
    filters: Json = body.get("filters") or {}
    if needs_types and not filters.get("award_type_codes"):
        sentence = "Missing value: 'filters|award_type_codes' is a required field"
        raise Refusal(refusal(422, sentence))
    if any(len(word) < 3 for word in filters.get("keywords", ())):
        raise Refusal(refusal(422, "Field 'filters|keywords' value is below min '3'"))
    for period in filters.get("time_period", ()):
        if min(period["start_date"], period["end_date"]) < EARLIEST:
            raise Refusal(refusal(422, f"Value is before the earliest date {EARLIEST}"))
    return filters


def _group(filters: Json) -> str:
    asked = set(filters["award_type_codes"])
    for group, codes in GROUPS.items():
        if asked <= set(codes):
            return group
    detail = {
        "message": "'award_type_codes' must only contain types from one group.",
        "award_type_groups": {group: dict(codes) for group, codes in GROUPS.items()},
    }
    raise Refusal(refusal(422, detail))


def _whole(body: Json, name: str, default: int, most: int | None) -> int:
    value = body.get(name, default)
    if not isinstance(value, int):
        sentence = f"Invalid value in '{name}'. '{value}' is not a valid type (integer)"
        raise Refusal(refusal(400, sentence))
    if most is not None and value > most:
        raise Refusal(refusal(422, f"Field '{name}' value '{value}' is above max '{most}'"))
    if value < 1:
        raise Refusal(refusal(422, f"Field '{name}' value '{value}' is below min '1'"))
    return value


def _ranking(sort: str) -> Callable[[Json], tuple[bool, Any, int]]:
    """Rank rows by a field, nothing first, ties by the service's own row number."""

    def rank(row: Json) -> tuple[bool, Any, int]:
        value = row.get(sort)
        return (value is not None, value if value is not None else "", row["internal_id"])

    return rank


def _search_answer(
    rows: list[Json], fields: list[str], limit: int, page: int, sort: str, *, has_next: bool
) -> Json:
    always = ("internal_id", "generated_internal_id")
    with_agency = ("awarding_agency_id", "agency_slug") if "Awarding Agency" in fields else ()
    names = dict.fromkeys((*always, *fields, *with_agency))
    last = rows[-1] if rows and has_next else None
    return {
        "spending_level": "awards",
        "limit": limit,
        "results": [{name: row.get(name) for name in names} for row in rows],
        "page_metadata": {
            "page": page,
            "hasNext": has_next,
            "last_record_unique_id": last["internal_id"] if last else None,
            "last_record_sort_value": str(last[sort]) if last else "None",
        },
        "messages": [MESSAGE],
    }


def _paged(body: Json, rows: list[Json], *, default_sort: str, most: int) -> Reply:
    limit, page = _whole(body, "limit", 10, most), _whole(body, "page", 1, None)
    sort = body.get("sort", default_sort)
    ordered = sorted(
        rows,
        key=lambda row: (row.get(sort) is not None, row.get(sort) or "", str(row["id"])),
        reverse=body.get("order", "desc") == "desc",
    )
    start = (page - 1) * limit
    has_next = start + limit < len(ordered)
    metadata = {
        "page": page,
        "next": page + 1 if has_next else None,
        "previous": page - 1 if page > 1 else None,
        "hasNext": has_next,
        "hasPrevious": page > 1,
    }
    return Reply(json={"page_metadata": metadata, "results": ordered[start : start + limit]})
