"""What the archive holds, and what waits, failed or was set aside."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue import tables
from archive.opening import Archive

# What only the question of a run asks that took files: an `add` its paths, an `import` a hash.
_BY_HAND = frozenset({"paths", "sha256"})
# Of 100: a scanned page that was recognised with less is called poorly read.
POOR = 85


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """The latest run of a source; `by_hand` when it took files that the operator gave."""

    source: str
    state: str
    started_at: str
    ended_at: str
    counts: dict[str, Any]
    remark: str
    by_hand: bool


def counts(archive: Archive) -> dict[str, int]:
    """Count what is held, by the names that `status --json` promises.

    Vendors are those with a row in lists: persons paid under their own name are not counted.
    """
    with archive.catalogue.reading() as connection:
        kinds = _by(connection, tables.record.c.kind)
        states = _by(connection, tables.document.c.state)
        verdicts = _by(connection, tables.document.c.verdict)
        work = _by(connection, tables.work.c.state)
        return {
            "awards": kinds.get("award", 0),
            "modifications": kinds.get("modification", 0),
            "subawards": kinds.get("subaward", 0),
            "notices": kinds.get("notice", 0),
            "vendors": _vendors(connection),
            "documents": sum(states.values()),
            "documents_held": states.get("held", 0),
            "documents_withdrawn": states.get("withdrawn", 0),
            "documents_waiting": verdicts.get("waiting", 0),
            **_pages(connection),
            "versions": _number(connection, tables.version),
            "captures": _number(connection, tables.capture),
            "refused": _number(connection, tables.refusal),
            "outbox": _number(connection, tables.outbox),
            "set_aside": work.get("set_aside", 0),
        }


def _pages(connection: sa.Connection) -> dict[str, int]:
    page = tables.page
    is_poor = sa.case((page.c.confidence < POOR, 1), else_=0)
    wanted = sa.select(page.c.text_from, sa.func.count(), sa.func.sum(is_poor))
    rows = connection.execute(wanted.group_by(page.c.text_from)).all()
    found = {str(row[0]): (int(row[1]), int(row[2] or 0)) for row in rows}
    recognised, poor = found.get("recognised", (0, 0))
    return {
        "pages": sum(count for count, _ in found.values()),
        "pages_recognised": recognised,
        "pages_read_poorly": poor,
        "pages_not_recognised": found.get("picture", (0, 0))[0],
    }


def last_runs(archive: Archive) -> list[LastRun]:
    """Give the latest run of each source, by name."""
    run = tables.run
    latest = sa.select(sa.func.max(run.c.id)).group_by(run.c.source)
    with archive.catalogue.reading() as connection:
        rows = connection.execute(
            sa.select(run).where(run.c.id.in_(latest)).order_by(run.c.source)
        ).all()
    return [
        LastRun(
            source=row.source,
            state=row.state,
            started_at=row.started_at,
            ended_at=row.ended_at,
            counts=json.loads(row.counts),
            remark=row.remark,
            by_hand=not _BY_HAND.isdisjoint(json.loads(row.question)),
        )
        for row in rows
    ]


def set_aside(archive: Archive, limit: int = 50, task: str = "") -> list[tuple[str, str, str]]:
    """Give work that was set aside, of one task or of all: task, subject, reason; latest first."""
    work = tables.work
    which = work.c.task == task if task else sa.true()
    wanted = (
        sa.select(work.c.task, work.c.subject, work.c.reason)
        .where(work.c.state == "set_aside", which)
        .order_by(work.c.changed_at.desc(), work.c.id)
        .limit(limit)
    )
    with archive.catalogue.reading() as connection:
        return [(row.task, row.subject, row.reason) for row in connection.execute(wanted)]


def _vendors(connection: sa.Connection) -> int:
    vendor = tables.vendor
    wanted = sa.select(sa.func.count()).where(
        vendor.c.is_person.is_(False), vendor.c.joined_to.is_(None)
    )
    return connection.execute(wanted).scalar_one()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row, file or answer that was not understood; its capture is kept."""

    source: str
    subject: str
    reason: str
    capture_sha256: str
    fetched_at: str


def refusals(archive: Archive, limit: int = 20) -> list[Refusal]:
    """Give what was refused, latest first."""
    refusal, capture = tables.refusal, tables.capture
    wanted = (
        sa.select(refusal, capture.c.source, capture.c.sha256, capture.c.fetched_at)
        .join(capture, capture.c.id == refusal.c.capture_id)
        .order_by(refusal.c.id.desc())
        .limit(limit)
    )
    with archive.catalogue.reading() as connection:
        return [
            Refusal(
                source=row.source,
                subject=row.subject,
                reason=row.reason,
                capture_sha256=row.sha256,
                fetched_at=row.fetched_at,
            )
            for row in connection.execute(wanted)
        ]


def names(archive: Archive, sha256s: Iterable[str]) -> dict[str, str]:
    """Give the file names under which documents first came, or that they have as attachments."""
    document, release, attachment = tables.document, tables.release, tables.attachment
    hashes = list(sha256s)
    attached = sa.select(attachment.c.sha256, attachment.c.name).where(
        attachment.c.sha256.in_(hashes), attachment.c.name != ""
    )
    wanted = (
        sa.select(document.c.sha256, release.c.address)
        .join(release, release.c.document_id == document.c.id)
        .where(document.c.sha256.in_(hashes))
        .order_by(release.c.id.desc())
    )
    with archive.catalogue.reading() as connection:
        named = {row.sha256: row.name for row in connection.execute(attached)}
        return named | {row.sha256: row.address for row in connection.execute(wanted)}


def _number(connection: sa.Connection, table: sa.Table) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def _by(connection: sa.Connection, column: sa.Column[Any]) -> dict[str, int]:
    wanted = sa.select(column, sa.func.count()).group_by(column)
    return {str(row[0]): int(row[1]) for row in connection.execute(wanted)}
