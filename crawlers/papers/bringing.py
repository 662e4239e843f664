"""Brings one document file: asks whether it changed, fetches it, looks at it, keeps its bytes."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from scrapy.http import Response

from archive.at_source import There, there_at
from archive.captures import Latest, latest
from archive.errors import Damaged, NotFound, SourceUnavailable
from archive.model import Answer
from archive.opening import Archive
from archive.settings import Settings
from crawlers.asking import Forbidden, NoMore, Reply, SentAway
from crawlers.fetching import Part, Tell, TooLarge
from crawlers.inside import leads_inside
from crawlers.papers.looking import first_bytes, is_of_another_kind, sha1_of, what_is_wrong
from crawlers.papers.paper import Outcome, Paper, Wanted
from crawlers.patience import is_challenge
from crawlers.writing import Writer

_NOT_CHANGED = 304
_GONE = (404, 410)
_NOT_FOR_US = (401, 403)
_NOT_FOR_US_MAX = 5  # in a row: then all of the host is kept from us
_CUT_OFF_MAX = 3  # files in a row: then the host, or our connection, is not well
_MOVED = (301, 302, 303, 307, 308)
_MOVES = 5
_BEGINNING = 20_000  # of a page that may send us away
_MEGABYTE = 1_000_000


class LedInside(SourceUnavailable):
    """A file is said to be where only this machine or network can ask; it was not asked for."""


class Bringer(Protocol):
    """A spider that files can be brought for."""

    source: str
    writer: Writer
    folder: Path
    most_bytes: int
    turned_away: int
    cut_off: int

    @property
    def tell_bytes(self) -> Tell:
        """What is told how much of a file is here."""
        ...

    async def fetch(self, part: Part, conditions: Mapping[str, str] = ...) -> Reply:
        """Fetch a file into a part."""
        ...


def papers_given(settings: Settings) -> dict[str, Any]:
    """Give what a spider needs for bringing files, besides what every one is given."""
    return {
        "folder": settings.home / "fetching",
        "most_bytes": settings.whole_number("DOCUMENT_MAX") * _MEGABYTE,
        "tell_bytes": lambda _here, _share: None,
    }


async def bring(spider: Bringer, wanted: Wanted) -> Paper:
    """Bring a file; what came of it is in the result, for the writer.

    Raises:
        SentAway: a page came that wants to see a person, or we are turned away again and again.
        SourceUnavailable: no connection, or three files in a row came to no end.
    """
    if wanted.is_lasting and (still := await held_still(spider, wanted)) is not None:
        return still
    there, before = await spider.writer.ask(lambda archive: _known(archive, spider.source, wanted))
    part = _part(spider, wanted.address)
    try:
        part, reply = await _fetched(spider, part, _conditions(there, before, part))
    except Forbidden as error:
        return Paper(wanted=wanted, outcome=Outcome.LEFT_ALONE, reason=str(error))
    except TooLarge as error:
        return Paper(wanted=wanted, outcome=Outcome.TOO_LARGE, reason=str(error))
    except LedInside as error:
        return Paper(wanted=wanted, outcome=Outcome.NOT_GIVEN, reason=str(error))
    except NoMore as error:
        spider.cut_off += 1
        if spider.cut_off >= _CUT_OFF_MAX:
            raise
        return Paper(wanted=wanted, outcome=Outcome.UNANSWERED, reason=str(error))
    spider.cut_off = 0
    reply = replace(reply, answer=_at_first_address(reply, wanted.address))
    if reply.answer.status == _NOT_CHANGED and there is not None:
        return Paper(wanted=wanted, outcome=Outcome.SAME, sha256=there.sha256)
    if reply.answer.status == 200 and not reply.problem:
        spider.turned_away = 0
        return await _looked_at(spider, wanted, part, reply)
    outcome = _outcome(spider, reply.answer, wanted.address)
    return Paper(wanted=wanted, outcome=outcome, answer=reply.answer, reason=reply.problem)


async def held_still(spider: Bringer, wanted: Wanted) -> Paper | None:
    """Say of a file that never changes at its address that it is held; None where it is not.

    That is so too of one that was of another kind. A page, or nothing, that came in its place on a
    bad day is no such file; nor is a PDF that was gone since, or whose deposit was cut off.
    """
    there, before = await spider.writer.ask(lambda archive: _known(archive, spider.source, wanted))
    if there is not None:
        return Paper(wanted=wanted, outcome=Outcome.SAME, sha256=there.sha256)
    if before is not None and before.status == 200:
        kept = before.sha256
        if await spider.writer.ask(lambda archive: _is_of_another_kind(archive, kept)):
            return Paper(wanted=wanted, outcome=Outcome.SAME)
    return None


def _is_of_another_kind(archive: Archive, sha256: str) -> bool:
    try:
        return is_of_another_kind(first_bytes(archive.files.path(sha256)))
    except (NotFound, Damaged):
        return False


def _outcome(spider: Bringer, answer: Answer, address: str) -> Outcome:
    """Judge an answer that is no file by its status.

    Raises:
        SentAway: it turns us away, and so did those before it.
    """
    if answer.status in _GONE:
        return Outcome.GONE
    if answer.status not in _NOT_FOR_US:
        return Outcome.UNANSWERED
    spider.turned_away += 1
    if spider.turned_away >= _NOT_FOR_US_MAX:
        raise SentAway(
            f"{urlsplit(address).netloc} turned us away {spider.turned_away} times in a row (status"
            f" {answer.status}). Ask its operators, or try again another day.",
            answer,
        )
    return Outcome.NOT_GIVEN


def _known(archive: Archive, source: str, wanted: Wanted) -> tuple[There | None, Latest | None]:
    """Give the document that is there, and what was answered last at its address."""
    return there_at(archive, source, wanted.place), latest(archive, source, wanted.address)


def _part(spider: Bringer, address: str) -> Part:
    return Part(
        folder=spider.folder,
        address=address,
        tell=spider.tell_bytes,
        most_bytes=spider.most_bytes,
        taken_by=f"{type(spider).__name__} {spider.source} ",
    )


def _conditions(there: There | None, before: Latest | None, part: Part) -> dict[str, str]:
    """Ask only for what changed, unless a part of it is here already.

    What the last answer says counts only where it was of the document that is there.
    """
    if there is None or before is None or before.sha256 != there.sha256 or part.size_bytes:
        return {}
    pairs = (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))
    return {asked: before.headers[said] for said, asked in pairs if before.headers.get(said)}


async def _fetched(
    spider: Bringer, part: Part, conditions: Mapping[str, str]
) -> tuple[Part, Reply]:
    """Fetch a file, wherever it moved to; each address is asked for by the rules of its own host.

    Raises:
        LedInside: it moves to where only we could ask for it.
        NoMore: it moves without end, or to what is no web address.
    """
    asked = part.address
    for _ in range(_MOVES):
        reply = await spider.fetch(part, conditions)
        moved_to = reply.answer.headers.get("Location", "")
        if reply.answer.status not in _MOVED or not moved_to:
            return part, reply
        address = urljoin(part.address, moved_to)
        if urlsplit(address).scheme not in ("http", "https"):
            break
        await refuse_inside(address, asked)
        part = _part(spider, address)
    raise NoMore(f"{asked} leads on and on, and to no file.")


async def refuse_inside(address: str, asked: str) -> None:
    """See that an address which others name leads to what everybody may ask for.

    Raises:
        LedInside: it does not; `asked` is where we were told of it.
    """
    if await asyncio.to_thread(leads_inside, address, asked):
        raise LedInside(
            f"{asked} leads to {urlsplit(address).netloc}, which is within this network. Nothing"
            " was asked there."
        )


def _at_first_address(reply: Reply, address: str) -> Answer:
    """Keep an answer under the address that was asked for; where it moved to is a header of it.

    That is without what stands behind its question mark: some services sign their addresses.
    """
    answer = reply.answer
    if answer.address == address:
        return answer
    moved = {"Location": answer.address.partition("?")[0]}
    return replace(answer, address=address, headers={**answer.headers, **moved})


async def _looked_at(spider: Bringer, wanted: Wanted, part: Part, reply: Reply) -> Paper:
    """Look at what came before it is believed, and take it into the store.

    Raises:
        SentAway: it is a page that wants to see a person.
    """
    beginning = first_bytes(part.path, _BEGINNING)
    wrong = what_is_wrong(beginning, part.size_bytes)
    if wrong and is_challenge(Response(part.address, status=200, body=beginning)):
        answer = replace(reply.answer, body=await spider.writer.take(part))
        raise SentAway(
            f"{urlsplit(part.address).netloc} answered {wanted.address} with a page that sends us"
            " away. It is not bypassed; ask its operators, or try again another day.",
            answer,
        )
    if not wrong and wanted.sha1 and sha1_of(part.path) != wanted.sha1:
        wrong = f"its bytes are not those that the source names (SHA-1 {wanted.sha1})"
    stored = await spider.writer.take(part)
    outcome = Outcome.NO_PDF if wrong else Outcome.CAME
    answer = replace(reply.answer, body=stored)
    return Paper(wanted=wanted, outcome=outcome, answer=answer, reason=wrong)
