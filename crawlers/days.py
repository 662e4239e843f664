"""The days that a crawl asks for, and the run that is begun with them or gone on with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from archive import runs
from archive.errors import BadRequest
from archive.opening import Archive
from crawlers.usaspending.question import DATE_KINDS, Period

# An award reaches the service some days after its own stamp, so the stamps of the days before the
# last crawl are asked for once more.
OVERLAP_DAYS = 7


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
        for name, text in (("--since", self.since), ("--until", until)):
            if text:
                check_day(name, text)
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
) -> Period:
    """Give the days to ask for; without `--since` those since the last crawl of what is asked."""
    until = asked["until"] or today().isoformat()
    kind, since = days.kind or DATE_KINDS[0], days.since
    if not since:
        last = runs.last_success(archive, source, asked)
        if last is None:
            say(f"First crawl of this question: asks for everything since {earliest}.")
            since = earliest
        else:
            begin = date.fromisoformat(last[:10]) - timedelta(days=OVERLAP_DAYS)
            since = max(begin.isoformat(), earliest)
            say(f"Asks for awards modified since {since} (the last crawl was on {last[:10]}).")
    return Period(since=since, until=until, kind=kind)


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


def today() -> date:
    """Give the present day, UTC."""
    return datetime.now(UTC).date()


def check_day(name: str, text: str) -> None:
    """See that a text is a day.

    Raises:
        BadRequest: it is none.
    """
    try:
        date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"{name} {text!r} is not a day. Write it like 2024-01-31.") from None
