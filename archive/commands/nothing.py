"""What `paperwatch search` says where nothing was found: each word alone, other ways to ask."""

import shlex
from collections.abc import Iterator

from archive.calling import called
from archive.shown.desk import Desk
from archive.shown.found import Found
from archive.shown.loosened import Way, loosened
from archive.shown.wording import counted


def other_ways(desk: Desk, found: Found) -> Iterator[str]:
    """Give a line for each word of a search of several, and one for each way that finds more."""
    near = loosened(desk, found)
    if len(near.terms) > 1:
        for term in near.terms:
            yield f"  {term.typed} alone: {counted(term.alone, 'record')}"
    if near.without_filters and near.without_filters.count:
        yield f"  Without filters: {counted(near.without_filters.count, 'record')}"
    for way in near.ways:
        yield _said(way)


def _said(way: Way) -> str:
    count = counted(way.count, "record")
    return f"  {count} with:  {called()} search {shlex.quote(way.typed)}"
