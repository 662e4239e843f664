"""Documents: how a released file comes into the catalogue, and what was told of its release."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive import clock, states, work
from archive.announce import announce
from archive.attached import descendants
from archive.captures import keep
from archive.catalogue.conflict import insert
from archive.catalogue.tables import document, page, release
from archive.errors import NotFound
from archive.model import Answer, Stored
from archive.opening import Archive
from archive.readings import LAYERS
from archive.release_statements import (
    NOT_TOLD,
    Released,
    first_statement,
    release_of,
    state_anew,
    would_differ,
)

READ = "read_document"
RECOGNISE = "recognise_document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposited:
    """A document that stands in the catalogue; `is_new` when its bytes were not known before."""

    id: int
    sha256: str
    is_new: bool


def deposit_document(
    archive: Archive,
    answer: Answer,
    released: Released = NOT_TOLD,
    address: str = "",
) -> Deposited:
    """Deposit a released file, whose bytes `answer.body` (Stored) stand in the store already.

    The same bytes at another address are the same document with a second release. A new document
    is put down to be read. `address` is where readers find it, if that is not where it was fetched.
    """
    kept = keep(archive, answer)
    address = address or answer.address
    wanted = sa.select(document.c.id).where(document.c.sha256 == kept.sha256)
    told = sa.select(release.c.id).where(
        release.c.source == answer.source, release.c.address == address
    )
    with archive.catalogue.reading() as connection:
        known = connection.execute(wanted).scalar()
        if (
            known is not None
            and connection.execute(told.where(release.c.document_id == known)).first()
        ):
            return Deposited(id=known, sha256=kept.sha256, is_new=False)
    size = answer.body.size_bytes if isinstance(answer.body, Stored) else len(answer.body)
    with archive.catalogue.writing() as connection:
        # Not by `rowcount`, which not every driver tells of an insert that makes a number.
        put = insert(document).on_conflict_do_nothing().returning(document.c.id)
        is_new = connection.execute(put, new_document(kept.sha256, size)).first() is not None
        number = connection.execute(wanted).scalar_one()
        first_statement(
            connection,
            document_id=number,
            source=answer.source,
            address=address,
            capture_id=kept.id,
            released=released,
            moment=answer.fetched_at,
        )
        work.enqueue(connection, READ, [kept.sha256])
        announce_document(connection, kept.sha256)
        _announce_attached(connection, kept.sha256)
    return Deposited(id=number, sha256=kept.sha256, is_new=is_new)


def describe_release(
    archive: Archive, sha256: str, source: str, address: str, released: Released
) -> bool:
    """Write down what was told anew of a known release; gives whether anything changed.

    What was stated before stays, and is shown as that.
    """
    which = release_of(sha256, source, address)
    with archive.catalogue.reading() as connection:
        if not would_differ(connection, which, released):
            return False
    with archive.catalogue.writing() as connection:
        is_changed = state_anew(connection, which, released, clock.now())
        announce_document(connection, sha256)
        _announce_attached(connection, sha256)
    return is_changed


def announce_document(connection: sa.Connection, sha256: str) -> None:
    """Let the index hear of a document, within the transaction that changes it."""
    row = connection.execute(
        sa.select(document.c.state, document.c.held_part, document.c.verdict).where(
            document.c.sha256 == sha256
        )
    ).one()
    listed = states.access(row.state, row.held_part, row.verdict).listed
    announce(connection, [f"documents/{sha256}"], is_listed=listed)


def _announce_attached(connection: sa.Connection, sha256: str) -> None:
    """Let the index hear of what is attached to a document: it takes its release from there."""
    number = connection.execute(sa.select(document.c.id).where(document.c.sha256 == sha256))
    for one in descendants(connection, number.scalar_one()):
        announce_document(connection, one)


def new_document(sha256: str, size_bytes: int) -> dict[str, object]:
    """Give the row of a document of which nothing is known yet."""
    moment = clock.now()
    return {
        "sha256": sha256,
        "size_bytes": size_bytes,
        "state": "public",
        "held_part": "",
        "cleared_count": 0,
        "state_reason": "",
        "state_at": moment,
        "added_at": moment,
        "verdict": "waiting",
        "verdict_reason": "",
        "reader_version": "",
        "reading_sha256": "",
        "title": "",
        "dated_on": "",
        "type": "",
        "page_count": 0,
        "technologies": "",
        "remarks": "",
    }


def added_at(archive: Archive, sha256: str) -> str:
    """Give the time at which a document came into the archive, '' where it is not held."""
    wanted = sa.select(document.c.added_at).where(document.c.sha256 == sha256)
    with archive.catalogue.reading() as connection:
        return connection.execute(wanted).scalar() or ""


def masked_scan(archive: Archive, sha256: str) -> str:
    """Give a document's reading where numbers were masked on a scanned page of it, else ''."""
    wanted = (
        sa.select(document.c.reading_sha256)
        .join(page, page.c.document_id == document.c.id)
        .where(document.c.sha256 == sha256, page.c.masked > 0, page.c.text_from.not_in(LAYERS))
    )
    with archive.catalogue.reading() as connection:
        return connection.execute(wanted.limit(1)).scalar() or ""


def reading_of(archive: Archive, sha256: str) -> sa.Row[Any]:
    """Give a document's row, which names its reading.

    Raises:
        NotFound: there is no such document, or it has none.
    """
    with archive.catalogue.reading() as connection:
        row = connection.execute(sa.select(document).where(document.c.sha256 == sha256)).first()
    if row is None or not row.reading_sha256:
        raise NotFound(f"Document {sha256} has no reading.")
    return row


def pictures_left(archive: Archive, sha256: str) -> list[int]:
    """List the pages of a document that are pictures whose words nobody recognised."""
    wanted = (
        sa.select(page.c.number)
        .join(document, document.c.id == page.c.document_id)
        .where(document.c.sha256 == sha256, page.c.text_from == "picture")
        .order_by(page.c.number)
    )
    with archive.catalogue.reading() as connection:
        return list(connection.execute(wanted).scalars())


def pages_waiting(archive: Archive) -> int:
    """Count the pages of all documents that are pictures whose words nobody recognised."""
    wanted = sa.select(sa.func.count()).where(page.c.text_from == "picture")
    with archive.catalogue.reading() as connection:
        return connection.execute(wanted).scalar_one()
