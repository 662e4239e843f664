"""What the archive holds and when it last looked: for the line on top and the page about it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from archive import clock, status
from archive.catalogue.tables import award, document, record
from archive.schedule import rows
from archive.shown.desk import Desk
from archive.shown.labels import source_address
from archive.shown.listing import listed
from archive.shown.wording import counted
from archive.troubles import Trouble, found_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What readers can find, when a source was last asked, or files were added, and what is wrong.

    Moments are '' for never.
    """

    awards: int
    notices: int
    documents: int
    last_run_at: str
    last_addition_at: str
    failed_sources: tuple[str, ...]
    late_sources: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to find yet."""
        return not (self.awards or self.notices or self.documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRun:
    """The last run of one source, and what came of it in words."""

    source: str
    label: str
    address: str
    state: str
    started_at: str
    ended_at: str
    counts: Mapping[str, object]
    outcome: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The archive in numbers, by the names that `status --json` promises, and its sources.

    `is_sample`: its records are those of `paperwatch demo`, composed.
    """

    name: str
    contact: str
    is_sample: bool
    counts: Mapping[str, int]
    sources: tuple[SourceRun, ...]


def holdings(desk: Desk) -> Holdings:
    """Count what readers can find."""
    with desk.archive.catalogue.reading() as connection:
        awards = connection.scalar(sa.select(sa.func.count()).select_from(award)) or 0
        notices = sa.select(sa.func.count()).where(record.c.kind == "notice")
        documents = sa.select(sa.func.count()).select_from(document).where(listed())
        counts = [connection.scalar(wanted) or 0 for wanted in (notices, documents)]
    runs = status.last_runs(desk.archive)
    wrong = found_in(rows.listed(desk.archive), runs, clock.now())
    return Holdings(
        awards=awards,
        notices=counts[0],
        documents=counts[1],
        last_run_at=_latest(run for run in runs if not run.by_hand),
        last_addition_at=_latest(run for run in runs if run.by_hand),
        failed_sources=_labels(desk, wrong, "failed"),
        late_sources=_labels(desk, wrong, "late"),
    )


def _labels(desk: Desk, wrong: Iterable[Trouble], kind: str) -> tuple[str, ...]:
    """Name the sources with a kind of trouble, each once."""
    named = dict.fromkeys(desk.source(one.source) for one in wrong if one.kind == kind)
    return tuple(named)


def about(desk: Desk) -> About:
    """Give the archive's name, numbers and the last run of each source."""
    return About(
        name=desk.archive.settings["NAME"],
        contact=desk.archive.settings["CONTACT"],
        is_sample=desk.is_sample,
        counts=status.counts(desk.archive),
        sources=tuple(
            SourceRun(
                source=run.source,
                label=desk.source(run.source),
                address=source_address(run.source),
                state=run.state,
                started_at=run.started_at,
                ended_at=run.ended_at,
                counts=run.counts,
                outcome=outcome(run),
                remark=desk.said(run.remark),
            )
            for run in status.last_runs(desk.archive)
        ),
    )


def outcome(run: status.LastRun) -> str:
    """Say what came of a run; what is nothing is not said."""
    counts = run.counts
    awards = counts.get("awards")
    if isinstance(awards, Mapping):  # a crawl counts awards apart from what belongs to them
        said = [*_tally(awards, "award"), *_parts(counts, awards)]
    else:
        said = list(_tally(counts, "document" if "known" in counts else "record"))
    if refused := counts.get("refused"):
        said.append(
            f"{counted(refused, 'file')} that could not be read"
            if "known" in counts
            else f"{counted(refused, 'record')} refused"
        )
    return ", ".join(said) or "Nothing new"


def _tally(counts: Mapping[str, Any], noun: str) -> Iterator[str]:
    if new := counts.get("new"):
        yield f"{new:,} new {noun if new == 1 else noun + 's'}"
    for name in ("changed", "unchanged", "older"):
        if number := counts.get(name):
            yield f"{number:,} {name}"
    if known := counts.get("known"):
        yield f"{known:,} known before"


def _parts(counts: Mapping[str, Any], awards: Mapping[str, Any]) -> Iterator[str]:
    """Walk the new and changed modifications and reports of sub-awards."""
    parts = "modifications and sub-award reports"
    for name in ("new", "changed"):
        number = counts.get(name, 0) - awards.get(name, 0)
        if number > 0:
            yield f"{number:,} {name} {parts}"


def _latest(runs: Iterable[status.LastRun]) -> str:
    return max((run.ended_at or run.started_at for run in runs), default="")
