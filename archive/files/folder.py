"""A file store in a folder: files of their own by hash, small bodies in one pack."""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from heapq import merge
from itertools import groupby
from pathlib import Path

import sqlalchemy as sa

from archive.errors import Damaged, NotFound
from archive.files.disk import full_disk_said
from archive.files.hashing import copy_through, hash_of
from archive.files.pack import Pack
from archive.files.putting import Putting
from archive.model import Stored

_OF_HOME = "Choose another folder: PAPERWATCH_HOME=/path/to/folder"
_DAY_S = 86_400


class FolderFiles(Putting):
    """A file store in one folder."""

    def __init__(self, folder: Path, advice: str = _OF_HOME) -> None:
        self.folder = folder
        self._advice = advice
        self._packed = Pack(folder, advice)
        self._pack = self._packed.transaction
        with full_disk_said(folder, advice):
            folder.mkdir(parents=True, exist_ok=True)

    def take_file(self, path: Path) -> Stored:
        """Take a file in, from a folder beside this one."""
        with full_disk_said(self.folder, self._advice):
            with path.open("rb") as source:
                os.fsync(source.fileno())
            return self._settle(path, Stored(sha256=hash_of(path), size_bytes=path.stat().st_size))

    def _put_packed(self, bodies: Sequence[tuple[str, bytes]]) -> None:
        self._packed.put(bodies)

    def put_stream(self, chunks: Iterator[bytes]) -> Stored:
        """Keep a body given in chunks."""
        with full_disk_said(self.folder, self._advice):
            with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as part:
                part_path = Path(part.name)
                try:
                    stored = copy_through(chunks, part.file)
                except BaseException:
                    part_path.unlink(missing_ok=True)
                    raise
            return self._settle(part_path, stored)

    def path(self, sha256: str) -> Path:
        """Give the path of a document or reading."""
        path = self._path(sha256)
        if not path.is_file():
            raise NotFound(f"The file store has no file {sha256}. Run: paperwatch verify")
        return path

    def checked_path(self, sha256: str) -> Path:
        """Give the path of a file after reading it through against its hash."""
        path = self.path(sha256)
        if hash_of(path) != sha256:
            raise Damaged(f"{path} is damaged: its bytes are not {sha256}. Run: paperwatch verify")
        return path

    @contextmanager
    def held(self, sha256: str) -> Iterator[Path]:
        """Give the path of a file, which stays anyway."""
        yield self.path(sha256)

    def read(self, sha256: str) -> bytes:
        """Give the bytes of a body, checked against their hash."""
        packed = self._packed.get(sha256)
        body = packed if packed is not None else self.path(sha256).read_bytes()
        if hashlib.sha256(body).hexdigest() != sha256:
            raise Damaged(f"{sha256} in the file store is damaged. Run: paperwatch verify")
        return body

    def holds(self, sha256: str) -> bool:
        """Tell whether a body of that hash is here, without reading it."""
        return self.is_file(sha256) or self._packed.get(sha256) is not None

    def is_file(self, sha256: str) -> bool:
        """Tell whether a body is a file of its own, and not packed."""
        return self._path(sha256).is_file()

    def names(self) -> Iterator[str]:
        """Walk the names of all bodies in order."""
        files = (path.name for path in self._each_path())
        for name, _ in groupby(merge(files, self._packed.names())):
            yield name

    def each(self) -> Iterator[tuple[str, bool]]:
        """Walk all bodies in order: name, and whether the bytes are whole."""
        files = ((path.name, hash_of(path) == path.name) for path in self._each_path())
        yield from merge(files, self._packed.each())

    def age_s(self, sha256: str, *, at: float) -> float:
        """Give how long a body has stood here, in seconds, at a moment."""
        path = self._path(sha256)
        if path.is_file():
            return at - path.stat().st_mtime
        kept_at = self._packed.kept_at(sha256)
        return 0.0 if kept_at is None else at - kept_at

    def remove(
        self, sha256: str, *, older_s: float = 0.0, within: sa.Connection | None = None
    ) -> bool:
        """Remove a body that no row names, unless it is younger."""
        if older_s and self.age_s(sha256, at=time.time()) <= older_s:
            return False
        self._path(sha256).unlink(missing_ok=True)
        self._packed.remove(sha256)
        return True

    def tidy(self) -> None:
        """Remove what killed processes left half-written more than a day ago."""
        for part in self.folder.glob("*.part"):
            if part.stat().st_mtime < time.time() - _DAY_S:
                part.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the pack."""
        self._packed.close()

    def _each_path(self) -> Iterator[Path]:
        for folder in sorted(self.folder.glob("??")):
            yield from sorted(folder.iterdir())

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def _settle(self, part_path: Path, stored: Stored) -> Stored:
        """Give a finished file its name, unless the same bytes stand there already."""
        path = self._path(stored.sha256)
        if path.is_file() and hash_of(path) == stored.sha256:
            part_path.unlink()
            path.touch()  # what is kept again is young again
            return stored
        path.parent.mkdir(exist_ok=True)
        part_path.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return stored
