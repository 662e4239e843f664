"""Cadences: what is understood, and which moments they mean."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import BadRequest
from archive.schedule.cadence import first_after, next_after, read_cadence


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("every 6 hours", "every 6 hours"),
        ("Every  hour", "every hour"),
        ("every 1 days", "every day"),
        ("daily at 5:30", "daily at 05:30"),
        ("daily", "daily at 05:00"),
        ("weekly on Tuesday at 23:59", "weekly on tue at 23:59"),
        ("weekly at 04:00", "weekly on mon at 04:00"),
    ],
)
def test_a_cadence_is_said_back_in_one_form_with_what_was_left_out(typed: str, said: str) -> None:
    assert read_cadence(typed).words == said
    assert read_cadence(said) == read_cadence(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hourly",
        "every 0 hours",
        "every 367 days",
        "every 6 minutes",
        "every -1 days",
        "daily at 24:00",
        "daily at 5",
        "daily on mon",
        "weekly on moonday at 05:30",
        "0 5 * * *",
    ],
)
def test_what_is_not_a_cadence_is_quoted_and_refused(typed: str) -> None:
    with pytest.raises(BadRequest, match=r"is not|can be between") as refused:
        read_cadence(typed)
    assert repr(typed) in str(refused.value)


@pytest.mark.parametrize(
    ("cadence", "now", "first"),
    [
        ("every 6 hours", "2026-11-25T18:07:00", "2026-11-25T18:07:00"),
        ("daily at 05:30", "2026-11-25T05:29:59", "2026-11-25T05:30:00"),
        ("daily at 05:30", "2026-11-25T05:30:00", "2026-11-26T05:30:00"),
        ("weekly on wed at 05:30", "2026-11-25T05:00:00", "2026-11-25T05:30:00"),
        ("weekly on wed at 05:30", "2026-11-25T06:00:00", "2026-12-02T05:30:00"),
        ("weekly on mon at 05:30", "2026-11-25T06:00:00", "2026-11-30T05:30:00"),
    ],
)
def test_the_first_run_is_at_the_time_of_day_or_at_once(cadence: str, now: str, first: str) -> None:
    assert first_after(read_cadence(cadence), at(now)) == at(first)


@pytest.mark.parametrize(
    ("cadence", "planned", "now", "following"),
    [
        ("every 6 hours", "2026-11-25T06:00:00", "2026-11-25T06:00:01", "2026-11-25T12:00:00"),
        ("every 6 hours", "2026-11-20T06:00:00", "2026-11-25T07:00:00", "2026-11-25T12:00:00"),
        ("every 2 days", "2026-11-20T06:00:00", "2026-11-25T07:00:00", "2026-11-26T06:00:00"),
        ("daily at 05:30", "2026-11-01T05:30:00", "2026-11-25T07:00:00", "2026-11-26T05:30:00"),
        ("daily at 05:30", "2026-11-26T05:30:00", "2026-11-25T07:00:00", "2026-11-26T05:30:00"),
    ],
)
def test_however_many_were_missed_one_run_is_next(
    cadence: str, planned: str, now: str, following: str
) -> None:
    assert next_after(read_cadence(cadence), at(planned), at(now)) == at(following)


@given(
    cadence=st.sampled_from(["every 5 hours", "every 3 days", "daily", "weekly on sun at 23:59"]),
    planned=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    now=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
)
def test_the_next_run_is_in_the_future_and_within_one_step(
    cadence: str, planned: datetime, now: datetime
) -> None:
    read, moment = read_cadence(cadence), now.replace(tzinfo=UTC)
    following = next_after(read, planned.replace(tzinfo=UTC), moment)
    assert following > moment
    assert planned > now or following - moment <= read.step
