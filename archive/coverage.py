"""What came of each source: what is held of it, and its runs, captures and refusals over time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import capture, document, refusal, release, run, version


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is held of one source. A record that two sources show is counted for both.

    Records are those that it has a version of: an award that only its actions tell of is none.
    `unreadable` are the documents that no reader could read; they are documents, and not refused.
    """

    captures: int = 0
    records: int = 0
    versions: int = 0
    documents: int = 0
    unreadable: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of a source in a month: answers, versions of records, documents not known before.

    Over all months, versions and documents add up to what is held of them.
    """

    captures: int = 0
    versions: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRun:
    """A run of a source; `expected` is what the source had counted, None where it is not known.

    What was asked is left out: for files given by hand it holds the operator's folders. `refused`
    counts what was refused first in this run, so that runs add up to what is held of refusals.
    """

    source: str
    state: str
    started_at: str
    ended_at: str
    expected: int | None
    got: int | None
    new: int
    changed: int
    refused: int
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row or answer that was not understood, and the capture that was kept of it."""

    subject: str
    reason: str
    place: int
    capture: str
    address: str
    fetched_at: str


def held_by_source(connection: sa.Connection) -> dict[str, Held]:
    """Count what is held of every source that gave anything."""
    captures = sa.select(capture.c.source, sa.func.count()).group_by(capture.c.source)
    shown = (
        sa.select(
            capture.c.source,
            sa.func.count(),
            sa.func.count(sa.distinct(version.c.record_id)),
        )
        .join_from(version, capture, version.c.capture_id == capture.c.id)
        .group_by(capture.c.source)
    )
    unread = sa.case((document.c.verdict == "refused", release.c.document_id))
    released = (
        sa.select(
            release.c.source,
            sa.func.count(sa.distinct(release.c.document_id)),
            sa.func.count(sa.distinct(unread)),
        )
        .join_from(release, document, release.c.document_id == document.c.id)
        .group_by(release.c.source)
    )
    refused = (
        sa.select(run.c.source, sa.func.count())
        .join_from(refusal, run, refusal.c.run_id == run.c.id)
        .group_by(run.c.source)
    )
    found: dict[str, dict[str, int]] = {}
    for source, count in connection.execute(captures):
        found.setdefault(source, {})["captures"] = count
    for source, versions, records in connection.execute(shown):
        found.setdefault(source, {}).update(versions=versions, records=records)
    for source, documents, unreadable in connection.execute(released):
        found.setdefault(source, {}).update(documents=documents, unreadable=unreadable)
    for source, count in connection.execute(refused):
        found.setdefault(source, {})["refused"] = count
    return {source: Held(**counts) for source, counts in found.items()}


def runs_since(connection: sa.Connection, since: str) -> list[SourceRun]:
    """Give the runs that were begun since a day, the newest first."""
    wanted = _runs().where(run.c.started_at >= since).order_by(run.c.id.desc())
    return [_run(row) for row in connection.execute(wanted)]


def failures_of(connection: sa.Connection, source: str, limit: int) -> list[SourceRun]:
    """Give the latest runs of a source that failed or were stopped, the newest first."""
    wanted = (
        _runs()
        .where(run.c.source == source, run.c.state.in_(("failed", "stopped")))
        .order_by(run.c.id.desc())
        .limit(limit)
    )
    return [_run(row) for row in connection.execute(wanted)]


def last_success_by_source(connection: sa.Connection) -> dict[str, str]:
    """Give when the latest run that ended well ended, of each source."""
    wanted = (
        sa.select(run.c.source, sa.func.max(run.c.ended_at))
        .where(run.c.state == "done")
        .group_by(run.c.source)
    )
    return {row[0]: row[1] for row in connection.execute(wanted)}


def first_run_by_source(connection: sa.Connection) -> dict[str, str]:
    """Give when each source was asked first."""
    wanted = sa.select(run.c.source, sa.func.min(run.c.started_at)).group_by(run.c.source)
    return {row[0]: row[1] for row in connection.execute(wanted)}


def came_by_month(connection: sa.Connection, since: str) -> dict[tuple[str, str], Came]:
    """Count what came since a day by source and month ("2026-11")."""
    # Bound numbers would be others in GROUP BY than in SELECT to some databases.
    first_signs: tuple[sa.ColumnElement[int], ...]
    first_signs = (sa.literal_column("1"), sa.literal_column("7"))
    month = sa.func.substr(capture.c.fetched_at, *first_signs).label("month")
    # By capture first: that is counted in an index, without reading any version.
    made = (
        sa.select(version.c.capture_id, sa.func.count().label("versions"))
        .group_by(version.c.capture_id)
        .subquery()
    )
    captures = (
        sa.select(capture.c.source, month, sa.func.count(), sa.func.sum(made.c.versions))
        .outerjoin(made, made.c.capture_id == capture.c.id)
        .where(capture.c.fetched_at >= since)
        .group_by(capture.c.source, month)
    )
    first = (
        sa.select(release.c.source, release.c.document_id, sa.func.min(month).label("month"))
        .join_from(release, capture, release.c.capture_id == capture.c.id)
        .group_by(release.c.source, release.c.document_id)
        .subquery()
    )
    documents = sa.select(first.c.source, first.c.month, sa.func.count()).group_by(
        first.c.source, first.c.month
    )
    released = {(row[0], row[1]): row[2] for row in connection.execute(documents)}
    return {
        (source, when): Came(
            captures=count,
            versions=int(versions or 0),
            documents=released.get((source, when), 0),
        )
        for source, when, count, versions in connection.execute(captures)
    }


def refusals_of(connection: sa.Connection, source: str, limit: int) -> list[Refusal]:
    """Give the latest refusals of a source, the newest first."""
    wanted = (
        sa.select(refusal, capture.c.sha256, capture.c.address, capture.c.fetched_at)
        .join_from(refusal, run, refusal.c.run_id == run.c.id)
        .join(capture, capture.c.id == refusal.c.capture_id)
        .where(run.c.source == source)
        .order_by(refusal.c.id.desc())
        .limit(limit)
    )
    return [
        Refusal(
            subject=row.subject,
            reason=row.reason,
            place=row.place,
            capture=row.sha256,
            address=row.address,
            fetched_at=row.fetched_at,
        )
        for row in connection.execute(wanted)
    ]


def _runs() -> sa.Select[Any]:
    """Select runs, each with how much was refused in it."""
    refused = (
        sa.select(refusal.c.run_id, sa.func.count().label("refused"))
        .group_by(refusal.c.run_id)
        .subquery()
    )
    return sa.select(run, refused.c.refused).outerjoin(refused, refused.c.run_id == run.c.id)


def _run(row: sa.Row[Any]) -> SourceRun:
    """Read a run. One that is going wrote what it expects into its cursor, not into its counts."""
    question, counts = json.loads(row.question), json.loads(row.counts)
    said = counts if "expected" in counts else json.loads(row.cursor)
    is_whole = not question.get("limit")
    return SourceRun(
        source=row.source,
        state=row.state,
        started_at=row.started_at,
        ended_at=row.ended_at,
        expected=_sum(said.get("expected")) if is_whole else None,
        got=_sum(said.get("found")),
        new=_number(counts, "new"),
        changed=_number(counts, "changed"),
        refused=row.refused or 0,
        remark=row.remark,
    )


def _sum(counts: object) -> int | None:
    return sum(counts.values()) if isinstance(counts, dict) and counts else None


def _number(counts: Mapping[str, Any], name: str) -> int:
    found = counts.get(name, 0)
    return found if isinstance(found, int) else 0
