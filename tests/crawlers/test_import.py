import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import click.testing
import pytest

from archive.errors import BadRequest, NotFound, NotReadable
from crawlers.commands.import_files import import_files
from tests.catalogues import home_settings
from tests.crawlers.composed import key, row, write_file
from tests.crawlers.crawling import counted, held, rows_of, shown


def imported(*files: Path, code: int = 0) -> dict[str, Any]:
    words = [*map(str, files), "--json"]
    result = click.testing.CliRunner().invoke(import_files, words, standalone_mode=False)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    said: dict[str, Any] = json.loads(result.stdout)
    return said


def test_a_file_becomes_awards_and_a_second_import_writes_nothing(
    home: Path, tmp_path: Path
) -> None:
    file = write_file(tmp_path / "awards.csv", [row(number) for number in range(1, 1201)])
    assert imported(file)["new"] == 1200
    before = counted(home, "version", "capture", "run")
    again = imported(file)
    assert (again["new"], again["files"][0]["was_done"]) == (0, True)
    assert counted(home, "version", "capture", "run") == before


def test_the_parts_of_a_zip_are_one_file_whatever_their_names(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "awards.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in (1, 2):
            one = write_file(tmp_path / "part.csv", [row(part)])
            archive.write(one, f"../../../Contracts_{part}.CSV")
        archive.writestr("readme.txt", "hello")
    assert imported(path)["new"] == 2
    assert set(held(home)) == {key(1), key(2)}


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_that_is_damaged_inside_is_named_and_its_run_has_failed(
    home: Path, tmp_path: Path, packed: int
) -> None:
    path = tmp_path / "awards.zip"
    part = write_file(tmp_path / "part.csv", [row(number) for number in range(1, 4001)])
    with zipfile.ZipFile(path, "w", packed) as archive:
        archive.write(part, "Contracts_1.csv")
    whole = bytearray(path.read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 64] = b"\xff" * 64
    path.write_bytes(whole)
    with pytest.raises(NotReadable, match=r"awards\.zip is damaged at Contracts_1\.csv"):
        imported(path)
    # What is packed in one block may fail at its first line, before there is a run.
    runs = [one.state for one in rows_of(home, "run")]
    assert runs == ["failed"] or (runs == [] and packed != zipfile.ZIP_DEFLATED)


def test_a_zip_that_is_cut_off_is_called_damaged(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "awards.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("awards.csv", "a,b\n" * 100)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(NotReadable, match=r"^awards\.zip is a damaged ZIP: its end is missing"):
        imported(path)
    assert rows_of(home, "capture") == []


def test_a_refused_row_is_told_with_its_place_and_the_others_go_on(
    home: Path, tmp_path: Path
) -> None:
    rows = [row(1), row(2, award_type_code="Q"), row(3)]
    said = imported(write_file(tmp_path / "awards.csv", rows), code=16)
    assert (said["new"], said["refused"]) == (2, 1)
    refusal = said["files"][0]["refusals"][0]
    assert (refusal["row"], refusal["award"]) == (2, key(2))
    assert refusal["reason"].startswith("unknown award type 'Q'")
    assert counted(home, "refusal") == [1]


def test_bytes_that_are_no_utf8_refuse_their_row_only(home: Path, tmp_path: Path) -> None:
    file = write_file(tmp_path / "awards.csv", [row(1), row(2, recipient_name="CAF@ LLC"), row(3)])
    file.write_bytes(file.read_bytes().replace(b"CAF@", b"CAF\xc9"))
    said = imported(file, code=16)
    assert (said["new"], said["refused"]) == (2, 1)
    assert "not UTF-8" in said["files"][0]["refusals"][0]["reason"]


def test_a_column_that_nobody_declared_is_told_once(home: Path, tmp_path: Path) -> None:
    file = write_file(tmp_path / "awards.csv", [row(1), row(2)], extra=("aura_of_vendor",))
    assert imported(file)["files"][0]["columns_not_understood"] == ["aura_of_vendor"]


def test_another_layout_is_refused_with_what_is_missing_and_what_is_supported(
    tmp_path: Path,
) -> None:
    file = tmp_path / "other.csv"
    file.write_text("prime_award_unique_key,subaward_number\nK,1\n")
    with pytest.raises(
        BadRequest,
        match=r"imported: its first line \(prime_award_unique_key, subaward_number …\) .*Support",
    ):
        imported(file)


def test_an_older_file_imported_later_adds_history_and_never_becomes_current(
    home: Path, tmp_path: Path
) -> None:
    newer = row(1, total_obligated_amount="900", last_modified_date="2025-06-01")
    older = row(1, total_obligated_amount="100", last_modified_date="2024-06-01")
    imported(write_file(tmp_path / "newer.csv", [newer]))
    said = imported(write_file(tmp_path / "older.csv", [older]))
    assert said["older"] == 1
    assert len(held(home)[key(1)]) == 2
    assert shown(home, key(1))["obligated_cents"] == 90000


def test_a_killed_import_goes_on_and_nothing_is_lost_or_twice(home: Path, tmp_path: Path) -> None:
    file = write_file(tmp_path / "awards.csv", [row(number) for number in range(1, 3001)])
    words = [sys.executable, "-m", "archive.program", "import", str(file)]
    environment = os.environ | home_settings(home)
    child = subprocess.Popen(words, env=environment, stderr=subprocess.DEVNULL)
    while not (home / "files").exists() or counted(home, "version")[0] < 1000:
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    begun = counted(home, "version")[0]
    assert 1000 <= begun < 3000  # the first batch is written down before the second begins
    said = imported(file)
    assert said["files"][0]["resumed"] is True
    assert counted(home, "version", "record", "run") == [3000, 3000, 1]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.csv", "missing.csv is not there. Name a file from USAspending"),
        ("folder", "folder is a folder. Name the files in it: paperwatch import"),
    ],
)
def test_what_is_no_file_is_said_with_what_to_name(
    home: Path, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotFound, match=said):
        imported(tmp_path / name)
