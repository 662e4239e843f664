"""What the archive holds and when it last looked: for the line on top and the page about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from archive import clock, status
from archive.catalogue.tables import award, document, record
from archive.schedule import rows
from archive.shown.desk import Desk
from archive.shown.labels import source_address, source_label
from archive.shown.listing import listed
from archive.troubles import Trouble, found_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What readers can find, when a source was last asked ('' = never), and what is wrong."""

    awards: int
    notices: int
    documents: int
    last_run_at: str
    failed_sources: tuple[str, ...]
    late_sources: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to find yet."""
        return not (self.awards or self.notices or self.documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRun:
    """The last run of one source."""

    source: str
    label: str
    address: str
    state: str
    started_at: str
    ended_at: str
    counts: Mapping[str, object]
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The archive in numbers, by the names that `status --json` promises, and its sources."""

    name: str
    contact: str
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
        last_run_at=max((run.ended_at or run.started_at for run in runs), default=""),
        failed_sources=_labels(wrong, "failed"),
        late_sources=_labels(wrong, "late"),
    )


def _labels(wrong: Iterable[Trouble], kind: str) -> tuple[str, ...]:
    """Name the sources with a kind of trouble, each once."""
    named = dict.fromkeys(source_label(one.source) for one in wrong if one.kind == kind)
    return tuple(named)


def about(desk: Desk) -> About:
    """Give the archive's name, numbers and the last run of each source."""
    return About(
        name=desk.archive.settings["NAME"],
        contact=desk.archive.settings["CONTACT"],
        counts=status.counts(desk.archive),
        sources=tuple(
            SourceRun(
                source=run.source,
                label=source_label(run.source),
                address=source_address(run.source),
                state=run.state,
                started_at=run.started_at,
                ended_at=run.ended_at,
                counts=run.counts,
                remark=run.remark,
            )
            for run in status.last_runs(desk.archive)
        ),
    )
