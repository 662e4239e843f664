"""What all crawls share: the days to ask for, the run from begin to end, whether all came."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from archive import clock, runs
from archive.errors import BadRequest, SourceChanged
from archive.opening import Archive
from archive.typed import check_day, check_past_day
from crawlers.covered import answered, covered_until
from crawlers.usaspending.question import DATE_KINDS, Period

# An award reaches the service some days after its own stamp, so the stamps of the days before the
# last crawl are asked for once more.
OVERLAP_DAYS = 7
# The set moves while we read it; a larger difference means that we lost something.
_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days as they were typed; '' where nothing was."""

    since: str
    kind: str

    def check(self, until: str, earliest: str, advice: str) -> None:
        """See that they are days that can be asked for; `advice` says what to do for older ones.

        Raises:
            BadRequest: they are not.
        """
        if self.since:
            check_past_day("--since", self.since)
        if until:
            check_day("--until", until)
        if self.since and self.since < earliest:
            raise BadRequest(f"--since {self.since}: {advice}")
        if until and self.since > until:
            raise BadRequest(f"--until {until} is before --since {self.since}.")


def period_to_ask(
    archive: Archive,
    source: str,
    asked: Mapping[str, Any],
    days: Days,
    earliest: str,
    say: Callable[[str], None],
    what: str = "awards modified",
) -> Period:
    """Give the days to ask for; without `--since` from where the crawls before it reach.

    `what` names what is asked for by its days.

    Raises:
        BadRequest: they would end before they begin.
    """
    until = asked["until"] or clock.today()
    kind, since = days.kind or DATE_KINDS[0], days.since
    if not since:
        covered = covered_until(answered(runs.all_done(archive, source, asked), kind))
        since = _begin(covered, earliest)
        if covered:
            say(f"Asks for {what} since {since} (earlier crawls reach to {covered}).")
        else:
            say(f"First crawl of this question: asks for everything since {earliest}.")
    if since > until:
        raise BadRequest(f"--until {until} is before {since}, the first day that can be asked for.")
    return Period(since=since, until=until, kind=kind)


def _begin(covered: str, earliest: str) -> str:
    if not covered:
        return earliest
    begin = date.fromisoformat(covered) - timedelta(days=OVERLAP_DAYS)
    return max(begin.isoformat(), earliest)


def begin_run(archive: Archive, source: str, asked: Mapping[str, Any], days: Days) -> runs.Run:
    """Begin a run, or go on with an interrupted one, unless other days are asked for now."""
    run = runs.begin(archive, source, asked)
    before = run.cursor.get("period")
    if before is None or (
        days.since in ("", before["since"]) and days.kind in ("", before["kind"])
    ):
        return run
    runs.fail(archive, run.id, run.counts, "left for one that asks for other days")
    return runs.begin(archive, source, asked)


def end_run(
    archive: Archive,
    run_id: int,
    counts: Mapping[str, Any],
    stopped_by: Exception | None,
    *,
    is_finished: bool,
    problem: str = "",
    remark: str = "",
) -> None:
    """End a run well, with its problem, or stopped by an error, to be gone on with.

    Going on does not help where a source answers in another shape, or says that it cannot be asked
    so: such a run has failed. The days
    of the next crawl begin where those that ended well reach (`covered`): one with a gap is none.
    """
    if not is_finished:
        if stopped_by is not None:
            is_in_vain = isinstance(stopped_by, SourceChanged | BadRequest)
            stop = runs.fail if is_in_vain else runs.stop
            stop(archive, run_id, counts, str(stopped_by))
    elif problem:
        runs.fail(archive, run_id, counts, problem)
    else:
        runs.finish(archive, run_id, counts, remark)


def is_about(found: int, announced: int) -> bool:
    """Ask whether as much came as a service had counted, but for what moved while we read."""
    return abs(found - announced) <= announced * _TOLERANCE
