"""What is lacking for scanned pages to be recognised, in a sentence."""

from pathlib import Path

import pytest

from archive import recogniser
from archive.settings import Settings, load


def settings_with(folder: Path) -> Settings:
    return load({"PAPERWATCH_TESSDATA": str(folder)})


def test_models_are_found_in_the_folder_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "eng.traineddata").touch()
    if not recogniser.lacking(settings_with(tmp_path)):
        assert recogniser.models(settings_with(tmp_path)) == tmp_path


def test_a_folder_without_the_model_is_said_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recogniser, "find_spec", lambda _name: True)
    said = recogniser.lacking(settings_with(tmp_path))
    assert f"eng.traineddata is not in {tmp_path}" in said
    assert "apt-get install tesseract-ocr-eng" in said
    assert recogniser.models(settings_with(tmp_path)) is None


def test_a_missing_package_is_said_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recogniser, "find_spec", lambda _name: None)
    assert "pip install tesserocr" in recogniser.lacking(load({}))


def test_without_a_setting_the_usual_places_are_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "eng.traineddata").touch()
    monkeypatch.setattr(recogniser, "find_spec", lambda _name: True)
    monkeypatch.setattr(recogniser, "_PLACES", (tmp_path / "none", tmp_path))
    assert recogniser.models(load({})) == tmp_path
