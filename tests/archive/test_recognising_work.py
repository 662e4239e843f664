"""Work on scanned pages: put down with the reading, done page by page, stored part by part."""

import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive import work
from archive.catalogue import tables
from archive.crews import Progress
from archive.documents import READ, RECOGNISE
from archive.opening import Archive
from archive.outcomes import refuse_document
from archive.queues import in_hand
from archive.reading_client import RecognisedPage
from archive.readings import PageReading, Reading
from archive.recognising_work import recognise_leftovers, recognise_one, recognise_waiting
from archive.retrying import retry_set_aside
from archive.status import counts, set_aside
from archive.verifying import verify
from tests.archive.composed import archive_in
from tests.archive.scanned import Recognising, deposited, masked_page, page_of, store


@pytest.fixture(autouse=True)
def _able(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("archive.recognising_work.models", lambda _settings: tmp_path)


class Alone:
    """Nobody's crew."""

    def tell(self, pages: int) -> None:
        """Hear of pages."""

    def is_ended(self) -> bool:
        """Never end."""
        return False


def pictures(count: int) -> list[PageReading]:
    return [page_of(number) for number in range(1, count + 1)]


def row_of(archive: Archive, sha256: str) -> tuple[str, int, str] | None:
    wanted = sa.select(tables.work).where(
        tables.work.c.subject == sha256, tables.work.c.task == RECOGNISE
    )
    with archive.catalogue.reading() as connection:
        row = connection.execute(wanted).first()
    return row and (row.state, row.attempts, row.reason)


def texts(archive: Archive, sha256: str) -> list[str]:
    """Give the text of each page, as the reading has it and the catalogue knows of it."""
    with archive.catalogue.reading() as connection:
        row = connection.execute(
            sa.select(tables.document).where(tables.document.c.sha256 == sha256)
        ).one()
        known = connection.execute(
            sa.select(tables.page.c.text_from).where(tables.page.c.document_id == row.id)
        ).scalars()
        origins = list(known)
    with Reading.open(archive.files.path(row.reading_sha256)) as reading:
        pages = list(reading.pages())
    assert [page.text_from for page in pages] == origins
    return [page.text for page in pages]


def take(archive: Archive) -> work.Work:
    (taken,) = work.take(archive, RECOGNISE)
    return taken


def outbox(archive: Archive) -> int:
    with archive.catalogue.reading() as connection:
        return connection.scalar(sa.select(sa.func.max(tables.outbox.c.changed_no))) or 0


def test_a_document_with_pictures_waits_to_be_recognised_and_one_without_does_not(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        scan = deposited(archive, page_of(1), page_of(2, "typed", text_from="layer"))
        typed = deposited(archive, page_of(1, "typed", text_from="layer"), body=b"%PDF typed")
        assert row_of(archive, scan) == ("waiting", 0, "")
        assert row_of(archive, typed) is None


def test_the_pictures_alone_are_recognised_and_the_index_hears_of_it(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = deposited(archive, page_of(1, "typed", text_from="layer"), page_of(2), page_of(3))
        before, readers = outbox(archive), Recognising()
        assert recognise_one(archive, readers, take(archive), Alone()) == 2
        assert readers.asked == [2, 3]
        assert texts(archive, sha256) == ["typed", "leaf2", "leaf3"]
        assert row_of(archive, sha256) == ("done", 1, "")
        assert outbox(archive) > before
        held = counts(archive)
        assert (held["pages"], held["pages_recognised"], held["pages_read_poorly"]) == (3, 2, 2)
        assert held["pages_not_recognised"] == 0
        assert [one for one in verify(archive, lambda _s, _n: None) if "file" in one.what] == []


def test_a_first_page_that_was_a_picture_gives_the_document_its_title(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        deposited(archive, page_of(1), page_of(2))
        deposited(archive, page_of(1, "typed", text_from="layer"), page_of(2), body=b"%PDF other")
        recognise_waiting(archive, Recognising())
        with archive.catalogue.reading() as connection:
            rows = connection.execute(sa.select(tables.document).order_by(tables.document.c.id))
            assert [(row.title, row.type) for row in rows] == [("Found", "letter"), ("Before", "")]


def test_what_was_recognised_before_a_kill_is_not_done_again(tmp_path: Path) -> None:
    class Killed(BaseException):
        """The end of the process."""

    def die(number: int) -> None:
        if number == 47:
            raise Killed

    with archive_in(tmp_path) as archive:
        sha256 = deposited(archive, *pictures(50))
        (taken,) = work.take(archive, RECOGNISE, lease_s=-1)
        with pytest.raises(Killed):
            recognise_one(archive, Recognising(before=die), taken, Alone())
        assert texts(archive, sha256)[:41] == [*(f"leaf{n}" for n in range(1, 41)), ""]
        readers = Recognising()
        assert recognise_one(archive, readers, take(archive), Alone()) == 10
        assert readers.asked == list(range(41, 51))
        assert texts(archive, sha256) == [f"leaf{n}" for n in range(1, 51)]


def test_a_page_that_kills_its_child_three_times_is_set_aside_and_the_others_are_stored(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = deposited(archive, *pictures(3))
        readers = Recognising({2: "crashed"})
        recognise_waiting(archive, readers)
        assert readers.asked == [1, 2, 3, 2, 2]
        assert texts(archive, sha256) == ["leaf1", "", "leaf3"]
        reason = "recognising it died 3 times; the last time: page 2 was not recognised: it hurts"
        assert set_aside(archive) == [(RECOGNISE, sha256, reason)]
        assert counts(archive)["pages_not_recognised"] == 1
        assert retry_set_aside(archive, [sha256[:12]]) == [(RECOGNISE, sha256)]
        recognise_waiting(archive, Recognising())
        assert texts(archive, sha256) == ["leaf1", "leaf2", "leaf3"]


def test_status_says_how_far_a_scan_in_hand_is(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with archive_in(tmp_path) as archive:
        deposited(archive, page_of(1, "typed", text_from="layer"), *pictures(51)[1:])

        def look(number: int) -> None:
            if number == 45:
                told.extend((one.scanned_done, one.scanned_pages) for one in in_hand(archive))

        recognise_one(archive, Recognising(before=look), take(archive), Alone())
    assert told == [(40, 50)]


def test_a_retry_of_a_document_means_its_reading_and_its_scanned_pages(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = deposited(archive, *pictures(1))
        with archive.catalogue.writing() as connection:
            for task in (READ, RECOGNISE):
                work.set_aside(connection, task, sha256, "it hurts")
        assert retry_set_aside(archive, [sha256]) == [(READ, sha256), (RECOGNISE, sha256)]


def test_a_page_beyond_a_limit_is_said_at_once(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = deposited(archive, *pictures(3))
        readers = Recognising({1: "limit-cpu", 3: "limit-memory"})
        assert recognise_one(archive, readers, take(archive), Alone()) == 1
        told = "page 1 (and 1 more) was not recognised: it hurts"
        assert row_of(archive, sha256) == ("set_aside", 1, told)


def test_a_document_in_hand_when_the_readers_end_waits_as_if_untried_with_what_was_done(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = deposited(archive, *pictures(3))
        recognise_one(archive, Recognising({2: "ended", 3: "ended"}), take(archive), Alone())
        assert row_of(archive, sha256) == ("waiting", 0, "")
        assert texts(archive, sha256) == ["leaf1", "", ""]


def test_an_interrupted_command_ends_after_the_page_in_hand_and_stores_what_was_done(
    tmp_path: Path,
) -> None:
    def interrupt(_progress: Progress) -> None:
        raise KeyboardInterrupt

    with archive_in(tmp_path) as archive:
        sha256 = deposited(archive, *pictures(15))
        readers = Recognising(before=lambda _number: time.sleep(0.3))
        with pytest.raises(KeyboardInterrupt):
            recognise_waiting(archive, readers, interrupt)
        done = len(readers.asked)
        assert 0 < done < 15
        assert texts(archive, sha256)[done - 1 : done + 1] == [f"leaf{done}", ""]
        assert row_of(archive, sha256) == ("waiting", 0, "")


def test_a_fresh_document_is_read_before_scans_are_recognised(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = deposited(archive, *pictures(5))

        def comes(number: int) -> None:
            if number == 2:
                with archive.catalogue.writing() as connection:
                    work.enqueue(connection, READ, ["fresh"])

        readers = Recognising(before=comes)
        recognise_leftovers(archive, readers, lambda: False)
        assert readers.asked == [1, 2]
        assert row_of(archive, sha256) == ("waiting", 0, "")
        recognise_leftovers(archive, readers, lambda: False)
        assert readers.asked == [1, 2]
        with archive.catalogue.writing() as connection:
            work.finish(connection, READ, "fresh")
        recognise_leftovers(archive, readers, lambda: False)
        assert texts(archive, sha256) == [f"leaf{n}" for n in range(1, 6)]


def test_what_was_read_anew_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = deposited(archive, *pictures(2))

        def read_anew(number: int) -> None:
            if number == 2:
                store(archive, sha256, page_of(1, "typed", text_from="layer"), page_of(2))

        assert recognise_one(archive, Recognising(before=read_anew), take(archive), Alone()) == 0
        assert texts(archive, sha256) == ["typed", ""]
        assert row_of(archive, sha256) == ("waiting", 0, "")
        assert [one for one in verify(archive, lambda _s, _n: None) if "file" in one.what] == []


def test_a_document_that_is_refused_meanwhile_has_nothing_recognised(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = deposited(archive, *pictures(1))
        taken = take(archive)
        refuse_document(archive, sha256, "6", "damaged: its structure cannot be read")
        assert recognise_one(archive, Recognising(), taken, Alone()) == 0
        assert row_of(archive, sha256) is None


def test_a_personal_number_found_in_a_scan_holds_its_original(tmp_path: Path) -> None:
    class Masking(Recognising):
        def recognise(self, path: Path, page: int, models: Path) -> RecognisedPage:
            done = masked_page(page)
            return RecognisedPage(number=page, verdict="ok", reason="", page=done)

    with archive_in(tmp_path) as archive:
        deposited(archive, *pictures(1))
        recognise_waiting(archive, Masking())
        with archive.catalogue.reading() as connection:
            row = connection.execute(sa.select(tables.document)).one()
        assert (row.state, row.held_part) == ("held", "original")


def test_where_nothing_can_be_recognised_the_work_waits_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.recognising_work.models", lambda _settings: None)
    with archive_in(tmp_path) as archive:
        sha256 = deposited(archive, *pictures(1))
        readers = Recognising()
        recognise_waiting(archive, readers)
        recognise_leftovers(archive, readers, lambda: False)
        recognise_one(archive, readers, take(archive), Alone())
        assert (readers.asked, row_of(archive, sha256)) == ([], ("waiting", 0, ""))
