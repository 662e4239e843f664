"""What an operator must hear of: scheduled runs that failed or are late, sources that failed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.coverage import SourceRun
from archive.schedule.planned import MAX_ATTEMPTS, Planned
from archive.shown.wording import cut, moment, sentence
from archive.status import LastRun

_QUOTED = 240
_RUNNER = "`paperwatch serve` runs (on a cluster: `paperwatch beat` and a worker)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that is wrong with a source; `kind`: failed, late.

    `advice` is what an operator can do; '' where the sentence says it.
    """

    kind: str
    source: str
    sentence: str
    advice: str

    def __str__(self) -> str:
        """Give it as one line for a terminal."""
        return f"{self.source}: {self.sentence} {self.advice}".rstrip()


def found_in(planned: list[Planned], runs: Iterable[LastRun], now: str) -> list[Trouble]:
    """Judge the schedule, then the last run of each source, as they are at a moment."""
    scheduled = [found for one in planned if (found := _of_planned(one, now)) is not None]
    failed = [one for one in planned if one.state in ("failed", "killed")]
    return scheduled + [
        _of_run(run)
        for run in runs
        if run.state in ("failed", "stopped") and not any(_is_of(run, one) for one in failed)
    ]


def unasked(
    planned: Iterable[Planned], runs: Sequence[SourceRun], now: str
) -> tuple[SourceRun, ...]:
    """Give the scheduled runs that failed, or were killed, before they asked their source anything.

    A crawl writes its own run down when it begins to ask; of these the schedule alone knows.
    """
    return tuple(
        SourceRun(
            source=one.source,
            state="failed",
            started_at=one.last_started_at,
            ended_at=one.last_ended_at if one.state == "failed" else "",
            expected=None,
            got=None,
            new=0,
            changed=0,
            refused=0,
            remark=_last_line(one) if one.state == "failed" else "It was killed.",
        )
        for one in planned
        if one.state in ("failed", "killed") or one.is_lost(now)
        if not any(_may_be_of(run, one, now) for run in runs)
    )


def _may_be_of(run: SourceRun, planned: Planned, now: str) -> bool:
    if run.source != planned.source:
        return False
    is_failed = planned.state == "failed"
    until = planned.last_ended_at if is_failed else now
    is_open = run.state == "going" and not is_failed
    return is_open or planned.last_started_at <= (run.ended_at or run.started_at) <= until


def _last_line(planned: Planned) -> str:
    return cut(planned.last_words.rsplit("\n", 1)[-1], _QUOTED)


def _of_planned(planned: Planned, now: str) -> Trouble | None:
    if planned.is_lost(now) or planned.state == "killed":
        return _killed(planned, now)
    if planned.state == "failed":
        return _failed(planned)
    if not planned.is_late(now):
        return None
    if planned.state == "going":
        return Trouble(
            kind="late",
            source=planned.source,
            sentence=f"{_named(planned)} has been going since {moment(planned.last_started_at)},"
            f" more than twice its cadence ({planned.cadence}).",
            advice="Look at the log of `paperwatch serve`, or of the worker.",
        )
    return Trouble(
        kind="late",
        source=planned.source,
        sentence=f"{_named(planned)} is late: it was to begin on {moment(planned.next_at)}"
        f" ({planned.cadence}).",
        advice=f"It begins as soon as {_RUNNER}.",
    )


def _failed(planned: Planned) -> Trouble:
    last = _last_line(planned)
    said = f": {last}" if last else ""
    return Trouble(
        kind="failed",
        source=planned.source,
        sentence=sentence(
            f"{_named(planned)} failed on {moment(planned.last_ended_at)} with exit code"
            f" {planned.last_exit_code}{said}"
        ),
        advice=f"Try it now: paperwatch schedule run {planned.name}",
    )


def _killed(planned: Planned, now: str) -> Trouble:
    said = f"{_named(planned)}, begun on {moment(planned.last_started_at)}, was killed"
    if planned.attempts >= MAX_ATTEMPTS and not planned.is_lost(now):
        said += (
            f", {planned.attempts} times in a row; it is next tried on {moment(planned.next_at)}"
        )
        advice = f"Try it now: paperwatch schedule run {planned.name}"
    else:
        advice = f"It is made up as soon as {_RUNNER}."
    return Trouble(kind="failed", source=planned.source, sentence=f"{said}.", advice=advice)


def _of_run(run: LastRun) -> Trouble:
    reason = f": {cut(run.remark, _QUOTED)}" if run.remark else ""
    how, advice = "failed", "Run the same command again."
    if run.state == "stopped":
        how, advice = "was stopped", "Run the same command again: it goes on where this one was."
    if "same command" in run.remark[:_QUOTED]:  # its last words say so themselves
        advice = ""
    return Trouble(
        kind="failed",
        source=run.source,
        sentence=sentence(f"The last run, begun on {moment(run.started_at)}, {how}{reason}"),
        advice=advice,
    )


def _is_of(run: LastRun, planned: Planned) -> bool:
    """Whether a run is the one that the schedule began, so that it is said already."""
    began, ended = planned.last_started_at, planned.last_ended_at
    return run.source == planned.source and began <= (run.ended_at or run.started_at) <= ended


def _named(planned: Planned) -> str:
    return f"The scheduled run “{planned.name}”"
