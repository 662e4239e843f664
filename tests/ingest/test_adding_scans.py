"""Scans that are added on one machine: recognised before the command ends, and searched."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from archive import indexing
from archive.catalogue import tables
from archive.opening import open_archive
from archive.readings import Reading
from archive.search import language
from archive.search.engine import Question
from archive.settings import Settings
from archive.status import counts
from archive.verifying import verify
from tests.catalogues import home_settings
from tests.drawn import pictures
from tests.drawn.redacted import HIDDEN, HIDDEN_LONGER
from tests.ingest.test_adding import added

ADD = [sys.executable, "-m", "archive.program", "add", "--json"]


def total(settings: Settings, typed: str) -> int:
    with (
        open_archive(settings) as archive,
        indexing.LiveEngine(archive).get() as engine,
    ):
        return engine.search(Question(tree=language.read(typed).tree)).total


@pytest.mark.ocr
def test_a_scan_is_recognised_and_searchable_when_the_command_ends(
    tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pictures.letter())
    summary, code = added(tmp_path / "scan.pdf")
    assert (code, summary["read"], summary["pages"], summary["recognised"]) == (0, 1, 1, 1)
    assert total(settings, '"withheld 7 under"') == 1
    with open_archive(settings) as archive, archive.catalogue.reading() as connection:
        row = connection.execute(sa.select(tables.document)).one()
    assert (row.type, row.dated_on) == ("letter", "2025-09-05")


def test_with_no_read_a_scan_waits_and_without_tesseract_it_stays_a_picture(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pictures.prose())
    monkeypatch.setenv("PAPERWATCH_TESSDATA", str(tmp_path / "nothing"))
    assert added(tmp_path / "scan.pdf", "--no-read")[0]["read"] == 0
    summary, code = added(tmp_path / "scan.pdf")
    assert (code, summary["read"]) == (0, 1)
    with open_archive(settings) as archive:
        assert counts(archive)["pages_not_recognised"] == 1
        assert [one.what for one in verify(archive, lambda _s, _n: None)] == []


@pytest.mark.ocr
def test_what_waited_for_tesseract_is_recognised_once_it_is_there(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pictures.prose())
    monkeypatch.setenv("PAPERWATCH_TESSDATA", str(tmp_path / "nothing"))
    added(tmp_path / "scan.pdf")
    monkeypatch.delenv("PAPERWATCH_TESSDATA")
    added(tmp_path / "scan.pdf")
    assert total(settings, "cameras") == 1


@pytest.mark.ocr
@pytest.mark.slow
def test_what_boxes_cover_in_scans_is_nowhere_but_in_the_originals(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "boxed"
    folder.mkdir()
    for name, draw in pictures.BOXED.items():
        (folder / f"{name}.pdf").write_bytes(draw())
    assert added(folder)[1] == 0
    assert total(settings, "cameras") == len(pictures.BOXED)
    assert total(settings, HIDDEN) == total(settings, f"{HIDDEN_LONGER}~") == 0
    with open_archive(settings) as archive:
        with archive.catalogue.reading() as connection:
            rows = connection.execute(sa.select(tables.document)).all()
        for row in rows:
            with Reading.open(archive.files.path(row.reading_sha256)) as reading:
                said = "".join(page.text for page in reading.pages()).casefold()
            assert HIDDEN.casefold() not in said
            assert HIDDEN_LONGER.casefold() not in said
    assert HIDDEN not in caplog.text


@pytest.mark.ocr
@pytest.mark.slow
def test_a_killed_add_goes_on_with_the_pages_that_are_left(
    tmp_path: Path, home: Path, settings: Settings
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pictures.bundle(45))
    environment = os.environ | home_settings(home)
    chance = random.Random(7)
    for _ in range(6):
        adding = subprocess.Popen(
            [*ADD, str(tmp_path / "scan.pdf")],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(1.5, 6))
        adding.send_signal(signal.SIGKILL)
        adding.wait()
    done = subprocess.run(
        [*ADD, str(tmp_path / "scan.pdf")], env=environment, capture_output=True, check=True
    )
    summary: dict[str, Any] = json.loads(done.stdout)
    assert summary["refused"] == []
    with open_archive(settings) as archive:
        held = counts(archive)
        assert (held["pages"], held["pages_recognised"], held["set_aside"]) == (45, 45, 0)
        assert [
            one.what for one in verify(archive, lambda _s, _n: None) if not one.is_harmless
        ] == []
    assert total(settings, "page:(sheet 45)") == 1


@pytest.mark.slow
@pytest.mark.ocr
def test_a_number_found_in_a_scan_stays_covered_when_it_is_read_anew_and_not_recognised(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pictures.scan_of(f"Number {pictures.SSN} on the form"))
    added(tmp_path / "scan.pdf")
    monkeypatch.setenv("PAPERWATCH_TESSDATA", str(tmp_path / "nothing"))
    for _ in range(2):
        added("--again", "--all")
        with open_archive(settings) as archive, archive.catalogue.reading() as connection:
            row = connection.execute(sa.select(tables.page)).one()
        assert (row.text_from, row.masked) == ("picture", 1)
    monkeypatch.delenv("PAPERWATCH_TESSDATA")
    added("--again", "--all")
    with open_archive(settings) as archive, archive.catalogue.reading() as connection:
        row = connection.execute(sa.select(tables.page)).one()
    assert (row.text_from, row.masked) == ("recognised", 1)
