"""An archive is embedded or on a cluster; half of each is refused before anything is made."""

from pathlib import Path

import pytest

from archive.errors import SettingError
from archive.opening import open_archive
from archive.settings import Settings, load
from archive.shapes import refuse_mixture

FAR = {
    "PAPERWATCH_CATALOGUE_URL": "postgresql://me@127.0.0.1:9/archive",
    "PAPERWATCH_FILES_URL": "s3://bucket/archive",
    "PAPERWATCH_SEARCH_URL": "http://127.0.0.1:9",
    "PAPERWATCH_BROKER_URL": "redis://127.0.0.1:9",
}


def settings_of(home: Path, **given: str) -> Settings:
    return load({"PAPERWATCH_HOME": str(home)} | given)


@pytest.mark.parametrize("name", FAR)
def test_one_part_on_a_cluster_is_refused_with_the_names_of_the_others(
    home: Path, name: str
) -> None:
    with (
        pytest.raises(SettingError, match=f"{name} is set and .* are not") as told,
        open_archive(settings_of(home, **{name: FAR[name]})),
    ):
        pass
    assert all(other in str(told.value) for other in FAR)
    assert not home.exists()


@pytest.mark.parametrize("name", FAR)
def test_one_part_that_is_missing_is_refused_with_its_name(home: Path, name: str) -> None:
    given = {other: value for other, value in FAR.items() if other != name}
    with pytest.raises(SettingError, match=f"and {name} is not"):
        refuse_mixture(settings_of(home, **given))


def test_both_shapes_pass_and_a_folder_for_files_is_of_either(home: Path) -> None:
    folder = {"PAPERWATCH_FILES_URL": f"file://{home}/elsewhere"}
    sqlite = {"PAPERWATCH_CATALOGUE_URL": f"sqlite:///{home}/other.sqlite"}
    for given in ({}, folder, sqlite, FAR, FAR | folder):
        refuse_mixture(settings_of(home, **given))


def test_a_catalogue_in_a_file_is_none_on_a_cluster(home: Path) -> None:
    given = FAR | {"PAPERWATCH_CATALOGUE_URL": f"sqlite:///{home}/other.sqlite"}
    with pytest.raises(SettingError, match="and PAPERWATCH_CATALOGUE_URL is not"):
        refuse_mixture(settings_of(home, **given))


def test_who_knows_may_mix_and_another_word_is_refused(home: Path) -> None:
    far = {"PAPERWATCH_SEARCH_URL": FAR["PAPERWATCH_SEARCH_URL"]}
    refuse_mixture(settings_of(home, PAPERWATCH_MIXED="yes", **far))
    with pytest.raises(SettingError, match="'perhaps'; it must be no or yes"):
        refuse_mixture(settings_of(home, PAPERWATCH_MIXED="perhaps"))
