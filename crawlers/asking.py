"""The base of our spiders: one question at a time, each answer kept whatever it is."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar
from urllib.parse import urlsplit

import scrapy
from scrapy.exceptions import (
    CannotResolveHostError,
    CloseSpider,
    DownloadConnectionRefusedError,
    IgnoreRequest,
)
from scrapy.http import Response

from archive import clock
from archive.errors import PaperwatchError, SourceChanged, SourceUnavailable
from archive.model import Answer, Refused
from crawlers.budgeting import Budget
from crawlers.fetching import Part
from crawlers.patience import AskedToStayAway, is_challenge
from crawlers.usaspending.values import NotUnderstood
from crawlers.writing import Batch, Captured, Writer

# What is kept of an answer's headers: the rest changes with every request and says nothing.
_HEADERS = (
    *("Content-Type", "Last-Modified", "ETag", "Retry-After"),
    *("Content-Disposition", "Location"),
)

_BY_RULES = "robots.txt"  # in Scrapy's words for what its rules forbid

_NONE: Mapping[str, str] = {}

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer as it is kept, what its JSON says, and what is wrong with it ('' = nothing)."""

    answer: Answer
    content: Any = None
    problem: str = ""


class SentAway(SourceUnavailable):
    """An answer that wants us to stay away; it is kept with the reason."""

    def __init__(self, sentence: str, answer: Answer) -> None:
        super().__init__(sentence)
        self.answer = answer


class Forbidden(SourceUnavailable):
    """The robots rules of a host do not let us ask for an address; nothing was asked."""


class NoMore(SourceUnavailable):
    """A file does not come to its end, whichever part of it was asked for."""


class Unusable(Exception):
    """An answer without which the crawl cannot go on; it is kept with the reason."""

    def __init__(self, error: PaperwatchError, reply: Reply) -> None:
        super().__init__(str(error))
        self.error = error
        self.reply = reply


class AskingSpider(scrapy.Spider):
    """A spider that asks by coroutines and gives batches to the writer, in order.

    `stopped_by` is the error that ended it early; `is_finished` tells that it came to its end.
    """

    source = ""
    address = ""
    writer: Writer
    budget: Budget
    stopped_by: Exception | None = None
    is_finished = False
    turned_away = 0  # files that hosts did not give us, in a row
    cut_off = 0  # files that came to no end, in a row

    async def start(self) -> AsyncIterator[Any]:
        """Walk the source; nothing is scheduled, so that awards are read whole, in order."""
        for nothing in await self._walk_to_the_end():
            yield nothing

    async def walk(self) -> AsyncIterator[Batch]:
        """Give the batches to write, in order."""
        try:
            async for batch in self.steps():
                yield batch
        except Unusable as failed:
            refused = Refused(place=0, subject=self.name, reason=str(failed.error))
            captured = Captured(answer=failed.reply.answer, refused=(refused,))
            yield Batch(captured=(captured,), cursor=self.cursor())
            raise failed.error from failed

    def steps(self) -> AsyncIterator[Batch]:
        """Give what each step of the walk brings."""
        raise NotImplementedError

    async def _walk_to_the_end(self) -> list[Any]:
        try:
            async for batch in self.walk():
                await self.writer.write(batch)
            self.is_finished = True
        except Exception as error:  # Scrapy would log it; the command has to say it
            self.stopped_by = error
            if isinstance(error, SentAway):
                await self._keep(error)
        # Else the engine finds out only at its next heartbeat that nothing is left: 5 seconds.
        raise CloseSpider("walked to the end")

    def cursor(self) -> dict[str, Any]:
        """Give where the walk is, to go on from."""
        raise NotImplementedError

    async def _keep(self, error: SentAway) -> None:
        refused = Refused(place=0, subject=self.name, reason=str(error))
        captured = Captured(answer=error.answer, refused=(refused,))
        await self.writer.write(Batch(captured=(captured,), cursor=self.cursor()))

    def expect(self, reply: Reply, read: Callable[[Any], T]) -> T:
        """Read an answer without which the crawl cannot go on.

        Raises:
            Unusable: there was none, or it is not understood.
        """
        status, asked = reply.answer.status, reply.answer.address
        if reply.problem and (status in (0, 200, 429) or status >= 500):
            sentence = (
                f"{self._host} gives no answer to {asked} ({reply.problem}). Run the same command"
                " later: it goes on where this one was."
            )
            raise Unusable(SourceUnavailable(sentence), reply)
        reason = reply.problem
        if not reason:
            try:
                return read(reply.content)
            except NotUnderstood as error:
                reason = str(error)
        raise Unusable(SourceChanged(f"{self.name}: {asked}: {reason}."), reply)

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Reply:
        """Ask one question; waiting and asking again is the middleware's.

        `path` is one of the service, or a whole address, which its answers gave.

        Raises:
            SourceUnavailable: no connection, a robots rule, or an answer that sends us away.
        """
        sent = json.dumps(body, separators=(",", ":")).encode() if body is not None else b""
        accepted = {"Accept": "application/json", "Content-Type": "application/json"}
        url = path if "://" in path else f"{self.address}{path}"
        request = scrapy.Request(
            url,
            method=method,
            body=sent,
            headers={**accepted, **self.credentials(url)},
            dont_filter=True,
            meta={"wants_json": True},
        )
        response = await self._response(request)
        if isinstance(response, str):
            return Reply(answer=self._answer(method, request.url, sent, None), problem=response)
        return self._reply(self._answer(method, request.url, sent, response), response)

    def credentials(self, _address: str) -> dict[str, str]:
        """Give the headers that let us in there; they are not kept, and no file is asked so."""
        return {}

    def refusal_of(self, _response: Response) -> PaperwatchError | None:
        """Give what is wrong where an answer turns away us, and not whoever asks; else None."""
        return None

    def budget_for(self, _address: str) -> Budget | None:
        """Give what a request to an address is counted under; None = not counted."""
        return self.budget

    async def fetch(self, part: Part, conditions: Mapping[str, str] = _NONE) -> Reply:
        """Fetch a file into a part; it goes on after cuts for as long as each try brings more.

        `conditions` are headers by which a service says that nothing changed (304).

        The answer's body is empty where there is no problem: the bytes are in the part.

        Raises:
            SourceUnavailable: no connection, a robots rule, or no end of the file.
        """
        # A packed answer could not be gone on with in its middle.
        headers = {"Accept": "*/*", "Accept-Encoding": "identity", **conditions}
        while True:
            before = part.size_bytes
            request = scrapy.Request(
                part.address, headers=headers, dont_filter=True, meta={"part": part}
            )
            response = await self._response(request)
            if not isinstance(response, str):
                answer = self._answer("GET", part.address, b"", response)
                if response.status == 200:
                    return Reply(answer=answer)
                return Reply(answer=answer, problem=_status_said(response))
            if part.size_bytes <= before:
                raise NoMore(
                    f"{_host(part.address)} gives no more of {part.address} ({response}). Run the"
                    " same command later: it goes on where this one was."
                )

    async def _response(self, request: scrapy.Request) -> Response | str:
        """Give what a service answers, or the words for why there is no answer."""
        host = _host(request.url)
        try:
            response: Response = await self.crawler.engine.download_async(request)
        except AskedToStayAway as error:
            raise SourceUnavailable(f"{host} {error}. Run the same command later.") from error
        except IgnoreRequest as error:
            if _BY_RULES not in str(error):  # the answer is too large, once it is unpacked
                return f"no answer that is taken: {type(error.__cause__ or error).__name__}"
            raise Forbidden(
                f"{host}: robots.txt does not let us ask {request.url.partition('?')[0]}."
                " Nothing was asked."
            ) from error
        except (CannotResolveHostError, DownloadConnectionRefusedError) as error:
            raise SourceUnavailable(
                f"{host} cannot be reached. Check the connection and run the same command"
                " again: it goes on where this one was."
            ) from error
        except PaperwatchError:
            raise
        except Exception as error:  # whatever else ended the connection: there is no answer
            return f"no answer: {type(error).__name__}"
        return response

    @property
    def _host(self) -> str:
        return _host(self.address)

    def _answer(self, method: str, url: str, sent: bytes, response: Response | None) -> Answer:
        """Describe an answer for keeping; one that never came has status 0."""
        headers = {}
        if response is not None:
            for name in _HEADERS:
                value = response.headers.get(name)
                if value:
                    headers[name] = value.decode("latin-1")
        return Answer(
            source=self.source,
            method=method,
            address=url,
            body=response.body if response is not None else b"",
            fetched_at=clock.now(),
            request_body=sent,
            status=response.status if response is not None else 0,
            headers=headers,
        )

    def _reply(self, answer: Answer, response: Response) -> Reply:
        refusal = self.refusal_of(response)
        if refusal is not None:
            raise Unusable(refusal, Reply(answer=answer, problem=_status_said(response)))
        if is_challenge(response):
            raise SentAway(
                f"{self._host} answered {response.status} with a page that sends us away. It is"
                " not bypassed; ask its operators, or try again another day.",
                answer,
            )
        if response.status != 200:
            return Reply(answer=answer, problem=_status_said(response))
        try:
            return Reply(answer=answer, content=json.loads(response.body, parse_float=Decimal))
        except ValueError:
            return Reply(answer=answer, problem="the answer is not JSON")


def _host(address: str) -> str:
    return urlsplit(address).netloc


def _status_said(response: Response) -> str:
    """Quote what an error says: `detail` may be a sentence or an object."""
    try:
        detail = json.loads(response.body)["detail"]
    except (ValueError, KeyError, TypeError):
        return f"status {response.status}"
    said = detail.get("message", detail) if isinstance(detail, dict) else detail
    return f"status {response.status}: {str(said)[:300]}"
