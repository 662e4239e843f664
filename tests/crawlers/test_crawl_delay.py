"""The pause that a host asks for in robots.txt."""

import asyncio
import time

import pytest
from scrapy import Request
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.test import get_crawler

from crawlers.crawl_delay import CrawlDelay
from crawlers.patience import AskedToStayAway
from tests.crawlers.test_walking import finished

ROBOTS = "User-agent: other\nCrawl-delay: 900\n\nUser-agent: *\nCrawl-delay: {}\n"


def learnt(pause: str) -> CrawlDelay:
    crawler = get_crawler(settings_dict={"USER_AGENT": "Paperwatch/0.1"})
    delay = CrawlDelay.from_crawler(crawler)
    rules = ProtegoRobotParser(ROBOTS.format(pause).encode(), None)
    delay.learn(rules, Request("https://slow.example.org/a"))
    return delay


def seconds(delay: CrawlDelay, *requests: Request) -> float:
    async def let_out() -> float:
        began_s = time.monotonic()
        await asyncio.gather(*map(delay.process_request, requests))
        return time.monotonic() - began_s

    return finished(let_out())


def test_requests_to_a_host_wait_for_each_other_and_no_other_host_does() -> None:
    delay = learnt("0.15")
    slow, quick = Request("https://slow.example.org/b"), Request("https://quick.example.org/")
    assert seconds(delay, quick, quick, quick) < 0.15
    assert seconds(delay, slow, slow) >= 0.15


def test_robots_txt_itself_does_not_wait() -> None:
    robots = Request("https://slow.example.org/robots.txt", meta={"dont_obey_robotstxt": True})
    assert seconds(learnt("5"), robots) < 1


def test_a_host_that_wants_a_very_long_pause_is_not_asked() -> None:
    with pytest.raises(AskedToStayAway, match="a pause of 3,600 seconds"):
        seconds(learnt("3600"), Request("https://slow.example.org/"))
