"""Documents in a list of results: who released them, on which pages the words stand."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import document
from archive.errors import Damaged, NotFound
from archive.page_rows import NO_PAGES, PageSums, sums
from archive.readings import Reading
from archive.releases import (
    Releases,
    document_title,
    file_name,
    first_day,
    named_body,
    releases_of,
)
from archive.search.engine import Engine, PageHits
from archive.search.marking import snippet
from archive.search.tree import Node, page_part
from archive.shown.desk import Desk
from archive.shown.found import DocumentEntry, PageMatch
from archive.shown.hits import hits_on_page, is_markable
from archive.shown.passages import Passage, marked, unmarked
from archive.states import access

_DOCUMENTS = sa.select(document).where(
    document.c.sha256.in_(sa.bindparam("hashes", expanding=True))
)
PAGES_SHOWN = 5
_PAGES_READ = 2  # of which a passage is shown; reading more would cost more than ranking


def load_documents(
    desk: Desk, connection: sa.Connection, engine: Engine, tree: Node, keys: Sequence[str]
) -> dict[str, DocumentEntry]:
    """Give listed documents by entry key."""
    hashes = [key.removeprefix("documents/") for key in keys]
    rows = connection.execute(_DOCUMENTS, {"hashes": hashes}).all()
    rows = [row for row in rows if access(row.state, row.held_part, row.verdict).listed]
    numbers = [row.id for row in rows]
    releases = releases_of(connection, numbers)
    known = sums(connection, numbers)
    part = page_part(tree)
    pages = engine.pages(part, keys, PAGES_SHOWN) if part else {}
    return {
        f"documents/{row.sha256}": _entry(
            desk,
            tree,
            row,
            releases[row.id],
            known.get(row.id, NO_PAGES),
            pages.get(f"documents/{row.sha256}"),
        )
        for row in rows
    }


def released_by(desk: Desk, releases: Releases) -> tuple[str, ...]:
    """Give who released a document: agencies by their short names, other bodies by their own."""
    return tuple(dict.fromkeys(filter(None, (releasing(desk, one) for one in releases))))


def releasing(desk: Desk, row: sa.Row[Any]) -> str:
    """Name the releasing body of a release or of a statement of one, '' for none."""
    code = row.agency_code
    return desk.agency(code, code) if code else named_body(row.body, row.state)


def _entry(
    desk: Desk,
    tree: Node,
    row: sa.Row[Any],
    releases: Releases,
    known: PageSums,
    hits: PageHits | None,
) -> DocumentEntry:
    may_say_where = access(row.state, row.held_part, row.verdict).original
    title = document_title(row.title, releases, may_say_where=may_say_where)
    released_on = first_day(releases)
    passages, counts = _read(desk, tree, row.reading_sha256, hits)
    return DocumentEntry(
        key=row.sha256,
        address=f"/documents/{row.sha256}",
        title=unmarked(title) if passages else marked(tree, title, field="title"),
        day=row.dated_on or released_on,
        type=row.type,
        file_name=file_name(releases, may_say_where=may_say_where),
        released_by=released_by(desk, releases),
        released_on=released_on,
        page_count=row.page_count,
        is_held=row.state == "held",
        beneath=known.beneath,
        redacted_percent=known.redacted_percent,
        exemptions=known.exemptions,
        poor_pages=known.poor,
        unread_pages=known.unread,
        verdict=row.verdict,
        passages=passages,
        pages=tuple(
            PageMatch(number=number, hits=counts.get(number))
            for number in sorted(hits.numbers if hits else ())
        ),
        pages_total=hits.total if hits else 0,
        whole=hits.whole if hits else True,
        source=desk.source(releases[0].source) if releases else "",
        captured_at=releases[0].fetched_at if releases else row.added_at,
    )


def _read(
    desk: Desk, tree: Node, reading_sha256: str, hits: PageHits | None
) -> tuple[tuple[Passage, ...], dict[int, int]]:
    """Give the passages of the best pages, and how often the words stand on each."""
    if not hits or not reading_sha256:
        return (), {}
    passages, counts = [], {}
    can_count = is_markable(tree)
    try:
        with Reading.open(desk.archive.files.path(reading_sha256)) as reading:
            for number in hits.numbers[:_PAGES_READ]:
                text = reading.text(number)
                if can_count:
                    counts[number] = hits_on_page(tree, text, reading.redactions(number))
                fragments = snippet(tree, text, width=200 if len(hits.numbers) == 1 else 130)
                passages.append(Passage(where=f"Page {number}", fragments=fragments, page=number))
    except (Damaged, NotFound, IndexError):
        # A damaged reading is named by `verify`; a list of results must not fail over it.
        return (), {}
    return tuple(passages), counts
