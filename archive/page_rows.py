"""What the catalogue knows of pages: summed up one by one, by document, and beside equal ones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import document, page
from archive.outcomes import PageSummary, share_of
from archive.status import POOR


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSums:
    """The pages of a document in sum. `redacted_percent` is None where that of one is not known."""

    beneath: int = 0
    poor: int = 0
    unread: int = 0
    redacted_percent: int | None = None
    exemptions: tuple[str, ...] = ()


NO_PAGES = PageSums()

_IS_KNOWN = sa.and_(page.c.boxes.is_not(None), page.c.covered_percent.is_not(None))
# As `PageSummary.redacted_percent`.
_SHARE = sa.case(
    (page.c.is_withheld, 100),
    (page.c.covered_percent > 0, page.c.covered_percent),
    (sa.or_(page.c.boxes > 0, page.c.exemptions != ""), 1),
    else_=page.c.covered_percent,
)


def summaries(
    connection: sa.Connection, documents: Sequence[int]
) -> defaultdict[int, list[PageSummary]]:
    """Give the pages of documents by their number, in order."""
    wanted = sa.select(page).where(page.c.document_id.in_(documents))
    found: defaultdict[int, list[PageSummary]] = defaultdict(list)
    for row in connection.execute(wanted.order_by(page.c.document_id, page.c.number)):
        found[row.document_id].append(_summary(row))
    return found


def _summary(row: sa.Row[Any]) -> PageSummary:
    return PageSummary(
        number=row.number,
        words=row.words,
        text_from=row.text_from,
        confidence=row.confidence,
        characters_beneath_boxes=row.characters_beneath_boxes,
        masked=row.masked,
        boxes=row.boxes,
        covered_percent=row.covered_percent,
        exemptions=codes_of(row.exemptions),
        is_withheld=row.is_withheld,
        content_key=row.content_key or "",
    )


def codes_of(written: str) -> tuple[str, ...]:
    """Read the exemptions of a row, one a line."""
    return tuple(written.split("\n")) if written else ()


def sums(connection: sa.Connection, documents: Sequence[int]) -> Mapping[int, PageSums]:
    """Sum up the pages of documents by their number; one without pages is left out."""
    if not documents:
        return {}
    counted = (
        sa.select(
            page.c.document_id,
            sa.func.count().label("pages"),
            sa.func.sum(page.c.characters_beneath_boxes).label("beneath"),
            sa.func.sum(sa.case((page.c.confidence < POOR, 1), else_=0)).label("poor"),
            sa.func.sum(sa.case((page.c.text_from == "picture", 1), else_=0)).label("unread"),
            sa.func.sum(sa.case((_IS_KNOWN, 1), else_=0)).label("known"),
            sa.func.sum(_SHARE).label("shares"),
        )
        .where(page.c.document_id.in_(documents))
        .group_by(page.c.document_id)
    )
    codes = _codes(connection, documents)
    return {
        row.document_id: PageSums(
            beneath=int(row.beneath),
            poor=int(row.poor),
            unread=int(row.unread),
            redacted_percent=share_of(int(row.shares), row.pages)
            if int(row.known) == row.pages
            else None,
            exemptions=tuple(sorted(codes[row.document_id])),
        )
        for row in connection.execute(counted)
    }


def _codes(connection: sa.Connection, documents: Sequence[int]) -> defaultdict[int, set[str]]:
    """Give the exemptions stamped on the pages of documents."""
    wanted = (
        sa.select(page.c.document_id, page.c.exemptions)
        .where(page.c.document_id.in_(documents), page.c.exemptions != "")
        .distinct()
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for number, written in connection.execute(wanted):
        found[number].update(codes_of(written))
    return found


def equal_pages(
    connection: sa.Connection, document_id: int, which: sa.ColumnElement[bool], limit: int
) -> Sequence[sa.Row[Any]]:
    """Find the pages of other documents that are equal to pages of one, at most so many.

    Each is the row of the other document with `here` and `there`, the numbers of both pages.
    `which` says of what documents.
    """
    mine = page.alias()
    wanted = (
        sa.select(document, mine.c.number.label("here"), page.c.number.label("there"))
        .join_from(mine, page, page.c.content_key == mine.c.content_key)
        .join(document, document.c.id == page.c.document_id)
        .where(mine.c.document_id == document_id, page.c.document_id != document_id, which)
        .order_by(document.c.id, mine.c.number, page.c.number)
        .limit(limit)
    )
    return connection.execute(wanted).all()
