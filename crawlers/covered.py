"""Until which day a question was answered without a gap, by its crawls that ended well."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.runs import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The days that one crawl brought; what its service learnt after `until` is not among them."""

    since: str
    until: str


def answered(runs: Iterable[Run], kind: str) -> list[Answered]:
    """Give the days of finished crawls that meant the same kind of day, in their order.

    A crawl sees nothing of the days after its start, whatever it asked for.
    """
    periods = [(run.cursor.get("period"), run.started_at[:10]) for run in runs]
    return [
        Answered(since=period["since"], until=min(period["until"], started_on))
        for period, started_on in periods
        if period is not None and _counts(period, started_on, kind)
    ]


def _counts(period: Mapping[str, str], started_on: str, kind: str) -> bool:
    """Ask whether a crawl is one before another of that kind.

    All actions since a day, as they stood at the crawl, are a beginning for what is modified later.
    """
    if period["kind"] == kind:
        return True
    is_open = period["until"] >= started_on
    return is_open and (period["kind"], kind) == ("action_date", "last_modified_date")


def covered_until(crawls: Iterable[Answered]) -> str:
    """Give the last day before the first gap; '' where nothing was crawled.

    The first crawl says where a question begins. One that begins after the days covered so far
    leaves a gap, and moves nothing; one that joins on, or closes the gap, does.
    """
    waiting = list(crawls)
    if not waiting:
        return ""
    until = waiting.pop(0).until
    joining = [one for one in waiting if one.since <= until < one.until]
    while joining:
        until = max(one.until for one in joining)
        joining = [one for one in waiting if one.since <= until < one.until]
    return until
