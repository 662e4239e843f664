"""How an `add` ended, in figures and in sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from archive.catalogue import tables
from archive.crews import Progress
from archive.documents import RECOGNISE
from archive.opening import Archive
from archive.shown.wording import counted
from ingest.collecting import Collected


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
    held: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    unreadable: int = 0  # of the refused: PDFs that are kept as documents, and could not be read
    recognised: int = 0  # scanned pages, of these documents or of earlier ones
    unrecognised: list[tuple[str, str]] = field(default_factory=list)
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
    for one in collected:
        summary.known += not one.is_new and not one.refusal
        summary.described += one.is_described
        if one.refusal:
            _tell(summary, one.name, (one.refusal, ""), is_document=False)
        else:
            _tell(summary, one.name, _outcome(archive, one.sha256))
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
    """Give the name under which a document first came, else the beginning of its hash."""
    wanted = (
        sa.select(tables.release.c.address)
        .join(tables.document)
        .where(tables.document.c.sha256 == sha256)
        .order_by(tables.release.c.id)
    )
    with archive.catalogue.reading() as connection:
        return connection.execute(wanted.limit(1)).scalar() or sha256[:8]


def said(summary: Summary) -> str:
    """Say it in a sentence, and each hold and refusal on a line of its own."""
    again = f" {summary.again:,} to be read anew;" if summary.again else ""
    told = f" ({summary.described:,} described anew)" if summary.described else ""
    files, pages = counted(summary.files, "file"), counted(summary.pages, "page")
    of_them = counted(summary.unreadable, "a PDF", "PDFs").removeprefix("1 ")
    unreadable = f" ({of_them} that cannot be read)" if summary.unreadable else ""
    scans = counted(summary.recognised, "scanned page recognised", "scanned pages recognised")
    lines = [
        f"{files}: {summary.new:,} new, {summary.known:,} already known{told};{again}"
        f" {summary.read:,} read ({pages}),{f' {scans},' if summary.recognised else ''}"
        f" {len(summary.held):,} held,"
        f" {len(summary.refused):,} refused{unreadable}, {summary.seconds} s."
    ]
    lines += [f"  held: {name}: {reason}" for name, reason in summary.held]
    lines += [f"  refused: {name}: {reason}" for name, reason in summary.refused]
    lines += [f"  not recognised: {name}: {reason}" for name, reason in summary.unrecognised]
    return "\n".join(lines)
