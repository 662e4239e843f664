"""Which documents are to be read again, and putting them down for it."""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from archive import work
from archive.catalogue import tables
from archive.catalogue.tables import document, page
from archive.documents import READ
from archive.errors import Damaged, NotFound
from archive.opening import Archive
from ingest.reader import READER_VERSION


def put_down(archive: Archive, sha256s: Iterable[str]) -> int:
    """Put documents down to be read anew; gives how many."""
    wanted = sorted(set(sha256s))
    if wanted:
        with archive.catalogue.writing() as connection:
            work.again(connection, READ, wanted)
    return len(wanted)


def older(archive: Archive) -> list[str]:
    """Give the documents that another version of the reader read or refused.

    Left out are those that wait already, and those whose new reading was set aside.
    """
    state = tables.work.c.state
    is_settled = sa.or_(
        state == "done", sa.and_(state == "set_aside", document.c.verdict == "refused")
    )
    wanted = (
        sa.select(document.c.sha256)
        .join(tables.work, tables.work.c.subject == document.c.sha256)
        .where(
            tables.work.c.task == READ,
            is_settled,
            document.c.reader_version.not_in(("", READER_VERSION)),
        )
        .order_by(document.c.id)
    )
    with archive.catalogue.reading() as connection:
        return list(connection.execute(wanted).scalars())


def wanting(archive: Archive) -> list[str]:
    """Give the documents whose reading is older, missing, damaged or short of pages."""
    is_older = sa.and_(document.c.verdict != "waiting", document.c.reader_version != READER_VERSION)
    return [*_chosen(archive, is_older), *_without_pages(archive), *_without_reading(archive)]


def every(archive: Archive) -> list[str]:
    """Give all documents."""
    return _chosen(archive, sa.true())


def _chosen(archive: Archive, which: sa.ColumnElement[bool]) -> list[str]:
    wanted = sa.select(document.c.sha256).where(which).order_by(document.c.id)
    with archive.catalogue.reading() as connection:
        return list(connection.execute(wanted).scalars())


def _without_pages(archive: Archive) -> list[str]:
    """Give the documents of whose pages the catalogue has not as many as were read."""
    counted = (
        sa.select(sa.func.count())
        .select_from(page)
        .where(page.c.document_id == document.c.id)
        .scalar_subquery()
    )
    return _chosen(archive, document.c.page_count != counted)


def _without_reading(archive: Archive) -> Iterator[str]:
    """Walk the documents whose reading is not in the file store as it was written."""
    wanted = sa.select(document.c.sha256, document.c.reading_sha256)
    with archive.catalogue.reading() as connection:
        rows = connection.execute(wanted.where(document.c.reading_sha256 != "")).all()
    for row in rows:
        try:
            archive.files.checked_path(row.reading_sha256)
        except (NotFound, Damaged):
            yield row.sha256
