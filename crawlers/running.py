"""Runs one crawl by search: begins or resumes the run, lets the spider walk, ends the run.

Where the service counts many awards, the crawl may turn to the files of its download service.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from archive import clock
from archive.crawling import alone
from archive.opening import Archive
from archive.tombstones import awards_due
from crawlers.budgeting import Budget
from crawlers.bulk import running as bulk
from crawlers.bulk.choosing import Choice, check_choice, choose, question_by_file
from crawlers.bulk.running import Brought, BulkCrawl
from crawlers.days import Days, begin_run, end_run, is_about, period_to_ask
from crawlers.manners import manners, service_address
from crawlers.spiders.usaspending_awards import Place, UsaspendingAwards
from crawlers.usaspending.question import DATE_KINDS, EARLIEST, Period, Question
from crawlers.visiting import Visit, visit
from crawlers.writing import Writer, Written

SOURCE = UsaspendingAwards.source
# Every award held is read again within thirty days, whatever its last-modified date says.
AGAIN_AFTER_S = 29 * 86_400
_BY_FILE = "by file: see the run of usaspending_bulk"
_OLDER = (
    f"the search of USAspending begins on {EARLIEST}. For older awards take files: paperwatch crawl"
    " usaspending_bulk."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """How a crawl ended; `by_file` where it turned to files."""

    written: Written
    expected: dict[str, int]
    found: dict[str, int]
    period: Period
    unread: int
    again: int
    limit: int
    was_resumed: bool
    stopped_by: Exception | None
    is_finished: bool
    by_file: Brought | None = None

    @property
    def is_plausible(self) -> bool:
        """Ask whether about as many awards were found as the service had counted."""
        if self.limit:
            return True
        return all(
            is_about(self.found.get(group, 0), count) for group, count in self.expected.items()
        )


def crawl_awards(
    archive: Archive,
    question: Question,
    days: Days,
    tell: Callable[[int, float | None], None],
    say: Callable[[str], None],
    choice: Choice = Choice.BEST,
) -> Crawled:
    """Crawl; an error that stopped it is in the result, with what was written before.

    Raises:
        BadRequest: what is asked cannot be asked.
        SettingError: a live service without a contact.
    """
    question.check()
    days.check(question.until, EARLIEST, _OLDER)
    check_choice(choice, question, days.kind or DATE_KINDS[0])
    with ExitStack() as held:
        held.enter_context(alone(archive, SOURCE))
        return _Crawl(archive, question, days, tell, say, choice, held).run()


class _Crawl:
    """One crawl by search, and by file if it turns to that."""

    def __init__(
        self,
        archive: Archive,
        question: Question,
        days: Days,
        tell: Callable[[int, float | None], None],
        say: Callable[[str], None],
        choice: Choice,
        held: ExitStack,
    ) -> None:
        self._archive, self._question, self._days = archive, question, days
        self._tell, self._say, self._choice, self._held = tell, say, choice, held
        self._address = service_address(archive.settings)
        self._settings = manners(archive.settings, self._address)
        self._started = begin_run(archive, SOURCE, question.as_dict(), days)
        self._place = self._place_to_begin()
        self._writer = Writer(archive, self._started.id, Written.of(self._started.counts))
        self._by_file: BulkCrawl | None = None

    def _place_to_begin(self) -> Place:
        if self._started.cursor:
            self._say("Goes on with an interrupted crawl of the same question.")
            return Place.of(self._started.cursor)
        asked = self._question.as_dict()
        period = period_to_ask(self._archive, SOURCE, asked, self._days, EARLIEST, self._say)
        return Place(period=period.as_dict())

    @property
    def _period(self) -> Period:
        return Period(**self._place.period)

    def run(self) -> Crawled:
        """Let the spider walk, and after it, if it turned away, the one that brings files."""
        budget = Budget.of(self._archive)
        first = Visit(
            kind=UsaspendingAwards,
            given={
                "address": self._address,
                "question": self._question,
                "period": self._period,
                "place": self._place,
                "window": self._archive.settings.whole_number("USASPENDING_WINDOW"),
                "due": self._due(),
                "writer": self._writer,
                "budget": budget,
                "tell": self._tell,
                "turns_away": self._turns_away,
            },
        )
        visit(self._settings, first, lambda: self._next(first))
        self._writer.close()
        budget.close()
        spider = first.spider
        brought = self._brought(spider)
        crawled = Crawled(
            written=self._writer.written,
            expected=self._place.expected,
            found=self._place.found,
            period=self._period,
            unread=self._place.unread,
            again=self._place.again,
            limit=self._question.limit,
            was_resumed=bool(self._started.cursor),
            stopped_by=spider.stopped_by or (brought.stopped_by if brought else None),
            is_finished=spider.is_finished and (brought is None or brought.is_finished),
            by_file=brought,
        )
        end_run(
            self._archive,
            self._started.id,
            _counts(crawled),
            crawled.stopped_by,
            is_finished=crawled.is_finished,
            problem=_problem(crawled),
            remark=_BY_FILE if brought else "",
        )
        return crawled

    def _next(self, first: Visit) -> Visit | None:
        """Give who walks next: nobody where the service sent the first one away."""
        is_welcome = first.spider.stopped_by is None
        return self._by_file.visit if self._by_file and is_welcome else None

    def _brought(self, spider: UsaspendingAwards) -> Brought | None:
        if self._by_file is None:
            return None
        if spider.stopped_by is None:
            return self._by_file.end()
        self._by_file.leave(spider.stopped_by)
        return None

    def _due(self) -> list[str]:
        """Give the awards to read again; none where somebody only wants a first look."""
        if self._question.limit:
            return []
        return awards_due(self._archive, clock.now(later_s=-AGAIN_AFTER_S))

    def _turns_away(self, count: int) -> bool:
        """Choose between search and files for as many awards, and say so.

        Raises:
            Busy: a crawl by file is going on.
        """
        above = self._archive.settings.whole_number("BULK_ABOVE")
        chosen = choose(self._choice, self._question, self._period, count, above)
        if chosen.sentence:
            self._say(chosen.sentence)
        if not chosen.is_by_file:
            return False
        self._held.enter_context(alone(self._archive, bulk.SOURCE))
        question = question_by_file(self._question)
        days = Days(since=self._period.since, kind=self._period.kind)
        self._by_file = BulkCrawl(self._archive, question, days, self._say)
        return True


def _problem(crawled: Crawled) -> str:
    """Say what keeps a crawl from being a success; one that turned to files is as good as these.

    An award without an answer is one: the next crawl would never ask for it again.
    """
    if crawled.by_file is not None:
        return " ".join(crawled.by_file.problems)
    if crawled.unread:
        return f"{crawled.unread} awards got no answer"
    return "" if crawled.is_plausible else "counts are not plausible"


def _counts(crawled: Crawled) -> dict[str, Any]:
    """Give the counts to keep; those of the search say nothing where files were taken."""
    searched = {"expected": crawled.expected, "found": crawled.found}
    if crawled.by_file is not None and crawled.is_finished:
        searched = {"expected": {}, "found": {}}
    return crawled.written.as_dict() | searched
