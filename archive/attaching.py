"""Files that were attached to a document come into the archive: PDFs as documents, others as bytes.

Bytes are kept first, each as a capture that names the document it was taken out of. The ties, and
the documents themselves, are written in the transaction that stores what was read of that document.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from archive import clock, states, work
from archive.attached import DEPTH_MAX, children, depth_of, hanging_with
from archive.captures import keep
from archive.catalogue.conflict import insert
from archive.catalogue.tables import attachment, document, release
from archive.documents import READ, announce_document, new_document
from archive.kinds import PDF
from archive.model import Answer
from archive.opening import Archive
from archive.taken_out import Attachments, TakenOut

# Of a capture: neither asked for nor given by hand, but taken out of another document.
METHOD = "ATTACHED"
# Of all that hangs below one released document, however deep: a small file may unfold without end.
FILES_BELOW, BYTES_BELOW = 2_000, 1 << 30
_TOO_MUCH = (
    f"not taken out: what hangs at the released file is more than {FILES_BELOW:,} files, or"
    f" {BYTES_BELOW >> 20:,} MB"
)
_TOO_DEEP = f"not taken out: it hangs {DEPTH_MAX} files deep in other files already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """An attachment as the catalogue keeps it; `sha256` is '' for one that was not taken out.

    `place` counts from 1; 0 is for a sentence about all of them.
    """

    place: int
    name: str
    page: int
    kind: str
    size_bytes: int
    sha256: str
    reason: str

    @property
    def is_document(self) -> bool:
        """Whether it is, or becomes, a document of its own."""
        return bool(self.sha256) and self.kind == PDF


def keep_attachments(archive: Archive, sha256: str, taken: Attachments) -> list[Attached]:
    """Keep the bytes of what was taken out of a document; gives all that is to be said of it."""
    if taken.verdict != "ok":
        return [_said(f"what is attached to it could not be taken out: {taken.reason}")]
    with archive.catalogue.reading() as connection:
        wanted = sa.select(document.c.id).where(document.c.sha256 == sha256)
        number = connection.execute(wanted).scalar_one()
        depth = depth_of(connection, number)
        others = hanging_with(connection, number) if depth else (0, 0)
        source: str = connection.scalar(_source_of(number)) or METHOD.lower()
    is_too_deep = depth >= DEPTH_MAX
    told = [replace(one, path=None) if is_too_deep else one for one in taken.found]
    kept = [
        _kept(archive, sha256, source, place, one)
        for place, one in enumerate(_within(told, *others), start=1)
    ]
    more = [_said(f"{taken.more:,} more attachments are not listed")] if taken.more else []
    return [*more, *kept]


def _within(found: Sequence[TakenOut], files: int, size_bytes: int) -> Iterator[TakenOut]:
    """Leave in the document what is too much, together with what hangs beside it already."""
    for one in found:
        is_much = files >= FILES_BELOW or size_bytes + one.size_bytes > BYTES_BELOW
        if one.path is not None and is_much:
            yield replace(one, path=None, kind="", reason=_TOO_MUCH)
            continue
        if one.path is not None:
            files, size_bytes = files + 1, size_bytes + one.size_bytes
        yield one


def _source_of(number: int) -> sa.Select[Any]:
    wanted = sa.select(release.c.source).where(release.c.document_id == number)
    return wanted.order_by(release.c.id).limit(1)


def _said(reason: str) -> Attached:
    return Attached(place=0, name="", page=0, kind="", size_bytes=0, sha256="", reason=reason)


def _kept(archive: Archive, sha256: str, source: str, place: int, one: TakenOut) -> Attached:
    body, reason = None, one.reason
    if one.path is not None:
        body = archive.files.put_file(one.path)
        address = f"{sha256}#attachment/{place}/{one.name}"
        moment = clock.now()
        keep(
            archive,
            Answer(source=source, method=METHOD, address=address, body=body, fetched_at=moment),
        )
    elif not reason or one.kind:
        reason = _TOO_DEEP
    return Attached(
        place=place,
        name=one.name,
        page=one.page,
        kind=one.kind,
        size_bytes=one.size_bytes,
        sha256=body.sha256 if body else "",
        reason=reason,
    )


def attach(connection: sa.Connection, parent: sa.Row[Any], attached: Sequence[Attached]) -> None:
    """Write what is attached to a document, in place of what was known of that before.

    A PDF that is not known becomes a document that waits to be read. What became public by nothing
    but such a tie follows the document it hangs at: it is held where that one is not public.
    """
    before = {one.id for one in children(connection, parent.id)}
    connection.execute(sa.delete(attachment).where(attachment.c.parent_id == parent.id))
    new = list(_deposited(connection, attached))
    numbers = _numbers(connection, attached)
    moment = clock.now()
    rows = [_row(parent.id, one, numbers.get(one.sha256), moment) for one in attached]
    if rows:
        connection.execute(sa.insert(attachment), rows)
    for sha256 in new:
        announce_document(connection, sha256)
    if parent.state != "public":
        # Not what was tied to it before: somebody may have decided to show that.
        states.hold_attached(connection, parent, besides=before)


def _deposited(connection: sa.Connection, attached: Sequence[Attached]) -> Iterator[str]:
    """Put down the documents that are not known, to be read; gives them."""
    for sha256, size in sorted(
        {(one.sha256, one.size_bytes) for one in attached if one.is_document}
    ):
        put = insert(document).on_conflict_do_nothing().returning(document.c.id)
        if connection.execute(put, new_document(sha256, size)).first() is not None:
            work.enqueue(connection, READ, [sha256])
            yield sha256


def _numbers(connection: sa.Connection, attached: Sequence[Attached]) -> dict[str, int]:
    hashes = {one.sha256 for one in attached if one.is_document}
    wanted = sa.select(document.c.sha256, document.c.id).where(document.c.sha256.in_(hashes))
    return {row.sha256: row.id for row in connection.execute(wanted)}


def _row(parent_id: int, one: Attached, number: int | None, moment: str) -> dict[str, object]:
    return {
        "parent_id": parent_id,
        "place": one.place,
        "document_id": number,
        "name": one.name,
        "page": one.page,
        "kind": one.kind,
        "size_bytes": one.size_bytes,
        "sha256": one.sha256,
        "reason": one.reason,
        "taken_at": moment,
    }
