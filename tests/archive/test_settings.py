"""Settings and where they come from."""

from pathlib import Path

import pytest

from archive.errors import SettingError
from archive.settings import load
from tests.catalogues import home_settings


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "paperwatch.toml").write_text('contact = "file@desk.example"\nreaders = 3\n')
    environment = {"PAPERWATCH_HOME": str(tmp_path), "PAPERWATCH_CONTACT": "env@desk.example"}
    found = load(environment)
    assert (found["CONTACT"], found.origins["CONTACT"]) == ("env@desk.example", "the environment")
    assert found.whole_number("READERS") == 3


def test_an_unknown_setting_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "paperwatch.toml").write_text('contcat = "x"\n')
    with pytest.raises(SettingError, match="contcat"):
        load(home_settings(tmp_path))


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "paperwatch.toml").write_text("contact = \n")
    with pytest.raises(SettingError, match=r"paperwatch\.toml is not TOML"):
        load(home_settings(tmp_path))


CONTACTS = ["desk@example.org", "https://example.org/contact", "http://records.example"]


@pytest.mark.parametrize("value", ["", *CONTACTS, " desk@example.org "])
def test_a_contact_is_an_address_that_can_be_written_to(tmp_path: Path, value: str) -> None:
    found = load({"PAPERWATCH_HOME": str(tmp_path), "PAPERWATCH_CONTACT": value})
    assert found["CONTACT"] == value.strip()


@pytest.mark.parametrize(
    "value", ["nonsense", "desk@", "@example.org", "desk@example", "ftp://example.org", "a b@c.org"]
)
def test_a_contact_that_is_no_address_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingError, match="neither an e-mail address nor a web address") as error:
        load({"PAPERWATCH_HOME": str(tmp_path), "PAPERWATCH_CONTACT": value})
    assert repr(value) in str(error.value)


@pytest.mark.parametrize("value", ["0", "two", "-1", "٣"])
def test_a_number_that_is_not_whole_and_positive_is_refused(tmp_path: Path, value: str) -> None:
    found = load({"PAPERWATCH_HOME": str(tmp_path), "PAPERWATCH_READERS": value})
    if value == "٣":  # an Arabic three is a decimal digit, and reads as 3
        assert found.whole_number("READERS") == 3
        return
    with pytest.raises(SettingError, match="PAPERWATCH_READERS"):
        found.whole_number("READERS")
