"""What has to be seen of a whole part before its first row is read.

In which order its columns write days, where any is written with slashes; and which reports of
sub-awards are alike. Flat in memory: what is compared goes into a table on disk.
"""

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from crawlers.importing.parts import Part, Rows, open_part, safely
from crawlers.usaspending.files import Layout, OtherLayout, layout_of
from crawlers.usaspending.files.days import Orders, day_orders, has_slashes
from crawlers.usaspending.files.subawards import SubawardLayout
from crawlers.usaspending.values import NotUnderstood

# A file that a spreadsheet program saved again shows it in its first rows.
_LOOKED_AT = 1_000
_ALIKE = """
    SELECT place, number FROM (
        SELECT place, row_number() OVER (PARTITION BY key ORDER BY words, place) AS number
        FROM report
    ) WHERE number > 1
"""


def header_of(rows: Rows) -> list[str]:
    """Take the header of a part.

    Raises:
        OtherLayout: it is empty, or no CSV.
    """
    try:
        return next(rows)
    except StopIteration:
        raise OtherLayout("it is empty") from None
    except csv.Error as error:
        raise OtherLayout(f"it is not a CSV ({error})") from None


def looked_through(path: Path, part: Part, shown: str, before: int) -> Layout:
    """Understand a part's header, and what only all its rows show; `before` rows stand before it.

    Raises:
        OtherLayout: another file.
        NotReadable: the bytes are damaged.
    """
    orders = _orders(path, part, shown)
    with open_part(path, part, shown) as rows:
        layout = layout_of(header_of(rows), orders)
        if isinstance(layout, SubawardLayout):
            return replace(layout, alike=_alike(layout, rows, before))
        return layout


def _orders(path: Path, part: Part, shown: str) -> Orders:
    with open_part(path, part, shown) as rows:
        header = header_of(rows)
        places = {
            name.strip(): place for place, name in enumerate(header) if "_date" in name.lower()
        }
        first = list(islice(_rows(rows), _LOOKED_AT))
        if not any(has_slashes(row, places.values()) for row in first):
            return {}
        return day_orders((row for part_rows in (first, _rows(rows)) for row in part_rows), places)


def _rows(rows: Rows) -> Iterator[list[str]]:
    return (row for row in safely(rows) if isinstance(row, list))


def _alike(layout: SubawardLayout, rows: Rows, before: int) -> dict[int, int]:
    """Number the reports that are alike, those beyond the first of each: place → number."""
    with _table() as table:
        table.executemany("INSERT INTO report VALUES (?, ?, ?)", _compared(layout, rows, before))
        return dict(table.execute(_ALIKE))


def _compared(layout: SubawardLayout, rows: Rows, before: int) -> Iterator[tuple[bytes, str, int]]:
    for place, row in enumerate(safely(rows), before + 1):
        if isinstance(row, list):
            try:
                key, words = layout.identity(row)
            except NotUnderstood:
                continue  # refused when it is read
            yield _digest(key), words.encode("utf-8", "replace").decode(), place


def _digest(key: str) -> bytes:
    return blake2b(key.encode("utf-8", "surrogateescape"), digest_size=16).digest()


@contextmanager
def _table() -> Iterator[sqlite3.Connection]:
    """Make a table on disk that is gone afterwards, also where this process is killed."""
    # A file without a name: SQLite removes the name as soon as it has the file open.
    with closing(sqlite3.connect("")) as table:
        table.execute("PRAGMA synchronous = OFF")
        table.execute("CREATE TABLE report (key BLOB, words TEXT, place INTEGER)")
        yield table
