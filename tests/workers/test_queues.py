"""Queues by the catalogue alone: how deep they are, and what a refill sends."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from archive import queues, work
from archive.announce import announce
from archive.documents import READ
from archive.opening import Archive
from archive.queues import NAMED, depths, in_hand, refill
from archive.schedule import rows
from tests.archive.composed import archive_in
from tests.schedule.composed import made, scheduled


class Remembering:
    """A broker that keeps its messages in a list."""

    def __init__(self, length: int = 0) -> None:
        self.left = length
        self.sent: list[tuple[str, str, str]] = []

    def send(self, queue: str, task: str, subjects: Sequence[str]) -> None:
        self.sent += [(queue, task, subject) for subject in subjects]

    def length(self, _queue: str) -> int:
        return self.left

    def check(self) -> None: ...

    def close(self) -> None: ...


def put(archive: Archive, *subjects: str) -> None:
    with archive.catalogue.writing() as connection:
        work.enqueue(connection, READ, subjects)


def test_what_waits_is_sent_by_its_id(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a", "b")
        broker = Remembering()
        assert refill(archive, broker, NAMED["read"]) == 2
        assert broker.sent == [("read", READ, "a"), ("read", READ, "b")]


@pytest.mark.parametrize("left", [2, queues.LOW])
def test_nothing_is_sent_again_while_its_messages_are_left(tmp_path: Path, left: int) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a", "b")
        broker = Remembering(left)
        assert (refill(archive, broker, NAMED["read"]), broker.sent) == (0, [])


def test_a_queue_is_filled_with_the_oldest_and_never_beyond_its_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "FULL", 3)
    with archive_in(tmp_path) as archive:
        put(archive, "c", "a", "d", "b")
        broker = Remembering()
        refill(archive, broker, NAMED["read"])
        assert [subject for _, _, subject in broker.sent] == ["c", "a", "d"]


def test_work_in_hand_is_not_sent(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "a", "b")
        work.take(archive, READ)
        broker = Remembering()
        refill(archive, broker, NAMED["read"])
        assert [subject for _, _, subject in broker.sent] == ["b"]


def test_an_outbox_is_one_message_however_much_it_holds(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        broker = Remembering()
        assert refill(archive, broker, NAMED["index"]) == 0
        with archive.catalogue.writing() as connection:
            announce(connection, ["awards/a", "awards/b"])
        refill(archive, broker, NAMED["index"])
        assert broker.sent == [("index", "index_entries", "live")]


def test_a_crawl_that_is_due_is_sent_by_its_name_unless_it_is_going(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        scheduled(archive, "ice")
        broker = Remembering()
        refill(archive, broker, NAMED["crawl"])
        assert broker.sent == [("crawl", "crawl_scheduled", "ice")]
        assert rows.claim(archive, rows.named(archive, "ice"), "a holder")
        assert refill(archive, Remembering(), NAMED["crawl"]) == 0


def test_depths_tell_what_waits_is_in_hand_lost_and_set_aside(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        put(archive, "waits", "taken", "lost", "aside")
        work.take(archive, READ, subjects=["taken"])
        work.take(archive, READ, subjects=["lost"], lease_s=-1)
        with archive.catalogue.writing() as connection:
            work.set_aside(connection, READ, "aside", "encrypted")
            announce(connection, ["awards/a"])
        scheduled(archive, "ice")
        made(archive, "ice", state="going", lease_until="2020-01-01T00:00:00+00:00")
        read, ocr, index, crawl = depths(archive)
        assert (read.waiting, read.taken, read.lost, read.set_aside) == (1, 1, 1, 1)
        assert (index.queue, index.waiting, crawl.lost) == ("index", 1, 1)
        assert (ocr.queue, ocr.waiting, ocr.oldest_at) == ("ocr", 0, "")
        assert read.oldest_at
        assert index.oldest_at
        assert {one.subject for one in in_hand(archive)} == {"taken", "lost"}
