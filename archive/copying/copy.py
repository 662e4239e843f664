"""Copies an archive from one place to another, from beginning to end."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

from archive.catalogue.door import held_door
from archive.copying import bodies, mark
from archive.copying.comparing import compare
from archive.copying.tables import COPIED, copy_table, count, set_sequences
from archive.errors import Damaged
from archive.files import full_disk_said
from archive.opening import Archive
from archive.settings import DEMO_FILE

# Subject (files, rows, compared), how many more were done, and of how many in all.
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What a target holds after a copy; `was_resumed` when it went on with one that was killed."""

    files: int
    rows: int
    was_resumed: bool


def copy_archive(source: Archive, target: Archive, report: Report) -> Copied:
    """Copy bodies and rows, compare both sides, and open the target for use; not its index.

    Nobody writes to the source meanwhile: whoever wants to, waits or is told that it is busy.

    Raises:
        BadRequest: the target holds something else.
        Damaged: a body is missing or damaged, or rows differ in the end.
    """
    with held_door(source.catalogue):
        was_resumed = mark.begin(source, target)
        files = _copy_bodies(source, target, report)
        rows = _copy_rows(source, target, report)
        _compare(source, target, rows, report)
    _keep_marked(source, target)
    mark.end(target.catalogue)
    return Copied(files=files, rows=rows, was_resumed=was_resumed)


def _copy_bodies(source: Archive, target: Archive, report: Report) -> int:
    with (
        full_disk_said(target.settings.home),
        tempfile.TemporaryFile(dir=target.settings.home) as file,
    ):
        wanted = bodies.Wanted(source, file)
        bodies.copy_bodies(
            source.files,
            target.files,
            wanted,
            lambda what, more: report(what, more, wanted.count),
        )
        if lacking := bodies.missing(wanted, target.files):
            raise Damaged(
                f"{len(lacking):,} files are not in the target, the first {lacking[0]}. Somebody"
                " removed them there. Run the same command again."
            )
        return wanted.count


def _copy_rows(source: Archive, target: Archive, report: Report) -> int:
    total = count(source.catalogue)
    for table in COPIED:
        copy_table(
            source.catalogue, target.catalogue, table, lambda what, more: report(what, more, total)
        )
    set_sequences(target.catalogue)
    return total


def _compare(source: Archive, target: Archive, rows: int, report: Report) -> None:
    try:
        compare(source.catalogue, target.catalogue, lambda what, more: report(what, more, 2 * rows))
    except Damaged:
        mark.doubt(target)
        raise


def _keep_marked(source: Archive, target: Archive) -> None:
    """Say of a copy of composed records that they are composed."""
    told = source.settings.home / DEMO_FILE
    if told.exists():
        with full_disk_said(target.settings.home):
            shutil.copy(told, target.settings.home / DEMO_FILE)
