"""Fetches files from given addresses: reads what is asked, runs the spider, tells what came."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from archive import runs
from archive.addresses import fetchable, identity
from archive.at_source import there_at
from archive.crawling import alone
from archive.errors import BadRequest
from archive.model import Stored
from archive.opening import Archive
from archive.release_statements import Released
from archive.requests import case_number_told, requester_type_told, title_told
from archive.typed import check_past_day
from archive.watchlist.places import STATES
from crawlers.days import end_run
from crawlers.manners import is_loopback, manners, one_by_one
from crawlers.papers.bringing import papers_given
from crawlers.papers.paper import Outcome, Paper
from crawlers.spiders.given_addresses import GivenAddresses
from crawlers.visiting import Visit, visit
from crawlers.writing import Writer, Written

_PAUSE_S = 1.0
_CODE = re.compile(r"[0-9]{3}|[0-9A-Z]{4}")
_SAID = frozenset(one.name for one in fields(Released))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Addresses to fetch, with what is known of each release, and the source they get."""

    source: str
    wanted: Mapping[str, Released]

    @property
    def question(self) -> dict[str, Any]:
        """What the run keeps; a stopped one goes on only where the same is said of all files."""
        return {"addresses": {one: asdict(self.wanted[one]) for one in sorted(self.wanted)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came from an address: the document that is there, or why there is none."""

    address: str
    sha256: str
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """How the fetching ended."""

    came: tuple[Came, ...]
    written: Written
    stopped_by: Exception | None
    is_finished: bool


def asked_in(text: str) -> Asked:
    """Read what is asked: `{"source": …, "addresses": {ADDRESS: {what is known of the release}}}`.

    Raises:
        BadRequest: it is something else.
    """
    try:
        said = json.loads(text)
        source, addresses = said["source"], said["addresses"]
        wanted = {fetchable(one): _released(known) for one, known in addresses.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        known = ", ".join(sorted(_SAID))
        raise BadRequest(
            'fetch reads a JSON object {"source": "added", "addresses": {"https://…": {}}}; of an'
            f" address it may know: {known}. This is another ({type(error).__name__})."
        ) from error
    if not wanted or not isinstance(source, str) or not source:
        raise BadRequest("fetch was given no source, or no address. `paperwatch add` gives both.")
    return Asked(source=source, wanted=wanted)


def _released(known: Mapping[str, Any]) -> Released:
    """Read what is known of a release.

    Raises:
        BadRequest: it cannot be true.
        TypeError: a name is not known.
    """
    told = Released(**{name: str(value) for name, value in known.items()})
    if told.agency_code and told.body:
        raise BadRequest("One body made a release: agency_code or body, not both.")
    if told.agency_code and not _CODE.fullmatch(told.agency_code):
        raise BadRequest(f"agency_code {told.agency_code[:20]!r} is no code, such as 7012 or 070.")
    if told.state and told.state not in STATES:
        raise BadRequest(
            f"state {told.state[:20]!r} is no state. Give its two letters, such as OR."
        )
    if told.released_on:
        check_past_day("released_on", told.released_on)
    return replace(
        told,
        case_number=case_number_told("case_number", told.case_number),
        requester_type=requester_type_told("requester_type", told.requester_type),
        title=title_told("title", told.title),
    )


def fetch_given(
    archive: Archive,
    asked: Asked,
    tell: Callable[[int, float | None], None],
    say: Callable[[str], None],
) -> Fetched:
    """Fetch the files; what stopped it is in the result, with what came before.

    Raises:
        SettingError: a live host without a contact.
        Busy: addresses of the same source are being fetched.
    """
    live = [one for one in asked.wanted if not is_loopback(one)]
    first = live[0] if live else next(iter(asked.wanted))
    settings = manners(archive.settings, first) | one_by_one(first, _PAUSE_S)
    with alone(archive, f"fetch-{asked.source}"):
        run = runs.begin(archive, asked.source, asked.question)
        done = _done(archive, asked, run.cursor)
        if done:
            say(f"Goes on: {len(done):,} of {len(asked.wanted):,} addresses came before.")
        writer = Writer(archive, run.id, Written.of(run.counts), source=asked.source)
        came: dict[str, Paper] = {}
        given: dict[str, Any] = {
            "source": asked.source,
            "address": first,
            "wanted": asked.wanted,
            "done": done,
            "came": came,
            "writer": writer,
            "tell": tell,
            **papers_given(archive.settings),
        }
        one = Visit(kind=GivenAddresses, given=given)
        visit(settings, one)
        writer.close()
        spider = one.spider
        counts = writer.written.as_dict()
        end_run(archive, run.id, counts, spider.stopped_by, is_finished=spider.is_finished)
    return Fetched(
        came=tuple(_came(archive, asked.source, one, came.get(one)) for one in asked.wanted),
        written=writer.written,
        stopped_by=spider.stopped_by,
        is_finished=spider.is_finished,
    )


def _done(archive: Archive, asked: Asked, cursor: Mapping[str, Any]) -> list[str]:
    """Give the addresses from which this run had a document before it was interrupted."""
    before = cursor.get("done", [])
    return [one for one in before if there_at(archive, asked.source, identity(one))]


def _came(archive: Archive, source: str, address: str, paper: Paper | None) -> Came:
    """Tell what came from an address; without a paper it came before."""
    sha256, refusal = "", paper.reason if paper is not None else ""
    if paper is None or paper.outcome is Outcome.SAME:
        there = there_at(archive, source, identity(address))
        sha256 = there.sha256 if there else ""
    elif paper.outcome is Outcome.CAME and paper.answer is not None:
        body = paper.answer.body
        sha256 = body.sha256 if isinstance(body, Stored) else ""
    if not sha256 and not refusal:
        refusal = "was not fetched"
    return Came(address=address, sha256=sha256, refusal="" if sha256 else refusal)
