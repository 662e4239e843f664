"""Bytes on their way, and their SHA-256."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from archive.model import Stored

CHUNK = 1 << 20


def chunks_of(source: IO[bytes]) -> Iterator[bytes]:
    """Read a file to its end, piece by piece."""
    return iter(lambda: source.read(CHUNK), b"")


def hash_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_through(chunks: Iterator[bytes], target: IO[bytes]) -> Stored:
    """Write chunks into a file, which is on the disk on return."""
    digest, size_bytes = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size_bytes += target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return Stored(sha256=digest.hexdigest(), size_bytes=size_bytes)
