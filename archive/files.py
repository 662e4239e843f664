"""The file store: every answer and every document by its SHA-256.

Documents and readings are files of their own; small answers are packed, compressed, into one
SQLite file, for ten million awards would be thirty million files. What is written is on the disk
(fsync) before its name stands in the catalogue: a file without a row is harmless, a row without a
file is not.
"""

import errno
import hashlib
import os
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from heapq import merge
from pathlib import Path
from threading import RLock
from typing import IO

from archive.errors import Damaged, DiskFull, HomeError, NotFound
from archive.model import Stored

_CHUNK = 1 << 20
_PACKED_MAX = 1 << 18  # bytes; larger answers become files of their own
# What is kept again is young again, so that nobody sweeps it up before its row is written.
_FRESH_S = 3600
# Errors of a folder that cannot be made, entered or written.
_CLOSED = frozenset(
    getattr(errno, name)
    for name in ("EACCES", "EROFS", "EPERM", "ENOTDIR", "EEXIST", "ENOENT", "EISDIR")
)
_PACK_TABLE = (
    "CREATE TABLE IF NOT EXISTS pack"
    " (sha256 TEXT PRIMARY KEY, body BLOB, kept_at REAL) WITHOUT ROWID"
)


class Files:
    """A file store in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pack_path = folder / "packs.sqlite"
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None
        with full_disk_said(folder):
            folder.mkdir(parents=True, exist_ok=True)

    def put_bytes(self, body: bytes) -> Stored:
        """Keep a small body; it is durable on return."""
        if len(body) > _PACKED_MAX:
            return self.put_stream(iter((body,)))
        sha256 = hashlib.sha256(body).hexdigest()
        with self._pack() as pack:
            pack.execute(
                "INSERT INTO pack VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
                " SET body = excluded.body, kept_at = excluded.kept_at"
                " WHERE body != excluded.body OR kept_at < excluded.kept_at - ?",
                (sha256, zlib.compress(body, 6), time.time(), _FRESH_S),
            )
        return Stored(sha256=sha256, size_bytes=len(body))

    def put_file(self, path: Path) -> Stored:
        """Keep a copy of a file, streamed; it is durable on return.

        Raises:
            NotFound: there is no such file, or it cannot be read.
        """
        try:
            with path.open("rb") as source:
                return self.put_stream(iter(lambda: source.read(_CHUNK), b""))
        except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
            raise NotFound(f"{path} cannot be read: {error.strerror}.") from error

    def take_file(self, path: Path) -> Stored:
        """Take a file in, from a folder beside this one: it is here on return, and not there."""
        with full_disk_said(self.folder):
            with path.open("rb") as source:
                os.fsync(source.fileno())
                sha256 = hashlib.file_digest(source, "sha256").hexdigest()
            return self._settle(path, Stored(sha256=sha256, size_bytes=path.stat().st_size))

    def put_stream(self, chunks: Iterator[bytes]) -> Stored:
        """Keep a body given in chunks; it is durable on return."""
        with full_disk_said(self.folder):
            with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as part:
                part_path = Path(part.name)
                try:
                    stored = _copy(chunks, part.file)
                except BaseException:
                    part_path.unlink(missing_ok=True)
                    raise
            return self._settle(part_path, stored)

    def path(self, sha256: str) -> Path:
        """Give the path of a document or reading.

        Raises:
            NotFound: the store has no file of that hash.
        """
        path = self._path(sha256)
        if not path.is_file():
            raise NotFound(f"The file store has no file {sha256}. Run: paperwatch verify")
        return path

    def read(self, sha256: str) -> bytes:
        """Give the bytes of a body, checked against their hash.

        Raises:
            NotFound: the store has no such body.
            Damaged: the bytes are not what the hash says.
        """
        packed = self._packed(sha256)
        body = packed if packed is not None else self.path(sha256).read_bytes()
        if hashlib.sha256(body).hexdigest() != sha256:
            raise Damaged(f"{sha256} in the file store is damaged. Run: paperwatch verify")
        return body

    def checked_path(self, sha256: str) -> Path:
        """Give the path of a file after reading it through against its hash.

        Raises:
            NotFound: the store has no file of that hash.
            Damaged: the bytes are not what the hash says.
        """
        path = self.path(sha256)
        if _hash_of(path) != sha256:
            raise Damaged(f"{path} is damaged: its bytes are not {sha256}. Run: paperwatch verify")
        return path

    def holds(self, sha256: str) -> bool:
        """Tell whether a body of that hash is here, without reading it."""
        return self.is_file(sha256) or self._packed(sha256) is not None

    def is_file(self, sha256: str) -> bool:
        """Tell whether a body is a file of its own, and not packed."""
        return self._path(sha256).is_file()

    def each(self) -> Iterator[tuple[str, bool]]:
        """Walk all bodies in the order of their names: name, and whether the bytes are whole."""
        yield from merge(self._each_file(), self._each_packed())

    def remove(self, sha256: str) -> None:
        """Remove a body that no row names, older than a day by the caller's knowledge."""
        self._path(sha256).unlink(missing_ok=True)
        with self._pack() as pack:
            pack.execute("DELETE FROM pack WHERE sha256 = ?", (sha256,))

    def age_s(self, sha256: str, *, at: float) -> float:
        """Give how long a body has stood here, in seconds, at a moment (seconds since 1970)."""
        path = self._path(sha256)
        if path.is_file():
            return at - path.stat().st_mtime
        with self._pack() as pack:
            row = pack.execute("SELECT kept_at FROM pack WHERE sha256 = ?", (sha256,)).fetchone()
        return at - float(row[0]) if row else 0.0

    def _each_file(self) -> Iterator[tuple[str, bool]]:
        for folder in sorted(self.folder.glob("??")):
            for path in sorted(folder.iterdir()):
                yield path.name, _hash_of(path) == path.name

    def _each_packed(self) -> Iterator[tuple[str, bool]]:
        if self._pack_path.exists():
            with self._pack() as pack:
                for sha256, body in pack.execute("SELECT sha256, body FROM pack ORDER BY sha256"):
                    yield sha256, _unpacked_hash(body) == sha256

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def close(self) -> None:
        """Let go of the pack."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @contextmanager
    def _pack(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction on the pack; one thread at a time, one connection for all."""
        with self._lock, full_disk_said(self.folder):
            if self._connection is None:
                self._connection = _opened(self._pack_path)
            with self._connection:
                yield self._connection

    def _packed(self, sha256: str) -> bytes | None:
        if not self._pack_path.exists():
            return None
        with self._pack() as pack:
            row = pack.execute("SELECT body FROM pack WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            return None
        try:
            return zlib.decompress(row[0])
        except zlib.error:
            return b""

    def _settle(self, part_path: Path, stored: Stored) -> Stored:
        """Give a finished file its name, unless the same bytes stand there already."""
        path = self._path(stored.sha256)
        if path.is_file() and _hash_of(path) == stored.sha256:
            part_path.unlink()
            path.touch()  # young again, as above
            return stored
        path.parent.mkdir(exist_ok=True)
        part_path.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return stored


_OTHER_HOME = "Choose another folder: PAPERWATCH_HOME=/path/to/folder"


@contextmanager
def full_disk_said(folder: Path, advice: str = _OTHER_HOME) -> Iterator[None]:
    """Turn the errors of a full or closed disk into sentences that name the folder."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"{folder}: no room left on the disk. Free some and run again."
            ) from error
        if error.errno in _CLOSED:
            raise HomeError(f"{folder} cannot be written: {error.strerror}. {advice}") from error
        raise
    except sqlite3.OperationalError as error:
        if "disk is full" in str(error):
            raise DiskFull(
                f"{folder}: no room left on the disk. Free some and run again."
            ) from error
        raise


def _opened(path: Path) -> sqlite3.Connection:
    pack = sqlite3.connect(path, timeout=30, check_same_thread=False)
    pack.execute("PRAGMA journal_mode = WAL")
    pack.execute("PRAGMA synchronous = FULL")
    pack.execute(_PACK_TABLE)
    return pack


def _copy(chunks: Iterator[bytes], target: IO[bytes]) -> Stored:
    digest, size_bytes = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size_bytes += target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return Stored(sha256=digest.hexdigest(), size_bytes=size_bytes)


def _hash_of(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _unpacked_hash(body: bytes) -> str:
    with suppress(zlib.error):
        return hashlib.sha256(zlib.decompress(body)).hexdigest()
    return ""
