"""Folders for readings that killed processes left, and those of processes that only had no work."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from archive.reading_client import Readers
from tests.drawn import sheets

LONG_AGO = time.time() - 3 * 86_400


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of the test's own."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_what_a_killed_process_left_goes_after_a_day(temporary: Path) -> None:
    left = temporary / "paperwatch-readings-left"
    left.mkdir()
    (left / "reading").write_bytes(b"left")
    with Readers(1):
        assert left.is_dir()
    os.utime(left, (LONG_AGO, LONG_AGO))
    with Readers(1):
        assert not left.exists()


def test_who_read_nothing_for_a_day_keeps_its_folder_and_reads_on(
    temporary: Path, tmp_path: Path
) -> None:
    (tmp_path / "letter.pdf").write_bytes(sheets.letter())
    with Readers(1) as idle:
        (folder,) = temporary.iterdir()
        os.utime(folder, (LONG_AGO, LONG_AGO))
        with Readers(1):
            assert folder.is_dir()
        result = idle.read(tmp_path / "letter.pdf")
        assert (result.verdict, result.reason) == ("ok", "")
    assert list(temporary.iterdir()) == []
