"""Runs one crawl by file: begins or resumes the run, lets the spider bring files, reads them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive import clock, runs
from archive.crawling import alone
from archive.errors import BadRequest, SourceChanged
from archive.opening import Archive
from archive.progress import Progress
from crawlers.budgeting import Budget
from crawlers.bulk import ledger
from crawlers.bulk.alarms import alarms
from crawlers.bulk.counting import counts_of
from crawlers.bulk.place import Place
from crawlers.bulk.question import DATE_KINDS, EARLIEST, FIRST_YEAR, BulkQuestion, fiscal_years
from crawlers.bulk.reading import read_piece
from crawlers.days import Days, begin_run, end_run, period_to_ask
from crawlers.manners import is_loopback, manners, service_address
from crawlers.spiders.usaspending_bulk import UsaspendingBulk
from crawlers.usaspending.agencies import BY_CODE
from crawlers.usaspending.question import Period
from crawlers.visiting import Visit, visit
from crawlers.writing import Writer, Written

SOURCE = UsaspendingBulk.source
Say = Callable[[str], None]
_PAUSE_HERE_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """How a crawl by file ended; `problems` are the sentences of what failed or is missing."""

    place: Place
    counts: dict[str, Any]
    problems: tuple[str, ...]
    was_resumed: bool
    stopped_by: Exception | None
    is_finished: bool


def crawl_bulk(archive: Archive, question: BulkQuestion, days: Days, say: Say) -> Brought:
    """Crawl; an error that stopped it is in the result, with what was written before.

    Raises:
        BadRequest: what is asked cannot be asked.
        SettingError: a live service without a contact.
    """
    check(question, days)
    with alone(archive, SOURCE):
        crawl = BulkCrawl(archive, question, days, say)
        visit(manners(archive.settings, service_address(archive.settings)), crawl.visit)
        return crawl.end()


def check(question: BulkQuestion, days: Days) -> None:
    """See that a question and its days can be asked.

    Raises:
        BadRequest: they cannot.
    """
    question.check()
    if days.kind not in ("", *DATE_KINDS):
        raise BadRequest(f"--date-kind {days.kind}: a file is asked for by {_or(DATE_KINDS)}.")
    if question.monthly:
        earliest = f"{FIRST_YEAR - 1}-10-01"
        advice = f"the monthly archive begins on {earliest}. Ask for older days without --monthly."
        days.check(question.until, earliest, advice)
    else:
        days.check(question.until, EARLIEST, f"the files of USAspending begin on {EARLIEST}.")


def _or(words: tuple[str, ...]) -> str:
    return " or ".join(words)


class BulkCrawl:
    """A crawl by file: made before the spider walks, ended after it."""

    def __init__(self, archive: Archive, question: BulkQuestion, days: Days, say: Say) -> None:
        self._archive = archive
        self._run = begin_run(archive, SOURCE, question.as_dict(), days)
        if self._run.cursor:
            say("Goes on with an interrupted crawl of the same question.")
            self._place = Place.of(self._run.cursor)
        else:
            self._place = Place(period=_period(archive, question, days, say).as_dict())
        self._question = question
        self._before = ledger.read_before(archive, SOURCE)
        self._writer = Writer(archive, self._run.id, Written())
        self._budget = Budget.of(archive)
        self.visit = Visit(kind=UsaspendingBulk, given=self._given(say))

    def _given(self, say: Say) -> dict[str, Any]:
        settings = self._archive.settings
        address = service_address(settings)
        return {
            "address": address,
            "question": self._question,
            "place": self._place,
            "known": ledger.known_files(self._archive, self._before),
            "folder": settings.home / "fetching",
            "pause_s": pause_s(self._archive, address),
            "patience_s": settings.whole_number("BULK_PATIENCE"),
            "writer": self._writer,
            "budget": self._budget,
            "tell": Progress("bytes fetched").tell,
            "say": say,
        }

    def end(self) -> Brought:
        """Read what the spider brought, and end the run."""
        self._close()
        spider = self.visit.spider
        stopped_by = spider.stopped_by
        try:
            for piece in self._place.pieces:
                if piece.sha256 and not piece.is_read and not piece.problem:
                    read_piece(self._archive, SOURCE, self._run.id, piece, self._note)
        except SourceChanged as error:
            stopped_by = stopped_by or error
        brought = Brought(
            place=self._place,
            counts=counts_of(self._place, self._writer.written),
            problems=tuple(self._problems(is_finished=spider.is_finished)),
            was_resumed=bool(self._run.cursor),
            stopped_by=stopped_by,
            is_finished=spider.is_finished and stopped_by is None,
        )
        end_run(
            self._archive,
            self._run.id,
            brought.counts,
            stopped_by,
            is_finished=brought.is_finished,
            problem=" ".join(brought.problems),
        )
        return brought

    def leave(self, error: Exception) -> None:
        """End without a visit, for an error before it; the run is gone on with later."""
        self._close()
        counts = counts_of(self._place, self._writer.written)
        end_run(self._archive, self._run.id, counts, error, is_finished=False)

    def _close(self) -> None:
        self._writer.close()
        self._budget.close()

    def _note(self) -> None:
        counts = counts_of(self._place, self._writer.written)
        runs.advance(self._archive, self._run.id, self._place.as_dict(), counts)

    def _problems(self, *, is_finished: bool) -> list[str]:
        said = [piece.problem for piece in self._place.pieces if piece.problem]
        if is_finished and self._question.monthly:
            period = self._place.period
            years = fiscal_years(period["since"], period["until"])
            wants_changes = self._question.changes
            today = date.fromisoformat(clock.today())
            said += alarms(self._place, years, self._before, today, wants_changes=wants_changes)
        return said


def _period(archive: Archive, question: BulkQuestion, days: Days, say: Say) -> Period:
    if question.monthly and set(question.agencies) - set(question.departments):
        names = ", ".join(BY_CODE[code].abbreviation for code in question.departments)
        say(f"The monthly files are of whole departments: takes those of {names}.")
    if days.since and not days.kind and not question.monthly:
        say(
            "Asks for actions that were last modified on these days; --date-kind action_date asks"
            " for those of these days."
        )
    if not question.monthly or days.since:
        return period_to_ask(archive, SOURCE, question.as_dict(), days, EARLIEST, say)
    until = question.until or clock.today()
    year = fiscal_years(until, until)[0] - 1
    say(f"Takes the files of fiscal {year} and {year + 1}; for more of them: --since DAY.")
    return Period(since=f"{year - 1}-10-01", until=until, kind=DATE_KINDS[0])


def pause_s(archive: Archive, address: str) -> float:
    """Give the pause between two questions how far a file is: short only at a stand-in."""
    wanted = archive.settings.whole_number("BULK_PAUSE")
    return _PAUSE_HERE_S if is_loopback(address) else wanted
