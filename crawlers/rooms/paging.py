"""A spider that asks for pages of HTML, and follows them within their host."""

from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import scrapy

from archive.addresses import fetchable
from archive.errors import BadRequest
from archive.model import Answer
from crawlers.asking import AskingSpider, Reply, SentAway
from crawlers.patience import is_challenge
from crawlers.rooms.room import host_of

LOCATION = "Location"
_MOVED = (301, 302, 303, 307, 308)
_MOVES = 5


class PageSpider(AskingSpider):
    """Asks for pages, one at a time."""

    async def page(self, address: str) -> Reply:
        """Ask for a page, and follow it within its host.

        Raises:
            SourceUnavailable: no connection, a robots rule, or a page that sends us away.
        """
        asked = address
        for _ in range(_MOVES):
            reply = await self.ask_page(asked)
            moved_to = reply.answer.headers.get(LOCATION, "")
            if reply.answer.status not in _MOVED or not moved_to:
                break
            try:
                asked = fetchable(urljoin(asked, moved_to))
            except (BadRequest, ValueError):
                return replace(reply, problem=f"it has moved to {moved_to[:200]!r}, no address")
            if host_of(asked) != host_of(address):
                return replace(reply, problem=f"it has moved to {asked}, on another host")
        return replace(reply, answer=_at_first_address(reply.answer, address, asked))

    async def ask_page(self, address: str) -> Reply:
        """Ask for a page of HTML once; waiting and asking again is the middleware's.

        Raises:
            SourceUnavailable: no connection, a robots rule, or a page that sends us away.
        """
        headers, meta = {"Accept": "text/html"}, {"wants_page": True}
        request = scrapy.Request(address, headers=headers, dont_filter=True, meta=meta)
        response = await self._response(request)
        if isinstance(response, str):
            return Reply(answer=self._answer("GET", address, b"", None), problem=response)
        answer = self._answer("GET", address, b"", response)
        if response.status != 200 and is_challenge(response):
            raise sent_away(answer)
        problem = "" if response.status == 200 else f"status {response.status}"
        return Reply(answer=answer, problem=problem)


def sent_away(answer: Answer) -> SentAway:
    """Make the error of a page that wants to see a person; it is kept with the sentence."""
    return SentAway(
        f"{urlsplit(answer.address).netloc} answered {answer.address} ({answer.status}) with a page"
        " that sends us away. It is not bypassed; ask its operators, or try again another day.",
        answer,
    )


def _at_first_address(answer: Answer, address: str, moved_to: str) -> Answer:
    """Keep a page under the address that was asked for; where it moved to is a header of it."""
    headers = {name: said for name, said in answer.headers.items() if name != LOCATION}
    moved = {LOCATION: moved_to} if moved_to != address else {}
    return replace(answer, address=address, headers={**headers, **moved})
