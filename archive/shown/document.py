"""A document as readers may see it: state, releases, pages with hits, words with their boxes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from archive.at_source import taken_by
from archive.catalogue.tables import document, work
from archive.documents import RECOGNISE
from archive.errors import NotFound
from archive.outcomes import PageSummary, redacted_percent
from archive.page_rows import summaries
from archive.release_statements import statements_of
from archive.releases import document_title, first_day, releases_of
from archive.remarks import sentences, unpacked
from archive.shown.attachments import Holder, ShownAttachment, attachments_of, holders_shown
from archive.shown.citing import cite_page
from archive.shown.desk import Desk
from archive.shown.document_entries import released_by, releasing
from archive.shown.labels import type_label
from archive.shown.recognition import pages_from, poor_pages
from archive.states import StateChange, access, refuse_unless, state_history

# What a reader can do, by how the reason begins for which a document could not be read.
_ADVICE = (
    ("protected", "Ask the releasing body for a copy without a password."),
    ("damaged", "Ask the releasing body for a whole copy."),
    ("the file is empty", "Ask the releasing body for a whole copy."),
    ("not a PDF", "Ask the releasing body for it as a PDF."),
    ("it has", "Its operator can cut it into parts, and add those."),
)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What was said of a release before: by whom it was, when, and when that was stated."""

    agency: str
    agency_code: str
    body: str
    state: str
    released_on: str
    case_number: str
    requester_type: str
    stated_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Where a document was made public. `address`, `title`: '' where the original is held back.

    `agency` names the releasing body: a federal agency by its code, or any other, whose own name
    is `body`, with its `state`. `earlier` is what was stated otherwise before, the newest first.
    `gone_at` is since when the source has it no longer, '' = it has; `taken_by` is the SHA-256 of
    what stands at its address now, '' for nothing.
    """

    source: str
    address: str
    agency: str
    agency_code: str
    body: str
    state: str
    released_on: str
    case_number: str
    requester_type: str
    title: str
    fetched_at: str
    stated_at: str
    gone_at: str
    taken_by: str
    earlier: tuple[Stated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDocument:
    """A document whose text may be read; `may_original` is false while its file is held back."""

    sha256: str
    address: str
    title: str
    type: str
    type_label: str
    state: str
    state_reason: str
    state_at: str
    may_original: bool
    verdict: str
    verdict_reason: str
    reader_version: str
    reading_sha256: str
    size_bytes: int
    dated_on: str
    added_at: str
    page_count: int
    pages: tuple[PageSummary, ...]
    releases: tuple[Release, ...]
    released_by: tuple[str, ...]
    released_on: str
    state_changes: tuple[StateChange, ...]
    remarks: tuple[str, ...]
    attachments: tuple[ShownAttachment, ...]
    attached_to: tuple[Holder, ...]

    @property
    def told(self) -> tuple[str, ...]:
        """What a reader should know before relying on it: a sentence for each remark."""
        return sentences(self.remarks)

    @property
    def beneath(self) -> int:
        """How many characters stand beneath opaque boxes; they were counted and not kept."""
        return sum(one.characters_beneath_boxes for one in self.pages)

    @property
    def is_beneath_more(self) -> bool:
        """Whether they may be more: of a scan, each box counts as one character."""
        found = (one for one in self.pages if one.characters_beneath_boxes)
        return any(one.text_from in ("picture", "recognised") for one in found)

    @property
    def beneath_pages(self) -> tuple[int, ...]:
        """The pages on which characters stand beneath opaque boxes."""
        return tuple(one.number for one in self.pages if one.characters_beneath_boxes)

    @property
    def silent_pages(self) -> tuple[int, ...]:
        """The pages without a word, which no search finds."""
        return tuple(one.number for one in self.pages if not one.words)

    @property
    def recognised_pages(self) -> tuple[int, ...]:
        """The scanned pages whose words were recognised."""
        return pages_from(self.pages, "recognised")

    @property
    def poor_pages(self) -> tuple[int, ...]:
        """Those of them that were read poorly, whose words a search may miss."""
        return poor_pages(self.pages)

    @property
    def picture_pages(self) -> tuple[int, ...]:
        """The scanned pages whose words are not recognised."""
        return pages_from(self.pages, "picture")

    @property
    def redacted_percent(self) -> int | None:
        """The share of its pages that is withheld, None where that of one is not known."""
        return redacted_percent(self.pages)

    @property
    def withheld_pages(self) -> tuple[int, ...]:
        """The pages of which nothing was released."""
        return tuple(one.number for one in self.pages if one.is_withheld)

    @property
    def unexamined_pages(self) -> tuple[int, ...]:
        """The pages of which it is not known what was withheld."""
        return tuple(one.number for one in self.pages if one.redacted_percent is None)

    @property
    def advice(self) -> str:
        """What a reader can do about a document that could not be read, '' for nothing."""
        return next((do for why, do in _ADVICE if self.verdict_reason.startswith(why)), "")

    @property
    def captured_at(self) -> str:
        """When it was first captured."""
        return self.releases[0].fetched_at if self.releases else self.added_at


def load_document(desk: Desk, sha256: str) -> ShownDocument:
    """Give a document that readers may read.

    Raises:
        NotFound: the archive does not hold it.
        Held: it is held back altogether.
        Withdrawn: it was withdrawn.
    """
    with desk.archive.catalogue.reading() as connection:
        row = find_document(connection, sha256)
        may = access(row.state, row.held_part, row.verdict)
        _refuse_unless(may.text, connection, row)
        return _document(desk, connection, row, may_original=may.original)


def find_document(connection: sa.Connection, sha256: str) -> sa.Row[Any]:
    """Give the row of a document, whatever its state.

    Raises:
        NotFound: the archive does not hold it, or it is no SHA-256.
    """
    if not _SHA256.fullmatch(sha256):
        raise NotFound("A document is named by its SHA-256: 64 digits from 0 to f.")
    row = connection.execute(sa.select(document).where(document.c.sha256 == sha256)).first()
    if row is None:
        raise NotFound(f"This archive holds no document {sha256}.")
    return row


def original_path(desk: Desk, sha256: str) -> Path:
    """Give the path of the exact bytes, checked against their hash.

    Raises:
        NotFound: the archive does not hold it.
        Held: the original is held back.
        Withdrawn: the document was withdrawn.
    """
    with desk.archive.catalogue.reading() as connection:
        row = find_document(connection, sha256)
        _refuse_unless(access(row.state, row.held_part, row.verdict).original, connection, row)
    return desk.archive.files.checked_path(row.sha256)


def is_given_up(desk: Desk, sha256: str) -> bool:
    """Ask whether the pages of a document that are pictures still will not be tried again."""
    wanted = sa.select(work.c.state).where(work.c.task == RECOGNISE, work.c.subject == sha256)
    with desk.archive.catalogue.reading() as connection:
        return connection.execute(wanted).scalar() == "set_aside"


def _refuse_unless(allowed: bool, connection: sa.Connection, row: sa.Row[Any]) -> None:
    refuse_unless(
        allowed,
        sha256=row.sha256,
        state=row.state,
        reason=row.state_reason,
        since=row.state_at,
        changes=state_history(connection, row.id),
    )


def cite(desk: Desk, shown: ShownDocument, number: int | None = None) -> str:
    """Write the citation of a document or of one of its pages."""
    return cite_page(
        desk,
        shown.title,
        shown.released_by,
        shown.released_on,
        shown.sha256,
        shown.captured_at,
        number,
    )


def _document(
    desk: Desk, connection: sa.Connection, row: sa.Row[Any], *, may_original: bool
) -> ShownDocument:
    releases = releases_of(connection, [row.id])[row.id]
    stated = statements_of(connection, [one.id for one in releases])
    taken = taken_by(connection, releases)
    return ShownDocument(
        sha256=row.sha256,
        address=f"/documents/{row.sha256}",
        title=document_title(row.title, releases, may_say_where=may_original),
        type=row.type,
        type_label=type_label(row.type) if row.type else "",
        state=row.state,
        state_reason=row.state_reason,
        state_at=row.state_at,
        may_original=may_original,
        verdict=row.verdict,
        verdict_reason=desk.said(row.verdict_reason),
        reader_version=row.reader_version,
        reading_sha256=row.reading_sha256,
        size_bytes=row.size_bytes,
        dated_on=row.dated_on,
        added_at=row.added_at,
        page_count=row.page_count,
        pages=tuple(summaries(connection, [row.id])[row.id]),
        releases=tuple(
            _release(desk, one, stated[one.id], taken.get(one.id, ""), may_original=may_original)
            for one in releases
        ),
        released_by=released_by(desk, releases),
        released_on=first_day(releases),
        state_changes=state_history(connection, row.id),
        remarks=unpacked(row.remarks),
        attachments=attachments_of(connection, row.id, may_original=may_original),
        attached_to=holders_shown(connection, row.id),
    )


def _release(
    desk: Desk,
    row: sa.Row[Any],
    stated: Sequence[sa.Row[Any]],
    taken_by: str,
    *,
    may_original: bool,
) -> Release:
    told = [_stated(desk, one) for one in stated]
    # Where only the title was another, nothing that is shown was.
    earlier = (
        one for newer, one in pairwise(told) if replace(one, stated_at=newer.stated_at) != newer
    )
    return Release(
        source=desk.source(row.source),
        address=row.address if may_original else "",
        agency=releasing(desk, row),
        agency_code=row.agency_code,
        body=row.body,
        state=row.state,
        released_on=row.released_on,
        case_number=row.case_number,
        requester_type=row.requester_type,
        title=row.title if may_original else "",
        fetched_at=row.fetched_at,
        stated_at=stated[0].stated_at if stated else row.fetched_at,
        gone_at=row.gone_at or "",
        taken_by=taken_by if may_original else "",
        # Where nothing was said, nothing was said otherwise.
        earlier=tuple(one for one in earlier if _says_something(one)),
    )


def _says_something(one: Stated) -> bool:
    return bool(one.agency or one.released_on or one.state or one.case_number or one.requester_type)


def _stated(desk: Desk, row: sa.Row[Any]) -> Stated:
    return Stated(
        agency=releasing(desk, row),
        agency_code=row.agency_code,
        body=row.body,
        state=row.state,
        released_on=row.released_on,
        case_number=row.case_number,
        requester_type=row.requester_type,
        stated_at=row.stated_at,
    )
