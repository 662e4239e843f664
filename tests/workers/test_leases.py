"""Work that is held by a lease: renewed, lost, and never stored by who lost it."""

import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive import work
from archive.catalogue import tables
from archive.documents import READ, deposit_document
from archive.leases import Lease
from archive.model import Answer
from archive.opening import Archive
from archive.outcomes import PageSummary, ReadDocument, store_reading
from archive.verifying import verify
from archive.work import LeaseLost, Work
from tests.archive.composed import SEPTEMBER, archive_in

pytestmark = pytest.mark.slow


def put(archive: Archive, *subjects: str) -> None:
    with archive.catalogue.writing() as connection:
        work.enqueue(connection, READ, subjects)


def row_of(archive: Archive, subject: str) -> tuple[str, int]:
    """Give the state of work, and how often it was begun."""
    wanted = sa.select(tables.work).where(tables.work.c.subject == subject)
    with archive.catalogue.reading() as connection:
        row = connection.execute(wanted).one()
    return row.state, row.attempts


def test_work_is_taken_by_its_subject_alone(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a", "b")
        assert [one.subject for one in work.take(archive, READ, subjects=["b"])] == ["b"]
        assert work.take(archive, READ, subjects=["b"]) == []


def test_two_workers_told_of_the_same_work_get_it_once(tmp_path: Path) -> None:
    taken: list[Work] = []

    def take() -> None:
        with archive_in(tmp_path) as archive:
            taken.extend(work.take(archive, READ, subjects=["a"]))

    with archive_in(tmp_path) as archive:
        put(archive, "a")
    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 1


def test_a_lease_that_ran_out_can_be_renewed_until_another_worker_takes_the_work(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a")
        (first,) = work.take(archive, READ, lease_s=-1)
        first = work.renew(archive, first, -1)
        (second,) = work.take(archive, READ)
        with pytest.raises(LeaseLost):
            work.renew(archive, first, 60)
        work.put_back(archive, first, is_tried=False)
        assert row_of(archive, "a") == ("taken", 2)
        work.put_back(archive, second, is_tried=False)
        assert row_of(archive, "a") == ("waiting", 1)


def test_work_of_lost_workers_waits_again_and_is_set_aside_after_the_third(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a")
        for attempt in (1, 2):
            work.take(archive, READ, lease_s=-1)
            assert work.free_lost(archive, READ) == 1
            assert row_of(archive, "a") == ("waiting", attempt)
        work.take(archive, READ, lease_s=-1)
        assert work.free_lost(archive, READ) == 1
        assert row_of(archive, "a") == ("set_aside", 3)
        assert work.free_lost(archive, READ) == 0


def test_a_lease_is_renewed_for_as_long_as_the_work_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.leases.lease_s", lambda _: 2)
    with archive_in(tmp_path) as archive:
        put(archive, "a")
        (taken,) = work.take(archive, READ, lease_s=2)
        with Lease(archive, taken) as lease:
            time.sleep(4)
            assert work.free_lost(archive, READ) == 0
        assert lease.held().attempts == 1


def test_who_loses_a_lease_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.leases.lease_s", lambda _: 1)
    told = threading.Event()
    with archive_in(tmp_path) as archive:
        put(archive, "a")
        (taken,) = work.take(archive, READ, lease_s=1)
        with archive.catalogue.writing() as connection:
            work.again(connection, READ, ["a"])
        with Lease(archive, taken, on_lost=told.set) as lease:
            assert told.wait(10)
            with pytest.raises(LeaseLost):
                lease.held()


def test_who_lost_the_lease_of_a_document_stores_nothing_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path / "home") as archive:
        answer = Answer(
            source="added", method="FILE", address="a.pdf", body=b"%PDF", fetched_at=SEPTEMBER
        )
        sha256 = deposit_document(archive, answer).sha256
        (first,) = work.take(archive, READ, lease_s=-1)
        (second,) = work.take(archive, READ)
        for name, taken in (("late", first), ("early", second)):
            reading = tmp_path / name
            reading.write_bytes(name.encode())
            if taken is first:
                with pytest.raises(LeaseLost):
                    store_reading(archive, sha256, reading, read("1"), taken)
                assert row_of(archive, sha256) == ("taken", 2)
            else:
                store_reading(archive, sha256, reading, read("2"), taken)
        assert row_of(archive, sha256) == ("done", 2)
        with archive.catalogue.reading() as connection:
            row = connection.execute(sa.select(tables.document)).one()
            pages = connection.execute(sa.select(tables.page)).all()
        assert (row.reader_version, len(pages)) == ("2", 1)
        assert not [one for one in verify(archive, lambda _s, _n: None) if "no row" in one.what]


def read(version: str) -> ReadDocument:
    page = PageSummary(number=1, words=1, text_from="layer", characters_beneath_boxes=0, masked=0)
    return ReadDocument(reader_version=version, title="", dated_on="", type="", pages=[page])
