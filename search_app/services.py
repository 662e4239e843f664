"""What every page needs: the desk, the pictures, and the counts on top."""

import time
from dataclasses import dataclass, field
from threading import Lock

from flask import Flask, current_app

from archive.opening import Archive
from archive.reading_client import Readers
from archive.shown.about import Holdings, holdings
from archive.shown.desk import Desk, open_desk
from archive.shown.examples import Examples, examples
from archive.shown.sources import Counted, count_sources
from archive.standing import Standing, standing
from search_app.keeping import Kept
from search_app.pictures import Pictures

_NAME = "paperwatch"
_COUNTED_FOR_S = 10.0
_SOURCES_FOR_S = 30.0
_STANDING_FOR_S = 5.0


@dataclass(slots=True, kw_only=True)
class Services:
    """The parts that live as long as the application."""

    desk: Desk
    pictures: Pictures
    _counted: tuple[float, Holdings] | None = None
    _chosen: tuple[Holdings, Examples] | None = None
    _counting: Lock = field(default_factory=Lock)
    _choosing: Lock = field(default_factory=Lock)
    _sources: Kept[Counted] = field(init=False)
    _standing: Kept[Standing] = field(init=False)

    def __post_init__(self) -> None:
        """Make what is found out now and then."""
        desk = self.desk
        self._sources = Kept(lambda: count_sources(desk), _SOURCES_FOR_S)
        self._standing = Kept(lambda: standing(desk.archive, desk.live), _STANDING_FOR_S)

    @classmethod
    def of(cls, archive: Archive, readers: Readers) -> "Services":
        """Make the services of an archive."""
        desk = open_desk(archive)
        return cls(desk=desk, pictures=Pictures(archive.settings.home / "cache", readers))

    def holdings(self) -> Holdings:
        """Give what the archive holds, counted at most every ten seconds."""
        with self._counting:
            if self._counted is None or time.monotonic() - self._counted[0] > _COUNTED_FOR_S:
                self._counted = (time.monotonic(), holdings(self.desk))
            return self._counted[1]

    def examples(self) -> Examples:
        """Give searches that find something, chosen anew when there is more or less to find."""
        held = self.holdings()
        with self._choosing:
            if self._chosen is None or self._chosen[0] != held:
                self._chosen = (held, examples(self.desk))
            return self._chosen[1]

    def counted_sources(self) -> Counted:
        """Give what is held of each source, not counted anew each time."""
        return self._sources.get()

    def standing(self) -> Standing:
        """Give how the archive stands, not looked at anew each time."""
        return self._standing.get()


def attach(app: Flask, services: Services) -> None:
    """Give an application its services."""
    app.extensions[_NAME] = services


def services() -> Services:
    """Give the services of the application that answers."""
    found: Services = current_app.extensions[_NAME]
    return found


def desk() -> Desk:
    """Give the desk of the application that answers."""
    return services().desk
