"""The downloader middleware that gets robots.txt as its standard says.

Scrapy takes whatever comes for the rules: of a host that sends on to another address, or is not
well, it would believe that everything is allowed. Source: RFC 9309, 2.3.1.
"""

import asyncio
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError
from scrapy.http import Response

from crawlers.inside import leads_inside
from crawlers.patience import AskedToStayAway

_MOVED = (301, 302, 303, 307, 308)
_MOVES = 5
_TOO_MANY = 429
_TIMES = 2  # asked again, of a host that is not well
_MOVES_SO_FAR, _TIMES_SO_FAR, _HOST = "robots_moves", "robots_again", "robots_of"
# Who cannot be reached at all is said to be so when the file itself is asked for.
_NOT_THERE = (CannotResolveHostError, DownloadConnectionRefusedError)


class RobotsAnswers:
    """Follows robots.txt where it moved; asks nothing of a host whose rules cannot be had."""

    def __init__(self, crawler: Crawler) -> None:
        self._first_pause_s = crawler.settings.getfloat("PATIENCE_FIRST_PAUSE_S")
        self._silent: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsAnswers":
        """Make it as Scrapy does."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Stop what is asked of a host whose rules are not known.

        Raises:
            AskedToStayAway: that is so.
        """
        why = self._silent.get(urlsplit(request.url).netloc)
        if why and not _is_for_robots(request):
            raise AskedToStayAway(f"does not give its robots.txt ({why}), so nothing was asked")

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Let the rules through, or ask for them where they are, or once more."""
        if not _is_for_robots(request):
            return response
        if response.status in _MOVED:
            return await self._followed(request, response)
        if response.status == _TOO_MANY or response.status >= 500:
            return await self._again(request, response)
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Note a host that does not come to the end of its rules."""
        if _is_for_robots(request) and not isinstance(exception, _NOT_THERE):
            self._silent[_host_of(request)] = type(exception).__name__

    async def _followed(self, request: Request, response: Response) -> Request | Response:
        said = (response.headers.get("Location") or b"").decode("latin-1")
        address, moves = urljoin(request.url, said), request.meta.get(_MOVES_SO_FAR, 0) + 1
        is_web = bool(said) and urlsplit(address).scheme in ("http", "https")
        inside = is_web and await asyncio.to_thread(leads_inside, address, request.url)
        if not is_web or inside or moves > _MOVES:
            self._silent[_host_of(request)] = "it leads on, and to no rules"
            return response
        return _once_more(request, address, {_MOVES_SO_FAR: moves})

    async def _again(self, request: Request, response: Response) -> Request | Response:
        times = request.meta.get(_TIMES_SO_FAR, 0) + 1
        if times > _TIMES:
            self._silent[_host_of(request)] = f"status {response.status}"
            return response
        await asyncio.sleep(self._first_pause_s * 2 ** (times - 1))
        return _once_more(request, request.url, {_TIMES_SO_FAR: times})


def _is_for_robots(request: Request) -> bool:
    """Ask whether Scrapy asks for a host's rules; nothing of ours is asked without obeying them."""
    return bool(request.meta.get("dont_obey_robotstxt"))


def _host_of(request: Request) -> str:
    """Give the host whose rules are asked for, wherever they moved to."""
    return str(request.meta.get(_HOST) or urlsplit(request.url).netloc)


def _once_more(request: Request, address: str, how_often: dict[str, int]) -> Request:
    again: Request = request.replace(url=address, dont_filter=True)
    again.meta.update({_HOST: _host_of(request), **how_often})
    return again
