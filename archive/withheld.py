"""What an original shows beyond its text: words beneath boxes and personal numbers, counted."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from archive.catalogue.tables import page

_BENEATH = "text beneath opaque boxes"
_MASKED = "personal numbers"


def withheld(connection: sa.Connection, document_id: int) -> dict[tuple[str, int], int]:
    """Count what the original shows beyond the text: (what it is, page) → how much."""
    wanted = (
        sa.select(page.c.number, page.c.characters_beneath_boxes, page.c.masked)
        .where(page.c.document_id == document_id)
        .where(sa.or_(page.c.characters_beneath_boxes > 0, page.c.masked > 0))
        .order_by(page.c.number)
    )
    found: dict[tuple[str, int], int] = {}
    for row in connection.execute(wanted):
        if row.characters_beneath_boxes:
            found[_BENEATH, row.number] = row.characters_beneath_boxes
        if row.masked:
            found[_MASKED, row.number] = row.masked
    return found


def said_of(shows: Iterable[tuple[str, int]]) -> str:
    """Say what an original shows: "text beneath opaque boxes on page 4 and …"."""
    pages = list(shows)
    return " and ".join(
        f"{what} on {_named([number for kind, number in pages if kind == what])}"
        for what in (_BENEATH, _MASKED)
        if any(kind == what for kind, _ in pages)
    )


def _named(pages: Sequence[int]) -> str:
    """Name up to ten pages: "page 4", "pages 4, 7"."""
    numbers = ", ".join(str(one) for one in pages[:10]) + (" …" if len(pages) > 10 else "")
    return f"page{'s' if len(pages) > 1 else ''} {numbers}"
