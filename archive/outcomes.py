"""What came of reading a document: its reading is stored, or it is refused with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa

from archive import remarks, states, work
from archive.attaching import Attached, attach
from archive.catalogue.tables import document, page
from archive.catalogue.tables import work as work_row
from archive.documents import READ, RECOGNISE, announce_document
from archive.errors import NotFound
from archive.holdings import is_named
from archive.logs import Log
from archive.model import Stored
from archive.named import named_in
from archive.opening import Archive
from archive.readings import LAYERS, PageReading, TextFrom
from archive.status import POOR

_log = Log(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSummary:
    """What the catalogue keeps of a page; words and boxes are in the reading.

    `confidence` is that of recognised words, from 0 to 100; None where none was recognised.
    `boxes` and `covered_percent` are None where nobody looked for redactions. `exemptions` are the
    codes stamped on it. `content_key` is as in a reading.
    """

    number: int
    words: int
    text_from: TextFrom
    characters_beneath_boxes: int
    masked: int
    confidence: int | None = None
    boxes: int | None = None
    covered_percent: int | None = None
    exemptions: tuple[str, ...] = ()
    is_withheld: bool = False
    content_key: str = ""

    @classmethod
    def of(cls, reading: PageReading) -> Self:
        """Sum up a page that was read."""
        known = reading.redactions if reading.is_known_redacted else None
        return cls(
            number=reading.number,
            words=len(reading.words),
            text_from=reading.text_from,
            confidence=reading.confidence,
            characters_beneath_boxes=reading.characters_beneath_boxes,
            masked=reading.masked,
            boxes=len(known.boxes) if known else None,
            covered_percent=known.covered_percent if known else None,
            exemptions=reading.redactions.codes,
            is_withheld=reading.redactions.is_withheld,
            content_key=reading.content_key,
        )

    @property
    def redacted_percent(self) -> int | None:
        """The share of its area that is withheld; None = not known.

        All of a page that is withheld, though a slip sheet stands there; never nothing of one with
        a box, however small, or with a stamp in place of what was withheld.
        """
        if self.boxes is None or self.covered_percent is None:
            return None
        least = 1 if self.boxes or self.exemptions else 0
        return 100 if self.is_withheld else max(self.covered_percent, least)

    @property
    def is_poor(self) -> bool:
        """Whether it was read poorly, so that a search may miss words of it."""
        return self.confidence is not None and self.confidence < POOR

    @property
    def has_text_layer(self) -> bool:
        """Whether the file itself has text for this page."""
        return self.text_from in LAYERS


def redacted_percent(pages: Sequence[PageSummary]) -> int | None:
    """Give the share of a document that is withheld; None where that of a page is not known.

    Pages count alike. It is 0 only where nothing is withheld, and 100 only where all is.
    """
    shares = [one.redacted_percent for one in pages]
    known = [one for one in shares if one is not None]
    if not known or len(known) < len(shares):
        return None
    return share_of(sum(known), len(known))


def share_of(shares: int, pages: int) -> int:
    """Give the share of some pages that is withheld, from the sum of their shares."""
    if shares in (0, 100 * pages):
        return 100 if shares else 0
    return min(max(round(shares / pages), 1), 99)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """What a reader made of a document. `title`, `dated_on` and `type` are '' when not known.

    `remarks` are those of `archive.remarks`; `attached` is what was attached to it and is kept by
    now, None where nobody looked.
    """

    reader_version: str
    title: str
    dated_on: str
    type: str
    pages: Sequence[PageSummary]
    remarks: tuple[str, ...] = ()
    attached: Sequence[Attached] | None = None


def store_reading(
    archive: Archive,
    sha256: str,
    reading: Path,
    read: ReadDocument,
    taken: work.Work | None = None,
) -> None:
    """Store what was read out of a document; an older reading leaves the file store.

    Pages that are pictures are put down to be recognised. Where characters stood beneath opaque
    boxes, or personal numbers were masked, the original is held, unless an operator lifted such a
    hold before.

    Raises:
        LeaseLost: the work was `taken`, and is no longer ours.
    """
    _store(archive, sha256, reading, read, taken, is_first=True)


def store_recognised(
    archive: Archive, sha256: str, reading: Path, read: ReadDocument, taken: work.Work
) -> None:
    """Store a reading in which pages were recognised, in place of the one it was made of.

    The work stays in hand: pages may be left.

    Raises:
        LeaseLost: the work is no longer ours, or the document was read anew meanwhile.
    """
    _store(archive, sha256, reading, read, taken, is_first=False)


def _store(
    archive: Archive,
    sha256: str,
    reading: Path,
    read: ReadDocument,
    taken: work.Work | None,
    *,
    is_first: bool,
) -> None:
    older, named = None, named_in(reading)
    while older is None:
        stored = archive.files.put_file(reading)
        try:
            older = _stored(archive, sha256, stored, read, named, taken, is_first=is_first)
        except work.LeaseLost:
            _forget_reading(archive, stored.sha256)
            raise
    _forget_reading(archive, older)


def _stored(
    archive: Archive,
    sha256: str,
    stored: Stored,
    read: ReadDocument,
    named: str,
    taken: work.Work | None,
    *,
    is_first: bool,
) -> str | None:
    """Write down what was read; gives the hash of the reading that it replaces, or ''.

    None, and nothing written, where another process that saw no row naming it yet removed it.
    """
    with archive.catalogue.writing() as connection:
        if taken is not None:
            work.check_held(connection, taken)
        if not archive.files.is_file(stored.sha256):
            return None
        number, older = _known(connection, sha256)
        _replace_pages(connection, number, read.pages)
        connection.execute(
            sa.update(document)
            .where(document.c.id == number)
            .values(
                verdict="read",
                verdict_reason="",
                reader_version=read.reader_version,
                reading_sha256=stored.sha256,
                title=read.title.replace("\0", ""),  # PostgreSQL keeps no NUL
                dated_on=read.dated_on,
                type=read.type,
                page_count=len(read.pages),
                technologies=named,
                remarks=remarks.packed(read.remarks),
            )
        )
        if is_first:
            work.finish(connection, READ, sha256)
            _put_down_pictures(connection, sha256, read.pages)
        states.hold_if_told(connection, _row(connection, number))
        if read.attached is not None:
            attach(connection, _row(connection, number), read.attached)
        announce_document(connection, sha256)
    return older


def _put_down_pictures(
    connection: sa.Connection, sha256: str, pages: Sequence[PageSummary]
) -> None:
    """Put a document down whose pages are to be recognised; who has it in hand loses it."""
    if any(one.text_from == "picture" for one in pages):
        work.again(connection, RECOGNISE, [sha256])
    else:
        work.forget(connection, RECOGNISE, [sha256])


def refuse_document(
    archive: Archive,
    sha256: str,
    reader_version: str,
    reason: str,
    *,
    is_unexamined: bool = False,
    taken: work.Work | None = None,
) -> None:
    """Mark a document that cannot be read with its reason; its bytes stay.

    `reader_version` is that of the reader which refused it, and what an older one read is then
    removed; '' when no reader had a say. `is_unexamined`: it can be drawn, and nobody could look
    for hidden text in it; its original is held for that reason, unless an operator cleared it.

    Raises:
        LeaseLost: the work was `taken`, and is no longer ours.
    """
    verdict: dict[str, object] = {
        "verdict": "refused",
        "verdict_reason": reason,
        "reader_version": reader_version,
    }
    with archive.catalogue.writing() as connection:
        if taken is not None:
            work.check_held(connection, taken)
        number, older = _known(connection, sha256)
        if reader_version:
            _replace_pages(connection, number, ())
            work.forget(connection, RECOGNISE, [sha256])
            verdict |= _NOTHING_READ
        connection.execute(sa.update(document).where(document.c.id == number).values(verdict))
        work.set_aside(connection, READ, sha256, reason)
        if is_unexamined:
            states.hold_unexamined(connection, _row(connection, number), reason)
        announce_document(connection, sha256)
    _log.warning("document not readable", document=sha256[:8], reason=reason)
    if reader_version:
        _forget_reading(archive, older)


def refuse_set_aside(archive: Archive) -> None:
    """Mark documents whose reading was set aside because its workers died."""
    wanted = (
        sa.select(work_row.c.subject, work_row.c.reason)
        .join(document, document.c.sha256 == work_row.c.subject)
        .where(
            work_row.c.task == READ,
            work_row.c.state == "set_aside",
            document.c.verdict == "waiting",
        )
    )
    with archive.catalogue.reading() as connection:
        rows = connection.execute(wanted).all()
    for subject, reason in rows:
        refuse_document(archive, subject, "", reason)


_NOTHING_READ: dict[str, object] = {
    "reading_sha256": "",
    "title": "",
    "dated_on": "",
    "type": "",
    "page_count": 0,
    "technologies": "",
    "remarks": "",
}


def _replace_pages(connection: sa.Connection, number: int, pages: Sequence[PageSummary]) -> None:
    connection.execute(sa.delete(page).where(page.c.document_id == number))
    if pages:
        connection.execute(sa.insert(page), [_page_row(number, one) for one in pages])


def _forget_reading(archive: Archive, reading_sha256: str) -> None:
    """Remove a reading from the file store, unless a row still names it.

    Within a transaction that writes: whoever stores the same bytes looks for them in one too.
    """
    if not reading_sha256:
        return
    with archive.catalogue.writing() as connection:
        if not is_named(connection, reading_sha256):
            archive.files.remove(reading_sha256, within=connection)


def _known(connection: sa.Connection, sha256: str) -> tuple[int, str]:
    """Give a document's number, and the hash of its reading; '' when it has none."""
    wanted = sa.select(document.c.id, document.c.reading_sha256).where(document.c.sha256 == sha256)
    found = connection.execute(wanted).first()
    if found is None:
        raise NotFound(f"No document {sha256} in the catalogue.")
    return found.id, found.reading_sha256


def _row(connection: sa.Connection, number: int) -> sa.Row[Any]:
    return connection.execute(sa.select(document).where(document.c.id == number)).one()


def _page_row(number: int, one: PageSummary) -> dict[str, object]:
    return {
        "document_id": number,
        "number": one.number,
        "words": one.words,
        "text_from": one.text_from,
        "confidence": one.confidence,
        "characters_beneath_boxes": one.characters_beneath_boxes,
        "masked": one.masked,
        "boxes": one.boxes,
        "covered_percent": one.covered_percent,
        "exemptions": "\n".join(one.exemptions),
        "is_withheld": one.is_withheld,
        "content_key": one.content_key or None,
    }
