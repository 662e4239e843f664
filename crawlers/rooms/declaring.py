"""Reads declarations of reading rooms from YAML: ours, and the file of an operator's own."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from cssselect import SelectorError
from parsel import Selector

from archive.addresses import fetchable
from archive.errors import BadRequest, SettingError
from archive.release_statements import Released
from archive.settings import PREFIX, Settings
from archive.watchlist import agencies
from archive.watchlist.places import STATES
from crawlers.rooms.room import Level, Room

GENERIC = "reading_room"
_FOLDER = Path(__file__).parent / "declared"
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
_TERMS = "Public domain (U.S. Government work); robots.txt is obeyed, Crawl-delay too."
_OWN_TERMS = "As its releasing body says; robots.txt is obeyed, Crawl-delay too."
_CADENCE = "Not announced; ask daily or weekly."
_PLAUSIBLE = "No list without an entry, and at least half of the files that it had."

_Block = Mapping[str, Any]


@cache
def declared_rooms() -> Mapping[str, Room]:
    """Give the rooms that come with the program, by name."""
    rooms = [
        _room(path.stem, _yaml(path), str(path.name)) for path in sorted(_FOLDER.glob("*.yaml"))
    ]
    return {room.name: room for room in rooms}


def rooms_of(in_force: Settings) -> Mapping[str, Room]:
    """Give all rooms by name: ours, and those of the file that PAPERWATCH_ROOMS names.

    A block of that file with the name of one of ours takes the place of what it says.

    Raises:
        SettingError: the file cannot be read, or something in it is not understood.
    """
    if not in_force["ROOMS"]:
        return declared_rooms()
    path = Path(in_force["ROOMS"]).expanduser()
    found = dict(declared_rooms())
    for name, block in _yaml(path).items():
        where = f"{path}, {name}"
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise SettingError(
                f"{where}: a room is named like eugene_reading_room: small letters and digits, at"
                " least one _ between."
            )
        if not isinstance(block, Mapping):
            raise SettingError(f"{where}: keys with values are expected below it.")
        ours = _yaml(_FOLDER / f"{name}.yaml") if name in found else {"terms": _OWN_TERMS}
        found[name] = _room(name, {**ours, **block}, where)
    return found


def _yaml(path: Path) -> _Block:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(
            f"{PREFIX}ROOMS: {path} cannot be read: {error.strerror}. Name a file of rooms."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} is not YAML: {' '.join(str(error).split())}.") from error
    if not isinstance(content, Mapping):
        raise SettingError(f"{path}: names of rooms are expected, with what is said of each.")
    return content


class _Reader:
    """Takes the keys of a block one by one; what is left over is refused."""

    def __init__(self, block: _Block, where: str) -> None:
        self._left, self._where = dict(block), where
        self._known: list[str] = []

    def text(self, name: str, otherwise: str | None = "") -> str:
        """Take a text; one without a default must be there."""
        value = self._take(name)
        if value is None and otherwise is not None:
            return otherwise
        if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
            raise self.refused(name, "must be a text" if value is not None else "is missing")
        return str(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """Take a list of texts, or one."""
        value = self._take(name)
        listed = [] if value is None else value if isinstance(value, list) else [value]
        if not all(isinstance(one, str) and one for one in listed):
            raise self.refused(name, "must be a list of texts")
        return tuple(listed)

    def pattern(self, name: str) -> re.Pattern[str] | None:
        """Take a regular expression, if it is there."""
        text = self.text(name)
        try:
            found = re.compile(text) if text else None
        except re.error as error:
            raise self.refused(name, f"is no regular expression: {error}") from error
        wanted = {"year", "month", "day"}
        if found is not None and name.startswith("date_") and set(found.groupindex) != wanted:
            raise self.refused(name, "must have the groups (?P<year>…), (?P<month>…), (?P<day>…)")
        return found

    def selector(self, name: str, otherwise: str | None = "") -> str:
        """Take a CSS selector."""
        text = self.text(name, otherwise)
        try:
            Selector(text=" ", type="html").css(text or "*")
        except (SelectorError, ValueError) as error:
            raise self.refused(name, f"is no CSS selector: {error}") from error
        return text

    def yes(self, name: str, otherwise: bool) -> bool:
        """Take true or false."""
        value = self._take(name)
        if not isinstance(value, bool | None):
            raise self.refused(name, "must be true or false")
        return otherwise if value is None else value

    def number(self, name: str, otherwise: int) -> int:
        """Take a whole number above 0."""
        value = self._take(name)
        if value is not None and (
            not isinstance(value, int) or isinstance(value, bool) or value < 1
        ):
            raise self.refused(name, "must be a whole number above 0")
        return otherwise if value is None else value

    def blocks(self, name: str) -> list[_Block]:
        """Take a list of blocks, of which there is one at least."""
        value = self._take(name)
        if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
            raise self.refused(name, "must be a list with an entry for each level of pages")
        return value

    def end(self) -> None:
        """See that nothing is left.

        Raises:
            SettingError: there is a key that is not known.
        """
        for name in self._left:
            known = ", ".join(self._known)
            raise SettingError(f"{self._where}: {name!r} is not a key (known: {known}).")

    def refused(self, name: str, why: str) -> SettingError:
        """Say what is wrong with a key."""
        return SettingError(f"{self._where}: {name!r} {why}.")

    def _take(self, name: str) -> Any:
        self._known.append(name)
        return self._left.pop(name, None)


def _room(name: str, block: _Block, where: str) -> Room:
    keys = _Reader(block, where)
    room = Room(
        name=name,
        what=keys.text("what", None),
        start=tuple(_each(keys, "start", fetchable)),
        released=_released(keys),
        levels=tuple(
            _level(one, f"{where}, level {number}")
            for number, one in enumerate(keys.blocks("levels"), start=1)
        ),
        terms=keys.text("terms", _TERMS),
        cadence=keys.text("cadence", _CADENCE),
        plausible=keys.text("plausible", _PLAUSIBLE),
        lists_all=keys.yes("lists_all", True),
        hosts=frozenset(one.removeprefix("www.") for one in keys.texts("hosts")),
        marks=frozenset({"itok", *keys.texts("marks")}),
        case=keys.pattern("case"),
        again_days=keys.number("again_days", 7),
    )
    keys.end()
    if not room.start and name != GENERIC:
        raise keys.refused("start", "is missing: the address of its list")
    if room.levels[-1].pages is not None:
        raise keys.refused("levels", "ends with pages that lead to pages: say what these look like")
    if room.levels[-1].files is None:
        raise keys.refused("levels", "ends with pages that lead to no files: give it 'files'")
    return room


def _level(block: _Block, where: str) -> Level:
    keys = _Reader(block, where)
    level = Level(
        entry=keys.selector("entry", None),
        link=keys.selector("link"),
        title=keys.selector("title"),
        date=keys.selector("date"),
        date_in_title=keys.pattern("date_in_title"),
        date_in_address=keys.pattern("date_in_address"),
        files=keys.pattern("files"),
        pages=keys.pattern("pages"),
        known=keys.pattern("known"),
        next_page=keys.selector("next_page"),
        holds=keys.selector("holds"),
        may_be_empty=keys.yes("may_be_empty", False),
    )
    keys.end()
    if level.files is None and level.pages is None:
        raise keys.refused("files", "is missing, and 'pages' too: no link would lead anywhere")
    return level


def _released(keys: _Reader) -> Released:
    code, body, state = keys.text("agency"), keys.text("body"), keys.text("state").upper()
    found = agencies.find(code) if code else ()
    if code and len(found) != 1:
        raise keys.refused("agency", f"is {code!r}, which means {len(found)} agencies; give a code")
    if code and body:
        raise keys.refused("body", "stands beside an agency; one body releases")
    if state and state not in STATES:
        raise keys.refused("state", f"is {state!r}; give two letters, such as OR")
    return Released(agency_code=found[0].code if found else "", body=body, state=state)


def _each(keys: _Reader, name: str, read: Callable[[str], str]) -> list[str]:
    try:
        return [read(one) for one in keys.texts(name)]
    except BadRequest as error:
        raise keys.refused(name, f"is not understood: {error}") from error
