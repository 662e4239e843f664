"""Where generations of the index stand: in folders of the archive, or on Elasticsearch.

An engine is one class here and one line in `place_of`. A generation's name says where it stands.
"""

import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Protocol

from archive.errors import IndexOutdated, SettingError
from archive.search.engine import Engine
from archive.settings import Settings

if TYPE_CHECKING:
    from archive.search.elastic import Indexes

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,49}")


class Place(Protocol):
    """Where generations stand, by their names."""

    said: str  # after "is built for"

    def new_name(self, number: int) -> str:
        """Give the name of a new generation."""
        ...

    def holds(self, name: str) -> bool:
        """Tell whether a generation of this name stands here."""
        ...

    def open(self, name: str, *, is_writable: bool, may_make: Callable[[], bool]) -> Engine:
        """Open a generation; one that is not there is made if it may be.

        Raises:
            IndexOutdated: it is missing, or was built otherwise.
        """
        ...

    def remove(self, names: Iterable[str]) -> None:
        """Remove what is there of some generations."""
        ...


class Folders:
    """Tantivy, a folder for each generation."""

    said = "the folder of the archive"

    def __init__(self, path: Path) -> None:
        self._path = path

    def new_name(self, number: int) -> str:
        """Give the name of its folder."""
        return f"g{number}"

    def holds(self, name: str) -> bool:
        """Tell whether a generation is one of ours."""
        return name.startswith("g")

    def open(self, name: str, *, is_writable: bool, may_make: Callable[[], bool]) -> Engine:
        """Open a generation, making an empty one where there is none."""
        from archive.search.embedded import open_engine  # Tantivy is loaded only where it is used

        return open_engine(self._path / name, writable=is_writable, create=True)

    def remove(self, names: Iterable[str]) -> None:
        """Remove the folders of some generations."""
        for name in names:
            shutil.rmtree(self._path / name, ignore_errors=True)


class Cluster:
    """Elasticsearch, two indexes for each generation.

    The name of a generation ends in chance: two archives on one cluster never share an index.
    """

    said = "Elasticsearch"

    def __init__(self, settings: Settings, prefix: str) -> None:
        self._settings = settings
        self._prefix = prefix

    def new_name(self, number: int) -> str:
        """Give a name that no other archive has."""
        return f"e{number}-{token_hex(4)}"

    def holds(self, name: str) -> bool:
        """Tell whether a generation is one of ours."""
        return name.startswith("e")

    def open(self, name: str, *, is_writable: bool, may_make: Callable[[], bool]) -> Engine:
        """Open a generation; one that was there before is never made anew in silence."""
        from archive.search.elastic import ElasticEngine

        indexes = self._indexes(name)
        is_empty = False
        if not indexes.are_there() and may_make():
            is_empty = indexes.make(shards=self._settings.whole_number("SEARCH_SHARDS"))
        return ElasticEngine(indexes, is_empty=is_empty)

    def remove(self, names: Iterable[str]) -> None:
        """Remove the indexes of some generations."""
        for name in names:
            self._indexes(name).remove()

    def _indexes(self, name: str) -> "Indexes":
        # The client is loaded only where it is used.
        from archive.search.elastic import open_indexes

        return open_indexes(
            self._settings["SEARCH_URL"],
            f"{self._prefix}-{name}",
            ca=self._settings["SEARCH_CA"],
            api_key=self._settings["SEARCH_API_KEY"],
        )


def place_of(settings: Settings) -> Place:
    """Give the place that the settings name.

    Raises:
        SettingError: a name that no index can have.
    """
    if not settings["SEARCH_URL"]:
        return Folders(settings.home / "index")
    prefix = settings["SEARCH_NAME"]
    if _NAME.fullmatch(prefix) is None:
        raise SettingError(
            f"PAPERWATCH_SEARCH_NAME is {prefix!r}; it must begin with a small letter or a digit,"
            f" and go on with such, '-' and '_'. It comes from: {settings.origins['SEARCH_NAME']}."
        )
    return Cluster(settings, prefix)


def refuse_elsewhere(place: Place, name: str) -> None:
    """Refuse a generation that stands somewhere else than where the settings say.

    Raises:
        IndexOutdated: it does.
    """
    if not place.holds(name):
        raise IndexOutdated(
            f"search index {name} is not built for {place.said}, which PAPERWATCH_SEARCH_URL asks"
            " for. Run: paperwatch rebuild-index"
        )
