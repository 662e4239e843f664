"""`paperwatch crawl`."""

import time
from collections.abc import Mapping
from typing import Any

import click

from archive import logs, settings
from archive.errors import BadRequest
from archive.opening import open_archive
from archive.progress import Progress
from archive.settings import Settings
from archive.shown.wording import listed
from archive.typed import check_day, check_past_day
from crawlers.bulk.choosing import Choice
from crawlers.bulk.question import BulkQuestion
from crawlers.bulk.running import SOURCE as BY_FILE
from crawlers.bulk.running import crawl_bulk
from crawlers.commands import crawl_by_file, crawl_by_search, crawl_releases, crawl_room
from crawlers.commands.import_files import bring_index_up_to_date
from crawlers.commands.reading import read_documents
from crawlers.days import Days
from crawlers.manners import is_loopback, service_address
from crawlers.releasing.running import DOCUMENTCLOUD, MUCKROCK, SERVICES
from crawlers.releasing.running import crawl_releases as crawl_service
from crawlers.rooms.declaring import GENERIC, rooms_of
from crawlers.rooms.room import Room
from crawlers.running import crawl_awards
from crawlers.sources import SOURCES, source_of
from crawlers.usaspending.agencies import agency_named
from crawlers.usaspending.question import DATE_KINDS, Question

_BY_SEARCH, _MUCKROCK, _DOCUMENTCLOUD = "usaspending_awards", MUCKROCK.source, DOCUMENTCLOUD.source
_AWARDS = (_BY_SEARCH, BY_FILE)
# Words that only some of the sources understand.
_UNDERSTOOD_BY = {
    **dict.fromkeys(("keyword", "recipient", "psc", "naics", "grants", "by"), (_BY_SEARCH,)),
    **dict.fromkeys(("subawards", "monthly", "changes"), (BY_FILE,)),
    **dict.fromkeys(("until", "date_kind"), _AWARDS),
    "agency": (*_AWARDS, _MUCKROCK),
    "limit": (_BY_SEARCH, _MUCKROCK, _DOCUMENTCLOUD),
    "query": (_MUCKROCK, _DOCUMENTCLOUD),
    **dict.fromkeys(("jurisdiction", "status", "tag"), (_MUCKROCK,)),
    "no_read": (_MUCKROCK, _DOCUMENTCLOUD),
    "address": (GENERIC,),
}
_OF_ROOMS = ("agency", "limit", "address", "no_read")


def _known(_context: click.Context, _parameter: click.Parameter, source: str | None) -> str | None:
    """See that a source is one, when the words are read: a schedule asks before it runs them."""
    if source is not None and source not in SOURCES and source not in _rooms():
        known = ", ".join(dict.fromkeys((*SOURCES, *_rooms())))
        raise BadRequest(f"{source!r} is not a source (known: {known}).")
    return source


def _agencies(
    context: click.Context, parameter: click.Parameter, named: tuple[str, ...]
) -> tuple[str, ...]:
    """Give agencies by their codes, or of MuckRock by its own number."""
    if context.params.get("source") == _MUCKROCK:
        return crawl_releases.known_number(parameter.opts[0], named)
    if context.params.get("source") == _DOCUMENTCLOUD:
        return named  # which knows none: that is said with all other words
    return tuple(agency_named(words).code for words in named)


def _rooms() -> Mapping[str, Room]:
    return rooms_of(settings.load())


def _day(_context: click.Context, parameter: click.Parameter, text: str) -> str:
    if text:
        (check_past_day if parameter.name == "since" else check_day)(parameter.opts[0], text)
    return text


@click.command()
@click.argument("source", required=False, is_eager=True, callback=_known)
@click.argument("query", required=False)
@click.option("--list", "wants_list", is_flag=True, help="Show the sources, and end.")
@click.option(
    "--keyword", multiple=True, help="Words in the award's text; repeatable, any of them."
)
@click.option(
    "--agency",
    multiple=True,
    callback=_agencies,
    help="Awarding agency: ICE, 7012 or its name; repeatable. Of muckrock_requests: its number.",
)
@click.option("--recipient", multiple=True, help="UEI of the vendor; repeatable.")
@click.option("--psc", multiple=True, help="Product or service code; repeatable.")
@click.option("--naics", multiple=True, help="Industry code; repeatable.")
@click.option(
    "--since",
    default="",
    callback=_day,
    help="Only records changed on or after this day.  [default: last crawl]",
)
@click.option(
    "--until",
    default="",
    callback=_day,
    help="Only records changed on or before this day.  [default: today]",
)
@click.option(
    "--date-kind",
    type=click.Choice(DATE_KINDS),
    help="What the days mean.  [default: last_modified_date]",
)
@click.option("--grants", is_flag=True, help="Ask for grants, too.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help="Stop after N awards, requests, documents or files; good for a first look.",
)
@click.option(
    "--by",
    type=click.Choice([one.value for one in Choice if one.value]),
    help="How awards are taken: one by one, or in files.  [default: files, if there are many]",
)
@click.option("--subawards", is_flag=True, help="Of usaspending_bulk: sub-awards, too.")
@click.option(
    "--monthly", is_flag=True, help="Of usaspending_bulk: files of the monthly archive, by year."
)
@click.option(
    "--changes", is_flag=True, help="With --monthly: what changed or was deleted since, too."
)
@click.option(
    "--jurisdiction", type=click.IntRange(min=1), help="Of muckrock_requests: its number there."
)
@click.option(
    "--status",
    callback=crawl_releases.known_status,
    help="Of muckrock_requests: requests that are done, partial, rejected and so on.",
)
@click.option("--tag", help="Of muckrock_requests: requests with this tag.")
@click.option("--no-read", is_flag=True, help="Leave the reading of documents to the workers.")
@click.option(
    "--address", default="", help="Of reading_room: the page with links to released PDFs."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def crawl(source: str | None, wants_list: bool, as_json: bool, **asked: Any) -> None:
    """Collect records or released documents from a public source into the archive.

    QUERY is what muckrock_requests and documentcloud_documents are searched for. Stops at a robots
    rule or a challenge page, and says so. After an interruption the same command goes on. Documents
    are read before it ends. Ends with 16 when something was refused, is missing, or is not
    plausible.

    Example:  paperwatch crawl usaspending_awards --keyword "facial recognition" --agency ICE
    """
    if wants_list:
        _list()
        return
    if source is None:
        raise BadRequest(f"Name a source: {', '.join(SOURCES)}.")
    if source in (rooms := _rooms()):
        _by_room(rooms[source], asked, as_json=as_json)
        return
    _check_words(source, asked)
    days = Days(since=asked["since"], kind=asked["date_kind"] or "")
    _CRAWLS[source](source, asked, days, as_json=as_json)


def _check_words(source: str, asked: dict[str, Any]) -> None:
    """See that every word is one that the source understands.

    Raises:
        BadRequest: one belongs to another source.
    """
    strange = [name for name, by in _UNDERSTOOD_BY.items() if asked[name] and source not in by]
    if strange:
        given = ", ".join(_as_typed(name) for name in strange)
        others = listed(_UNDERSTOOD_BY[strange[0]])
        raise BadRequest(f"{source} knows no {given}; {others} {_do(strange[0])}.")


def _as_typed(name: str) -> str:
    return "QUERY" if name == "query" else f"--{name.replace('_', '-')}"


def _do(name: str) -> str:
    return "does" if len(_UNDERSTOOD_BY[name]) == 1 else "do"


def _releases(source: str, asked: dict[str, Any], days: Days, *, as_json: bool) -> None:
    service = SERVICES[source]
    question = crawl_releases.question_of(service, asked)
    began_s = time.monotonic()
    with open_archive(_in_force(f"{service.prefix}_URL")) as archive:
        tell = Progress(service.what).tell
        ended = crawl_service(archive, service, question, days, tell, _say)
        read = 0 if asked["no_read"] else read_documents(archive, _say)
        indexed = bring_index_up_to_date(archive)
    seconds = time.monotonic() - began_s
    brought = {"read": read, "indexed": indexed}
    crawl_releases.report(service, ended, brought, seconds, as_json=as_json)


def _by_room(room: Room, asked: dict[str, Any], *, as_json: bool) -> None:
    strange = [name for name in asked if asked[name] and name not in _OF_ROOMS]
    if strange:
        raise BadRequest(f"{room.name} knows no {', '.join(map(_as_typed, strange))}.")
    wanted = crawl_room.room_asked(room, asked["address"], asked["agency"])
    in_force = settings.load()
    logs.begin(in_force, is_task=True)
    limit, is_reading = asked["limit"] or 0, not asked["no_read"]
    crawl_room.crawl_and_report(
        in_force, wanted, limit, _say, is_reading=is_reading, as_json=as_json
    )


def _by_search(source: str, asked: dict[str, Any], days: Days, *, as_json: bool) -> None:
    question, choice = _question(asked), Choice(asked["by"] or "")
    began_s = time.monotonic()
    with open_archive(_in_force()) as archive:
        tell = Progress("awards").tell
        crawled = crawl_awards(archive, question, days, tell, _say, choice)
        indexed = bring_index_up_to_date(archive)
    seconds = time.monotonic() - began_s
    if crawled.by_file is not None:
        crawl_by_file.report(source, crawled.by_file, indexed, seconds, as_json=as_json)
    else:
        crawl_by_search.report(source, crawled, indexed, seconds, as_json=as_json)


def _by_file(source: str, asked: dict[str, Any], days: Days, *, as_json: bool) -> None:
    question = BulkQuestion(
        agencies=asked["agency"],
        until=asked["until"],
        subawards=asked["subawards"],
        monthly=asked["monthly"],
        changes=asked["changes"],
    )
    began_s = time.monotonic()
    with open_archive(_in_force()) as archive:
        brought = crawl_bulk(archive, question, days, _say)
        indexed = bring_index_up_to_date(archive)
    seconds = time.monotonic() - began_s
    crawl_by_file.report(source, brought, indexed, seconds, as_json=as_json)


def _in_force(address: str = "USASPENDING_URL") -> Settings:
    """Give the settings in force; a sample archive is crawled from a stand-in alone."""
    in_force = settings.load()
    logs.begin(in_force, is_task=True)
    if not is_loopback(service_address(in_force, address)):
        in_force.refuse_in_sample()
    return in_force


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


def _list() -> None:
    own = {name: source_of(room) for name, room in _rooms().items() if name not in SOURCES}
    for source in {**SOURCES, **own}.values():
        click.echo(f"{source.name}\n  {source.what}\n  Terms: {source.terms}")
        click.echo(f"  Cadence: {source.cadence}\n  Plausible: {source.plausible}")


def _question(asked: dict[str, Any]) -> Question:
    return Question(
        keywords=asked["keyword"],
        agencies=asked["agency"],
        recipients=tuple(uei.strip().upper() for uei in asked["recipient"]),
        psc=tuple(code.strip().upper() for code in asked["psc"]),
        naics=asked["naics"],
        groups=("contracts", "idvs", "grants") if asked["grants"] else ("contracts", "idvs"),
        until=asked["until"],
        limit=asked["limit"] or 0,
    )


_CRAWLS = {
    _BY_SEARCH: _by_search,
    BY_FILE: _by_file,
    **dict.fromkeys(SERVICES, _releases),
}
