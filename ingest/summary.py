"""How an `add` ended, in figures and in sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from archive.catalogue import tables
from archive.crews import Progress
from archive.documents import RECOGNISE
from archive.opening import Archive
from archive.shown.wording import counted
from archive.status import names
from ingest.collecting import Collected

_ATTACHED_LISTED = 20
_OTHER_KINDS = frozenset(
    (
        *(".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".rtf", ".txt", ".csv", ".htm"),
        *(".html", ".xml", ".msg", ".eml", ".zip", ".jpg", ".jpeg", ".png", ".tif", ".tiff"),
    )
)


@dataclass(slots=True, kw_only=True)
class Summary:
    """How an `add` ended; lists hold a name and a reason each.

    `again` counts the documents put down to be read anew beside the files that were given.
    """

    files: int = 0
    new: int = 0
    known: int = 0
    described: int = 0  # of the known ones: agency, day or state was told anew
    again: int = 0
    read: int = 0
    pages: int = 0
    misnamed: list[str] = field(default_factory=list)  # PDFs with the name of another kind
    held: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    unreadable: int = 0  # of the refused: PDFs that are kept as documents, and could not be read
    recognised: int = 0  # scanned pages, of these documents or of earlier ones
    unrecognised: list[tuple[str, str]] = field(default_factory=list)
    attached: int = 0  # files that were attached to what was read, and are kept
    attached_unread: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0


def summary_of(
    archive: Archive,
    collected: Sequence[Collected],
    anew: Iterable[str],
    progress: Progress | None,
    *,
    since: str,
    recognised: int = 0,
) -> Summary:
    """Count the files of this command, as the catalogue has them now.

    Of documents that were only read anew (`anew`), what became of them `since` then is told.
    """
    summary = Summary(files=len(collected), new=sum(_is_new_document(one) for one in collected))
    summary.recognised, summary.unrecognised = recognised, _unrecognised(archive, since)
    if progress is not None:
        summary.read, summary.pages = progress.documents, progress.pages
    if summary.read:
        summary.attached, summary.attached_unread = _attached(archive, since)
    for one in collected:
        summary.known += not one.is_new and not one.refusal
        summary.described += one.is_described
        if one.refusal:
            _tell(summary, one.name, (one.refusal, ""), is_document=False)
        else:
            _tell(summary, one.name, _outcome(archive, one.sha256))
            if one.is_new and Path(one.name).suffix.lower() in _OTHER_KINDS:
                summary.misnamed.append(one.name)
    for sha256 in anew:
        summary.again += 1
        _tell(summary, name_of(archive, sha256), _outcome(archive, sha256, since=since))
    return summary


def _is_new_document(one: Collected) -> bool:
    return one.is_new and not one.refusal


def _tell(
    summary: Summary, name: str, outcome: tuple[str, str], *, is_document: bool = True
) -> None:
    refusal, held = outcome
    if refusal:
        summary.refused.append((name, refusal))
        summary.unreadable += is_document
    if held:
        summary.held.append((name, held))


def _outcome(archive: Archive, sha256: str, *, since: str = "") -> tuple[str, str]:
    """Give why a document could not be read, and why it is held; '' when it was, or is not.

    Holds from before `since` are left out.
    """
    wanted = sa.select(tables.document).where(tables.document.c.sha256 == sha256)
    with archive.catalogue.reading() as connection:
        row = connection.execute(wanted).one()
    return (
        row.verdict_reason if row.verdict == "refused" else "",
        row.state_reason if row.state == "held" and row.state_at >= since else "",
    )


def _attached(archive: Archive, since: str) -> tuple[int, list[tuple[str, str]]]:
    """Count what was attached to the documents read since then; list what is not read, and why."""
    parent, child = tables.document.alias("parent"), tables.document
    wanted = (
        sa.select(tables.attachment, parent.c.sha256.label("in_sha256"), child.c.verdict_reason)
        .join(parent, parent.c.id == tables.attachment.c.parent_id)
        .outerjoin(child, child.c.id == tables.attachment.c.document_id)
        .where(tables.attachment.c.taken_at >= since)
        .order_by(tables.attachment.c.parent_id, tables.attachment.c.place)
    )
    with archive.catalogue.reading() as connection:
        rows = connection.execute(wanted).all()
    holders = names(archive, {row.in_sha256 for row in rows})
    unread = [
        (
            f"{row.name or 'a file'} in {holders.get(row.in_sha256, row.in_sha256[:8])}",
            row.reason or row.verdict_reason,
        )
        for row in rows
        if row.reason or row.verdict_reason
    ]
    return sum(bool(row.sha256) for row in rows), unread


def _unrecognised(archive: Archive, since: str) -> list[tuple[str, str]]:
    """List the documents with scanned pages that were given up since then, and why."""
    work = tables.work
    wanted = sa.select(work.c.subject, work.c.reason).where(
        work.c.task == RECOGNISE, work.c.state == "set_aside", work.c.changed_at >= since
    )
    with archive.catalogue.reading() as connection:
        rows = connection.execute(wanted.order_by(work.c.id)).all()
    return [(name_of(archive, row.subject), row.reason) for row in rows]


def name_of(archive: Archive, sha256: str) -> str:
    """Give the name of a document's file, else the beginning of its hash."""
    return names(archive, [sha256]).get(sha256, sha256[:8])


def said(summary: Summary) -> str:
    """Say it in a sentence, and each hold and refusal on a line of its own."""
    again = f" {summary.again:,} to be read anew;" if summary.again else ""
    told = f" ({summary.described:,} described anew)" if summary.described else ""
    files, pages = counted(summary.files, "file"), counted(summary.pages, "page")
    of_them = counted(summary.unreadable, "a PDF", "PDFs").removeprefix("1 ")
    unreadable = f" ({of_them} that cannot be read)" if summary.unreadable else ""
    scans = counted(summary.recognised, "scanned page recognised", "scanned pages recognised")
    attached = counted(summary.attached, "attachment taken out", "attachments taken out")
    lines = [
        f"{files}: {summary.new:,} new, {summary.known:,} already known{told};{again}"
        f" {summary.read:,} read ({pages}),{f' {scans},' if summary.recognised else ''}"
        f"{f' {attached},' if summary.attached else ''}"
        f" {len(summary.held):,} held,"
        f" {len(summary.refused):,} refused{unreadable}, {summary.seconds} s."
    ]
    lines += [f"  misnamed: {name} is a PDF, whatever its name says" for name in summary.misnamed]
    lines += [f"  held: {name}: {reason}" for name, reason in summary.held]
    lines += [f"  refused: {name}: {reason}" for name, reason in summary.refused]
    lines += [f"  not recognised: {name}: {reason}" for name, reason in summary.unrecognised]
    listed = summary.attached_unread[:_ATTACHED_LISTED]
    lines += [f"  attached, not read: {name}: {reason}" for name, reason in listed]
    if more := len(summary.attached_unread) - len(listed):
        lines.append(f"  attached, not read: {more:,} more; the documents' pages list them.")
    return "\n".join(lines)
