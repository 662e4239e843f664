"""Walks a reading room: its lists, the pages that these lead to, and the files on all of them."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from archive import clock
from archive.addresses import identity, is_address
from archive.at_source import There, addresses_due, there_under
from archive.captures import latest
from archive.errors import SourceChanged, SourceUnavailable
from archive.model import Refused
from archive.opening import Archive
from crawlers.asking import Forbidden, Reply, SentAway, Unusable
from crawlers.fetching import Tell
from crawlers.papers.bringing import bring
from crawlers.papers.paper import Outcome, Paper, Wanted
from crawlers.patience import AskedToStayAway, looks_like_challenge
from crawlers.rooms.declaring import GENERIC
from crawlers.rooms.naming import beneath, named_by_answer, released_of
from crawlers.rooms.paging import LOCATION, PageSpider, sent_away
from crawlers.rooms.place import Place
from crawlers.rooms.room import Room
from crawlers.rooms.sheets import Listed, Sheet, UnknownShape, read_sheet
from crawlers.writing import Batch, Captured

_PAGES_MAX = 5_000  # of one list; a room that never ends its pages is not followed further
_FAILURES_IN_A_ROW = 5
_DAY_S = 86_400
_EVERY = 1_000_000_000
_SHARE = 0.5  # of the files held that a room must list to be believed


class ReadingRoom(PageSpider):
    """Walks the levels of a room, depth first; each file is brought where it is listed."""

    name = "reading_room"
    room: Room
    place: Place
    limit: int
    unlisted_before: frozenset[str]
    folder: Any
    most_bytes: int
    tell_bytes: Tell
    tell: Callable[[int, float | None], None]

    def cursor(self) -> dict[str, Any]:
        """Give how far the crawl is; one that is interrupted walks the pages anew."""
        return self.place.how_far()

    async def steps(self) -> AsyncIterator[Batch]:
        """Walk the lists, then ask for the files that these no longer have."""
        self._held = {one.address for one in await self.writer.ask(self._there)}
        self._held_before = len(self._held)
        self._due = set(await self.writer.ask(self._seen_long_ago)) & self._held
        self._seen_pages: set[str] = set()
        self._failures = 0
        for start in self.room.start:
            async for batch in self._walk(0, Listed(address=start, identity=start)):
                yield batch
                if self._is_at_limit:
                    return
        if not self.place.listed:
            raise SourceChanged(
                f"{self.name}: its pages list no file that could be fetched. They are kept."
                f" {_ADVICE}"
            )
        async for batch in self._settle():
            yield batch

    def budget_for(self, address: str) -> None:
        """Give no budget: a room names no limit of a day, and is asked slowly."""

    def _there(self, archive: Archive) -> list[There]:
        """Give what is held of the room; the generic one is as many rooms as hosts.

        Files that somebody added under its name have no address, and are none of its lists.
        """
        parts = urlsplit(self.room.start[0])
        prefix = f"{parts.scheme}://{parts.netloc}/" if self.source == GENERIC else ""
        return [one for one in there_under(archive, self.source, prefix) if is_address(one.address)]

    def _seen_long_ago(self, archive: Archive) -> list[str]:
        before = clock.now(later_s=-self.room.again_days * _DAY_S)
        return addresses_due(archive, self.source, before, _EVERY)

    @property
    def _is_at_limit(self) -> bool:
        return 0 < self.limit <= self.place.asked

    async def _walk(self, number: int, first: Listed) -> AsyncIterator[Batch]:
        """Read a page of a level and those behind it, with all that they lead to."""
        parent = first if number else None
        page: Listed | None = first
        chain: set[str] = set()
        while page is not None:
            if page.identity in chain:
                raise _changed(self.name, page.address, "its pages lead back to it, in a circle")
            chain.add(page.identity)
            self._seen_pages.add(page.identity)
            if len(self._seen_pages) > _PAGES_MAX:
                raise SourceChanged(f"{self.name}: it has more than {_PAGES_MAX:,} pages.")
            sheet, batch = await self._look(number, page)
            yield batch
            if sheet is None:
                return
            async for batch in self._follow(number, sheet, parent):
                yield batch
                if self._is_at_limit:
                    return
            page = self._behind(sheet)

    def _behind(self, sheet: Sheet) -> Listed | None:
        address = sheet.next_page
        which = identity(address, self.room.marks) if address else ""
        return Listed(address=address, identity=which) if address else None

    async def _follow(
        self, number: int, sheet: Sheet, parent: Listed | None
    ) -> AsyncIterator[Batch]:
        """Bring the files of a page, and walk the pages that it leads to."""
        for one in sheet.files:
            async for batch in self._bring_listed(one, parent):
                yield batch
        for page in sheet.pages:
            if page.identity not in self._seen_pages:
                async for batch in self._walk(number + 1, beneath(page, parent)):
                    yield batch

    async def _look(self, number: int, page: Listed) -> tuple[Sheet | None, Batch]:
        """Ask for a page and read it; a page below the list that is not there is said, and left.

        Raises:
            Unusable: it is not what was declared, or the list is not there.
        """
        before = await self.writer.ask(lambda archive: self._before(archive, number, page))
        reply = await self.page(page.address)
        if reply.problem:
            return None, self._without(number, page, reply)
        body = reply.answer.body
        assert isinstance(body, bytes)  # noqa: S101 (only files are streamed)
        try:
            sheet = self._read(number, page, body, reply.answer.headers)
        except UnknownShape as error:
            if looks_like_challenge(body):
                raise sent_away(reply.answer) from error
            raise Unusable(_changed(self.name, page.address, str(error)), reply) from error
        if not sheet.files and not sheet.pages and looks_like_challenge(body):
            raise sent_away(reply.answer)
        self._note(page, sheet, before)
        refused = tuple(Refused(place=0, subject=page.address, reason=one) for one in sheet.odd)
        return sheet, self._step(Captured(answer=reply.answer, refused=refused))

    def _read(self, number: int, page: Listed, body: bytes, headers: Mapping[str, str]) -> Sheet:
        address = headers.get(LOCATION, page.address)
        return read_sheet(self.room, number, address, body, headers.get("Content-Type", ""))

    def _before(self, archive: Archive, number: int, page: Listed) -> Sheet | None:
        """Give what a page said when it was seen before, None where that is not known.

        A list is not asked about: its entries move from page to page.
        """
        if not number:
            return None
        kept = latest(archive, self.source, page.address)
        if kept is None or kept.status != 200 or not archive.files.holds(kept.sha256):
            return None
        try:
            body = archive.files.read(kept.sha256)
            return self._read(number, page, body, kept.headers)
        except UnknownShape:
            return None

    def _note(self, page: Listed, sheet: Sheet, before: Sheet | None) -> None:
        """Count a page, and hold its links against those of the last time."""
        self.place.pages += 1
        self.place.empty += not (sheet.files or sheet.pages)
        self.place.leave_alone(sheet.others)
        now = {one.identity for one in sheet.files}
        self.place.listed |= now
        was = {one.identity for one in before.files} if before else now
        if was != now:
            self.place.changed += 1
        self.place.unlinked |= was - now
        self.tell(len(self.place.listed), None)

    def _without(self, number: int, page: Listed, reply: Reply) -> Batch:
        """Say that a page gave no answer; without the list there is no crawl.

        Raises:
            Unusable: it is one of the list.
        """
        status, problem = reply.answer.status, reply.problem
        if status in (0, 429) or status >= 500:
            sentence = (
                f"{self.name}: {page.address} gives no answer ({problem}). Run the same command"
                " later."
            )
            raise Unusable(SourceUnavailable(sentence), reply)
        if number == 0:
            raise Unusable(_changed(self.name, page.address, problem), reply)
        refused = Refused(place=0, subject=page.address, reason=f"the page is not there: {problem}")
        return self._step(Captured(answer=reply.answer, refused=(refused,)))

    async def _bring_listed(self, one: Listed, parent: Listed | None) -> AsyncIterator[Batch]:
        """Bring a file that a page lists, unless it was seen lately."""
        is_fresh = one.identity in self._held and one.identity not in self._due
        if is_fresh or self._is_at_limit:
            return
        self._held.add(one.identity)
        self._due.discard(one.identity)
        released = released_of(self.room, one, parent)
        wanted = Wanted(address=one.address, name=one.identity, released=released)
        self.place.asked += 1
        paper = await self._brought(wanted)
        if paper.answer is not None:
            told = named_by_answer(released, paper.answer.headers)
            paper = replace(paper, wanted=replace(wanted, released=told))
        yield self._step(papers=(paper,))

    async def _brought(self, wanted: Wanted) -> Paper:
        """Bring a file; one that gets no answer keeps none of the others waiting.

        Raises:
            SourceUnavailable: the host wants us to stay away, or several in a row got no answer.
        """
        try:
            paper = await bring(self, wanted)
        except (SentAway, Forbidden):
            raise
        except SourceUnavailable as error:
            self._failures += 1
            is_told = isinstance(error.__cause__, AskedToStayAway)
            if is_told or self._failures >= _FAILURES_IN_A_ROW:
                raise
            return Paper(wanted=wanted, outcome=Outcome.UNANSWERED, reason=str(error))
        self._failures = 0
        return paper

    async def _settle(self) -> AsyncIterator[Batch]:
        """Ask for files that no page lists any more: whether they are at their addresses still.

        Raises:
            SourceChanged: so few files are listed that the room must look otherwise now.
        """
        listed, held = len(self.place.listed), self._held_before
        if self.room.lists_all and listed < held * _SHARE:
            raise SourceChanged(
                f"{self.name}: its pages list {listed:,} files, and {held:,} were known: fewer than"
                f" half. That is not believed; no file is called vanished. {_ADVICE}"
            )
        for one in self._missing():
            paper = await self._brought(Wanted(address=one))
            if paper.outcome is Outcome.GONE:
                self.place.note(f"{one} is no longer listed, and no longer there.")
            elif paper.outcome in (Outcome.SAME, Outcome.CAME):
                self.place.unlisted.append(one)
            yield self._step(papers=(paper,))

    def _missing(self) -> list[str]:
        """Give the files to ask for: those that went from lists or pages, and others that are due.

        A file that was missing the last time, and there, is in no hurry.
        """
        missing = self._held - self.place.listed
        went = missing - self.unlisted_before if self.room.lists_all else self.place.unlinked
        self.place.unlisted += sorted(missing & self.unlisted_before - self._due - went)
        return sorted(missing & (went | self._due))

    def _step(self, *captured: Captured, papers: tuple[Paper, ...] = ()) -> Batch:
        return Batch(captured=captured, cursor=self.cursor(), papers=papers)


_ADVICE = (
    "Look at its pages; if the room was rebuilt, say how it looks now in the file that"
    " PAPERWATCH_ROOMS names (docs/sources.md)."
)


def _changed(name: str, address: str, why: str) -> SourceChanged:
    return SourceChanged(f"{name}: {address}: {why}. The page is kept. {_ADVICE}")
