"""Runs one crawl of USAspending: begins or resumes the run, lets the spider walk, ends the run."""

import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess

from archive import runs
from archive.errors import BadRequest, Busy, SettingError, SourceChanged
from archive.opening import Archive
from crawlers.manners import manners
from crawlers.spiders.usaspending_awards import Place, UsaspendingAwards
from crawlers.usaspending.question import DATE_KINDS, EARLIEST, Period, Question
from crawlers.writing import Writer, Written

SOURCE = UsaspendingAwards.source
# An award reaches the service some days after its own stamp, so the stamps of the days before the
# last crawl are asked for once more.
OVERLAP_DAYS = 7
# The set moves while we read it; a larger difference means that we lost something.
TOLERANCE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """How a crawl ended."""

    written: Written
    expected: dict[str, int]
    found: dict[str, int]
    period: Period
    unread: int
    limit: int
    was_resumed: bool
    stopped_by: Exception | None
    is_finished: bool

    @property
    def is_plausible(self) -> bool:
        """Ask whether about as many awards were found as the service had counted."""
        if self.limit:
            return True
        return all(
            abs(self.found.get(group, 0) - count) <= int(count * TOLERANCE)
            for group, count in self.expected.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days as they were typed; '' where nothing was."""

    since: str
    kind: str

    def check(self, until: str) -> None:
        """See that they are days that the search reaches.

        Raises:
            BadRequest: they are not.
        """
        for name, text in (("--since", self.since), ("--until", until)):
            if text:
                _check_day(name, text)
        if self.since and self.since < EARLIEST:
            raise BadRequest(
                f"--since {self.since}: the search of USAspending begins on {EARLIEST}. For older"
                " awards take the files of its download service and paperwatch import."
            )
        if until and self.since > until:
            raise BadRequest(f"--until {until} is before --since {self.since}.")


def crawl_awards(
    archive: Archive,
    question: Question,
    days: Days,
    tell: Callable[[int, float | None], None],
    say: Callable[[str], None],
) -> Crawled:
    """Crawl; an error that stopped it is in the result, with what was written before.

    Raises:
        BadRequest: what is asked cannot be asked.
        SettingError: a live service without a contact.
    """
    question.check()
    days.check(question.until)
    with _alone(archive):
        return _crawl(archive, question, days, tell, say)


@contextmanager
def _alone(archive: Archive) -> Iterator[None]:
    """See that no other crawl of this source goes on: two would ask everything twice.

    Raises:
        Busy: one does. The kernel forgets those that were killed.
    """
    with (archive.settings.home / f"crawl-{SOURCE}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(
                f"Another crawl of {SOURCE} is going on in this archive. Run this one when it has"
                " ended."
            ) from None
        yield


def _crawl(
    archive: Archive,
    question: Question,
    days: Days,
    tell: Callable[[int, float | None], None],
    say: Callable[[str], None],
) -> Crawled:
    address = _address(archive)
    settings = manners(archive.settings, address)
    run = _begin(archive, question, days)
    if run.cursor:
        say("Goes on with an interrupted crawl of the same question.")
        place = Place.of(run.cursor)
    else:
        place = Place(period=_period(archive, question, days, say).as_dict())
    writer = Writer(archive, run.id, Written.of(run.counts))
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(UsaspendingAwards)
    process.crawl(
        crawler,
        address=address,
        question=question,
        period=Period(**place.period),
        place=place,
        window=archive.settings.whole_number("USASPENDING_WINDOW"),
        writer=writer,
        tell=tell,
    )
    with _stopped_at_once():
        process.start(install_signal_handlers=False)
    writer.close()
    spider: Any = crawler.spider
    crawled = Crawled(
        written=writer.written,
        expected=place.expected,
        found=place.found,
        period=Period(**place.period),
        unread=place.unread,
        limit=question.limit,
        was_resumed=bool(run.cursor),
        stopped_by=spider.stopped_by,
        is_finished=spider.is_finished,
    )
    _end(archive, run.id, crawled)
    return crawled


def _address(archive: Archive) -> str:
    """Give where the service answers.

    Raises:
        SettingError: the setting is no web address.
    """
    address = archive.settings["USASPENDING_URL"].rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingError(
            f"PAPERWATCH_USASPENDING_URL is {address!r}; it must be a web address such as"
            f" https://api.usaspending.gov. It comes from:"
            f" {archive.settings.origins['USASPENDING_URL']}."
        )
    return address


def _period(archive: Archive, question: Question, days: Days, say: Callable[[str], None]) -> Period:
    """Give the days to ask for; without `--since` those since the last crawl."""
    until = question.until or datetime.now(UTC).date().isoformat()
    kind, since = days.kind or DATE_KINDS[0], days.since
    if not since:
        last = runs.last_success(archive, SOURCE, question.as_dict())
        if last is None:
            say(f"First crawl of this question: asks for everything since {EARLIEST}.")
            since = EARLIEST
        else:
            begin = date.fromisoformat(last[:10]) - timedelta(days=OVERLAP_DAYS)
            since = max(begin.isoformat(), EARLIEST)
            say(f"Asks for awards modified since {since} (the last crawl was on {last[:10]}).")
    return Period(since=since, until=until, kind=kind)


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


def _begin(archive: Archive, question: Question, days: Days) -> runs.Run:
    """Begin a run, or go on with an interrupted one, unless other days are asked for now."""
    run = runs.begin(archive, SOURCE, question.as_dict())
    before = run.cursor.get("period")
    if before is None or (
        days.since in ("", before["since"]) and days.kind in ("", before["kind"])
    ):
        return run
    runs.fail(archive, run.id, run.counts, "left for one that asks for other days")
    return runs.begin(archive, SOURCE, question.as_dict())


def _end(archive: Archive, run_id: int, crawled: Crawled) -> None:
    """End the run. One that was stopped goes on; one with gaps must not count as a success.

    The days of the next crawl begin where the last success began: an award without an answer
    would never be asked for again.
    """
    counts = crawled.written.as_dict() | {"expected": crawled.expected, "found": crawled.found}
    if not crawled.is_finished:
        if isinstance(crawled.stopped_by, SourceChanged):
            runs.fail(archive, run_id, counts, str(crawled.stopped_by))
        return
    if crawled.unread:
        runs.fail(archive, run_id, counts, f"{crawled.unread} awards got no answer")
    elif not crawled.is_plausible:
        runs.fail(archive, run_id, counts, "counts are not plausible")
    else:
        runs.finish(archive, run_id, counts)


def _check_day(name: str, text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"{name} {text!r} is not a day. Write it like 2024-01-31.") from None
