"""Holds everything against everything: bytes and hashes, rows and files, catalogue and index."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from archive import status
from archive.catalogue import tables
from archive.errors import IndexOutdated, PaperwatchError
from archive.holdings import is_named, walk_files
from archive.index import generations
from archive.index.comparing import differences
from archive.index.draining import depth
from archive.index.portions import INDEX
from archive.misstated import Report, misstated
from archive.opening import Archive
from archive.release_statements import misstated_releases
from archive.views import canonical, fingerprint

_DAY_S = 86_400
_AT_ONCE = 500
_SHOWN = 50
_FROM_A_BACKUP = "Put the catalogue back from a backup."
_AGAIN = "Run: paperwatch verify --mend (if it comes again, put the catalogue back from a backup)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is wrong; `mend` is what to do. Harmless ones are no damage."""

    what: str
    mend: str
    is_harmless: bool = False


def verify(archive: Archive, report: Report) -> Iterator[Finding]:
    """Walk all that is wrong; `report` hears of progress (subject, number done)."""
    yield from _files(archive, report)
    yield from _versions(archive, report)
    yield from _made_of_versions(archive, report)
    yield from _documents(archive, report)
    yield from _releases(archive)
    yield from _index(archive, report)


def sweep(archive: Archive) -> int:
    """Remove files that no row names and that are older than a day; gives how many."""
    removed, moment = 0, time.time()
    for body in walk_files(archive):
        is_stranger = body.is_here and not body.mend
        if is_stranger and archive.files.age_s(body.sha256, at=moment) > _DAY_S:
            removed += _removed(archive, body.sha256)
    archive.files.tidy()
    return removed


def _removed(archive: Archive, sha256: str) -> bool:
    """Remove a file unless somebody kept it again, or named it, since it was looked at.

    Within a transaction that writes: whoever names it now waits, and keeps its bytes before.
    """
    with archive.catalogue.writing() as connection:
        if is_named(connection, sha256):
            return False
        return archive.files.remove(sha256, older_s=_DAY_S, within=connection)


def _files(archive: Archive, report: Report) -> Iterator[Finding]:
    sweep_up = "Remove such files older than a day: paperwatch verify --sweep"
    for number, body in enumerate(walk_files(archive), start=1):
        report("files", number)
        named = f"file {body.sha256}:"
        if not body.is_here:
            if archive.files.holds(body.sha256):
                continue  # it came while we looked
            yield Finding(what=f"{named} missing, though a row names it.", mend=body.mend)
        elif not body.is_whole:
            what = f"{named} its bytes are not what its name says."
            yield Finding(what=what, mend=body.mend or sweep_up)
        elif not body.mend:
            yield Finding(what=f"{named} no row names it.", mend=sweep_up, is_harmless=True)


def _versions(archive: Archive, report: Report) -> Iterator[Finding]:
    """Look at each version: are its fields what its fingerprint says?"""
    version = tables.version
    with archive.catalogue.reading() as connection:
        rows = connection.execution_options(yield_per=_AT_ONCE).execute(
            sa.select(version.c.id, version.c.view, version.c.fields, version.c.fingerprint)
        )
        for number, row in enumerate(rows, start=1):
            report("versions", number)
            if not _is_whole(row.view, row.fields, row.fingerprint):
                yield Finding(
                    what=f"version {row.id} ({row.view}): its fields were altered.",
                    mend=_FROM_A_BACKUP,
                )


def _is_whole(view: str, fields: str, printed: str) -> bool:
    try:
        return fingerprint(canonical(view, json.loads(fields))) == printed
    except (ValueError, KeyError, PaperwatchError):
        return False


def _made_of_versions(archive: Archive, report: Report) -> Iterator[Finding]:
    """Look at what is made of versions: awards, actions, reports of sub-awards, vendors."""
    for one in misstated(archive, report):
        mend = _AGAIN if one.is_mendable else _FROM_A_BACKUP
        yield Finding(what=one.what, mend=mend)


def _documents(archive: Archive, report: Report) -> Iterator[Finding]:
    document, page = tables.document, tables.page
    counted = (
        sa.select(
            document.c.sha256, document.c.page_count, sa.func.count(page.c.number).label("pages")
        )
        .outerjoin(page, page.c.document_id == document.c.id)
        .group_by(document.c.id)
    )
    with archive.catalogue.reading() as connection:
        rows = connection.execution_options(yield_per=_AT_ONCE).execute(counted)
        for number, row in enumerate(rows, start=1):
            report("documents", number)
            if row.page_count != row.pages:
                yield Finding(
                    what=f"document {row.sha256}: {row.pages} pages in the catalogue,"
                    f" not {row.page_count}.",
                    mend="Read it again: paperwatch add --again",
                )


def _releases(archive: Archive) -> Iterator[Finding]:
    with archive.catalogue.reading() as connection:
        for sha256 in misstated_releases(connection):
            yield Finding(
                what=f"document {sha256}: a release is not what was last stated of it.",
                mend=_FROM_A_BACKUP,
            )


def _index(archive: Archive, report: Report) -> Iterator[Finding]:
    rebuild = "Run: paperwatch rebuild-index"
    waiting = depth(archive)
    if waiting:
        what = f"index: {waiting} entries wait in the outbox."
        mend = "Any import, crawl or add writes them; `paperwatch serve` does so by itself."
        yield Finding(what=what, mend=mend, is_harmless=True)
    for task, subject, reason in status.set_aside(archive, limit=_SHOWN, task=INDEX):
        what = f"index: {subject} is not in it ({task} set aside): {reason}"
        yield Finding(what=what, mend="Report it; the record itself is whole in the catalogue.")
    try:
        live = generations.live(archive)
        with (
            generations.open_for_reading(archive, live.name) as engine,
            archive.catalogue.reading() as connection,
        ):
            for number, one in enumerate(differences(connection, engine, live), start=1):
                report("index", number)
                yield Finding(what=f"index: {_difference(one.in_catalogue, one.key)}", mend=rebuild)
    except IndexOutdated as error:
        yield Finding(what=str(error), mend=rebuild)
    except PaperwatchError as error:
        yield Finding(what=f"index: {error}", mend=rebuild)


def _difference(in_catalogue: str, key: str) -> str:
    if not in_catalogue:
        return f"{key} stands in it, but not in the catalogue."
    return f"{key} is missing or older than in the catalogue."
