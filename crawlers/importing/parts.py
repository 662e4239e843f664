"""The tables in a file: a CSV, or the CSV parts of a ZIP; streamed, nothing is extracted."""

import csv
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from archive.errors import BadRequest, NotReadable

# Descriptions are at most a few thousand characters; a cell beyond this is another kind of file.
_CELL_MAX = 1 << 20
csv.field_size_limit(_CELL_MAX)
# What the ways of packing raise, each its own, where their bytes are not what was packed.
_DAMAGED = (zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError, NotImplementedError)

_ZIP = b"PK\x03\x04"  # the first bytes of a ZIP with something in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One table: its name ('' of a plain CSV) and its size in bytes when unpacked."""

    name: str
    size_bytes: int


class Rows:
    """The rows of a part, and how far in its bytes they are."""

    def __init__(self, binary: IO[bytes], size_bytes: int) -> None:
        self._binary = binary
        self._size_bytes = max(size_bytes, 1)
        # Bytes that are no UTF-8 stay recognisable, so that their row can be refused by itself.
        text = io.TextIOWrapper(binary, encoding="utf-8-sig", errors="surrogateescape", newline="")
        self._reader = csv.reader(text)

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        return next(self._reader)

    @property
    def share(self) -> float:
        """How much of the part was read, 0 to 1."""
        return min(self._binary.tell() / self._size_bytes, 1.0)


def safely(rows: Rows) -> Iterator[list[str] | csv.Error]:
    """Walk the rows that are not empty, each with the error that stands in its place."""
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield error
            continue
        if row:  # an empty line is no row
            yield row


def parts_of(path: Path, shown: str) -> list[Part]:
    """List the tables of a file in the order of their names.

    Raises:
        NotReadable: a ZIP that is damaged or protected.
        BadRequest: a ZIP without any CSV.
    """
    if not zipfile.is_zipfile(path):
        if _begins_as_zip(path):
            raise NotReadable(f"{shown} is a damaged ZIP: its end is missing. Fetch it again.")
        return [Part(name="", size_bytes=path.stat().st_size)]
    with _zip(path, shown) as archive:
        infos = [one for one in archive.infolist() if one.filename.lower().endswith(".csv")]
    if not infos:
        raise BadRequest(f"{shown} is a ZIP without any .csv file in it; nothing was imported.")
    if any(one.flag_bits & 1 for one in infos):
        raise NotReadable(
            f"{shown} is protected by a password. Unpack it and import the CSV files."
        )
    infos.sort(key=lambda one: one.filename)
    return [Part(name=one.filename, size_bytes=one.file_size) for one in infos]


def _begins_as_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_ZIP)) == _ZIP


@contextmanager
def open_part(path: Path, part: Part, shown: str) -> Iterator[Rows]:
    """Open a table for reading row by row.

    Raises:
        NotReadable: the bytes are damaged.
    """
    try:
        if not part.name:
            with path.open("rb") as binary:
                yield Rows(binary, part.size_bytes)
        else:
            with _zip(path, shown) as archive, archive.open(part.name) as binary:
                yield Rows(binary, part.size_bytes)
    except _DAMAGED as error:
        raise NotReadable(f"{shown} is damaged at {part.name}: {error}. Fetch it again.") from error
    except OSError as error:
        if error.errno is not None:  # bzip2's own has none
            raise
        raise NotReadable(f"{shown} is damaged at {part.name}: {error}. Fetch it again.") from error


def _zip(path: Path, shown: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise NotReadable(f"{shown} is not a readable ZIP: {error}. Fetch it again.") from error
