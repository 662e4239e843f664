"""What every file store does alike: in a folder, and in a bucket of a real server."""

import hashlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import Damaged, NotFound
from archive.files import Files
from tests.archive.stores import Store, archive_with, empty

BIG = b"%PDF" + b"composed" * 50_000
MINUTE_S, DAY_S = 60, 86_400


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.s3)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    url = request.getfixturevalue("bucket_url") if request.param == "bucket" else ""
    with archive_with(tmp_path / "home", url) as archive:
        made = Store(archive)
        yield made
        empty(made)


@pytest.fixture
def files(store: Store) -> Files:
    """Its files."""
    return store.files


def put(files: Files, tmp_path: Path, body: bytes = BIG) -> str:
    """Keep a file, and give its hash."""
    source = tmp_path / "letter.pdf"
    source.write_bytes(body)
    return files.put_file(source).sha256


def test_a_small_body_comes_back_as_it_was_and_is_no_file(files: Files) -> None:
    stored = files.put_bytes(b"answer")
    assert (files.read(stored.sha256), stored.size_bytes) == (b"answer", 6)
    assert stored.sha256 == hashlib.sha256(b"answer").hexdigest()
    assert files.holds(stored.sha256)
    assert not files.is_file(stored.sha256)


def test_an_empty_body_is_a_body(files: Files) -> None:
    assert files.read(files.put_bytes(b"").sha256) == b""


def test_many_small_bodies_are_kept_at_once(files: Files) -> None:
    bodies = [b"answer %d" % number for number in range(450)]
    stored = files.put_small([*bodies, bodies[0]])
    assert [files.read(one.sha256) for one in stored[:3]] == bodies[:3]
    assert list(files.names()) == sorted({one.sha256 for one in stored})
    assert list(files.each()) == [(name, True) for name in files.names()]


def test_a_large_body_is_a_file_of_its_own(files: Files) -> None:
    stored = files.put_bytes(BIG)
    assert files.is_file(stored.sha256)
    assert files.path(stored.sha256).read_bytes() == BIG
    assert files.read(stored.sha256) == BIG


def test_a_small_file_is_a_file_all_the_same(files: Files, tmp_path: Path) -> None:
    sha256 = put(files, tmp_path, b"%PDF")
    assert files.is_file(sha256)
    with files.held(sha256) as path:
        assert path.read_bytes() == b"%PDF"


def test_a_body_may_be_packed_and_a_file(files: Files, tmp_path: Path) -> None:
    sha256 = put(files, tmp_path, b"both")
    files.put_bytes(b"both")
    assert list(files.names()) == [sha256]
    assert list(files.each()) == [(sha256, True)] * 2
    assert files.remove(sha256)
    assert list(files.each()) == []
    assert not files.holds(sha256)


def test_the_same_file_twice_is_kept_once(files: Files, tmp_path: Path) -> None:
    assert put(files, tmp_path) == put(files, tmp_path)
    assert len(list(files.each())) == 1


def test_a_file_that_was_taken_in_is_here_and_not_there(store: Store, tmp_path: Path) -> None:
    source = store.archive.settings.home / "fetching" / "part"
    source.parent.mkdir()
    source.write_bytes(BIG)
    stored = store.files.take_file(source)
    assert store.files.checked_path(stored.sha256).read_bytes() == BIG
    assert not source.exists()


@pytest.mark.parametrize("body", [BIG, b"%PDF"])
def test_putting_the_original_back_mends_a_damaged_file(
    store: Store, tmp_path: Path, body: bytes
) -> None:
    sha256 = put(store.files, tmp_path, body)
    store.damage(sha256)
    with pytest.raises(Damaged, match="damaged"):
        store.files.checked_path(sha256)
    assert list(store.files.each()) == [(sha256, False)]
    put(store.files, tmp_path, body)
    assert store.files.checked_path(sha256).read_bytes() == body
    assert list(store.files.each()) == [(sha256, True)]


def test_putting_the_original_back_mends_a_lost_file(store: Store, tmp_path: Path) -> None:
    sha256 = put(store.files, tmp_path)
    store.lose(sha256)
    for ask in (store.files.path, store.files.checked_path, store.files.read):
        with pytest.raises(NotFound, match=sha256):
            ask(sha256)
    assert not store.files.holds(sha256)
    assert not store.files.is_file(sha256)
    put(store.files, tmp_path)
    assert store.files.path(sha256).read_bytes() == BIG


def test_damage_that_nobody_looked_at_is_mended_by_putting_the_original_back(
    store: Store, tmp_path: Path
) -> None:
    sha256 = put(store.files, tmp_path)
    store.damage(sha256)
    put(store.files, tmp_path)
    assert list(store.files.each()) == [(sha256, True)]


def test_a_damaged_packed_body_is_seen_and_mended(store: Store) -> None:
    stored = store.files.put_bytes(b"answer")
    store.damage_packed()
    assert list(store.files.each()) == [(stored.sha256, False)]
    with pytest.raises(Damaged):
        store.files.read(stored.sha256)
    store.files.put_bytes(b"answer")
    assert store.files.read(stored.sha256) == b"answer"


def test_a_file_that_is_not_there_is_named(files: Files, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"nowhere\.pdf"):
        files.put_file(tmp_path / "nowhere.pdf")


def test_what_stands_two_days_is_old_and_what_is_kept_again_is_young(
    store: Store, tmp_path: Path
) -> None:
    files, small = store.files, store.files.put_bytes(b"answer").sha256
    large = put(files, tmp_path)
    assert max(files.age_s(one, at=time.time()) for one in (small, large)) < MINUTE_S
    store.grow_old()
    assert min(files.age_s(one, at=time.time()) for one in (small, large)) > DAY_S
    files.put_bytes(b"answer")
    put(files, tmp_path)
    assert not files.remove(small, older_s=DAY_S)
    assert not files.remove(large, older_s=DAY_S)
    assert len(list(files.names())) == 2
    store.grow_old()
    assert files.remove(small, older_s=DAY_S)
    assert files.remove(large, older_s=DAY_S)
    assert list(files.names()) == []


def test_two_workers_that_keep_the_same_bytes_do_no_harm(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "letter.pdf"
    source.write_bytes(BIG)
    errors: list[BaseException] = []

    def work() -> None:
        url = store.archive.settings["FILES_URL"]
        try:
            with archive_with(store.archive.settings.home, url) as archive:
                archive.files.put_file(source)
                archive.files.put_bytes(b"answer")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(is_whole for _, is_whole in store.files.each()) == [True, True]


def test_tidying_leaves_what_is_whole(files: Files, tmp_path: Path) -> None:
    sha256, small = put(files, tmp_path), files.put_bytes(b"answer").sha256
    files.tidy()
    assert sorted(files.each()) == sorted([(sha256, True), (small, True)])
