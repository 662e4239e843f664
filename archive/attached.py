"""Which documents came attached to which: the ties between them, as the catalogue has them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import attachment, document, release

# An attachment of an attachment of an attachment is taken out; what hangs at that one is listed.
DEPTH_MAX = 3


def because_of(sha256: str) -> str:
    """Give the reason for which what is attached to a document is held: it is not public."""
    return f"it came attached to document {sha256[:16]}…, which is held back or withdrawn"


def attached_to_it(connection: sa.Connection, parent_id: int) -> list[sa.Row[Any]]:
    """Give the attachments of a document in the order of the file, each with its document's state.

    Columns whose names begin with `its_` are None for one that is no document.
    """
    wanted = (
        sa.select(
            attachment,
            document.c.sha256.label("its_sha256"),
            document.c.state.label("its_state"),
            document.c.held_part.label("its_held_part"),
            document.c.verdict.label("its_verdict"),
            document.c.verdict_reason.label("its_verdict_reason"),
            document.c.title.label("its_title"),
        )
        .outerjoin(document, document.c.id == attachment.c.document_id)
        .where(attachment.c.parent_id == parent_id)
        .order_by(attachment.c.place)
    )
    return list(connection.execute(wanted).all())


def holders_of(connection: sa.Connection, document_id: int) -> list[sa.Row[Any]]:
    """Give the documents to which one is attached, each with the name it has there."""
    wanted = (
        sa.select(document, attachment.c.name, attachment.c.page.label("at_page"))
        .join(attachment, attachment.c.parent_id == document.c.id)
        .where(attachment.c.document_id == document_id)
        .order_by(document.c.id, attachment.c.place)
    )
    return list(connection.execute(wanted).all())


def children(connection: sa.Connection, parent_id: int) -> list[sa.Row[Any]]:
    """Give the documents that are attached to one, each once."""
    theirs = sa.select(attachment.c.document_id).where(attachment.c.parent_id == parent_id)
    wanted = sa.select(document).where(document.c.id.in_(theirs)).order_by(document.c.id)
    return list(connection.execute(wanted).all())


def hanging_alone(connection: sa.Connection, parent_id: int) -> list[sa.Row[Any]]:
    """Give the documents that became public by being attached to one, and by nothing else.

    They have no release of their own, and no other public document holds them.
    """
    released = sa.select(release.c.document_id)
    others = (
        sa.select(attachment.c.document_id)
        .join(document, document.c.id == attachment.c.parent_id)
        .where(
            attachment.c.parent_id != parent_id,
            document.c.state == "public",
            attachment.c.document_id.is_not(None),
        )
    )
    theirs = sa.select(attachment.c.document_id).where(attachment.c.parent_id == parent_id)
    wanted = sa.select(document).where(
        document.c.id.in_(theirs), document.c.id.not_in(released), document.c.id.not_in(others)
    )
    return list(connection.execute(wanted.order_by(document.c.id)).all())


def descendants(connection: sa.Connection, parent_id: int) -> list[str]:
    """Give the SHA-256 of all documents below one, at most as deep as they are taken out."""
    found: dict[int, str] = {}
    level: Sequence[int] = [parent_id]
    for _ in range(DEPTH_MAX):
        below = [row for one in level for row in children(connection, one)]
        level = [row.id for row in below if row.id not in found]
        found |= {row.id: row.sha256 for row in below}
    return sorted(found.values())


def depth_of(connection: sa.Connection, document_id: int) -> int:
    """Tell how deep a document hangs below one that was released by itself: 0 for such a one."""
    level, depth = {document_id}, 0
    while depth < DEPTH_MAX and not _is_any_released(connection, level):
        wanted = sa.select(attachment.c.parent_id).where(attachment.c.document_id.in_(level))
        above = set(connection.execute(wanted).scalars())
        if not above:
            break
        level, depth = above, depth + 1
    return depth


def hanging_with(connection: sa.Connection, document_id: int) -> tuple[int, int]:
    """Count the files that hang below the same released document as one does, and their bytes.

    Its own are left out: they are about to be replaced. Of several holders the first counts.
    """
    root = document_id
    for _ in range(DEPTH_MAX):
        first = sa.select(sa.func.min(attachment.c.parent_id))
        above = connection.scalar(first.where(attachment.c.document_id == root))
        if above is None:
            break
        root = above
    level, seen, files, size_bytes = {root}, {root}, 0, 0
    for _ in range(DEPTH_MAX):
        out_of = attachment.c.parent_id.in_(level - {document_id})
        wanted = sa.select(attachment.c.document_id, attachment.c.size_bytes)
        below = connection.execute(wanted.where(out_of, attachment.c.sha256 != "")).all()
        files += len(below)
        size_bytes += sum(row.size_bytes for row in below)
        level = {row.document_id for row in below if row.document_id is not None} - seen
        seen |= level
    return files, size_bytes


def _is_any_released(connection: sa.Connection, numbers: set[int]) -> bool:
    wanted = sa.select(release.c.id).where(release.c.document_id.in_(numbers)).limit(1)
    return connection.execute(wanted).first() is not None
