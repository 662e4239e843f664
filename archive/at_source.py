"""Which documents are at their addresses still: seen there last, gone since, there again.

A release whose address has another file now, or none, gets the day since when; it stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive import clock
from archive.catalogue.tables import document, release
from archive.documents import announce_document
from archive.opening import Archive
from archive.states import access

_THERE = (
    sa.select(release.c.address, document.c.sha256)
    .join_from(release, document, release.c.document_id == document.c.id)
    .where(release.c.gone_at.is_(None))
    .order_by(release.c.address, release.c.id.desc())
)
_STATE = (document.c.state, document.c.held_part, document.c.verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """A document that is at an address, as far as is known."""

    address: str
    sha256: str


def settle_address(archive: Archive, source: str, address: str, sha256: str) -> int:
    """Note which document is at an address now, '' for none; gives how many releases changed.

    Others that were there are gone since now, and one that was gone is there again.
    """
    wanted = sa.select(release.c.id, release.c.gone_at, document.c.sha256).join_from(
        release, document, release.c.document_id == document.c.id
    )
    which = (release.c.source == source, release.c.address == address)
    with archive.catalogue.writing() as connection:
        rows = connection.execute(wanted.where(*which)).all()
        moment = clock.now()
        changed = 0
        for row in rows:
            is_there = row.sha256 == sha256
            now = {"gone_at": None if is_there else row.gone_at or moment}
            if is_there:
                now["seen_at"] = moment
            elif row.gone_at:
                continue
            connection.execute(sa.update(release).where(release.c.id == row.id).values(now))
            if bool(row.gone_at) == is_there:
                changed += 1
                announce_document(connection, row.sha256)
    return changed


def settle_gone(archive: Archive, source: str, addresses: Iterable[str]) -> int:
    """Note addresses that have no file any more; gives how many releases changed."""
    return sum(settle_address(archive, source, one, "") for one in dict.fromkeys(addresses))


def there_under(archive: Archive, source: str, prefix: str) -> list[There]:
    """Give the documents that are there, at addresses which begin so, by address."""
    is_under = sa.and_(release.c.address >= prefix, release.c.address < f"{prefix}\U0010ffff")
    return _there(archive, source, is_under)


def there_at(archive: Archive, source: str, address: str) -> There | None:
    """Give the document that is there at an address, None where none is."""
    return next(iter(_there(archive, source, release.c.address == address)), None)


def taken_by(connection: sa.Connection, releases: Iterable[sa.Row[Any]]) -> dict[int, str]:
    """Give the document that is there now by the number of a release that is gone, if one is.

    One that is not shown to readers is not named to them either.
    """
    found: dict[int, str] = {}
    for one in releases:
        if one.gone_at:
            which = sa.and_(release.c.source == one.source, release.c.address == one.address)
            there = connection.execute(_THERE.add_columns(*_STATE).where(which)).first()
            if there is not None and access(there.state, there.held_part, there.verdict).listed:
                found[one.id] = there.sha256
    return found


def is_known(archive: Archive, source: str, address: str) -> bool:
    """Ask whether a document was ever released at an address."""
    wanted = sa.select(release.c.id).where(release.c.source == source, release.c.address == address)
    with archive.catalogue.reading() as connection:
        return connection.execute(wanted.limit(1)).first() is not None


def addresses_due(archive: Archive, source: str, before: str, limit: int) -> list[str]:
    """Give addresses at which a document was seen last before a moment, longest ago first."""
    wanted = (
        sa.select(release.c.address)
        .where(release.c.source == source, release.c.gone_at.is_(None))
        .where(sa.or_(release.c.seen_at.is_(None), release.c.seen_at < before))
        .order_by(release.c.seen_at, release.c.id)
        .limit(limit)
    )
    with archive.catalogue.reading() as connection:
        return list(dict.fromkeys(connection.scalars(wanted)))


def _there(archive: Archive, source: str, which: sa.ColumnElement[bool]) -> list[There]:
    wanted = _THERE.where(release.c.source == source, which)
    with archive.catalogue.reading() as connection:
        rows = connection.execute(wanted).all()
    return [There(address=row.address, sha256=row.sha256) for row in rows]
