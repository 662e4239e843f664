"""What is said of a schedule and of sources that are not well."""

from archive.status import LastRun
from archive.troubles import found_in
from tests.schedule.composed import AWARDS, planned_with

NOW = "2026-11-26T06:00:00+00:00"
FAILED = planned_with(
    state="failed",
    last_started_at="2026-11-26T05:30:00+00:00",
    last_ended_at="2026-11-26T05:31:00+00:00",
    last_exit_code=13,
    last_words="Asks for awards.\nusaspending.example cannot be reached.",
    next_at="2026-11-27T05:30:00+00:00",
)


def last_run(
    state: str,
    ended_at: str = "2026-11-26T05:30:30+00:00",
    remark: str = "3 awards got no answer",
) -> LastRun:
    return LastRun(
        source=AWARDS,
        state=state,
        started_at=ended_at,
        ended_at=ended_at,
        counts={},
        remark=remark,
        by_hand=False,
    )


def test_a_scheduled_run_that_failed_is_told_with_its_code_its_last_line_and_what_to_do() -> None:
    [found] = found_in([FAILED], [], NOW)
    assert str(found) == (
        "usaspending_awards: The scheduled run “ice” failed on 26 Nov 2026, 05:31 UTC with exit"
        " code 13: usaspending.example cannot be reached. Try it now: paperwatch schedule run ice"
    )


def test_a_run_is_late_when_more_than_twice_its_cadence_has_passed() -> None:
    [found] = found_in([planned_with(next_at="2026-11-24T05:59:59+00:00")], [], NOW)
    assert found.kind == "late"
    assert found_in([planned_with(next_at="2026-11-24T06:00:00+00:00")], [], NOW) == []


def test_what_is_switched_off_is_not_late() -> None:
    off = planned_with(next_at="2020-01-01T00:00:00+00:00", is_on=False)
    assert found_in([off], [], NOW) == []


def test_what_was_stopped_with_its_server_is_no_trouble_until_it_is_late() -> None:
    assert found_in([planned_with(state="stopped", next_at=NOW)], [], NOW) == []


def test_a_run_that_goes_on_is_no_trouble_until_it_takes_more_than_twice_its_cadence() -> None:
    going = planned_with(state="going", lease_until=NOW)
    assert found_in([going], [], NOW) == []
    [found] = found_in(
        [planned_with(state="going", lease_until=NOW, next_at="2026-11-20T05:30:00+00:00")], [], NOW
    )
    assert "has been going since" in found.sentence


def test_a_run_whose_lease_ran_out_was_killed() -> None:
    lost = planned_with(state="going", lease_until="2026-11-26T05:59:59+00:00", attempts=1)
    [found] = found_in([lost], [], NOW)
    assert "was killed." in found.sentence
    assert "made up" in found.advice


def test_a_run_that_was_killed_three_times_says_when_it_is_tried_next() -> None:
    [found] = found_in([planned_with(state="killed", attempts=3)], [], NOW)
    assert "3 times in a row; it is next tried on 26 Nov 2026, 05:30 UTC" in found.sentence


def test_the_last_run_of_a_source_that_failed_is_told_with_its_reason() -> None:
    [found] = found_in([], [last_run("failed")], NOW)
    assert str(found).startswith("usaspending_awards: The last run, begun on 26 Nov 2026")
    assert "failed: 3 awards got no answer." in found.sentence
    assert found_in([], [last_run("done"), last_run("going", "")], NOW) == []


def test_a_run_that_was_stopped_is_told_and_that_the_same_command_goes_on() -> None:
    [found] = found_in([], [last_run("stopped")], NOW)
    assert "was stopped: 3 awards got no answer." in found.sentence
    assert found.advice == "Run the same command again: it goes on where this one was."
    assert found.kind == "failed"


def test_what_to_do_is_said_once() -> None:
    remark = "The service cannot be reached. Run the same command later."
    [found] = found_in([], [last_run("stopped", remark=remark)], NOW)
    assert str(found).count("ame command") == 1
    assert str(found).endswith("Run the same command later.")


def test_a_run_that_the_schedule_began_is_told_once() -> None:
    assert len(found_in([FAILED], [last_run("failed")], NOW)) == 1
    by_hand = last_run("failed", "2026-11-26T05:50:00+00:00")
    assert len(found_in([FAILED], [by_hand], NOW)) == 2
