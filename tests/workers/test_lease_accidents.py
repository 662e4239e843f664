"""What happens to a document whose lease meets with an accident, while its worker lives."""

import threading
from contextlib import suppress
from pathlib import Path
from typing import Never

import pytest
import sqlalchemy as sa

from archive import work
from archive.catalogue import tables
from archive.documents import READ, deposit_document
from archive.errors import Busy
from archive.leases import Lease
from archive.model import Answer
from archive.opening import Archive
from archive.reading_client import Readers, ReadResult
from archive.reading_work import read_one
from archive.work import LeaseLost, Work
from ingest.workers.beating import free_lost
from tests.archive.composed import SEPTEMBER, archive_in
from tests.workers.test_leases import put, read, row_of

pytestmark = pytest.mark.slow


class Answering(Readers):
    """Readers that answer with a reading at once, after something happened to the work."""

    def __init__(self, packed: Path, meanwhile: threading.Event | None = None) -> None:
        self._packed, self._meanwhile = packed, meanwhile
        self.have_read = False

    def read(self, pdf: Path) -> ReadResult:
        """Give a reading of one page."""
        assert pdf.is_file()
        if self._meanwhile is not None:
            assert self._meanwhile.wait(10)
        self._packed.write_bytes(b"packed")
        self.have_read = True
        return ReadResult(
            verdict="ok", reason="", document=read("1"), reading_path=self._packed, cpu_s=0.1
        )


def taken_in(archive: Archive, *, lease_s: int) -> Work:
    body = b"%PDF"
    answer = Answer(source="added", method="FILE", address="a.pdf", body=body, fetched_at=SEPTEMBER)
    archive.files.put_stream(iter([body]))
    deposit_document(archive, answer)
    (taken,) = work.take(archive, READ, lease_s=lease_s)
    return taken


def lease_of(archive: Archive, subject: str) -> str:
    wanted = sa.select(tables.work.c.lease_until).where(tables.work.c.subject == subject)
    with archive.catalogue.reading() as connection:
        return str(connection.execute(wanted).scalar_one())


def test_who_asks_for_the_work_while_it_is_renewed_does_not_lose_it_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.leases.lease_s", lambda _: 1)
    begun, done, told = threading.Event(), threading.Event(), threading.Event()
    renew = work.renew

    def slowly(archive: Archive, taken: Work, lease_s: int) -> Work:
        if threading.current_thread().name == "lease":
            begun.set()
            done.wait(0.3)  # another writer is busy; nobody else may renew meanwhile
        return renew(archive, taken, lease_s)

    with archive_in(tmp_path) as archive:
        put(archive, "a")
        (taken,) = work.take(archive, READ, lease_s=60)
        monkeypatch.setattr("archive.leases.work.renew", slowly)
        with Lease(archive, taken, on_lost=told.set) as lease:
            assert begun.wait(10)
            held = lease.held()
            done.set()
        assert not told.is_set()
        assert held.lease_until == lease_of(archive, "a") != taken.lease_until


def test_the_reading_of_a_lost_lease_leaves_no_file_behind(tmp_path: Path) -> None:
    packed = tmp_path / "packed"
    with archive_in(tmp_path / "home") as archive:
        first = taken_in(archive, lease_s=-1)
        work.take(archive, READ)
        readers = Answering(packed)
        read_one(archive, readers, first)
        assert readers.have_read
        assert not packed.exists()
        assert row_of(archive, first.subject) == ("taken", 2)


@pytest.mark.parametrize(("error", "left"), [(LeaseLost, ("taken", 1)), (Busy, ("waiting", 0))])
def test_a_lease_that_cannot_be_had_at_the_end_leaves_no_file_and_is_no_attempt_of_the_document(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: type[Exception],
    left: tuple[str, int],
) -> None:
    packed, renewed = tmp_path / "packed", threading.Event()
    monkeypatch.setattr("archive.leases.lease_s", lambda _: 1)
    renew = work.renew

    def once(archive: Archive, taken: Work, lease_s: int) -> Work:
        held = renew(archive, taken, lease_s)
        renewed.set()
        return held

    def fail(_lease: Lease) -> Never:
        raise error("composed")

    monkeypatch.setattr("archive.leases.work.renew", once)
    monkeypatch.setattr(Lease, "held", fail)
    with archive_in(tmp_path / "home") as archive:
        taken, readers = taken_in(archive, lease_s=60), Answering(packed, renewed)
        with suppress(Busy):
            assert read_one(archive, readers, taken, is_short=True) == 0
        assert readers.have_read
        assert not packed.exists()
        assert row_of(archive, taken.subject) == left


def test_a_worker_that_slept_past_its_lease_stores_what_nobody_else_took(tmp_path: Path) -> None:
    with archive_in(tmp_path / "home") as archive:
        taken = taken_in(archive, lease_s=-1)
        assert work.free_lost(archive, READ) == 1
        held = work.renew(archive, taken, 60)
        assert row_of(archive, taken.subject) == ("taken", 1)
        read_one(archive, Answering(tmp_path / "packed"), held)
        assert row_of(archive, taken.subject) == ("done", 1)


def test_the_third_worker_that_slept_past_its_lease_takes_its_work_back(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a")
        for _ in range(3):
            (taken,) = work.take(archive, READ, lease_s=-1)
            work.free_lost(archive, READ)
        assert row_of(archive, "a") == ("set_aside", 3)
        work.renew(archive, taken, 60)
        assert row_of(archive, "a") == ("taken", 3)


def test_a_document_that_a_worker_finds_dead_for_the_third_time_does_not_seem_to_wait(
    tmp_path: Path,
) -> None:
    """Its message came twice: a worker set it aside before beat had seen that it was lost."""
    with archive_in(tmp_path) as archive:
        taken = taken_in(archive, lease_s=-1)
        for _ in range(2):
            (taken,) = work.take(archive, READ, lease_s=-1)
        assert work.take(archive, READ, subjects=[taken.subject]) == []
        assert row_of(archive, taken.subject) == ("set_aside", 3)
        free_lost(archive)
        with archive.catalogue.reading() as connection:
            row = connection.execute(sa.select(tables.document)).one()
        assert row.verdict != "waiting"


def test_what_was_freed_by_its_lease_and_put_back_is_not_counted_as_tried(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a")
        (taken,) = work.take(archive, READ, lease_s=-1)
        work.free_lost(archive, READ)
        work.put_back(archive, taken, is_tried=False)
        assert row_of(archive, "a") == ("waiting", 0)


def test_work_that_was_put_down_anew_is_not_taken_back(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a")
        (taken,) = work.take(archive, READ)
        with archive.catalogue.writing() as connection:
            work.again(connection, READ, ["a"])
        with pytest.raises(LeaseLost):
            work.renew(archive, taken, 60)
        assert row_of(archive, "a") == ("waiting", 0)
