"""What a file store can do, whatever it is made of."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from archive.model import Stored

# Larger bodies become files of their own; smaller ones are packed and compressed, for ten million
# awards would be thirty million files.
PACKED_MAX = 1 << 18
# What is kept again is young again, so that nobody sweeps it up before its row is written; but not
# more often than this.
FRESH_S = 3600


class Files(Protocol):
    """A file store: bodies by their SHA-256, checked when they come and when they are read.

    A body is packed, or a file of its own, or both. All may be asked from several threads and
    processes at once; the same bytes deposited twice are kept once.
    """

    def put_bytes(self, body: bytes) -> Stored:
        """Keep a body, packed when it is small; it is durable on return."""
        ...

    def put_small(self, bodies: Sequence[bytes]) -> list[Stored]:
        """Keep small bodies, packed, all in one transaction; they are durable on return."""
        ...

    def put_file(self, path: Path) -> Stored:
        """Keep a copy of a file as a file of its own, streamed; it is durable on return.

        Raises:
            NotFound: there is no such file, or it cannot be read.
        """
        ...

    def put_stream(self, chunks: Iterator[bytes]) -> Stored:
        """Keep a body given in chunks as a file of its own; it is durable on return."""
        ...

    def take_file(self, path: Path) -> Stored:
        """Take a file in, from a folder of this archive: it is here on return, and not there."""
        ...

    def path(self, sha256: str) -> Path:
        """Give the path of a file, to be opened within the hour.

        Raises:
            NotFound: the store has no file of that hash.
            Damaged: it came from elsewhere, and its bytes are not what the hash says.
        """
        ...

    def checked_path(self, sha256: str) -> Path:
        """Give the path of a file after reading it through against its hash.

        Raises:
            NotFound: the store has no file of that hash.
            Damaged: the bytes are not what the hash says.
        """
        ...

    def held(self, sha256: str) -> AbstractContextManager[Path]:
        """Give the path of a file that stays there until the end of the `with` statement.

        Raises:
            NotFound: the store has no file of that hash.
        """
        ...

    def read(self, sha256: str) -> bytes:
        """Give the bytes of a body, checked against their hash.

        Raises:
            NotFound: the store has no such body.
            Damaged: the bytes are not what the hash says.
        """
        ...

    def holds(self, sha256: str) -> bool:
        """Tell whether a body of that hash is here, without reading it."""
        ...

    def is_file(self, sha256: str) -> bool:
        """Tell whether a body is known as a file of its own; quick."""
        ...

    def names(self) -> Iterator[str]:
        """Walk the names of all bodies in order, each once, without reading them."""
        ...

    def each(self) -> Iterator[tuple[str, bool]]:
        """Walk all bodies in the order of their names: name, and whether the bytes are whole.

        A body that is packed and a file comes twice.
        """
        ...

    def age_s(self, sha256: str, *, at: float) -> float:
        """Give how long a body has stood here, in seconds, at a moment (seconds since 1970)."""
        ...

    def remove(
        self, sha256: str, *, older_s: float = 0.0, within: sa.Connection | None = None
    ) -> bool:
        """Remove a body that no row names, unless it is younger; gives whether it was removed.

        `within` is the caller's writing transaction, which keeps others from naming it meanwhile.
        """
        ...

    def tidy(self) -> None:
        """Remove what killed processes left half-written more than a day ago."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
