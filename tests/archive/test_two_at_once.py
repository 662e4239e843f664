"""Two processes that deposit the same at the same time."""

import threading
from pathlib import Path

import pytest

from archive import budgets, indexing
from archive.deposit import deposit
from archive.documents import Deposited, deposit_document
from archive.index import generations
from archive.index.comparing import differences
from archive.model import Answer
from archive.status import counts
from archive.verifying import verify
from tests.archive.composed import SEPTEMBER, archive_in, award, captured
from tests.archive.stores import Store, archive_with, empty


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
