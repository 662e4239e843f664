"""Settings: from the environment, else from `paperwatch.toml` in the folder, else a default."""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive import secrecy, stated
from archive.declared import DECLARED, PASSWORDS
from archive.errors import BadRequest, NotFound, SettingError

PREFIX = "PAPERWATCH_"
FILE_NAME = "paperwatch.toml"
# Of an e-mail address only what every one has; of a web address a host with a dot in its name.
_CONTACT = re.compile(r"[^\s@<>()]+@[^\s@<>()/]+\.[^\s@<>()/.]+|https?://[^\s/@<>()]+\.[^\s<>()]+")
_POSTGRESQL = "postgresql+psycopg"  # with the driver that is installed
# User and password, host or address, port, database, and what the driver is told besides.
_SERVER = re.compile(
    r"postgresql(?:\+psycopg)?://((?:[^@]*@)?(?:\[[^]/]*\]|[^][/@:?]*)(?::\d+)?/[^/?@]+(?:\?.*)?)"
)
DEMO_FILE = "DEMO.txt"  # `paperwatch demo` writes it; its words say whether the records are real
DRAWN = "drawn_papers_of_"  # begins the name of each source of the demo's papers
COMPOSED = "This archive was filled by `paperwatch demo`. Its records are composed.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All values in force, by name without prefix, and where each came from."""

    values: Mapping[str, str]
    origins: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Give the value of one setting by its name without the prefix."""
        return self.values[name]

    @property
    def home(self) -> Path:
        """The archive's folder, absolute; it need not exist yet."""
        return Path(self.values["HOME"]).expanduser().absolute()

    @property
    def is_sample(self) -> bool:
        """Whether the archive holds the composed records of `paperwatch demo` (not of `--live`)."""
        try:
            return (self.home / DEMO_FILE).read_text(encoding="utf-8") == COMPOSED
        except (OSError, UnicodeDecodeError):
            return False

    def refuse_in_sample(self) -> None:
        """See that something real does not come among the composed records of a demo.

        Raises:
            BadRequest: it would, and then be called composed itself.
        """
        if self.is_sample:
            raise BadRequest(
                f"{self.home} holds the composed records of `paperwatch demo`, and real ones do not"
                f" go among them. Use another folder: {PREFIX}HOME=/path/to/folder"
            )

    @property
    def catalogue_url(self) -> str:
        """The catalogue's SQLAlchemy address.

        Raises:
            SettingError: one of another database, or none that can be read.
        """
        url = self.values["CATALOGUE_URL"] or f"sqlite:///{self.home / 'catalogue.sqlite'}"
        if url.startswith("sqlite:///"):
            return url
        found = _SERVER.fullmatch(url)
        if found is None:
            # The address may hold a password, so it is not quoted.
            raise SettingError(
                f"{PREFIX}CATALOGUE_URL is no address of a database that a catalogue can stand in."
                " Write it like postgresql://USER:PASSWORD@HOST:5432/DATABASE, or leave it out for"
                f" SQLite in the folder. It comes from: {self.origins['CATALOGUE_URL']}."
            )
        return f"{_POSTGRESQL}://{found[1]}"

    def without_secrets(self, text: str) -> str:
        """Take every secret out of a text, also as it stands in JSON."""
        return secrecy.without(text, (self.values[one.name] for one in DECLARED if one.is_secret))

    @property
    def is_on_server(self) -> bool:
        """Whether the catalogue is in PostgreSQL, and not in a file that goes with the folder."""
        return self.catalogue_url.startswith(_POSTGRESQL)

    @property
    def has_workers(self) -> bool:
        """Whether workers do the work, so that nobody else reads, indexes or crawls by the way."""
        return bool(self.values["BROKER_URL"])

    def whole_number(self, name: str) -> int:
        """Give a setting that is declared as a whole number."""
        return int(self.values[name])


def load(
    environment: Mapping[str, str] | None = None, *, said_by: str = "the environment"
) -> Settings:
    """Read the settings in force; unknown names stop with a sentence.

    `said_by` names what the environment is, where it is another one.

    Raises:
        SettingError: a name is not a setting, a value cannot be meant, or the file is not TOML.
    """
    environment = os.environ if environment is None else environment
    stated.refuse_unknown(environment, PREFIX, _names())
    home = environment.get(f"{PREFIX}HOME") or DECLARED[0].default
    path = Path(home).expanduser() / FILE_NAME
    written = _read_file(path)
    values, origins = {}, {}
    for setting in DECLARED:
        from_environment = environment.get(PREFIX + setting.name)
        from_file = environment.get(f"{PREFIX}{setting.name}_FILE") if setting.is_secret else None
        if from_file:
            values[setting.name] = secrecy.from_file(
                PREFIX + setting.name, from_file, is_set=bool(from_environment)
            )
            origins[setting.name] = from_file
        elif from_environment:
            values[setting.name], origins[setting.name] = from_environment, said_by
        elif setting.name in written:
            values[setting.name], origins[setting.name] = written[setting.name], str(path)
        else:
            values[setting.name], origins[setting.name] = setting.default, "default"
    _refuse_wrong(values, origins)
    values["CONTACT"] = _contact(values["CONTACT"].strip(), origins["CONTACT"])
    for name, password in PASSWORDS.items():
        if values[password] and values.get(name):
            names = PREFIX + name, PREFIX + password
            values[name] = secrecy.with_password(values[name], values[password], names)
    return Settings(values=values, origins=origins)


def _names() -> Iterator[str]:
    """Give every name that is read from the environment, without the prefix."""
    for one in DECLARED:
        yield one.name
        if one.is_secret:
            yield f"{one.name}_FILE"


def _refuse_wrong(values: Mapping[str, str], origins: Mapping[str, str]) -> None:
    for one in DECLARED:
        said = PREFIX + one.name, values[one.name]
        if one.numbers:
            stated.refuse_number(*said, one.numbers, origins[one.name])
        if one.choices:
            stated.refuse_choice(*said, one.choices, origins[one.name])


def load_file(path: Path) -> Settings:
    """Read the settings of another archive from a file, which names its `home` as well.

    Raises:
        NotFound: there is no such file.
        SettingError: it is not understood, or does not name the folder.
    """
    if not path.is_file():
        raise NotFound(f"{path} is not there. Give a folder, or a file of settings.")
    written = _read_file(path, may_name_home=True)
    if "HOME" not in written:
        raise SettingError(
            f"{path}: 'home' is missing, the folder for what an archive keeps on this machine."
        )
    return load({PREFIX + name: value for name, value in written.items()}, said_by=str(path))


def _contact(value: str, origin: str) -> str:
    """Give the contact, which somebody who is troubled by a spider must be able to use."""
    if value and not _CONTACT.fullmatch(value):
        raise SettingError(
            f"{PREFIX}CONTACT is {value!r}, which is neither an e-mail address nor a web address."
            f" It comes from: {origin}. Write it like desk@example.org or https://example.org/contact"
        )
    return value


def _read_file(path: Path, *, may_name_home: bool = False) -> dict[str, str]:
    """Read the settings file: one table of names in lower case without the prefix."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingError(
            f"{path} cannot be read: {error.strerror}. Mend or remove it."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} is not TOML: {error}. Mend that line.") from error
    known = {setting.name for setting in DECLARED} - (set() if may_name_home else {"HOME"})
    written = {name.upper(): str(value) for name, value in table.items()}
    for name in sorted(written.keys() - known):
        raise SettingError(
            f"{path}: {name.lower()!r} is not a setting. Known: {', '.join(sorted(known)).lower()}."
        )
    return written
