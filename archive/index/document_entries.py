"""Index entries of documents: title, releases, and the text of all pages."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import document, release
from archive.errors import Damaged, NotFound
from archive.index.values import day_and_year, facets
from archive.opening import Archive
from archive.readings import Reading
from archive.search.entry import Entry
from archive.states import access
from archive.watchlist.agencies import name_of
from archive.watchlist.technologies import tag


def document_entries(
    archive: Archive, connection: sa.Connection, rows: Mapping[str, tuple[int, str]]
) -> Iterator[Entry]:
    """Build the entries of documents: `rows` is SHA-256 → (number, version)."""
    keys = list(rows)
    releases = _releases(connection, keys)
    for found in connection.execute(sa.select(document).where(document.c.sha256.in_(keys))):
        number, changed = rows[found.sha256]
        yield _entry(archive, found, number, changed, releases[found.sha256])


def document_title(title: str, addresses: Sequence[str]) -> str:
    """Give a document's title: its own, else the name of the file it was released as."""
    if title:
        return title
    name = addresses[0].rstrip("/").rsplit("/", 1)[-1] if addresses else ""
    return name or "Document without a title"


def _releases(
    connection: sa.Connection, keys: Sequence[str]
) -> defaultdict[str, list[sa.Row[Any]]]:
    wanted = (
        sa.select(document.c.sha256, release)
        .join(release, release.c.document_id == document.c.id)
        .where(document.c.sha256.in_(keys))
        .order_by(release.c.id)
    )
    releases: defaultdict[str, list[sa.Row[Any]]] = defaultdict(list)
    for row in connection.execute(wanted):
        releases[row.sha256].append(row)
    return releases


def _entry(
    archive: Archive,
    found: sa.Row[Any],
    number: int,
    changed: str,
    releases: Sequence[sa.Row[Any]],
) -> Entry:
    may = access(found.state, found.held_part, found.verdict)
    pages = _pages(archive, found.reading_sha256) if may.text else ()
    title = document_title(found.title, [one.address for one in releases])
    released_on = min((one.released_on for one in releases if one.released_on), default="")
    # The day of a capture is no day of the document: what has no other is in no range of dates.
    day, year = day_and_year(found.dated_on or released_on)
    codes = [one.agency_code for one in releases if one.agency_code]
    toptier, subtier = _tiers(codes)
    return Entry(
        key=f"documents/{found.sha256}",
        number=number,
        version=changed,
        changed_no=int(changed),
        kind="document",
        title=title,
        text=tuple(dict.fromkeys(one.address for one in releases)) if may.original else (),
        agencies=tuple(dict.fromkeys(name for code in codes if (name := name_of(code)))),
        identifiers=(found.sha256,),
        facets=facets(
            kind=["document"],
            source=[one.source for one in releases],
            agency=toptier,
            subagency=subtier,
            technology=_technologies(title, pages),
            state=[one.state for one in releases],
            year=[year],
            type=[found.type],
        ),
        day=day,
        pages=pages,
    )


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


def _technologies(title: str, pages: Sequence[str]) -> list[str]:
    """Find the technologies that a page names outright; weaker signs say little on a long page."""
    found = {
        one.technology for text in (title, *pages) for one in tag(text) if one.tier == "strong"
    }
    return sorted(found)
