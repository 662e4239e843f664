"""Brings an archive back from a backup, into an empty folder."""

import hashlib
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import IO

from archive.backup.manifest import CATALOGUE, NAME, Manifest, read
from archive.catalogue.shape import knows
from archive.errors import BadRequest, CatalogueTooNew, Damaged, NotFound, SettingError
from archive.files import Files, FolderFiles, full_disk_said
from archive.files.address import Bucket, address_of
from archive.settings import Settings

Report = Callable[[int, int], None]

_BODY = re.compile(r"files/([0-9a-f]{64})")
_CHUNK = 1 << 20


def restore(settings: Settings, source: Path, report: Report) -> Manifest:
    """Restore a backup into the folder of the settings; the catalogue comes last, when all is in.

    Killed, it left a folder without a catalogue, and the same command goes on.

    Raises:
        NotFound: there is no such backup.
        BadRequest: the folder holds an archive.
        SettingError: the catalogue or the files are not in a folder.
        CatalogueTooNew: a newer program made the backup.
        Damaged: a member is missing or is not what its hash says.
    """
    if not source.exists():
        raise NotFound(f"{source} is not there. Name a file that `paperwatch backup` has written.")
    if settings.is_on_server:
        raise SettingError(
            "`restore` brings an archive back into one folder, and PAPERWATCH_CATALOGUE_URL names"
            " PostgreSQL. Bring that back with pg_restore; docs/postgresql.md says how."
        )
    home = settings.home
    catalogue = home / CATALOGUE
    if catalogue.exists():
        raise BadRequest(
            f"{home} holds an archive. Restore into an empty folder: PAPERWATCH_HOME=/path"
        )
    files = address_of(settings)
    if isinstance(files, Bucket):
        raise SettingError(
            f"`restore` brings an archive back into a folder, not into {files}. Do so without"
            " PAPERWATCH_FILES_URL; then bring it there: paperwatch copy --to settings.toml"
        )
    with full_disk_said(home):
        home.mkdir(parents=True, exist_ok=True)
        try:
            with tarfile.open(source, mode="r|") as tar:
                return _restore(tar, home, FolderFiles(files), report)
        except (FileNotFoundError, PermissionError) as error:
            raise NotFound(f"{source} cannot be read: {error.strerror}.") from error
        except tarfile.TarError as error:
            raise Damaged(f"{source} is no backup, or is cut off: {error}.") from error


def _restore(tar: tarfile.TarFile, home: Path, files: Files, report: Report) -> Manifest:
    manifest, number, part = None, 0, home / f"{CATALOGUE}.part"
    for member in tar:
        body = tar.extractfile(member)
        if body is None:
            raise Damaged(f"The backup has a member that is no file: {member.name!r}.")
        if manifest is None:
            manifest = _manifest(member.name, body)
        elif member.name == CATALOGUE:
            _write(body, part, manifest.catalogue_sha256)
        else:
            number += 1
            _restore_body(files, member.name, body)
            report(number, manifest.bodies)
    if manifest is None or number != manifest.bodies or not part.exists():
        raise Damaged("The backup is cut off: not everything that it names is in it.")
    _disown_index(part)
    shutil.move(part, home / CATALOGUE)
    return manifest


def _manifest(name: str, body: IO[bytes]) -> Manifest:
    if name != NAME:
        raise Damaged("This is no backup of Paperwatch: it does not begin with its manifest.")
    manifest = read(body.read(_CHUNK))
    if not knows(manifest.shape):
        raise CatalogueTooNew(
            f"The backup has shape {manifest.shape}, which this program does not know."
            " Use the newer program."
        )
    return manifest


def _restore_body(files: Files, name: str, body: IO[bytes]) -> None:
    found = _BODY.fullmatch(name)
    if found is None:
        raise Damaged(f"The backup has a member that does not belong there: {name!r}.")
    stored = files.put_stream(iter(lambda: body.read(_CHUNK), b""))
    if stored.sha256 != found[1]:
        files.remove(stored.sha256)
        raise Damaged(f"In the backup, the bytes of {found[1]} are not what its name says.")


def _write(body: IO[bytes], target: Path, sha256: str) -> None:
    with target.open("wb") as file:
        shutil.copyfileobj(body, file, _CHUNK)
    with target.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise Damaged("In the backup, the catalogue is not what the manifest says.")


def _disown_index(catalogue: Path) -> None:
    """Forget the index of the archive that was saved: on a cluster it may still be in use there."""
    with closing(sqlite3.connect(catalogue)) as connection, connection:
        connection.execute("DELETE FROM outbox")
        connection.execute("DELETE FROM generation")
