"""Requests of MuckRock: each with the files that the agency sent in answer.

Version 1 tells of a request as a whole; in version 2 its communications, their files, its agency
and jurisdiction are asked for apart. Source: MuckRock's published code, and recorded answers.
"""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from urllib.parse import urlencode

from archive.at_source import there_under
from archive.errors import SourceChanged
from archive.model import Refused
from crawlers.asking import Reply, Unusable
from crawlers.documentcloud.answers import Document, Standing, document_of
from crawlers.muckrock import answers
from crawlers.muckrock.answers import (
    Agency,
    Communication,
    Jurisdiction,
    ReleasedFile,
    Request,
)
from crawlers.muckrock.releasing import (
    case_of,
    page_of_request,
    place_of_file,
    released_by,
    title_of,
)
from crawlers.muckrock.times import day_of
from crawlers.papers.bringing import held_still
from crawlers.papers.paper import Outcome, Paper, Wanted
from crawlers.patience import is_json
from crawlers.releasing.question import MuckrockQuestion
from crawlers.spiders.releasing import PAGES_MAX, ReleasingSpider
from crawlers.usaspending.values import NotUnderstood
from crawlers.writing import Batch

T = TypeVar("T")
_ON_PAGE = re.compile(r"^(?P<page>.*-(?P<request>\d+)/)#file-(?P<file>\d+)$")
WHAT = "requests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Where a version of the service answers: its folder, and the names of what it lists."""

    folder: str
    requests: str
    agencies: str
    jurisdictions: str


V1 = Version(folder="/api_v1/", requests="foia", agencies="agency", jurisdictions="jurisdiction")
V2 = Version(
    folder="/api_v2/", requests="requests", agencies="agencies", jurisdictions="jurisdictions"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """To whom a request went; all empty where MuckRock does not tell."""

    agency: Agency | None = None
    jurisdiction: Jurisdiction | None = None
    state: str = ""


class Unread(Exception):
    """A request could not be read to its end; why is kept already."""


class MuckrockRequests(ReleasingSpider):
    """Walks the list of requests, each to its end, then looks again at what was seen long ago."""

    name = source = "muckrock_requests"
    question: MuckrockQuestion
    version: Version
    documentcloud: str  # where copies of files are asked for

    def __init__(self, *words: Any, **given: Any) -> None:
        super().__init__(*words, **given)
        self._who_is: dict[int, Who] = {}
        self._jurisdictions: dict[int, Jurisdiction | None] = {}

    async def _walk(self) -> AsyncIterator[Batch]:
        """Read page by page; where only what changed is asked for, up to where that ends."""
        before: list[int] = []
        for number in range(int(self.place.at or 1), PAGES_MAX + 1):
            self.place.at = str(number)
            reply = await self.ask("GET", self._list(number))
            page = self.expect(reply, answers.page_of)
            if not self.since:
                self.place.expected = {WHAT: page.count}
            requests = self._requests_on(reply, page)
            yield self.batch()
            for request in requests:
                if self._is_over(request):
                    return
                async for batch in self._read_new(request):
                    yield batch
                if 0 < self.question.limit <= self.place.total:
                    return
            if not page.has_next:
                return
            read = [one for one in self.place.done if one not in before]
            before = self.place.done = read
        raise SourceChanged(f"{self.name}: the list has more than {PAGES_MAX:,} pages.")

    def _list(self, number: int) -> str:
        asked = self.question.parameters(newest_first=bool(self.since))
        name = self.version.requests
        return f"{self.version.folder}{name}/?{urlencode({**asked, 'page': number})}"

    def _requests_on(self, reply: Reply, page: answers.Page) -> list[Request]:
        """Read the rows of a page; the answer is kept, with those that are not understood.

        Raises:
            Unusable: none is understood.
        """
        found, refused = [], []
        for place, row in enumerate(page.rows, 1):
            try:
                if answers.is_public(row):
                    found.append(answers.request_of(row))
                else:
                    self.place.left += 1
            except NotUnderstood as error:
                refused.append(Refused(place=place, subject="request", reason=str(error)))
        if refused and len(refused) == len(page.rows):
            raise Unusable(SourceChanged(f"{self.name}: {refused[0].reason}."), reply)
        self.keep(reply, *refused)
        return found

    def _is_over(self, request: Request) -> bool:
        """Ask whether a request, and all after it, changed before the days that are asked for."""
        updated_at = request.updated_at
        return bool(self.since and updated_at) and day_of(updated_at) < self.since

    async def _read_new(self, request: Request) -> AsyncIterator[Batch]:
        if request.number in self.place.done:
            return
        try:
            async for batch in self._read(request):
                yield batch
            self.count(WHAT, request.number)
        except Unread:
            self.place.done.append(request.number)
        yield self.batch()

    async def _read(self, request: Request, page: str = "") -> AsyncIterator[Batch]:
        """Bring the files of a request; those that are no longer among them are gone.

        `page` is where its files are known to be, if that is known.

        Raises:
            Unread: MuckRock does not tell of all of them.
        """
        who = await self._who(request.agency)
        if not page and not request.page and who.jurisdiction is None:
            raise Unread
        page = page or page_of_request(self.address, request, who.jurisdiction)
        files = await self._files_of(request)
        yield self.batch()
        for on, file in files:
            yield self.batch(await self._paper(request, who, page, on, file))
        places = {place_of_file(page, file.number) for _, file in files}
        held = await self.writer.ask(lambda archive: there_under(archive, self.source, f"{page}#"))
        yield self.batch(gone=[one.address for one in held if one.address not in places])

    async def _files_of(self, request: Request) -> list[tuple[str, ReleasedFile]]:
        """Give the files that the agency sent, each with the day of its letter."""
        told = request.communications
        if told is None:
            told = await self._communications(request.number)
        found: list[tuple[str, ReleasedFile]] = []
        for one in told:
            if one.is_response:
                found += [(one.on, file) for file in one.files or await self._files(one)]
        return found

    async def _communications(self, number: int) -> tuple[Communication, ...]:
        asked = {"foia": number, "response": "true", "page_size": 100}
        rows = await self._rows("communications", asked, answers.communication_of)
        return tuple(rows)

    async def _files(self, communication: Communication) -> list[ReleasedFile]:
        """Give the files that a communication names by their numbers."""
        if not communication.file_numbers:
            return []
        if communication.number:
            asked = {"communication": communication.number, "page_size": 100}
            return await self._rows("files", asked, answers.file_of)
        return [
            await self._one("files", one, answers.file_of) for one in communication.file_numbers
        ]

    async def _rows(self, name: str, asked: dict[str, Any], read: Callable[[object], T]) -> list[T]:
        """Give all rows of a list.

        Raises:
            Unread: an answer is missing, or not understood.
        """
        found: list[T] = []
        for number in range(1, PAGES_MAX + 1):
            path = f"{self.version.folder}{name}/?{urlencode({**asked, 'page': number})}"
            reply = await self.ask("GET", path)
            page = self._understood(reply, answers.page_of, path)
            found += self._understood(reply, lambda answer: answers.rows_of(answer, read), path)
            self.keep(reply)
            if not page.has_next:
                return found
        raise SourceChanged(f"{self.name}: {name} has more than {PAGES_MAX:,} pages.")

    async def _one(self, name: str, number: int, read: Callable[[object], T]) -> T:
        """Give one row by its number.

        Raises:
            Unread: the answer is missing, or not understood.
        """
        path = f"{self.version.folder}{name}/{number}/"
        reply = await self.ask("GET", path)
        found = self._understood(reply, read, path)
        self.keep(reply)
        return found

    def _understood(self, reply: Reply, read: Callable[[object], T], path: str) -> T:
        reason = reply.problem
        if not reason:
            try:
                return read(reply.content)
            except NotUnderstood as error:
                reason = str(error)
        self.keep_unread(reply, path, reason)
        raise Unread

    async def _who(self, number: int) -> Who:
        """Tell of an agency and where it is, asking once in a crawl."""
        if number not in self._who_is:
            self._who_is[number] = await self._asked_who(number)
        return self._who_is[number]

    async def _asked_who(self, number: int) -> Who:
        if not number:
            return Who()
        try:
            agency = await self._one(self.version.agencies, number, answers.agency_of)
            jurisdiction = await self._jurisdiction(agency.jurisdiction)
            above = jurisdiction
            if jurisdiction.level == "l" and jurisdiction.parent:
                above = await self._jurisdiction(jurisdiction.parent)
        except Unread:
            return Who()
        return Who(agency=agency, jurisdiction=jurisdiction, state=above.abbreviation)

    async def _jurisdiction(self, number: int) -> Jurisdiction:
        known = self._jurisdictions.get(number)
        if known is None:
            name = self.version.jurisdictions
            known = await self._one(name, number, answers.jurisdiction_of)
            self._jurisdictions[number] = known
        return known

    async def _paper(
        self, request: Request, who: Who, page: str, on: str, file: ReleasedFile
    ) -> Paper:
        """Bring a file: its copy at DocumentCloud, else itself, if the rules of its host let us."""
        by = released_by(who.agency, who.jurisdiction, who.state, file)
        wanted = Wanted(
            address=file.address or page,
            released=replace(
                by, released_on=on, case_number=case_of(request), title=title_of(request, file)
            ),
            name=place_of_file(page, file.number),
            is_lasting=True,
        )
        if (still := await held_still(self, wanted)) is not None:
            return still
        copy = await self._copy(file.document) if file.document else None
        if copy is not None:
            paper = await self.brought(replace(wanted, address=copy.file, sha1=copy.sha1))
            if paper.outcome in (Outcome.CAME, Outcome.SAME):
                return paper
        if not file.address:
            reason = "MuckRock names no address for it"
            return Paper(wanted=wanted, outcome=Outcome.NOT_GIVEN, reason=reason)
        return await self.brought(wanted)

    async def _copy(self, number: int) -> Document | None:
        """Tell of the copy at DocumentCloud; None where there is none for everybody."""
        reply = await self.ask("GET", f"{self.documentcloud}/api/documents/{number}/")
        if reply.problem:
            self.keep(reply)
            return None
        try:
            document = document_of(reply.content)
        except NotUnderstood as error:
            subject = f"documentcloud {number}"
            self.keep(reply, Refused(place=0, subject=subject, reason=str(error)))
            return None
        self.keep(reply)
        return document if document.standing is Standing.READY else None

    async def _look_again(self) -> AsyncIterator[Batch]:
        """Look again at requests whose files were seen long ago: they may have been withdrawn."""
        pages = dict.fromkeys(found for one in await self.due() if (found := _ON_PAGE.match(one)))
        numbers = {int(found["request"]): found["page"] for found in pages}
        for number, page in numbers.items():
            if number in self.place.done:
                continue
            self.place.again += 1
            try:
                async for batch in self._again(number, page):
                    yield batch
                self._failures = 0
            except Unread:
                pass
            self.place.done.append(number)
            yield self.batch()

    async def _again(self, number: int, page: str) -> AsyncIterator[Batch]:
        path = f"{self.version.folder}{self.version.requests}/{number}/"
        reply = await self.ask("GET", path)
        body = reply.answer.body
        is_gone = reply.answer.status == 404 and isinstance(body, bytes) and is_json(body)
        if is_gone or not self._understood(reply, answers.is_public, path):
            self.keep(reply)
            held = await self.writer.ask(lambda archive: there_under(archive, self.source, page))
            yield self.batch(gone=[one.address for one in held])
            return
        request = self._understood(reply, answers.request_of, path)
        self.keep(reply)
        async for batch in self._read(request, page):
            yield batch
