"""Puts down again what was set aside."""

from collections.abc import Sequence

import sqlalchemy as sa

from archive import work
from archive.announce import put_again
from archive.catalogue import tables
from archive.errors import BadRequest, NotFound
from archive.index import generations
from archive.index.portions import INDEX
from archive.opening import Archive
from archive.queues import QUEUES, hand_over

_LEAST_LETTERS = 8


def retry_set_aside(archive: Archive, subjects: Sequence[str]) -> list[tuple[str, str]]:
    """Put down again what was set aside about these subjects, or all; gives tasks and subjects.

    Raises:
        NotFound: nothing is set aside about one of them.
        BadRequest: one means several documents.
    """
    aside = _set_aside(archive)
    chosen = aside
    if subjects:
        chosen = [named for one in subjects for named in _named(archive, aside, one)]
    by_task: dict[str, list[str]] = {}
    for task, subject in sorted(set(chosen)):
        by_task.setdefault(task, []).append(subject)
    live = generations.live(archive).id
    with archive.catalogue.writing() as connection:
        for task, named in by_task.items():
            if task == INDEX:
                put_again(connection, live, named)
                work.forget(connection, INDEX, named)
            else:
                work.again(connection, task, named)
    if by_task and archive.settings.has_workers:
        hand_over(archive, *(one.name for one in QUEUES if one.kept_in != "schedule"))
    return sorted(set(chosen))


def _set_aside(archive: Archive) -> list[tuple[str, str]]:
    row = tables.work.c
    wanted = sa.select(row.task, row.subject).where(row.state == "set_aside")
    with archive.catalogue.reading() as connection:
        return [(one.task, one.subject) for one in connection.execute(wanted.order_by(row.id))]


def _named(archive: Archive, aside: Sequence[tuple[str, str]], typed: str) -> list[tuple[str, str]]:
    """Give the work about the one subject meant by a whole one, the beginning of a hash or a name.

    Of a document that may be its reading and its scanned pages.
    """
    found = {one for one in aside if one[1] == typed}
    if not found and len(typed) >= _LEAST_LETTERS:
        found = {one for one in aside if one[1].startswith(typed.lower())}
    if not found:
        hashes = _hashes(archive, typed)
        found = {one for one in aside if one[1] in hashes}
    if not found:
        raise NotFound(f"Nothing is set aside about {typed!r}. What is, says: paperwatch status")
    meant = {subject for _, subject in found}
    if len(meant) > 1:
        told = ", ".join(sorted(subject[:16] for subject in meant))
        raise BadRequest(f"{typed!r} means several: {told}. Give more of one.")
    return sorted(found)


def _hashes(archive: Archive, name: str) -> set[str]:
    wanted = (
        sa.select(tables.document.c.sha256)
        .join(tables.release)
        .where(tables.release.c.address == name)
    )
    with archive.catalogue.reading() as connection:
        return set(connection.execute(wanted).scalars())
