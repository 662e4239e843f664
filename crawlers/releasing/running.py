"""Runs one crawl of a service that tells of releases: begins or resumes the run, walks, ends it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from archive import clock, runs
from archive.crawling import alone
from archive.opening import Archive
from crawlers.accounts import account_of
from crawlers.budgeting import Budget
from crawlers.days import Days, begin_run, end_run, is_about, period_to_ask
from crawlers.manners import manners, one_by_one, service_address
from crawlers.papers.bringing import papers_given
from crawlers.releasing.place import Place
from crawlers.releasing.question import Asked
from crawlers.spiders.documentcloud_documents import DocumentcloudDocuments
from crawlers.spiders.muckrock_requests import V1, V2, MuckrockRequests
from crawlers.spiders.releasing import ReleasingSpider
from crawlers.visiting import Visit, visit
from crawlers.writing import Writer, Written

Say = Callable[[str], None]
Tell = Callable[[int, float | None], None]
# Every file held is looked at again within thirty days, whatever its service says of changes.
_AGAIN_AFTER_S = 29 * 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service that tells of releases: its spider, its settings, and how slowly it is asked.

    `prefix` begins the names of its settings. `earliest` is before all that it has.
    """

    spider: type[ReleasingSpider]
    prefix: str
    what: str
    earliest: str
    pause_s: float

    @property
    def source(self) -> str:
        """The name of the source."""
        return self.spider.source


# MuckRock's own client asks 15 times a minute at most, after a first hundred; DocumentCloud allows
# ten requests a second, and we ask one. Source: their published clients and documentation.
MUCKROCK = Service(
    spider=MuckrockRequests,
    prefix="MUCKROCK",
    what="requests",
    earliest="2010-01-01",
    pause_s=4.0,
)
DOCUMENTCLOUD = Service(
    spider=DocumentcloudDocuments,
    prefix="DOCUMENTCLOUD",
    what="documents",
    earliest="2009-01-01",
    pause_s=1.0,
)
SERVICES: Mapping[str, Service] = {one.source: one for one in (MUCKROCK, DOCUMENTCLOUD)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """How a crawl of releases ended; `problem` is what keeps it from being a success."""

    written: Written
    place: Place
    limit: int
    problem: str
    was_resumed: bool
    stopped_by: Exception | None
    is_finished: bool


def crawl_releases(
    archive: Archive, service: Service, question: Asked, days: Days, tell: Tell, say: Say
) -> Released:
    """Crawl; an error that stopped it is in the result, with what was written before.

    Raises:
        BadRequest: what is asked cannot be asked.
        SettingError: a live service without a contact.
    """
    question.check()
    days.check("", service.earliest, f"{service.source} has nothing from before.")
    with alone(archive, service.source):
        return _Crawl(archive, service, question, days, tell, say).run()


class _Crawl:
    """One crawl of a service."""

    def __init__(
        self,
        archive: Archive,
        service: Service,
        question: Asked,
        days: Days,
        tell: Tell,
        say: Say,
    ) -> None:
        self._archive, self._service, self._question = archive, service, question
        self._settings = archive.settings
        self._address = service_address(self._settings, f"{service.prefix}_URL")
        self._account = account_of(self._settings)
        self._manners = manners(self._settings, self._address)
        self._manners |= one_by_one(self._address, service.pause_s)
        self._before = runs.done(archive, service.source, question.as_dict())
        self._started = begin_run(archive, service.source, question.as_dict(), days)
        self._place = self._place_to_begin(days, say)
        written = Written.of(self._started.counts)
        self._writer = Writer(archive, self._started.id, written, source=service.source)
        self._budgets = self._budgets_of_services()
        self._tell = tell

    def _place_to_begin(self, days: Days, say: Say) -> Place:
        if self._started.cursor:
            say("Goes on with an interrupted crawl of the same question.")
            return Place.of(self._started.cursor)
        asked, service = self._question.as_dict(), self._service
        period = period_to_ask(
            *(self._archive, service.source, asked, days, service.earliest, say),
            what=f"{service.what} that changed",
        )
        return Place(period=period.as_dict())

    def _budgets_of_services(self) -> dict[str, Budget]:
        """Give the budgets by host: copies of MuckRock's files are asked for at DocumentCloud."""
        found = {}
        for one in SERVICES.values():
            host = urlsplit(self._settings[f"{one.prefix}_URL"]).netloc
            found[host] = Budget.named(self._archive, one.source, f"{one.prefix}_DAILY")
        return found

    def run(self) -> Released:
        """Let the spider walk, and end the run."""
        visiting = Visit(kind=self._service.spider, given=self._given())
        visit(self._manners, visiting)
        self._writer.close()
        for budget in self._budgets.values():
            budget.close()
        spider = visiting.spider
        ended = Released(
            written=self._writer.written,
            place=self._place,
            limit=self._question.limit,
            problem=self._problem(),
            was_resumed=bool(self._started.cursor),
            stopped_by=spider.stopped_by,
            is_finished=spider.is_finished,
        )
        end_run(
            self._archive,
            self._started.id,
            counts_of(ended),
            ended.stopped_by,
            is_finished=ended.is_finished,
            problem=ended.problem,
        )
        return ended

    def _given(self) -> dict[str, Any]:
        service, since = self._service, self._place.period["since"]
        token = self._settings[f"{service.prefix}_TOKEN"].strip()
        given = {
            "address": self._address,
            "question": self._question,
            "place": self._place,
            "since": "" if since == service.earliest else since,
            "token": token,
            "token_setting": f"{service.prefix}_TOKEN",
            "account": self._account,
            "budgets": self._budgets,
            "due_before": "" if self._question.limit else clock.now(later_s=-_AGAIN_AFTER_S),
            "writer": self._writer,
            "tell": self._tell,
            **papers_given(self._settings),
        }
        if service is MUCKROCK:
            documentcloud = service_address(self._settings, "DOCUMENTCLOUD_URL")
            version = V2 if token or self._account else V1
            return given | {"version": version, "documentcloud": documentcloud}
        counts = self._before.counts if self._before else {}
        return given | {"under_way": tuple(counts.get("waiting", ()))}

    def _problem(self) -> str:
        """Say what keeps the crawl from being a success; the next one would not ask for it."""
        place, counts = self._place, self._writer.written.papers
        if place.unread:
            return f"{place.unread} questions got no answer that is understood"
        if unanswered := counts.get("unanswered", 0):
            return f"{unanswered} files got no answer"
        return "" if is_plausible(place, self._question.limit) else "counts are not plausible"


def is_plausible(place: Place, limit: int) -> bool:
    """Ask whether about as many came as the service had counted, for everybody or not."""
    expected = sum(place.expected.values())
    return bool(limit) or not expected or is_about(place.total + place.left, expected)


def counts_of(ended: Released) -> dict[str, Any]:
    """Give the counts to keep of a run."""
    place = ended.place
    return ended.written.as_dict() | {
        "expected": place.expected,
        "found": place.found,
        "left": place.left,
        "waiting": sorted(set(place.waiting)),
        "unread": place.unread,
        "again": place.again,
    }
