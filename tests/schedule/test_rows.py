"""Rows of the schedule: put down, taken once, ended, made up."""

from pathlib import Path
from threading import Barrier, Thread

import pytest

from archive import clock
from archive.errors import BadRequest, NotFound
from archive.schedule import rows
from archive.schedule.cadence import read_cadence
from archive.schedule.planned import due
from archive.schedule.rows import Outcome
from tests.archive.composed import archive_in
from tests.schedule.composed import LONG_AGO, made, planned_with, scheduled

DONE = Outcome(state="done", exit_code=0, words="")
KILLED = Outcome(state="killed", exit_code=None, words="")
NOW = "2026-11-26T06:00:00+00:00"


def test_what_is_due_is_begun_one_of_each_source_the_longest_overdue_first() -> None:
    late = planned_with(id=2, name="late", next_at=LONG_AGO)
    other = planned_with(id=3, name="other", source="sam_opportunities")
    assert [one.name for one in due([planned_with(), late, other], NOW)] == ["late", "other"]


def test_nothing_is_due_while_its_source_is_being_crawled() -> None:
    going = planned_with(id=2, state="going", lease_until="2026-11-26T06:00:01+00:00")
    assert due([planned_with(), going], NOW) == []


def test_what_is_switched_off_is_never_due() -> None:
    assert due([planned_with(is_on=False)], NOW) == []


def test_a_run_that_was_missed_many_times_is_made_up_once(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        scheduled(archive)
        missed = made(archive, next_at=LONG_AGO)
        assert rows.claim(archive, missed, "a")
        rows.end(archive, missed, "a", DONE)
        assert due(rows.listed(archive), clock.now()) == []


def test_a_run_is_taken_once_however_many_look(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        planned, start, won = scheduled(archive), Barrier(8), []

        def look(holder: str) -> None:
            start.wait()
            if rows.claim(archive, planned, holder):
                won.append(holder)

        threads = [Thread(target=look, args=(str(number),)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(won) == 1


def test_a_run_whose_lease_ran_out_was_killed_and_is_made_up(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        rows.claim(archive, scheduled(archive, cadence="daily"), "a")
        lost = made(archive, lease_until=LONG_AGO)
        rows.take_back(archive, lost)
        again = rows.named(archive, "ice")
        assert (again.state, again.attempts) == ("killed", 1)
        assert due([again], clock.now()) == [again]


def test_who_lost_the_lease_does_not_write_over_the_end_that_another_said(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        planned = scheduled(archive)
        rows.claim(archive, planned, "asleep")
        rows.take_back(archive, made(archive, lease_until=LONG_AGO))
        rows.claim(archive, rows.named(archive, "ice"), "awake")
        rows.end(archive, planned, "asleep", KILLED)
        assert rows.named(archive, "ice").state == "going"
        assert not rows.renew(archive, planned, "asleep")
        assert rows.renew(archive, planned, "awake")


def test_a_run_that_is_killed_each_time_waits_after_the_third(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        scheduled(archive)
        tried = 0
        while due(rows.listed(archive), clock.now()):
            planned = rows.named(archive, "ice")
            rows.claim(archive, planned, "a")
            rows.end(archive, planned, "a", KILLED)
            tried += 1
        assert tried == 3


def test_what_was_stopped_with_the_server_goes_on_with_the_next_one(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        planned = scheduled(archive)
        rows.claim(archive, planned, "a")
        rows.end(archive, planned, "a", Outcome(state="stopped", exit_code=None, words=""))
        stopped = rows.named(archive, "ice")
        assert (stopped.state, stopped.attempts) == ("stopped", 0)
        assert due([stopped], clock.now()) == [stopped]


def test_what_was_missed_while_it_ran_is_not_made_up(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        planned = scheduled(archive)
        rows.claim(archive, planned, "a")
        made(archive, next_at=LONG_AGO)
        rows.end(archive, planned, "a", DONE)
        assert rows.named(archive, "ice").next_at > clock.now()


def test_a_name_or_the_same_words_stand_on_the_schedule_once(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        first = scheduled(archive)
        with pytest.raises(BadRequest, match="'ice' is on the schedule already"):
            scheduled(archive)
        with pytest.raises(BadRequest, match="'ice' does this already"):
            rows.add(
                archive,
                name="other",
                source=first.source,
                words=first.words,
                cadence=read_cadence("daily"),
            )


def test_switched_on_again_it_counts_from_now(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        scheduled(archive, cadence="daily at 05:30")
        rows.switch(archive, "ice", is_on=False)
        made(archive, next_at=LONG_AGO)
        assert rows.switch(archive, "ice", is_on=True).next_at > clock.now()


def test_a_name_that_is_not_there_is_said_with_those_that_are(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        scheduled(archive)
        with pytest.raises(NotFound, match=r"'cbp'. It has: ice"):
            rows.remove(archive, "cbp")
