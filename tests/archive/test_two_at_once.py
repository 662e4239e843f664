"""Two processes that deposit the same at the same time."""

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive import budgets, indexing
from archive.catalogue import tables
from archive.deposit import deposit
from archive.documents import Deposited, deposit_document
from archive.index import generations
from archive.index.comparing import differences
from archive.model import Answer, Stored
from archive.status import counts
from archive.verifying import verify
from tests.archive.composed import SEPTEMBER, archive_in, award, captured
from tests.archive.stores import Store, archive_with, empty
from tests.archive.test_states import added

pytestmark = pytest.mark.slow


def test_two_crawls_of_the_same_awards_write_each_version_once(tmp_path: Path) -> None:
    def crawl() -> None:
        with archive_in(tmp_path) as archive:
            kept = captured(archive, "the same answer")
            deposit(archive, kept, (award(number) for number in range(1, 1501)))

    with archive_in(tmp_path):
        pass
    threads = [threading.Thread(target=crawl) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with archive_in(tmp_path) as archive:
        indexing.drain(archive)
        held = counts(archive)
        assert (held["awards"], held["versions"], held["captures"]) == (1500, 1500, 1)
        assert [one.what for one in verify(archive, lambda _s, _n: None)] == []
        live = generations.live(archive)
        with (
            generations.open_for_reading(archive, live.name) as engine,
            archive.catalogue.reading() as connection,
        ):
            assert list(differences(connection, engine, live)) == []


@pytest.mark.parametrize("kind", ["folder", pytest.param("bucket", marks=pytest.mark.s3)])
def test_a_reading_that_another_process_removed_before_it_was_named_is_kept_again(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    url = request.getfixturevalue("bucket_url") if kind == "bucket" else ""
    with archive_with(tmp_path / "home", url) as archive:
        store, put = Store(archive), archive.files.put_file
        removed: list[str] = []

        def put_and_lose(path: Path) -> Stored:
            stored = put(path)
            if not removed:
                removed.append(stored.sha256)
                archive.files.remove(stored.sha256)
            return stored

        monkeypatch.setattr(store.files, "put_file", put_and_lose)
        sha256 = added(archive)
        with archive.catalogue.reading() as connection:
            named = connection.execute(sa.select(tables.document.c.reading_sha256)).scalar_one()
        assert removed == [named]
        assert archive.files.checked_path(named).read_bytes() == b"reading"
        indexing.drain(archive)
        assert [one.what for one in verify(archive, lambda _s, _n: None)] == []
        assert archive.files.holds(sha256)
        empty(store)


@pytest.mark.parametrize("kind", ["folder", pytest.param("bucket", marks=pytest.mark.s3)])
def test_two_workers_that_deposit_the_same_bytes_make_one_document(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    url = request.getfixturevalue("bucket_url") if kind == "bucket" else ""
    source = tmp_path / "letter.pdf"
    source.write_bytes(b"%PDF" + b"composed" * 50_000)
    made: list[Deposited] = []

    def work() -> None:
        with archive_with(tmp_path / "home", url) as archive:
            answer = Answer(
                source="added",
                method="FILE",
                address="letter.pdf",
                body=archive.files.put_file(source),
                fetched_at=SEPTEMBER,
            )
            made.append(deposit_document(archive, answer))

    with archive_with(tmp_path / "home", url):
        pass
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.is_new for one in made) == [False, False, False, True]
    assert len({one.id for one in made}) == 1
    with archive_with(tmp_path / "home", url) as archive:
        indexing.drain(archive)
        assert [one.what for one in verify(archive, lambda _s, _n: None)] == []
        assert [is_whole for _, is_whole in archive.files.each()] == [True]
        empty(Store(archive))


def test_two_first_commands_at_once_make_one_archive(tmp_path: Path) -> None:
    errors: list[BaseException] = []

    def open_it() -> None:
        try:
            with archive_in(tmp_path) as archive:
                counts(archive)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_crawls_on_several_machines_share_one_budget(tmp_path: Path) -> None:
    given: list[int] = []

    def crawl() -> None:
        with archive_in(tmp_path) as archive:
            while count := budgets.reserve(archive, "usaspending_awards", 25, 190):
                given.append(count)

    with archive_in(tmp_path):
        pass
    threads = [threading.Thread(target=crawl) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sum(given), sorted(given)) == (190, [15, *[25] * 7])
