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
from search_app.pictures import Pictures

_NAME = "paperwatch"
_COUNTED_FOR_S = 10.0
# Counting the sources may take long; it is done for a twentieth of the time at most.
_SOURCES_FOR_S = 30.0
_SHARE = 20


@dataclass(slots=True, kw_only=True)
class Services:
    """The parts that live as long as the application."""

    desk: Desk
    pictures: Pictures
    _counted: tuple[float, Holdings] | None = None
    _chosen: tuple[Holdings, Examples] | None = None
    _counting: Lock = field(default_factory=Lock)
    _choosing: Lock = field(default_factory=Lock)
    _sources: tuple[float, Counted] | None = None
    _counting_sources: Lock = field(default_factory=Lock)

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
        with self._counting_sources:
            began_s = time.monotonic()
            if self._sources is None or began_s > self._sources[0]:
                counted = count_sources(self.desk)
                ended_s = time.monotonic()
                kept_s = max(_SOURCES_FOR_S, _SHARE * (ended_s - began_s))
                self._sources = (ended_s + kept_s, counted)
            return self._sources[1]


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
