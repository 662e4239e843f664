"""Index entries of documents: title, releases, and the text of all pages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import document
from archive.errors import Damaged, NotFound
from archive.index.values import facets, ordinal
from archive.named import kept
from archive.opening import Archive
from archive.outcomes import PageSummary, redacted_percent
from archive.page_rows import summaries
from archive.readings import Reading
from archive.releases import (
    Releases,
    bodies,
    case_numbers,
    document_title,
    first_day,
    releases_of,
)
from archive.search.entry import Entry, PageFacts
from archive.states import access
from archive.watchlist.agencies import name_of
from archive.watchlist.technologies import named_outright


def document_entries(
    archive: Archive, connection: sa.Connection, rows: Mapping[str, tuple[int, str]]
) -> Iterator[Entry]:
    """Build the entries of documents: `rows` is SHA-256 → (number, version)."""
    wanted = sa.select(document).where(document.c.sha256.in_(list(rows)))
    found = connection.execute(wanted).all()
    numbers = [one.id for one in found]
    releases, pages = releases_of(connection, numbers), summaries(connection, numbers)
    for one in found:
        number, changed = rows[one.sha256]
        yield _entry(archive, one, number, changed, releases[one.id], pages[one.id])


def _entry(
    archive: Archive,
    found: sa.Row[Any],
    number: int,
    changed: str,
    releases: Releases,
    known: Sequence[PageSummary],
) -> Entry:
    may = access(found.state, found.held_part, found.verdict)
    pages = _pages(archive, found.reading_sha256) if may.text else ()
    facts = tuple(map(_facts, known)) if len(known) == len(pages) else ()
    title = document_title(found.title, releases, may_say_where=may.original)
    # The day of a capture is no day of the document: what has no other is in no range of dates.
    day = ordinal(found.dated_on or first_day(releases))
    codes = [one.agency_code for one in releases if one.agency_code]
    toptier, subtier = _tiers(codes)
    return Entry(
        key=f"documents/{found.sha256}",
        number=number,
        version=changed,
        changed_no=int(changed),
        kind="document",
        title=title,
        text=_told_where(releases) if may.original else (),
        agencies=tuple(dict.fromkeys((*filter(None, map(name_of, codes)), *bodies(releases)))),
        identifiers=(found.sha256, *case_numbers(releases)),
        facets=facets(
            source=[one.source for one in releases],
            agency=toptier,
            subagency=[*subtier, *bodies(releases)],
            # Weaker signs than a name say little on a long page.
            technology=_technologies(found.technologies, title, pages),
            state=[one.state for one in releases],
            type=[found.type],
            exemption=sorted({code for one in facts for code in one.exemptions}),
            read=sorted({one.read for one in facts}),
        ),
        day=day,
        pages=pages,
        page_facts=facts,
        redacted=redacted_percent(known) if facts else None,
    )


def _told_where(releases: Releases) -> tuple[str, ...]:
    """Give the addresses of a document, and what it is listed as there."""
    return tuple(dict.fromkeys([*(one.address for one in releases), *_titles(releases)]))


def _titles(releases: Releases) -> list[str]:
    return [one.title for one in releases if one.title]


def _facts(one: PageSummary) -> PageFacts:
    return PageFacts(
        exemptions=one.exemptions,
        redacted=one.redacted_percent,
        read="unread" if one.text_from == "picture" else "poorly" if one.is_poor else "",
    )


def _technologies(written: str, title: str, pages: Sequence[str]) -> list[str]:
    known = kept(written) if pages else ()
    if known is None:
        return sorted(named_outright((title, *pages)))
    return sorted({*known, *named_outright([title])})


def _pages(archive: Archive, reading_sha256: str) -> tuple[str, ...]:
    """Read the pages' texts; a reading that is missing leaves them out, and `verify` names it."""
    if not reading_sha256:
        return ()
    try:
        with Reading.open(archive.files.path(reading_sha256)) as reading:
            return tuple(reading.text(n) for n in range(1, reading.page_count + 1))
    except (NotFound, Damaged):
        return ()


def _tiers(codes: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part agency codes into toptier (three digits) and subtier (four signs)."""
    return [one for one in codes if len(one) == 3], [one for one in codes if len(one) == 4]
