"""Awards of USAspending: a search, and for each hit its detail, its actions and its sub-awards.

Source: https://api.usaspending.gov/docs/endpoints (API contracts, version of May 2026).
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from archive.errors import SourceChanged, SourceUnavailable
from archive.model import Refused, Statement
from crawlers.asking import AskingSpider, Reply
from crawlers.patience import is_json
from crawlers.usaspending.award import award_from_detail, with_history
from crawlers.usaspending.history import (
    Page,
    modifications_from_transactions,
    rows_of,
    subawards_from_answers,
)
from crawlers.usaspending.hits import Hits, counts_of, hits_of
from crawlers.usaspending.question import PAGE_ROWS, Period, Question, filters, search_body
from crawlers.usaspending.values import NotUnderstood
from crawlers.writing import Batch, Captured, History

API = "/api/v2/"
# Awards under way: more than are asked for at once, so that writing and asking overlap; what is
# read and not yet written when the process is killed is read again.
_AT_ONCE = 3
_PAGES_MAX = 1000  # of one award; a service that never ends its pages is not followed further
_ACTIONS_A_PAGE = 5000
_REPORTS_A_PAGE = 100
_FAILURES_IN_A_ROW = 5
AGAIN = "again"  # the group of awards that are read again


@dataclass(slots=True, kw_only=True)
class Place:
    """Where a crawl is: goes into the run's cursor, and comes back when it is resumed."""

    period: dict[str, str]
    expected: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    group: str = ""
    page: int = 1
    after: tuple[int, str] | None = None
    done: list[str] = field(default_factory=list)  # of this page and the one before
    unread: int = 0
    again: int = 0  # awards that were read again because it was long ago

    def as_dict(self) -> dict[str, Any]:
        """Give it for the cursor, as it is now."""
        return {
            "period": self.period,
            "expected": dict(self.expected),
            "found": dict(self.found),
            "group": self.group,
            "page": self.page,
            "after": self.after,
            "done": list(self.done),
            "unread": self.unread,
            "again": self.again,
        }

    @classmethod
    def of(cls, cursor: dict[str, Any]) -> "Place":
        """Go on from a cursor."""
        after = cursor.get("after")
        return cls(**{**cursor, "after": (after[0], after[1]) if after else None})


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRead:
    """What was read of one award; not whole when an answer was missing or not understood."""

    key: str
    captured: tuple[Captured, ...]
    is_whole: bool = True
    is_unanswered: bool = False
    not_understood: tuple[str, ...] = ()
    history: History | None = None


class UsaspendingAwards(AskingSpider):
    """Walks the groups one after the other, page by page; a page is left when it is read."""

    name = source = "usaspending_awards"
    question: Question
    period: Period
    place: Place
    window: int
    due: Sequence[str] = ()  # awards to read again when the search is walked
    tell: Callable[[int, float | None], None]
    turns_away: Callable[[int], bool]  # asked with the count before anything is read

    def cursor(self) -> dict[str, Any]:
        """Give where the crawl is."""
        return self.place.as_dict()

    async def steps(self) -> AsyncIterator[Batch]:
        """Count, then walk group by group, unless the count leads elsewhere."""
        if not self.place.expected:
            yield await self._count()
        if not self.place.found and self.turns_away(sum(self.place.expected.values())):
            async for batch in self._read_again():
                yield batch
            return
        if self.place.group == AGAIN and not self.place.found:
            self.place.group = ""  # it had turned away before
        groups = (*self.question.groups, AGAIN)
        begin = groups.index(self.place.group) if self.place.group else 0
        for group in groups[begin:-1]:
            if group != self.place.group:
                self.place.group, self.place.page, self.place.after = group, 1, None
                self.place.done = []
            async for batch in self._walk_group(group):
                yield batch
            if self._is_at_limit:
                return
        async for batch in self._read_again():
            yield batch

    async def _read_again(self) -> AsyncIterator[Batch]:
        """Read awards again whose last reading is long ago.

        Their last-modified dates need not move when sub-awards arrive or actions are deleted.
        """
        self.place.group, self.place.done = AGAIN, []
        for start in range(0, len(self.due), PAGE_ROWS):
            async for batch, read in self._each(self.due[start : start + PAGE_ROWS]):
                self.place.again += 1
                self.place.unread += read.is_unanswered
                yield replace(batch, cursor=self.place.as_dict())

    @property
    def _is_at_limit(self) -> bool:
        return 0 < self.question.limit <= sum(self.place.found.values())

    async def _count(self) -> Batch:
        """Ask how many awards there should be, before looking."""
        asked = {"filters": filters(self.question, self.period)}
        reply = await self.ask("POST", f"{API}search/spending_by_award_count/", asked)
        counts = self.expect(reply, counts_of)
        self.place.expected = {group: counts.get(group, 0) for group in self.question.groups}
        return Batch(captured=(Captured(answer=reply.answer),), cursor=self.place.as_dict())

    async def _walk_group(self, group: str) -> AsyncIterator[Batch]:
        """Read a group page by page, each from the last record of the one before.

        Page numbers alone would lose a row whenever an earlier one leaves the set, and end at the
        service's window; they stand in where a page names no last record.
        """
        before: list[str] = []
        while True:
            body = search_body(self.question, self.period, group, self.place.page, self.place.after)
            reply = await self.ask("POST", f"{API}search/spending_by_award/", body)
            hits = self.expect(reply, hits_of)
            yield Batch(captured=(Captured(answer=reply.answer),), cursor=self.place.as_dict())
            async for batch in self._read_page(group, self._fresh(hits)):
                yield batch
            if not hits.has_next or self._is_at_limit:
                return
            if hits.last is None and (self.place.page + 1) * PAGE_ROWS > self.window:
                raise SourceChanged(f"{self.name}: the search gives no last record to go on from.")
            read = [key for key in self.place.done if key not in before]
            before = self.place.done = read
            self.place.page, self.place.after = self.place.page + 1, hits.last

    def _fresh(self, hits: Hits) -> list[str]:
        """Leave out what was read: rows come twice, and move while we page."""
        keys = [key for key in dict.fromkeys(hits.keys) if key not in self.place.done]
        if self.question.limit:
            keys = keys[: self.question.limit - sum(self.place.found.values())]
        return keys

    async def _read_page(self, group: str, keys: Sequence[str]) -> AsyncIterator[Batch]:
        """Read the awards of a page; each is written when it is whole."""
        async for batch, read in self._each(keys):
            self.place.done.append(read.key)
            self.place.found[group] = self.place.found.get(group, 0) + 1
            self.place.unread += read.is_unanswered
            yield replace(batch, cursor=self.place.as_dict())
            self._tell()

    async def _each(self, keys: Sequence[str]) -> AsyncIterator[tuple[Batch, AwardRead]]:
        """Read awards a few at once, in the order in which they come."""
        failures, gate = 0, asyncio.Semaphore(_AT_ONCE)
        tasks = [asyncio.ensure_future(self._read_within(gate, key)) for key in keys]
        try:
            for task in asyncio.as_completed(tasks):
                read = await task
                failures = failures + 1 if read.is_unanswered else 0
                batch = Batch(
                    captured=read.captured,
                    cursor={},
                    awards=int(read.is_whole),
                    not_understood=read.not_understood,
                    history=read.history,
                )
                yield batch, read
                gate.release()
                if failures >= _FAILURES_IN_A_ROW:
                    raise SourceUnavailable(
                        f"{self.name}: {failures} awards in a row got no answer. Run the same"
                        " command later: it goes on where this one was."
                    )
        finally:
            for one in tasks:
                one.cancel()

    async def _read_within(self, gate: asyncio.Semaphore, key: str) -> AwardRead:
        """Read an award; its place at the gate is free again when it is written."""
        await gate.acquire()
        return await self.read_award(key)

    def _tell(self) -> None:
        found = sum(self.place.found.values())
        expected = self.question.limit or sum(self.place.expected.values())
        self.tell(found, found / expected if expected else None)

    async def read_award(self, key: str) -> AwardRead:
        """Read an award with its whole history; nothing of it is deposited by halves.

        An award without its history would show a false latest day, so it waits for the next run.
        """
        detail = await self.ask("GET", f"{API}awards/{quote(key, safe='')}/")
        if detail.problem:
            unread = _unread(key, detail)
            return replace(unread, history=_gone(key)) if _is_not_held(detail) else unread
        try:
            read = award_from_detail(detail.content)
        except NotUnderstood as error:
            return _refused(key, [detail], detail, str(error))
        award, left = read.statement, list(read.not_understood)
        actions = await self._pages("transactions/", key, _ACTIONS_A_PAGE, "action_date")
        reports: list[Reply] = []
        if award.fields.get("subaward_count"):
            reports = await self._pages("subawards/", key, _REPORTS_A_PAGE, "subaward_number")
        for reply in (*actions, *reports):
            if reply.problem:
                return _unread(key, reply, [detail, *actions, *reports])
        try:
            history = [modifications_from_transactions(one.content, award.key) for one in actions]
            subawards = subawards_from_answers([one.content for one in reports], award.key)
        except NotUnderstood as error:
            return _refused(key, [detail, *actions, *reports], detail, str(error))
        modifications = [one for page in history for one in page.statements]
        whole = with_history(award, modifications)
        for page in (*history, *subawards):
            left += page.not_understood
        return AwardRead(
            key=key,
            captured=(
                Captured(answer=detail.answer, statements=(whole,)),
                *_captured(actions, history),
                *_captured(reports, subawards),
            ),
            not_understood=tuple(dict.fromkeys(left)),
            history=_history(award.key, (*history, *subawards), modifications, subawards),
        )

    async def _pages(self, path: str, key: str, limit: int, sort: str) -> list[Reply]:
        """Ask for all pages of an award's rows; the last reply has a problem when one failed."""
        replies: list[Reply] = []
        for page in range(1, _PAGES_MAX + 1):
            asked = {"award_id": key, "limit": limit, "page": page, "sort": sort, "order": "asc"}
            reply = await self.ask("POST", API + path, asked)
            if not reply.problem:
                reply = _checked_page(reply)
            replies.append(reply)
            if reply.problem or not rows_of(reply.content)[1]:
                return replies
        raise SourceChanged(f"{self.name}: {path} of {key} has more than {_PAGES_MAX} pages.")


def _is_not_held(detail: Reply) -> bool:
    """Ask whether the service itself says that it has no such award, and not some page between."""
    body = detail.answer.body
    return detail.answer.status == 404 and isinstance(body, bytes) and is_json(body)


def _gone(key: str) -> History:
    return History(award_key=key, is_gone=True)


def _history(
    key: str, pages: Sequence[Page], modifications: Sequence[Statement], subawards: Sequence[Page]
) -> History | None:
    """Give what a whole history holds; None where a row was refused, for then it is not whole."""
    if any(page.refused for page in pages):
        return None
    return History(
        award_key=key,
        modifications=frozenset(one.key for one in modifications),
        subawards=frozenset(one.key for page in subawards for one in page.statements),
    )


def _checked_page(reply: Reply) -> Reply:
    """See that an answer is a page, so that paging can go on."""
    try:
        rows_of(reply.content)
    except NotUnderstood as error:
        return Reply(answer=reply.answer, content=reply.content, problem=str(error))
    return reply


def _captured(replies: Sequence[Reply], pages: Sequence[Page]) -> list[Captured]:
    return [
        Captured(answer=reply.answer, statements=page.statements, refused=page.refused)
        for reply, page in zip(replies, pages, strict=True)
    ]


def _unread(key: str, failed: Reply, replies: Sequence[Reply] = ()) -> AwardRead:
    """Keep the answers of an award that could not be read to its end."""
    read = _refused(key, replies or [failed], failed, failed.problem)
    is_unanswered = failed.answer.status != 404 and not isinstance(failed.content, dict)
    return AwardRead(key=key, captured=read.captured, is_whole=False, is_unanswered=is_unanswered)


def _refused(key: str, replies: Sequence[Reply], failed: Reply, reason: str) -> AwardRead:
    captured = [
        Captured(
            answer=one.answer,
            refused=(Refused(place=0, subject=key, reason=reason),) if one is failed else (),
        )
        for one in replies
    ]
    return AwardRead(key=key, captured=tuple(captured), is_whole=False)
