"""The file store."""

import errno
from pathlib import Path

import pytest

from archive.errors import Damaged, DiskFull, HomeError, NotFound
from archive.files import FolderFiles


def test_a_small_body_comes_back_as_it_was(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path)
    stored = files.put_bytes(b"answer")
    assert (files.read(stored.sha256), stored.size_bytes) == (b"answer", 6)


def test_a_large_body_is_a_file_of_its_own(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path)
    body = b"x" * 300_000
    assert files.path(files.put_bytes(body).sha256).read_bytes() == body


def test_the_same_file_twice_is_kept_once(tmp_path: Path) -> None:
    source = tmp_path / "letter.pdf"
    source.write_bytes(b"%PDF")
    files = FolderFiles(tmp_path / "files")
    assert files.put_file(source) == files.put_file(source)
    assert [name for name, _ in files.each()] == [files.put_file(source).sha256]


def test_a_file_that_was_fetched_is_taken_in_without_a_copy(tmp_path: Path) -> None:
    source = tmp_path / "fetching" / "part"
    source.parent.mkdir()
    source.write_bytes(b"PK" * 9)
    number = source.stat().st_ino
    files = FolderFiles(tmp_path / "files")
    stored = files.take_file(source)
    assert (files.read(stored.sha256), stored.size_bytes) == (b"PK" * 9, 18)
    assert not source.exists()
    assert files.path(stored.sha256).stat().st_ino == number


def test_putting_the_original_back_mends_a_damaged_file(tmp_path: Path) -> None:
    source = tmp_path / "letter.pdf"
    source.write_bytes(b"%PDF")
    files = FolderFiles(tmp_path / "files")
    stored = files.put_file(source)
    files.path(stored.sha256).write_bytes(b"damaged")
    with pytest.raises(Damaged, match="damaged"):
        files.checked_path(stored.sha256)
    files.put_file(source)
    assert files.checked_path(stored.sha256).read_bytes() == b"%PDF"


def test_a_damaged_packed_body_is_seen_and_mended(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path)
    stored = files.put_bytes(b"answer")
    with files._pack() as pack:
        pack.execute("UPDATE pack SET body = x'00'")
    assert list(files.each()) == [(stored.sha256, False)]
    with pytest.raises(Damaged):
        files.read(stored.sha256)
    files.put_bytes(b"answer")
    assert files.read(stored.sha256) == b"answer"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"nowhere\.pdf"):
        FolderFiles(tmp_path).put_file(tmp_path / "nowhere.pdf")


@pytest.mark.parametrize(("number", "kind"), [(errno.ENOSPC, DiskFull), (errno.EROFS, HomeError)])
def test_a_full_or_closed_disk_is_said_and_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[Exception]
) -> None:
    files = FolderFiles(tmp_path)

    def fail(_descriptor: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(kind, match=str(tmp_path)):
        files.put_bytes(b"x" * 300_000)
    assert list(tmp_path.rglob("*.part")) == []
