"""What `paperwatch crawl` asks of services that tell of releases, and what it says of them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

from archive.errors import BadRequest
from archive.shown.wording import counted
from crawlers.commands.ending import conclude
from crawlers.releasing.question import (
    STATUSES,
    Asked,
    DocumentcloudQuestion,
    MuckrockQuestion,
)
from crawlers.releasing.running import MUCKROCK, Released, Service, counts_of

_SHOWN = 20
_OF_AWARDS = ("awards", "vanished", "not_understood")


def question_of(service: Service, asked: Mapping[str, Any]) -> Asked:
    """Read what is asked."""
    if service is not MUCKROCK:
        return DocumentcloudQuestion(query=_words(asked["query"]), limit=asked["limit"] or 0)
    return MuckrockQuestion(
        words=_words(asked["query"]),
        agency=int(asked["agency"][0]) if asked["agency"] else 0,
        jurisdiction=asked["jurisdiction"] or 0,
        status=asked["status"] or "",
        tag=_words(asked["tag"]),
        limit=asked["limit"] or 0,
    )


def known_status(
    _context: click.Context, _parameter: click.Parameter, typed: str | None
) -> str | None:
    """See that a status is one, when the words are read: a schedule asks before it runs them.

    Raises:
        BadRequest: it is none.
    """
    if typed is not None and typed not in STATUSES:
        raise BadRequest(f"--status {typed!r} is not known (known: {', '.join(STATUSES)}).")
    return typed


def _words(typed: str | None) -> str:
    return " ".join((typed or "").split())


def known_number(name: str, typed: tuple[str, ...]) -> tuple[str, ...]:
    """See that at most one number of MuckRock's own is given.

    Raises:
        BadRequest: it is none, or several are given.
    """
    if len(typed) > 1 or not all(one.isascii() and one.isdecimal() for one in typed):
        raise BadRequest(
            f"{name} {', '.join(typed)}: give one agency by MuckRock's own number, which ends the"
            " address of its page there: --agency 248"
        )
    return typed


def report(
    service: Service, ended: Released, brought: Mapping[str, int], seconds: float, *, as_json: bool
) -> None:
    """Say what came, and end with the exit code of how it went.

    `brought` counts what was read and indexed afterwards.
    """
    if as_json:
        said = {
            "source": service.source,
            **{name: one for name, one in counts_of(ended).items() if name not in _OF_AWARDS},
            "problem": ended.problem,
            "period": ended.place.period,
            "finished": ended.is_finished,
            **brought,
            "seconds": round(seconds, 2),
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    for line in _lines(service, ended, seconds):
        click.echo(line, err=as_json)
    is_whole = not ended.problem and not ended.written.tally.refused
    conclude(ended.stopped_by, is_finished=ended.is_finished, is_whole=is_whole)


def _lines(service: Service, ended: Released, seconds: float) -> Iterator[str]:
    place, written = ended.place, ended.written
    one = service.what.removesuffix("s")
    count = {name: written.papers.get(name, 0) for name in ("new", "again", "changed", "unchanged")}
    yield (
        f"{service.source}: {counted(place.total, one)} read in {seconds:.0f} s; of their files"
        f" {count['new']:,} new, {count['again']:,} known from elsewhere, {count['changed']:,}"
        f" changed, {count['unchanged']:,} unchanged."
    )
    if ended.was_resumed:
        yield "  It went on where an earlier command had stopped."
    yield from (f"  {words}" for words in _said_of_papers(written.papers))
    if place.left:
        yield f"  Not for everybody, and left out: {counted(place.left, one)}."
    if place.waiting:
        yield f"  Not ready yet, and looked at next time: {counted(len(place.waiting), one)}."
    if place.again:
        yield f"  Looked at again: {counted(place.again, one)}."
    for said in written.refusals[:_SHOWN]:
        kept = f" Kept as capture {said['capture'][:12]}" if said["capture"] else ""
        yield f"  {said['subject']}: {said['reason'].rstrip('.')}.{kept}"
    if ended.is_finished and place.expected and not ended.limit:
        expected = sum(place.expected.values())
        yield f"  The service had counted {expected:,}; {place.total + place.left:,} came."
    if ended.problem:
        yield f"  ALARM: {ended.problem}. Run the same command again."


def _said_of_papers(papers: Mapping[str, int]) -> Iterator[str]:
    said = {
        "told_anew": "Described anew; what was said before is kept",
        "vanished": "Gone from their source, or there again; they stay, with the day",
        "no_pdf": "No PDF, and kept as captures",
        "too_large": "Larger than PAPERWATCH_DOCUMENT_MAX, and not taken",
        "left_alone": "Left alone, for the robots rules of their hosts",
        "not_given": "Not given by their hosts",
        "unanswered": "Without an answer",
    }
    for name, words in said.items():
        if papers.get(name):
            yield f"{words}: {counted(papers[name], 'file')}."
