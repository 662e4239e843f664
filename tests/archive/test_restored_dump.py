"""A catalogue brought back from a dump: the indexes that it names are another archive's."""

import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive import indexing
from archive.deposit import deposit
from archive.errors import IndexOutdated
from archive.index import generations
from archive.index.places import Cluster
from archive.opening import Archive
from archive.search import open_embedded
from archive.search.engine import Engine
from archive.settings import load
from tests import catalogues
from tests.archive.composed import archive_in, award, captured, remove_indexes
from tests.archive.test_places import total
from tests.archive.test_postgres import archive_at
from tests.catalogues import home_settings
from tests.services import postgres

pytestmark = pytest.mark.slow


class Shared(Cluster):
    """A place that two archives share as they share a cluster, in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        super().__init__(load(home_settings(folder)), "paperwatch")
        self.folder = folder

    def open(self, name: str, *, is_writable: bool, may_make: Callable[[], bool]) -> Engine:
        """Open a generation; one that was there before is never made anew in silence."""
        path = self.folder / name
        return open_embedded(path, writable=is_writable, create=not path.exists() and may_make())

    def remove(self, names: Iterable[str]) -> None:
        """Remove the folders of some generations."""
        for name in names:
            shutil.rmtree(self.folder / name, ignore_errors=True)


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = Shared(tmp_path / "shared")
    monkeypatch.setattr("archive.opening.place_of", lambda _: place)
    monkeypatch.setattr("archive.index.generations.place_of", lambda _: place)
    place.folder.mkdir()
    return place.folder


@contextmanager
def dumped(tmp_path: Path, search_url: str = "") -> Iterator[tuple[Archive, Archive]]:
    """Give an archive of three awards, and one brought back from its dump before it was indexed."""
    with archive_in(tmp_path / "original", search_url=search_url) as original:
        deposit(original, captured(original, "a"), [award(n) for n in (1, 2)])
        indexing.rebuild(original)
        deposit(original, captured(original, "b"), [award(3)])
    shutil.copytree(tmp_path / "original", tmp_path / "restored")
    with (
        archive_in(tmp_path / "original", search_url=search_url) as original,
        archive_in(tmp_path / "restored", search_url=search_url) as restored,
    ):
        yield original, restored


def names(archive: Archive) -> set[str]:
    with archive.catalogue.reading() as connection:
        return {one.name for one in generations.all_of(connection, "building", "live", "old")}


def check_both(original: Archive, restored: Archive) -> None:
    """See that what either does is nowhere in the other, over several rebuilds."""
    before = names(original)
    assert names(restored) == before
    indexing.rebuild(restored, is_others=True)
    assert not names(restored) & before
    indexing.drain(original)
    deposit(restored, captured(restored, "c"), [award(4), award(5)])
    for _ in range(3):
        indexing.rebuild(restored)
        assert (total(original), total(restored)) == (3, 5)
    assert names(original) == before


@pytest.mark.sqlite
def test_a_restored_dump_and_its_original_both_answer_and_share_no_index(
    tmp_path: Path, shared: Path
) -> None:
    with dumped(tmp_path) as (original, restored):
        theirs = {path.name for path in shared.iterdir()}
        check_both(original, restored)
        assert theirs <= {path.name for path in shared.iterdir()}


@pytest.mark.sqlite
@pytest.mark.elastic
def test_a_restored_dump_and_its_original_share_no_index_on_elasticsearch(
    tmp_path: Path, elasticsearch_url: str
) -> None:
    from archive.search.elastic import open_indexes

    with dumped(tmp_path, elasticsearch_url) as (original, restored):
        live = open_indexes(elasticsearch_url, f"paperwatch-{generations.live(original).name}")
        check_both(original, restored)
        assert live.are_there()
        remove_indexes(restored)
        remove_indexes(original)


@pytest.mark.sqlite
@pytest.mark.usefixtures("shared")
def test_what_forgot_its_indexes_says_so_until_it_is_rebuilt_and_goes_on_after_a_kill(
    tmp_path: Path,
) -> None:
    def die(_done: int, _left: int) -> None:
        raise KeyboardInterrupt

    with dumped(tmp_path) as (original, restored):
        with pytest.raises(KeyboardInterrupt):
            indexing.rebuild(restored, die, is_others=True)
        with pytest.raises(IndexOutdated, match="rebuild-index"):
            total(restored)
        assert total(original) == 2
        assert indexing.rebuild(restored).was_resumed
        assert total(restored) == 3
        indexing.drain(original)
        assert total(original) == 3


@pytest.fixture
def urls() -> Iterator[tuple[str, str]]:
    """The addresses of two empty databases on one server."""
    made = [catalogues.database(f"pw_{uuid.uuid4().hex}") for _ in range(2)]
    yield made[0], made[1]
    for url in made:
        catalogues.drop(url)


@pytest.mark.postgres
@pytest.mark.usefixtures("shared")
def test_what_pg_restore_brought_back_and_its_original_share_no_index(
    tmp_path: Path, urls: tuple[str, str]
) -> None:
    def dump(program: str, *words: str) -> None:
        subprocess.run([str(postgres.programs() / program), *words], check=True)

    first, second = urls
    dumped_to = str(tmp_path / "catalogue.dump")
    with archive_at(first, tmp_path / "original") as original:
        deposit(original, captured(original, "a"), [award(n) for n in (1, 2)])
        indexing.rebuild(original)
        deposit(original, captured(original, "b"), [award(3)])
        dump("pg_dump", "--format=custom", f"--file={dumped_to}", first)
        dump("pg_restore", f"--dbname={second}", dumped_to)
        with archive_at(second, tmp_path / "restored") as restored:
            check_both(original, restored)
