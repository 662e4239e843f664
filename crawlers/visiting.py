"""Lets spiders visit their service in Scrapy's process: one, and after it perhaps another."""

import logging
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

from crawlers.asking import AskingSpider

_ROBOTS = "scrapy.downloadermiddlewares.robotstxt"


@dataclass(slots=True, kw_only=True)
class Visit:
    """A spider to let walk, with what it is given; the spider is there once it walks."""

    kind: type[AskingSpider]
    given: Mapping[str, Any]
    spider: Any = None


def _nobody() -> Visit | None:
    return None


def visit(
    settings: Mapping[str, Any], first: Visit, then: Callable[[], Visit | None] = _nobody
) -> None:
    """Let a spider walk to its end; `then` is asked once, after it, for one that walks next.

    Twisted's reactor starts only once in a process, so that both have to walk in the same.
    """
    _quieten()
    process = AsyncCrawlerProcess(dict(settings))

    def begin(one: Visit, ended: Callable[[], None]) -> None:
        crawler = process.create_crawler(one.kind)

        def end(_: object) -> None:
            one.spider = crawler.spider
            ended()

        process.crawl(crawler, **one.given).add_done_callback(end)

    def follow() -> None:
        if (second := then()) is not None:
            begin(second, lambda: None)

    begin(first, follow)
    with _stopped_at_once():
        process.start(install_signal_handlers=False)


def _quieten() -> None:
    """Let no more of Scrapy into the log than of any library: warnings, without traces of calls.

    It sets its own level to DEBUG, whatever ours is. What ends a walk the spider keeps, and the
    command says.
    """
    for handler in logging.getLogger().handlers:
        handler.addFilter(_is_worth_a_line)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    if not record.name.startswith(("scrapy.", "twisted")):
        return True
    if not os.environ.get("PAPERWATCH_TRACEBACK"):
        record.exc_info = record.exc_text = None
    # Whatever keeps the robots' rules from coming keeps the answer from coming: that is said.
    return record.levelno >= logging.WARNING and record.name != _ROBOTS


@contextmanager
def _stopped_at_once() -> Iterator[None]:
    """End the process at once on SIGTERM and SIGINT, as if it were killed: that loses nothing.

    Twisted catches exceptions out of signal handlers, and Scrapy's own shutdown waits for
    everything under way, pauses asked for by a service included.
    """

    def stop(number: int, _frame: object) -> None:
        os.write(2, b"Stopped. The same command goes on where this one was.\n")
        os._exit(128 + number)

    before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
