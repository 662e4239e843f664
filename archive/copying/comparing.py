"""Holds the rows of two catalogues against each other, table by table."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue.database import Catalogue
from archive.copying.tables import COPIED, Report, walk
from archive.errors import Damaged


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows a table has, and the hash of all their values in the order of their keys."""

    rows: int
    sha256: str


def compare(source: Catalogue, target: Catalogue, report: Report) -> int:
    """See that both hold the same rows; gives how many.

    Raises:
        Damaged: a table differs.
    """
    total = 0
    for table in COPIED:
        here, there = sum_of(source, table, report), sum_of(target, table, report)
        if here != there:
            raise Damaged(
                f"The rows of {table.name!r} differ: {here.rows:,} in the archive, {there.rows:,}"
                " in the target, or others. One of them changed meanwhile. Run the same command"
                " again: rows are copied anew."
            )
        total += here.rows
    return total


def sum_of(catalogue: Catalogue, table: sa.Table, report: Report) -> Sum:
    """Read all rows of a table."""
    digest, count = hashlib.sha256(), 0
    for some in walk(catalogue, table):
        digest.update(_written(some))
        count += len(some)
        report("compared", len(some))
    return Sum(count, digest.hexdigest())


def _written(rows: list[tuple[Any, ...]]) -> bytes:
    """Write rows so that it does not show where one portion ends and the next begins."""
    return json.dumps(rows, default=_plain)[1:-1].encode() + b", "


def _plain(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"a row has a value of an unforeseen kind: {type(value).__name__}")
