"""The sources as readers see them: what is held, how fresh it is, what came and what failed."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from archive import clock, coverage, status
from archive.coverage import Came, Held, Refusal, SourceRun
from archive.errors import NotFound
from archive.schedule import rows as schedule_rows
from archive.schedule.planned import Planned
from archive.shown.desk import Desk
from archive.shown.labels import source_address, source_label
from archive.sources import declared
from archive.troubles import Trouble, found_in, unasked

MONTHS_LISTED = 12
MONTHS_TOLD = 24
_FAILURES = 10
_REFUSALS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What a source gave in a month, by when it was asked.

    `state` is before (not collected yet), none (not asked), going, failed, part (something failed,
    was refused, or fewer came than expected) or done. `expected` and `got` are sums over the runs
    of which the source said how much there is; None where it said so of none. `new` and `changed`
    count what the runs asked for (awards of a crawl, rows of a file, files given); `versions` and
    `documents` all that came, with what else the answers told of.
    """

    month: str
    state: str
    runs_done: int
    runs_failed: int
    runs_going: int
    expected: int | None
    got: int | None
    captures: int
    versions: int
    documents: int
    new: int
    changed: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledRun:
    """A row of the schedule; `words` is what follows `paperwatch` on a command line."""

    name: str
    words: str
    cadence: str
    is_on: bool
    is_going: bool
    state: str
    next_at: str
    last_started_at: str
    last_ended_at: str
    last_exit_code: int | None
    last_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source in short; '' where a moment never was or is not planned, or nothing is declared."""

    name: str
    label: str
    address: str
    what: str
    held: Held
    last_success_at: str
    last_attempt_at: str
    next_at: str
    troubles: tuple[str, ...]
    is_failed: bool
    is_late: bool
    months: tuple[Month, ...]

    @property
    def is_declared(self) -> bool:
        """Whether it can be crawled; else its files are given by hand."""
        return bool(self.what)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """All that is told of one source: months, failures and refusals with the newest first."""

    source: SourceRow
    terms: str
    cadence: str
    plausible: str
    schedule: tuple[ScheduledRun, ...]
    failures: tuple[SourceRun, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What takes long to count: what is held of each source, and what came in each month."""

    at: str
    held: Mapping[str, Held]
    came: Mapping[tuple[str, str], Came]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What was looked up of all sources at one moment."""

    now: str
    is_sample: bool
    counted: Counted
    runs: Sequence[SourceRun]
    first_at: Mapping[str, str]
    success_at: Mapping[str, str]
    attempt_at: Mapping[str, str]
    planned: Sequence[Planned]
    unasked: Sequence[SourceRun]
    troubles: Sequence[Trouble]

    def names(self) -> list[str]:
        """Give every source that is declared, or gave something, by the name readers know."""
        found = {
            *declared(),
            *self.counted.held,
            *self.first_at,
            *(one.source for one in self.planned),
        }
        return sorted(found, key=lambda name: (source_label(name), name))


def count_sources(desk: Desk) -> Counted:
    """Count all sources; walks every version (0.6 s for 300,000), so who asks often keeps it."""
    now = clock.now()
    with desk.archive.catalogue.reading() as connection:
        return Counted(
            at=now,
            held=coverage.held_by_source(connection),
            came=coverage.came_by_month(connection, months_back(now[:7], MONTHS_TOLD)[-1]),
        )


def list_sources(desk: Desk, counted: Counted) -> tuple[SourceRow, ...]:
    """Give all sources with their last months, the newest first."""
    known = _look_up(desk, counted)
    return tuple(_row(known, name, MONTHS_LISTED) for name in known.names())


def load_source(desk: Desk, counted: Counted, name: str) -> SourcePage:
    """Give all that is told of a source.

    Raises:
        NotFound: no source is called that.
    """
    known = _look_up(desk, counted)
    if name not in known.names():
        raise NotFound(f"This archive knows no source {name!r}. All are listed at /sources.")
    with desk.archive.catalogue.reading() as connection:
        failures = coverage.failures_of(connection, name, _FAILURES)
        refusals = coverage.refusals_of(connection, name, _REFUSALS)
    failures = [replace(one, remark=desk.said(one.remark)) for one in failures]
    said = declared().get(name)
    return SourcePage(
        source=_row(known, name, MONTHS_TOLD),
        terms=said.terms if said else "",
        cadence=said.cadence if said else "",
        plausible=said.plausible if said else "",
        schedule=tuple(_scheduled(one, known.now) for one in known.planned if one.source == name),
        failures=_with_unasked(failures, [one for one in known.unasked if one.source == name]),
        refusals=tuple(replace(one, reason=desk.said(one.reason)) for one in refusals),
    )


def _with_unasked(
    failures: Sequence[SourceRun], unasked: Sequence[SourceRun]
) -> tuple[SourceRun, ...]:
    ordered = sorted((*failures, *unasked), key=lambda one: one.started_at, reverse=True)
    return tuple(ordered[:_FAILURES])


def _look_up(desk: Desk, counted: Counted) -> _Known:
    now, scheduled = clock.now(), schedule_rows.listed(desk.archive)
    # Before anything is quoted or cut: half a path or secret would not be known as one.
    planned = [replace(one, last_words=desk.said(one.last_words)) for one in scheduled]
    last = [replace(one, remark=desk.said(one.remark)) for one in status.last_runs(desk.archive)]
    with desk.archive.catalogue.reading() as connection:
        attempts = {run.source: run.started_at for run in last}
        for one in planned:
            attempts[one.source] = max(attempts.get(one.source, ""), one.last_started_at)
        runs = coverage.runs_since(connection, months_back(now[:7], MONTHS_TOLD)[-1])
        return _Known(
            now=now,
            is_sample=desk.is_sample,
            counted=counted,
            runs=runs,
            first_at=coverage.first_run_by_source(connection),
            success_at=coverage.last_success_by_source(connection),
            attempt_at=attempts,
            planned=planned,
            unasked=unasked(planned, runs, now),
            troubles=found_in(planned, last, now),
        )


def _row(known: _Known, name: str, months: int) -> SourceRow:
    said, troubles = declared().get(name), [one for one in known.troubles if one.source == name]
    coming = [one.next_at for one in known.planned if one.source == name and one.is_on]
    return SourceRow(
        name=name,
        label=source_label(name, is_sample=known.is_sample),
        address=source_address(name),
        what=said.what if said else "",
        held=known.counted.held.get(name, Held()),
        last_success_at=known.success_at.get(name, ""),
        last_attempt_at=known.attempt_at.get(name, ""),
        next_at=min(coming, default=""),
        troubles=tuple(one.sentence for one in troubles),
        is_failed=any(one.kind == "failed" for one in troubles),
        is_late=any(one.kind == "late" for one in troubles),
        months=_months(known, name, months),
    )


def _months(known: _Known, name: str, count: int) -> tuple[Month, ...]:
    runs = [one for one in (*known.runs, *known.unasked) if one.source == name]
    came = {month: one for (source, month), one in known.counted.came.items() if source == name}
    attempted = [one.started_at for one in known.unasked if one.source == name]
    first = min([known.first_at.get(name, known.now)[:7], *came, *(at[:7] for at in attempted)])
    return tuple(
        month_of(
            month,
            [one for one in runs if one.started_at.startswith(month)],
            came.get(month, Came()),
            is_before=month < first,
        )
        for month in months_back(known.now[:7], count)
    )


def month_of(
    month: str, runs: Iterable[SourceRun], came: Came, *, is_before: bool = False
) -> Month:
    """Sum up what came of a source in a month."""
    runs = list(runs)
    counted = [one for one in runs if one.expected is not None]
    expected = sum(one.expected or 0 for one in counted) if counted else None
    got = sum(one.got or 0 for one in counted) if counted else None
    # One that was stopped is gone on with later; until then it brought as little as a failed one.
    states = ["failed" if one.state == "stopped" else one.state for one in runs]
    refused = sum(one.refused for one in runs)
    is_short = refused > 0 or (got or 0) < (expected or 0)
    return Month(
        month=month,
        state=_state(states, came.captures, is_before=is_before, is_short=is_short),
        runs_done=states.count("done"),
        runs_failed=states.count("failed"),
        runs_going=states.count("going"),
        expected=expected,
        got=got,
        captures=came.captures,
        versions=came.versions,
        documents=came.documents,
        new=sum(one.new for one in runs),
        changed=sum(one.changed for one in runs),
        refused=refused,
    )


def _state(states: Sequence[str], captures: int, *, is_before: bool, is_short: bool) -> str:
    if not states:
        return "done" if captures else "before" if is_before else "none"
    if "done" not in states:
        return "failed" if "failed" in states else "going"
    return "part" if "failed" in states or is_short else "done"


def months_back(month: str, count: int) -> list[str]:
    """Give a month and those before it, the newest first ("2026-01", "2025-12", …)."""
    year, number = int(month[:4]), int(month[5:])
    ordered = [year * 12 + number - 1 - back for back in range(count)]
    return [f"{one // 12:04}-{one % 12 + 1:02}" for one in ordered]


def _scheduled(planned: Planned, now: str) -> ScheduledRun:
    return ScheduledRun(
        name=planned.name,
        words=shlex.join(planned.words),
        cadence=planned.cadence,
        is_on=planned.is_on,
        is_going=planned.is_going(now),
        state="killed" if planned.is_lost(now) else planned.state,
        next_at=planned.next_at,
        last_started_at=planned.last_started_at,
        last_ended_at=planned.last_ended_at,
        last_exit_code=planned.last_exit_code,
        last_words=planned.last_words,
    )
