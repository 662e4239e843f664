"""One reader process for all tests here, and what to do with it in a line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.reading_client import Readers, ReadResult
from archive.readings import PageReading, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A document that was read: how it went, and its pages."""

    result: ReadResult
    pages: tuple[PageReading, ...]

    @property
    def text(self) -> str:
        return "\n".join(page.text for page in self.pages)


@pytest.fixture(scope="session")
def readers() -> Iterator[Readers]:
    with Readers(2) as readers:
        yield readers


@pytest.fixture
def read(readers: Readers, tmp_path: Path) -> Callable[[bytes], Read]:
    """Read the bytes of a document."""

    def reading(body: bytes) -> Read:
        path = tmp_path / "document.pdf"
        path.write_bytes(body)
        return read_file(readers, path)

    return reading


def read_file(readers: Readers, path: Path) -> Read:
    result = readers.read(path)
    if result.reading_path is None:
        return Read(result=result, pages=())
    with Reading.open(result.reading_path) as reading:
        pages = tuple(reading.pages())
    result.discard()
    return Read(result=result, pages=pages)
