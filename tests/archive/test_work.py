"""Rows of work."""

from pathlib import Path

from archive import work
from archive.opening import Archive
from archive.status import counts, set_aside
from tests.archive.composed import archive_in

TASK = "read_document"


def put(archive: Archive, *subjects: str) -> None:
    """Put work down."""
    with archive.catalogue.writing() as connection:
        work.enqueue(connection, TASK, subjects)


def test_work_is_taken_once(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a", "b", "a")
        assert [one.subject for one in work.take(archive, TASK, limit=5)] == ["a", "b"]
        assert work.take(archive, TASK, limit=5) == []


def test_work_whose_lease_ran_out_is_taken_again(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a")
        work.take(archive, TASK, lease_s=-1)
        assert [one.attempts for one in work.take(archive, TASK)] == [2]


def test_after_the_third_death_work_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a")
        for _ in range(3):
            assert work.take(archive, TASK, lease_s=-1)
        assert work.take(archive, TASK) == []
        assert set_aside(archive) == [(TASK, "a", "its worker died 3 times")]
        assert counts(archive)["set_aside"] == 1


def test_work_put_down_anew_is_tried_from_the_start(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a")
        with archive.catalogue.writing() as connection:
            work.set_aside(connection, TASK, "a", "encrypted")
            work.again(connection, TASK, ["a"])
        assert [one.attempts for one in work.take(archive, TASK)] == [1]


def test_work_that_is_done_does_not_wait(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a", "b")
        with archive.catalogue.writing() as connection:
            work.finish(connection, TASK, "a")
        assert work.waiting(archive, TASK) == 1
