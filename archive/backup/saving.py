"""Writes a backup while the archive goes on working."""

import io
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from archive import clock
from archive.backup.manifest import CATALOGUE, FORMAT, NAME, Manifest, written
from archive.catalogue.database import Catalogue
from archive.catalogue.shape import HEAD
from archive.errors import BadRequest, Damaged, SettingError
from archive.files import full_disk_said
from archive.files.hashing import hash_of
from archive.holdings import named_bodies
from archive.opening import Archive

Report = Callable[[int, int], None]


def save(archive: Archive, target: Path, report: Report) -> int:
    """Save an archive into a file that does not exist yet; gives how many bodies it holds.

    The file gets its name when it is whole; `report` hears of bodies done, and of all.

    Raises:
        BadRequest: the file exists, or its folder does not.
        SettingError: the catalogue is no SQLite file.
        Damaged: a body is missing or is not what its hash says.
    """
    if target.exists():
        raise BadRequest(f"{target} exists. Give the backup another name.")
    if not target.parent.is_dir():
        raise BadRequest(
            f"{target.parent} is not a folder that is there. Make it, or give the backup another"
            " place."
        )
    part = target.with_name(f"{target.name}.part")
    with full_disk_said(target.parent, "Give the backup another place."):
        try:
            with tempfile.TemporaryDirectory(dir=archive.settings.home) as folder:
                snapshot = Path(folder) / CATALOGUE
                _snapshot(archive, snapshot)
                count = _write(archive, snapshot, part, report)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return count


def _snapshot(archive: Archive, target: Path) -> None:
    """Copy the catalogue as it is at one moment, without what is only for this machine."""
    path = archive.catalogue.path
    if path is None:
        raise SettingError(
            "`backup` saves archives in one folder, and this catalogue is in PostgreSQL. Dump it"
            " with pg_dump and copy the files; docs/postgresql.md says how."
        )
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        with copy:
            copy.execute("PRAGMA foreign_keys = OFF")
            for table in ("outbox", "generation", "body"):
                copy.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        copy.execute("VACUUM")


def _write(archive: Archive, snapshot: Path, part: Path, report: Report) -> int:
    bodies = list(_bodies(snapshot))
    manifest = Manifest(
        format=FORMAT,
        made_at=clock.now(),
        shape=HEAD,
        catalogue_sha256=hash_of(snapshot),
        bodies=len(bodies),
    )
    with part.open("wb") as file, tarfile.open(fileobj=file, mode="w|") as tar:
        _add(tar, NAME, written(manifest))
        tar.add(snapshot, CATALOGUE)
        for number, sha256 in enumerate(bodies, start=1):
            _add_body(archive, tar, sha256)
            report(number, len(bodies))
        tar.close()
        file.flush()
        os.fsync(file.fileno())
    return len(bodies)


def _bodies(snapshot: Path) -> Iterator[str]:
    """Walk the hashes that rows of the saved catalogue name."""
    catalogue = Catalogue(f"sqlite:///{snapshot}")
    try:
        with catalogue.reading() as connection:
            for sha256, _mend in named_bodies(connection):
                yield sha256
    finally:
        catalogue.close()


def _add_body(archive: Archive, tar: tarfile.TarFile, sha256: str) -> None:
    if archive.files.is_file(sha256):
        path = archive.files.checked_path(sha256)
        tar.add(path, f"files/{sha256}", filter=_anonymous)
    elif archive.files.holds(sha256):
        _add(tar, f"files/{sha256}", archive.files.read(sha256))
    else:
        raise Damaged(f"File {sha256} is missing, so nothing was saved. Run: paperwatch verify")


def _add(tar: tarfile.TarFile, name: str, body: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(body)
    tar.addfile(member, io.BytesIO(body))


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who owns a file on this machine."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
