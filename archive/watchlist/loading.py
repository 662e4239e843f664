"""Read the watchlist's YAML files, and refuse whatever is not understood."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from archive.errors import PaperwatchError


class WatchlistError(PaperwatchError):
    """A watchlist file is not what it should be; the sentence names the entry and the field."""


class Fields:
    """The fields of one entry, each taken once; what is left over at `close` is a mistake."""

    def __init__(self, where: str, fields: object) -> None:
        if not isinstance(fields, Mapping):
            raise WatchlistError(f"{where}: {fields!r} is not a table of fields.")
        self.where = where
        self._left: dict[str, Any] = dict(fields)

    def take(self, name: str, kind: type, default: object = None) -> Any:
        """Take a field of one type; without a default it must be there."""
        value = self._left.pop(name, default)
        if not isinstance(value, kind):
            raise WatchlistError(f"{self.where}: {name} is {value!r}; it must be {kind.__name__}.")
        return value

    def text(self, name: str, default: str | None = None) -> str:
        """Take a field that is text; YAML reads bare digits as numbers, so codes need quotes."""
        return str(self.take(name, str, default))

    def texts(self, name: str) -> tuple[str, ...]:
        """Take a field that is a list of texts; absent is empty."""
        values = self.take(name, list, [])
        for value in values:
            if not isinstance(value, str) or not value.strip():
                raise WatchlistError(f"{self.where}: {name} has {value!r}; it must be text.")
        return tuple(values)

    def table(self, name: str, default: object = None) -> "Fields":
        """Take a field that is itself a table."""
        return Fields(f"{self.where}: {name}", self._left.pop(name, default))

    def tables(self, name: str) -> list["Fields"]:
        """Take a field that is a list of tables; absent is empty."""
        return [Fields(f"{self.where}: {name}", one) for one in self.take(name, list, [])]

    def drop(self, *names: str) -> None:
        """Pass over fields that are there for people only."""
        for name in names:
            self._left.pop(name, None)

    def close(self) -> None:
        """Refuse fields that nobody took."""
        if self._left:
            raise WatchlistError(f"{self.where}: unknown field {sorted(self._left)[0]!r}.")


def entries(name: str) -> tuple[int, list[Fields]]:
    """Read `<name>.yaml`: the file's version, and its entries, each with an `id` of its own."""
    text = (files(__package__) / f"{name}.yaml").read_text(encoding="utf-8")
    # libyaml reads the files in 60 ms, the loader written in Python in 900 ms.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    whole = Fields(f"watchlist/{name}.yaml", yaml.load(text, Loader=loader))  # noqa: S506
    version = int(whole.take("version", int))
    found = whole.tables(name)
    whole.drop("ice_awarding_offices_seen")
    whole.close()
    seen: set[str] = set()
    for one in found:
        one.where = f"watchlist/{name}.yaml: {(key := one.text('id'))}"
        if key in seen:
            raise WatchlistError(f"{one.where}: this id stands there twice.")
        seen.add(key)
    return version, found


def key_of(fields: Fields) -> str:
    """Give the id of an entry, which its place names."""
    return fields.where.rsplit(": ", 1)[-1]
