"""Which files earlier runs read: they are not read again, and later ones are held against them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import run
from archive.opening import Archive
from crawlers.bulk.place import Piece
from crawlers.usaspending.files import PARSER_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file that was read to its end; department and year of one of the monthly archive."""

    file: str
    sha256: str
    size_bytes: int
    rows: int
    department: str = ""
    year: int = 0
    made_on: str = ""
    parser: int = PARSER_VERSION

    def as_dict(self) -> dict[str, Any]:
        """Give it for a run's counts."""
        return {name: getattr(self, name) for name in self.__slots__}


def written_down(pieces: Iterable[Piece]) -> list[dict[str, Any]]:
    """Give what a run has to remember of the files that it read."""
    return [
        ReadFile(
            file=one.file,
            sha256=one.sha256,
            size_bytes=one.size_bytes,
            rows=one.rows,
            department=one.department,
            year=one.year,
            made_on=one.made_on,
        ).as_dict()
        for one in pieces
        if one.is_read and not one.was_held
    ]


def read_before(archive: Archive, source: str) -> list[ReadFile]:
    """Give every file that runs of a source read, oldest run first; one that goes on counts too."""
    wanted = sa.select(run.c.counts).where(run.c.source == source).order_by(run.c.id)
    with archive.catalogue.reading() as connection:
        told = [json.loads(counts).get("files", []) for counts in connection.scalars(wanted)]
    return [ReadFile(**one) for files in told for one in files]


def known_files(archive: Archive, before: Iterable[ReadFile]) -> dict[str, ReadFile]:
    """Give by name those that need not be brought again: read by this reader, and still here."""
    return {
        one.file: one
        for one in before
        if one.parser == PARSER_VERSION and archive.files.is_file(one.sha256)
    }
