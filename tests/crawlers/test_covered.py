"""From where a crawl without `--since` asks, and what it never passes over."""

import pytest

from archive.runs import Run
from crawlers.covered import Answered, answered, covered_until

MODIFIED, ACTED, SIGNED = "last_modified_date", "action_date", "date_signed"


def crawled(since: str, until: str, kind: str = MODIFIED, on: str = "2026-03-01") -> Run:
    period = {"since": since, "until": until, "kind": kind}
    return Run(
        id=1,
        started_at=f"{on}T05:00:00+00:00",
        cursor={"period": period},
        counts={},
        resumed=False,
    )


def days(*pairs: tuple[str, str]) -> list[Answered]:
    return [Answered(since=since, until=until) for since, until in pairs]


@pytest.mark.parametrize(
    ("crawls", "until"),
    [
        (days(), ""),
        (days(("2026-01-01", "2026-01-31")), "2026-01-31"),
        (days(("2026-01-01", "2026-01-31"), ("2026-01-24", "2026-02-10")), "2026-02-10"),
        # Somebody looked at the last days only: those between were never asked for.
        (days(("2026-01-01", "2026-01-31"), ("2026-02-25", "2026-03-01")), "2026-01-31"),
        # The gap was closed later.
        (
            days(
                ("2026-01-01", "2026-01-31"),
                ("2026-02-25", "2026-03-01"),
                ("2026-01-24", "2026-02-26"),
            ),
            "2026-03-01",
        ),
        (days(("2026-01-01", "2026-01-31"), ("2025-01-01", "2025-06-30")), "2026-01-31"),
    ],
)
def test_days_are_covered_up_to_the_first_gap(crawls: list[Answered], until: str) -> None:
    assert covered_until(crawls) == until


def test_a_crawl_knows_nothing_of_days_after_it_began() -> None:
    assert answered([crawled("2026-01-01", "2027-01-01")], MODIFIED) == days(
        ("2026-01-01", "2026-03-01")
    )


@pytest.mark.parametrize(
    ("kind", "until", "counts"),
    [
        (MODIFIED, "2026-01-31", True),
        (ACTED, "2026-03-01", True),
        # What was done in February, and modified before the crawl, was never asked for.
        (ACTED, "2026-01-31", False),
        (SIGNED, "2026-03-01", False),
    ],
)
def test_other_kinds_of_days_are_no_answer(kind: str, until: str, counts: bool) -> None:
    assert bool(answered([crawled("2026-01-01", until, kind)], MODIFIED)) is counts


def test_a_run_that_asked_for_no_days_answers_none() -> None:
    assert answered([Run(id=1, started_at="", cursor={}, counts={}, resumed=False)], ACTED) == []
