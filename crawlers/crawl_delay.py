"""The downloader middleware that keeps the pause a host's robots.txt asks for (Crawl-delay).

Scrapy reads that line and does nothing with it.
"""

import asyncio
import time
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser

from crawlers.patience import LONGEST_S, AskedToStayAway


class CrawlDelay:
    """Lets requests to a host out no faster than its rules say; stands behind the robots rules."""

    def __init__(self, crawler: Crawler) -> None:
        self._user_agent: str = crawler.settings["USER_AGENT"]
        self._pauses_s: dict[str, float] = {}
        self._not_before_s: dict[str, float] = {}
        crawler.signals.connect(self.learn, signal=signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CrawlDelay":
        """Make it as Scrapy does."""
        return cls(crawler)

    def learn(self, robotparser: RobotParser, request: Request) -> None:
        """Note the pause that a host wants; its robots.txt was just asked for, which counts."""
        pause_s = robotparser.crawl_delay(self._user_agent) or 0.0
        host = urlsplit(request.url).netloc
        self._pauses_s[host] = pause_s
        self._not_before_s[host] = time.monotonic() + pause_s

    async def process_request(self, request: Request) -> None:
        """Hold a request until its host's pause is over.

        Raises:
            AskedToStayAway: the pause is longer than we wait for anything.
        """
        host = urlsplit(request.url).netloc
        pause_s = self._pauses_s.get(host, 0.0)
        if not pause_s or request.meta.get("dont_obey_robotstxt"):
            return
        if pause_s > LONGEST_S:
            raise AskedToStayAway(f"asks in robots.txt for a pause of {pause_s:,.0f} seconds")
        turn_s = max(self._not_before_s[host], time.monotonic())
        self._not_before_s[host] = turn_s + pause_s
        await asyncio.sleep(turn_s - time.monotonic())
