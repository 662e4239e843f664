"""Documents of DocumentCloud: a search, and the PDF of each document that everybody may see.

Source: its published code and documentation, and recorded answers (docs/decisions.md).
"""

from collections.abc import AsyncIterator
from urllib.parse import urlencode, urlsplit

from archive.at_source import There, there_under
from archive.errors import BadRequest, Damaged, NotFound, SourceChanged
from archive.model import Refused
from archive.opening import Archive
from crawlers.asking import Reply, Unusable
from crawlers.documentcloud.answers import (
    Document,
    Hits,
    Standing,
    document_of,
    hits_of,
    number_in,
    prefix_of,
    released,
)
from crawlers.papers.looking import sha1_of
from crawlers.papers.paper import Outcome, Paper, Wanted
from crawlers.patience import is_json
from crawlers.releasing.question import DocumentcloudQuestion
from crawlers.spiders.releasing import PAGES_MAX, ReleasingSpider
from crawlers.usaspending.values import NotUnderstood
from crawlers.writing import Batch

WHAT = "documents"
_API = "/api/documents/"
_ROWS, _ROWS_WITH_TOKEN = 25, 100


class DocumentcloudDocuments(ReleasingSpider):
    """Walks a search by its cursor, then looks at what was under way, or was seen long ago."""

    name = source = "documentcloud_documents"
    question: DocumentcloudQuestion
    under_way: tuple[int, ...] = ()  # documents that their service still worked on the last time

    async def _walk(self) -> AsyncIterator[Batch]:
        """Read page by page; the next one's address is followed as it is given."""
        before: list[int] = []
        for _ in range(PAGES_MAX):
            reply = await self.ask("GET", self.place.at or self._first())
            hits = self.expect(reply, hits_of)
            if hits.is_escaped:
                raise Unusable(self._not_understood(), reply)
            if not self.place.expected and hits.count is not None:
                self.place.expected = {WHAT: hits.count}
            documents = self._documents_on(reply, hits)
            yield self.batch()
            for document in documents:
                if document.number in self.place.done:
                    continue
                if document.standing is Standing.LEFT:
                    self.place.left += 1
                    self.place.done.append(document.number)
                    continue
                papers = await self._paper(document)
                self.count(WHAT, document.number)
                yield self.batch(*papers)
                if 0 < self.question.limit <= self.place.total:
                    return
            if not hits.rows or not hits.following:
                return
            self._check_following(reply, hits.following)
            read = [one for one in self.place.done if one not in before]
            before = self.place.done = read
            self.place.at = hits.following
        raise SourceChanged(f"{self.name}: the search has more than {PAGES_MAX:,} pages.")

    def _first(self) -> str:
        asked = {
            "q": self.question.words_since(self.since),
            "sort": "created_at",
            "per_page": _ROWS_WITH_TOKEN if self.token or self.account else _ROWS,
            "version": "2.0",
        }
        return f"{_API}search/?{urlencode(asked)}"

    def _not_understood(self) -> BadRequest:
        return BadRequest(
            f"{self.name}: DocumentCloud cannot read the question"
            f" {self.question.words_since(self.since)!r}, and searched for its letters instead."
            " Mend its quotation marks, brackets and colons."
        )

    def _check_following(self, reply: Reply, following: str) -> None:
        """See that the next page is another one of the same service.

        Raises:
            Unusable: it is not.
        """
        asked = self.place.at or f"{self.address}{self._first()}"
        if following == asked:
            reason = f"{self.name}: the page after {asked} is that page again."
        elif urlsplit(following)[:2] != urlsplit(self.address)[:2]:
            reason = f"{self.name}: the next page {following} is not of {self.address}."
        else:
            return
        raise Unusable(SourceChanged(reason), reply)

    def _documents_on(self, reply: Reply, hits: Hits) -> list[Document]:
        """Read the rows of a page; the answer is kept, with those that are not understood.

        Raises:
            Unusable: none is understood.
        """
        found, refused = [], []
        for place, row in enumerate(hits.rows, 1):
            try:
                found.append(document_of(row))
            except NotUnderstood as error:
                refused.append(Refused(place=place, subject="document", reason=str(error)))
        if refused and not found:
            raise Unusable(SourceChanged(f"{self.name}: {refused[0].reason}."), reply)
        self.keep(reply, *refused)
        return found

    async def _paper(self, document: Document) -> list[Paper]:
        """Bring the PDF of a document; nothing where it is not for everybody, or not ready."""
        if document.standing is Standing.WAITS:
            self.place.waiting.append(document.number)
        if document.standing is not Standing.READY:
            return []
        page = document.page
        there = await self.writer.ask(lambda archive: self._there(archive, document))
        # Its page has its title in the address, and is known by the first one.
        wanted = Wanted(
            address=document.file,
            released=released(document),
            name=there.address if there is not None else page,
            sha1=document.sha1,
        )
        if there is not None and there.sha256:
            return [Paper(wanted=wanted, outcome=Outcome.SAME, sha256=there.sha256)]
        return [await self.brought(wanted)]

    def _there(self, archive: Archive, document: Document) -> There | None:
        """Give the release that is known of a document; with its hash where nothing changed.

        That is so where the SHA-1 that its source names now is that of the bytes that are held.
        """
        known = there_under(archive, self.source, prefix_of(document.page))
        if not known:
            return None
        there = known[0]
        try:
            is_same = bool(document.sha1) and (
                sha1_of(archive.files.path(there.sha256)) == document.sha1
            )
        except (NotFound, Damaged):
            is_same = False
        return There(address=there.address, sha256=there.sha256 if is_same else "")

    async def _look_again(self) -> AsyncIterator[Batch]:
        """Look at documents that were under way, and at those that were seen long ago."""
        pages = {number_in(one): one for one in await self.due()}
        numbers = dict.fromkeys([*self.under_way, *filter(None, pages)])
        for number in numbers:
            if number in self.place.done:
                continue
            self.place.again += 1
            gone, papers = await self._again(number, pages.get(number, ""))
            self.place.done.append(number)
            yield self.batch(*papers, gone=gone)

    async def _again(self, number: int, page: str) -> tuple[list[str], list[Paper]]:
        """Give what is gone of a document, or the file that came of it."""
        reply = await self.ask("GET", f"{_API}{number}/")
        held = [page] if page else []
        body = reply.answer.body
        if reply.answer.status == 404 and isinstance(body, bytes) and is_json(body):
            self.keep(reply)
            return held, []
        reason = reply.problem
        if not reason:
            try:
                document = document_of(reply.content)
            except NotUnderstood as error:
                reason = str(error)
            else:
                self.keep(reply)
                self._failures = 0
                is_left = document.standing is Standing.LEFT
                return held if is_left else [], await self._paper(document)
        self.keep_unread(reply, f"document {number}", reason)
        return [], []
