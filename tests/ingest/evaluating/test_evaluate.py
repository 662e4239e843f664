"""The command, from the words that are typed to what is printed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.errors import BadRequest, NotFound
from ingest.commands import add
from ingest.evaluating.commands import evaluate
from ingest.evaluating.kinds import KINDS
from tests.drawn import pictures
from tests.ingest.evaluating.test_running import SCAN, filled


def evaluated(gold: Path, folder: Path, *words: str) -> Result:
    return CliRunner().invoke(
        evaluate, [str(gold), str(folder), *words], standalone_mode=False, catch_exceptions=False
    )


@pytest.mark.slow
def test_alone_and_after_add_it_says_the_same_and_makes_no_archive(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder := tmp_path / "documents").mkdir()
    gold = filled(folder) / "gold.json"
    alone = evaluated(gold, folder, "--json")
    assert not home.exists()
    assert "1 file of the gold is not in" in alone.stderr
    said = json.loads(alone.stdout)
    assert said.keys() == {"all", "files"}
    assert said["all"].keys() == KINDS.keys()
    CliRunner().invoke(add, [str(folder)])
    assert "3 files: 2 read by the archive, 1 read now." in evaluated(gold, folder).stdout
    assert json.loads(evaluated(gold, folder, "--json").stdout) == said
    monkeypatch.setattr("ingest.evaluating.looking.READER_VERSION", "a newer one")
    assert "3 files: 0 read by the archive, 3 read now." in evaluated(gold, folder).stdout


@pytest.mark.slow
def test_without_tesseract_pages_that_wait_are_said_and_their_phrases_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERWATCH_TESSDATA", str(tmp_path))
    (tmp_path / "scan.pdf").write_bytes(pictures.prose())
    (tmp_path / "gold.json").write_text(json.dumps({"files": SCAN}))
    result = evaluated(tmp_path / "gold.json", tmp_path, "--json")
    assert "1 scanned page was not recognised. Scanned pages are not" in result.stderr
    assert json.loads(result.stdout)["all"]["phrases_image"]["missed"] == 1


def test_what_is_not_there_or_not_gold_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    gold = tmp_path / "gold.json"
    with pytest.raises(NotFound, match="Name a file of gold"):
        evaluated(gold, tmp_path)
    gold.write_text(json.dumps({"files": {"a.pdf": {"facts": {"phrases": 7}}}}))
    with pytest.raises(BadRequest, match=r"files\.a\.pdf\.facts\.phrases is 7; a list"):
        evaluated(gold, tmp_path)
    gold.write_text(json.dumps({"files": {"a.pdf": {}}}))
    with pytest.raises(NotFound, match="is no folder"):
        evaluated(gold, tmp_path / "nowhere")
    with pytest.raises(NotFound, match="None of the files"):
        evaluated(gold, tmp_path)
