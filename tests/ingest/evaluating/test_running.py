"""Files that are looked at now, by the one pair of readers of these tests."""

import json
from pathlib import Path
from typing import Any

import pytest

from archive.reading_client import Readers
from archive.recogniser import models
from archive.settings import Settings
from ingest.evaluating import gold, report
from ingest.evaluating.looking import Looker
from ingest.evaluating.running import Result, evaluated
from tests.drawn import pictures, redacted, sheets
from tests.drawn.redacted import HIDDEN

GOLD: dict[str, Any] = {
    "letter.pdf": {
        "pages": 1,
        "text_layer": "full",
        "facts": {
            "bad_redaction": False,
            "phrases": [
                {"page": 1, "text": "RE: Request 2025\u2011TEST-00017,  license plate"},
                {"page": 1, "text": "words that stand nowhere"},
            ],
        },
    },
    "bad.pdf": {
        "pages": 1,
        "text_layer": "full",
        "facts": {
            "bad_redaction": True,
            "hidden_text": [HIDDEN],
            "phrases": [{"page": 1, "text": "The officer named"}],
        },
    },
    "broken.pdf": {"pages": None, "facts": {"phrases": [{"page": 1, "text": "nothing"}]}},
    "elsewhere.pdf": {"facts": {"phrases": [{"page": 1, "text": "not looked for"}]}},
}
SCAN = {
    "scan.pdf": {
        "pages": 1,
        "text_layer": "none",
        "pages_without_text": [1],
        "chars_per_page": [0],
        "facts": {"phrases_image": [{"page": 1, "text": "before the cameras were taken down"}]},
    },
    "empty.pdf": {"pages": 1, "text_layer": "none", "pages_without_text": [1], "facts": {}},
}


def filled(folder: Path) -> Path:
    """Put files and their gold into a folder."""
    (folder / "letter.pdf").write_bytes(sheets.letter())
    (folder / "bad.pdf").write_bytes(redacted.boxed(0.0))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing else")
    (folder / "gold.json").write_text(json.dumps({"format": 1, "files": GOLD}))
    return folder


@pytest.fixture(scope="module")
def result(readers: Readers, tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = filled(tmp_path_factory.mktemp("documents"))
    looker = Looker(archive=None, readers=readers, models=None)
    return evaluated(gold.read(folder / "gold.json"), folder, looker)


def test_figures_are_given_in_all_and_by_file(result: Result) -> None:
    said = report.as_json(result)
    assert said["all"]["phrases"] == {"n": 4, "found": 2, "missed": 2, "false": 0}
    assert said["all"]["failed_redactions"] == {"n": 1, "found": 1, "missed": 0, "false": 0}
    assert said["files"]["bad.pdf"]["phrases"] == {"n": 1, "found": 1, "missed": 0, "false": 0}
    assert list(said["files"]) == ["letter.pdf", "bad.pdf", "broken.pdf"]


def test_a_file_that_is_not_there_is_said_and_not_counted(result: Result) -> None:
    assert result.missing == ["elsewhere.pdf"]
    assert "1 file of the gold is not in f" in report.absent(result.missing, "f")


def test_every_miss_is_named_with_file_and_page(result: Result) -> None:
    printed = list(report.lines(result))
    assert "  phrases: letter.pdf, page 1: “words that stand nowhere”" in printed
    unread = printed[printed.index("Not readable:") + 1 :]
    assert [line.split(":")[0] for line in unread] == ["  broken.pdf"]
    assert HIDDEN not in "\n".join(printed)


def test_of_few_values_no_rate_is_printed(result: Result) -> None:
    row = next(line for line in report.lines(result) if line.startswith("phrases "))
    assert row.split() == ["phrases", "4", "2", "2", "-"]


@pytest.mark.ocr
@pytest.mark.slow
def test_scanned_pages_are_recognised_for_it_and_empty_ones_are_no_scans(
    readers: Readers, tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "scan.pdf").write_bytes(pictures.prose())
    (tmp_path / "empty.pdf").write_bytes(sheets.drawn(lambda canvas: None))
    (tmp_path / "gold.json").write_text(json.dumps({"files": SCAN}))
    looker = Looker(archive=None, readers=readers, models=models(settings))
    scores = evaluated(gold.read(tmp_path / "gold.json"), tmp_path, looker).all()
    for kind in ("scanned_pages", "phrases_image"):
        assert scores[kind].counts() == {"n": 1, "found": 1, "missed": 0, "false": 0}
