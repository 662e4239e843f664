"""What is attached to a document, and what a document came attached to, as readers may see it."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.attached import attached_to_it, holders_of
from archive.releases import document_title, releases_of
from archive.states import access

_HELD = "held back or withdrawn"
_WAITS = "not read yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAttachment:
    """A file that is attached to a document; `address` is '' for one without a page of its own.

    `page` is that of the document it hangs at, 0 for the whole. `reason` says why it is not read.
    """

    name: str
    page: int
    kind: str
    size_bytes: int
    sha256: str
    address: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A document that another one is attached to, under a name, at a page (0: the whole)."""

    sha256: str
    address: str
    title: str
    name: str
    page: int


def attachments_of(
    connection: sa.Connection, number: int, *, may_original: bool
) -> tuple[ShownAttachment, ...]:
    """Give what is attached to a document, in the order of the file.

    Where its original is held back, so is what it holds: nothing but that there is something.
    """
    rows = attached_to_it(connection, number)
    if not may_original:
        return tuple(_unnamed() for row in rows if row.place)
    return tuple(_attachment(row) for row in rows)


def _unnamed() -> ShownAttachment:
    return ShownAttachment(
        name="", page=0, kind="", size_bytes=0, sha256="", address="", title="", reason=_HELD
    )


def _attachment(row: sa.Row[Any]) -> ShownAttachment:
    is_shown = row.its_sha256 is not None and _is_listed(row)
    return ShownAttachment(
        name=row.name or (f"Attachment {row.place}" if row.place else ""),
        page=row.page,
        kind=row.kind,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        address=f"/documents/{row.its_sha256}" if is_shown else "",
        title=row.its_title or "" if is_shown else "",
        reason=row.reason or _why_not(row, is_shown=is_shown),
    )


def _is_listed(row: sa.Row[Any]) -> bool:
    return access(row.its_state, row.its_held_part, row.its_verdict).listed


def _why_not(row: sa.Row[Any], *, is_shown: bool) -> str:
    if not is_shown:
        return _HELD
    if row.its_verdict == "waiting":
        return _WAITS
    return str(row.its_verdict_reason)


def holders_shown(connection: sa.Connection, number: int) -> tuple[Holder, ...]:
    """Give the documents that one is attached to, as far as readers may read them."""
    rows = holders_of(connection, number)
    seen = [row for row in rows if access(row.state, row.held_part, row.verdict).text]
    releases = releases_of(connection, [row.id for row in seen])
    return tuple(_holder(row, releases[row.id]) for row in seen)


def _holder(row: sa.Row[Any], releases: list[sa.Row[Any]]) -> Holder:
    may = access(row.state, row.held_part, row.verdict).original
    return Holder(
        sha256=row.sha256,
        address=f"/documents/{row.sha256}",
        title=document_title(row.title, releases, may_say_where=may),
        name=row.name if may else "",
        page=row.at_page,
    )
