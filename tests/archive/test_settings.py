"""Settings and where they come from."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click import Command
from click.testing import CliRunner

from archive.commands.settings import settings
from archive.commands.status import status
from archive.declared import DECLARED
from archive.errors import SettingError
from archive.settings import PREFIX, Settings, _names, load
from archive.stated import refuse_unknown
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


NUMBERS = [one.name for one in DECLARED if one.numbers]


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["0", "two", "-1", "1.5", "9" * 30])
def test_a_number_that_is_not_whole_and_positive_is_refused(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(SettingError, match=f"PAPERWATCH_{name} is '{value}'; it must be a whole"):
        read(tmp_path, **{name: value})


def test_every_setting_with_a_number_for_a_default_is_checked() -> None:
    assert [one.name for one in DECLARED if one.default.isdecimal()] == NUMBERS


def test_an_arabic_three_reads_as_three(tmp_path: Path) -> None:
    assert read(tmp_path, READERS="٣").whole_number("READERS") == 3


def test_a_wrong_value_in_the_file_is_refused_and_the_file_named(tmp_path: Path) -> None:
    (tmp_path / "paperwatch.toml").write_text('log = "xml"\n')
    with pytest.raises(SettingError, match=r"PAPERWATCH_LOG is 'xml'.*paperwatch\.toml"):
        load(home_settings(tmp_path))


@pytest.mark.parametrize("command", [status, settings])
@pytest.mark.parametrize("name", ["READERS", "LOG", "MIXED"])
def test_a_wrong_value_stops_every_command(
    monkeypatch: pytest.MonkeyPatch, command: Command, name: str
) -> None:
    monkeypatch.setenv(f"PAPERWATCH_{name}", "abc")
    with pytest.raises(SettingError, match=f"PAPERWATCH_{name} is 'abc'"):
        CliRunner().invoke(command, catch_exceptions=False)


def test_an_unknown_name_in_the_environment_is_refused_with_the_one_meant(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="Is PAPERWATCH_CONTACT meant"):
        read(tmp_path, CONTCAT="desk@example.org")
    with pytest.raises(SettingError, match="PAPERWATCH_CONTACT_FILE is not a setting"):
        read(tmp_path, CONTACT_FILE="/run/secrets/contact")


@pytest.mark.parametrize(
    "name",
    ["STARTED", "TASK_ID", "TRACEBACK", "TEST_ALL", "RELEASE", "SERVICE_HOST", "PORT_80_TCP"],
)
def test_names_that_others_read_pass(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, **{name: "1"}).home == tmp_path


def test_every_name_that_documentation_and_compose_use_passes(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    texts = [*root.glob("docs/*.md"), *root.glob("docker/*"), root / "paperwatch"]
    used = {
        name
        for path in texts
        if path.is_file() and path.name != "decisions.md"
        for name in re.findall(
            r"PAPERWATCH_([A-Z][A-Z0-9_]*[A-Z0-9])(?![A-Z0-9_])", path.read_text()
        )
    }
    assert {"STARTED", "LOG", "PORT", "CATALOGUE_PASSWORD_FILE"} <= used
    refuse_unknown(dict.fromkeys((f"PAPERWATCH_{one}" for one in used), "1"), PREFIX, _names())


@pytest.mark.parametrize(
    "url",
    [
        "mysql://desk:hidden@db/archive",
        "postgresql://desk:hidden@db",
        "postgresql://desk:hidden@db:x/archive",
        "postgresql+psycopg2://desk:hidden@db/archive",
        "desk:hidden@db",
    ],
)
def test_an_address_of_no_catalogue_is_refused_and_its_password_is_not_said(
    tmp_path: Path, url: str
) -> None:
    found = load({"PAPERWATCH_HOME": str(tmp_path), "PAPERWATCH_CATALOGUE_URL": url})
    with pytest.raises(SettingError, match="postgresql://USER:PASSWORD@HOST") as error:
        _ = found.catalogue_url
    assert "hidden" not in str(error.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_postgresql_is_asked_by_the_driver_that_is_installed(tmp_path: Path, scheme: str) -> None:
    address = f"{scheme}://desk:a%40b@db:6432/archive?sslmode=require"
    found = load({"PAPERWATCH_HOME": str(tmp_path), "PAPERWATCH_CATALOGUE_URL": address})
    assert found.catalogue_url == "postgresql+psycopg://desk:a%40b@db:6432/archive?sslmode=require"
    assert found.is_on_server


PASSWORD = "p@ss/word:2"


def read(tmp_path: Path, **more: str) -> Settings:
    named = {f"PAPERWATCH_{name}": value for name, value in more.items()}
    return load({"PAPERWATCH_HOME": str(tmp_path)} | named)


def secret_file(tmp_path: Path, text: str | bytes) -> str:
    path = tmp_path / "secret"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


SECRETS = [one.name for one in DECLARED if one.is_secret]


@pytest.mark.parametrize("name", SECRETS)
def test_every_secret_is_read_from_the_file_that_is_named(tmp_path: Path, name: str) -> None:
    path = secret_file(tmp_path, "of the desk\n")
    found = read(tmp_path, **{f"{name}_FILE": path})
    assert (found[name], found.origins[name]) == ("of the desk", path)


def test_what_is_no_secret_is_not_read_from_a_file(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="PAPERWATCH_NAME_FILE is not a setting"):
        read(tmp_path, NAME_FILE=secret_file(tmp_path, "x"))


def test_a_secret_and_its_file_at_once_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="Leave one of them out"):
        read(tmp_path, METRICS_TOKEN="x", METRICS_TOKEN_FILE=secret_file(tmp_path, "y"))


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "one line"), ("two\nlines\n", "one line"), (b"\xff\xfe\x00", "not text")],
)
def test_a_file_that_holds_no_secret_is_refused(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    path = secret_file(tmp_path, text)
    with pytest.raises(SettingError, match=said) as error:
        read(tmp_path, METRICS_TOKEN_FILE=path)
    assert path in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"METRICS_TOKEN_FILE names /run/nothing, which cannot"):
        read(tmp_path, METRICS_TOKEN_FILE="/run/nothing")


def test_a_password_goes_into_each_address_behind_its_user(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        SEARCH_URL="https://desk@one.example:9200, https://two.example:9200",
        SEARCH_PASSWORD_FILE=secret_file(tmp_path, PASSWORD),
    )
    first, second = found["SEARCH_URL"].split(",")
    assert first == "https://desk:p%40ss%2Fword%3A2@one.example:9200"
    assert second == "https://:p%40ss%2Fword%3A2@two.example:9200"
    assert unquote(urlsplit(first).password or "") == PASSWORD


@pytest.mark.parametrize("url", ["desk@db", "postgresql://desk:other@db/name"])
def test_a_password_that_has_nowhere_to_go_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingError, match="must be an address without a password") as error:
        read(tmp_path, CATALOGUE_URL=url, CATALOGUE_PASSWORD=PASSWORD)
    assert PASSWORD not in str(error.value)


def test_a_password_in_an_address_is_no_part_of_what_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, SEARCH_URL="https://desk@one.example:9200", SEARCH_PASSWORD=PASSWORD)
    said = found.without_secrets(f"{found['SEARCH_URL']} {PASSWORD} p%40ss%2Fword%3A2")
    assert said == "(not shown) (not shown) (not shown)"
