"""What every file store does alike with bodies that come: small are packed, large are streamed."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from archive.errors import NotFound
from archive.files.hashing import chunks_of
from archive.files.protocol import PACKED_MAX
from archive.model import Stored


class Putting(ABC):
    """Takes bodies in, by the two ways that a store has of its own."""

    @abstractmethod
    def put_stream(self, chunks: Iterator[bytes]) -> Stored:
        """Keep a body given in chunks."""

    @abstractmethod
    def _put_packed(self, bodies: Sequence[tuple[str, bytes]]) -> None:
        """Keep small bodies under their hashes, all in one transaction."""

    def put_bytes(self, body: bytes) -> Stored:
        """Keep a body, packed when it is small."""
        if len(body) > PACKED_MAX:
            return self.put_stream(iter((body,)))
        return self.put_small([body])[0]

    def put_small(self, bodies: Sequence[bytes]) -> list[Stored]:
        """Keep small bodies, packed, all in one transaction."""
        named = [(hashlib.sha256(body).hexdigest(), body) for body in bodies]
        self._put_packed(named)
        return [Stored(sha256=name, size_bytes=len(body)) for name, body in named]

    def put_file(self, path: Path) -> Stored:
        """Keep a copy of a file, streamed."""
        with _opened(path) as chunks:
            return self.put_stream(chunks)


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[bytes]]:
    """Open a file of the caller's to be read in chunks.

    Raises:
        NotFound: there is no such file, or it cannot be read.
    """
    try:
        source = path.open("rb")
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}.") from error
    with source:
        yield chunks_of(source)
