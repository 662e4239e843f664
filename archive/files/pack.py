"""Small bodies of a folder: packed and compressed in one SQLite file."""

import hashlib
import sqlite3
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from archive.files.disk import full_disk_said
from archive.files.protocol import FRESH_S

_AT_ONCE = 200
_TABLE = (
    "CREATE TABLE IF NOT EXISTS pack"
    " (sha256 TEXT PRIMARY KEY, body BLOB, kept_at REAL) WITHOUT ROWID"
)


class Pack:
    """The pack in a folder; it is made with the first body."""

    def __init__(self, folder: Path, advice: str) -> None:
        self._folder = folder
        self._advice = advice
        self._path = folder / "packs.sqlite"
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction; one thread at a time, one connection for all."""
        with self._lock, full_disk_said(self._folder, self._advice):
            if self._connection is None:
                self._connection = _opened(self._path)
            with self._connection:
                yield self._connection

    def put(self, bodies: Sequence[tuple[str, bytes]]) -> None:
        """Keep bodies under their hashes."""
        with self.transaction() as pack:
            pack.executemany(
                "INSERT INTO pack VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
                " SET body = excluded.body, kept_at = excluded.kept_at"
                " WHERE body != excluded.body OR kept_at < excluded.kept_at - ?",
                [(name, zlib.compress(body, 6), time.time(), FRESH_S) for name, body in bodies],
            )

    def get(self, sha256: str) -> bytes | None:
        """Give a body, unpacked; b"" when it is damaged, None when it is not here."""
        if not self._path.exists():
            return None
        with self.transaction() as pack:
            row = pack.execute("SELECT body FROM pack WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else unpacked(row[0])

    def kept_at(self, sha256: str) -> float | None:
        """Give when a body was last kept, in seconds since 1970."""
        with self.transaction() as pack:
            row = pack.execute("SELECT kept_at FROM pack WHERE sha256 = ?", (sha256,)).fetchone()
        return float(row[0]) if row else None

    def remove(self, sha256: str) -> None:
        """Forget a body."""
        with self.transaction() as pack:
            pack.execute("DELETE FROM pack WHERE sha256 = ?", (sha256,))

    def names(self) -> Iterator[str]:
        """Walk the names in order."""
        for row in self._walk("sha256"):
            yield row[0]

    def each(self) -> Iterator[tuple[str, bool]]:
        """Walk all in order: name, and whether the bytes are whole."""
        for sha256, body in self._walk("sha256, body"):
            yield sha256, hashlib.sha256(unpacked(body)).hexdigest() == sha256

    def _walk(self, columns: str) -> Iterator[tuple[Any, ...]]:
        """Walk rows in order; between two portions others may use the pack."""
        if not self._path.exists():
            return
        wanted = f"SELECT {columns} FROM pack WHERE sha256 > ? ORDER BY sha256 LIMIT ?"  # noqa: S608
        last = ""
        while True:
            with self.transaction() as pack:
                rows = pack.execute(wanted, (last, _AT_ONCE)).fetchall()
            yield from rows
            if len(rows) < _AT_ONCE:
                return
            last = rows[-1][0]

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def unpacked(body: bytes) -> bytes:
    """Give what was packed; b"" of what is damaged, which then has another hash."""
    try:
        return zlib.decompress(body)
    except zlib.error:
        return b""


def _opened(path: Path) -> sqlite3.Connection:
    pack = sqlite3.connect(path, timeout=30, check_same_thread=False)
    pack.execute("PRAGMA journal_mode = WAL")
    pack.execute("PRAGMA synchronous = FULL")
    pack.execute(_TABLE)
    return pack
