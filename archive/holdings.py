"""The bodies that rows name, beside the bodies that the file store has: two sorted streams."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from archive.catalogue.tables import capture, document
from archive.opening import Archive

_END = "~"  # sorts after every hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body by its hash; `mend` says how to get it back, '' when no row names it."""

    sha256: str
    mend: str
    is_here: bool
    is_whole: bool


def walk_files(archive: Archive) -> Iterator[Body]:
    """Walk all bodies that are named or held, by hash, flat in memory."""
    held = archive.files.each()
    name, is_whole = next(held, (_END, False))
    with archive.catalogue.reading() as connection:
        for sha256, mend in named_bodies(connection):
            while name < sha256:
                yield Body(sha256=name, mend="", is_here=True, is_whole=is_whole)
                name, is_whole = next(held, (_END, False))
            is_here = name == sha256
            yield Body(sha256=sha256, mend=mend, is_here=is_here, is_whole=is_here and is_whole)
            while name == sha256:
                name, is_whole = next(held, (_END, False))
    while name != _END:
        yield Body(sha256=name, mend="", is_here=True, is_whole=is_whole)
        name, is_whole = next(held, (_END, False))


def named_bodies(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """Walk every hash that a row names, once, with what brings its bytes back."""
    columns = ("method", "source", "address")
    bodies = [
        sa.select(column.label("sha256"), *(capture.c[name] for name in columns))
        for column in (capture.c.sha256, capture.c.request_sha256)
    ]
    readings = sa.select(
        document.c.reading_sha256,
        sa.literal("READING"),
        sa.literal(""),
        document.c.sha256,
    )
    both = sa.union_all(*bodies, readings).subquery()
    wanted = sa.select(both).where(both.c.sha256 != "").order_by(both.c.sha256)
    last = ""
    for row in connection.execution_options(yield_per=1000).execute(wanted):
        if row.sha256 != last:
            last = row.sha256
            yield row.sha256, _mend(row.method, row.source, row.address)


def is_named(connection: sa.Connection, sha256: str) -> bool:
    """Tell whether any row names a body."""
    named = sa.union_all(
        sa.select(document.c.id).where(
            sa.or_(document.c.reading_sha256 == sha256, document.c.sha256 == sha256)
        ),
        sa.select(capture.c.id).where(
            sa.or_(capture.c.sha256 == sha256, capture.c.request_sha256 == sha256)
        ),
    )
    return connection.execute(named.limit(1)).first() is not None


def _mend(method: str, source: str, address: str) -> str:
    if method == "READING":
        return "Read the document again: paperwatch add --again"
    if method == "ATTACHED":
        holder, _, _ = address.partition("#")
        return (
            f"Read document {holder} again, which it was taken out of: paperwatch add --again --all"
        )
    again = f"import or add {address} again" if method == "FILE" else "crawl again"
    return f"Put it back from a backup, or {again} ({source}, {address})."
