"""Patience: waits as long as a service asks for, and asks again when an answer is no answer.

Scrapy has retries but no Retry-After. A page of HTML or half a JSON with status 200 counts as no
answer here; status 403 and challenge pages are never asked again.
"""

import asyncio
import json
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response

from archive.errors import PaperwatchError

TIMES = 4
# Who asks us to stay away longer than this is not waited for: the run goes on another day.
LONGEST_S = 600.0
_AGAIN = frozenset({408, 429, 500, 502, 503, 504, 522, 524})
_CHALLENGES = (b"captcha", b"challenge-platform", b"cf-chl", b"just a moment", b"access denied")


class AskedToStayAway(IgnoreRequest):
    """A service asked for a pause longer than we wait for."""


class Patience:
    """The downloader middleware that stands in the place of Scrapy's retries."""

    def __init__(self, crawler: Crawler) -> None:
        self._first_pause_s = crawler.settings.getfloat("PATIENCE_FIRST_PAUSE_S")
        self._not_before_s = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Patience":
        """Make it as Scrapy does."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Hold every request while the service wants a pause."""
        while (wait_s := self._not_before_s - time.monotonic()) > 0:
            await asyncio.sleep(wait_s)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Let an answer through, or ask again."""
        if not _is_ours(request) or is_challenge(response):
            return response
        must_be_json = response.status == 200 and "wants_json" in request.meta
        is_answer = not must_be_json or is_json(response.body)
        if response.status not in _AGAIN and is_answer:
            return response
        return await self._again(request, retry_after_s(response)) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Ask again when the connection failed."""
        ends = IgnoreRequest | CloseSpider | asyncio.CancelledError | PaperwatchError
        if isinstance(exception, ends):
            return None
        return await self._again(request, None) if _is_ours(request) else None

    async def _again(self, request: Request, asked_s: float | None) -> Request | None:
        """Wait, then give the request once more; None when it was asked often enough."""
        times = request.meta.get("asked_again", 0) + 1
        if times > TIMES:
            return None
        if asked_s is not None:
            if asked_s > LONGEST_S:
                raise AskedToStayAway(f"it asks for a pause of {asked_s:.0f} seconds")
            self._not_before_s = max(self._not_before_s, time.monotonic() + asked_s)
        await asyncio.sleep(asked_s or self._first_pause_s * 2 ** (times - 1))
        again: Request = request.copy()
        again.meta["asked_again"] = times
        again.dont_filter = True
        return again


def _is_ours(request: Request) -> bool:
    """Ask whether a spider of ours asked for it; robots.txt is asked for by Scrapy itself."""
    return any(name in request.meta for name in ("wants_json", "wants_page", "part"))


def retry_after_s(response: Response) -> float | None:
    """Read Retry-After: seconds, or a date; None when it is missing or neither.

    Source: RFC 9110, 10.2.3.
    """
    said = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if said.isdecimal():
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((moment - datetime.now(UTC)).total_seconds(), 0.0)


def is_json(body: bytes) -> bool:
    """Ask whether a body is whole JSON."""
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def is_challenge(response: Response) -> bool:
    """Ask whether an answer wants to see a person, or sends us away."""
    return response.status in (401, 403) or looks_like_challenge(response.body)


def looks_like_challenge(body: bytes) -> bool:
    """Ask whether a page has words of those that want to see a person; others may have them."""
    start = body[:20_000].lower()
    return start.lstrip().startswith(b"<") and any(sign in start for sign in _CHALLENGES)
