"""Copies of files from elsewhere, in a folder, within a quota; anything in it may be deleted.

Whoever needs a path gets one from here: reading, pictures, downloads. What was used longest ago
goes first. Several processes may share it: a file has its name only when it is whole, one that
was used within the last hour stays, and so does one that somebody holds.
"""

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.files.disk import full_disk_said
from archive.files.hashing import copy_through
from archive.model import Stored

_STAYS_S = 3600.0
_NOTED_S = 60.0  # the time of use is not written more often than this
_LEFT_S = 86_400.0  # a half-written file of a killed process
_LOOK_AFTER = 0.05  # part of the quota that may come in before the folder is looked through
_ADVICE = "Choose another folder: PAPERWATCH_HOME=/path/to/folder"


class Cache:
    """Copies by their SHA-256; together they take `quota_bytes`, and what is in use beyond it."""

    def __init__(self, folder: Path, quota_bytes: int) -> None:
        self.folder = folder
        self._quota_bytes = quota_bytes
        self._since_look = quota_bytes  # look when the first one comes
        with full_disk_said(folder, _ADVICE):
            folder.mkdir(parents=True, exist_ok=True)

    def find(self, sha256: str) -> Path | None:
        """Give the path of a copy, which then is in use; None where there is none."""
        path = self._path(sha256)
        try:
            if path.stat().st_mtime < time.time() - _NOTED_S:
                os.utime(path)
        except FileNotFoundError:
            return None
        return path

    @contextmanager
    def incoming(self, chunks: Iterator[bytes]) -> Iterator[tuple[Path, Stored]]:
        """Write a file that is to come in; it is forgotten at the end, unless `settle` took it."""
        path = None
        try:
            with (
                full_disk_said(self.folder, _ADVICE),
                tempfile.NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as part,
            ):
                path = Path(part.name)
                stored = copy_through(chunks, part.file)
            yield path, stored
        finally:
            if path is not None:
                path.unlink(missing_ok=True)

    def settle(self, part: Path, stored: Stored) -> Path:
        """Give a whole file its name here."""
        path = self._path(stored.sha256)
        with full_disk_said(self.folder, _ADVICE):
            path.parent.mkdir(exist_ok=True)
            part.replace(path)
            os.utime(path)
        self._since_look += stored.size_bytes
        if self._since_look > self._quota_bytes * _LOOK_AFTER:
            self._make_room()
        return path

    def drop(self, sha256: str) -> None:
        """Remove a copy."""
        self._path(sha256).unlink(missing_ok=True)

    @contextmanager
    def hold(self, sha256: str) -> Iterator[Path | None]:
        """Keep a copy here until the end of the `with` statement; None where there is none."""
        path = self._path(sha256)
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            yield None
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            yield path if _is_still(path, descriptor) else None
        finally:
            os.close(descriptor)

    def tidy(self) -> None:
        """Remove what killed processes left, and what is beyond the quota."""
        for part in self.folder.glob("*.part"):
            with suppress(FileNotFoundError):
                if part.stat().st_mtime < time.time() - _LEFT_S:
                    part.unlink()
        self._make_room()

    def _make_room(self) -> None:
        """Remove what was used longest ago until the rest is within the quota."""
        self._since_look = 0
        with (self.folder / "room.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # another process is at it
            held = sorted(self._each())
            total, oldest = sum(size for _, size, _ in held), time.time() - _STAYS_S
            for used_at, size, path in held:
                if total <= self._quota_bytes or used_at > oldest:
                    return
                total -= size if _removed(path) else 0

    def _each(self) -> Iterator[tuple[float, int, Path]]:
        for path in self.folder.glob("??/*"):
            with suppress(FileNotFoundError):
                said = path.stat()
                yield said.st_mtime, said.st_size, path

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256


def _removed(path: Path) -> bool:
    """Remove a file that nobody holds."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    except BlockingIOError:
        return False
    except FileNotFoundError:
        pass
    return True


def _is_still(path: Path, descriptor: int) -> bool:
    """Tell whether a name still means the file that was opened."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
