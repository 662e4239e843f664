"""Runs one crawl of a reading room: begins the run, lets the spider walk, ends the run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from archive import runs
from archive.crawling import alone
from archive.opening import Archive
from crawlers.days import end_run
from crawlers.manners import manners, one_by_one
from crawlers.papers.bringing import papers_given
from crawlers.rooms.place import Place
from crawlers.rooms.room import Room
from crawlers.spiders.reading_room import ReadingRoom
from crawlers.visiting import Visit, visit
from crawlers.writing import Writer, Written

# Facts about any of these hosts are few; a page or file a second troubles none.
_PAUSE_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """How a crawl of a room ended."""

    room: Room
    place: Place
    written: Written
    was_resumed: bool
    stopped_by: Exception | None
    is_finished: bool
    limit: int

    @property
    def counts(self) -> dict[str, Any]:
        """What the run keeps."""
        return self.written.as_dict() | self.place.as_dict()


def crawl_room(
    archive: Archive,
    room: Room,
    limit: int,
    tell: Callable[[int, float | None], None],
    say: Callable[[str], None],
) -> Walked:
    """Crawl a room; an error that stopped it is in the result, with what was written before.

    Raises:
        SettingError: a live room without a contact.
        Busy: somebody crawls it now.
    """
    address = room.start[0]
    settings = manners(archive.settings, address) | one_by_one(address, _PAUSE_S)
    question = {"start": list(room.start), "limit": limit}
    with alone(archive, room.name):
        run = runs.begin(archive, room.name, question)
        if run.cursor:
            say("A crawl was interrupted: walks the pages anew; the files that came are kept.")
        place = Place()
        writer = Writer(archive, run.id, Written.of(run.counts), source=room.name)
        given = {
            "name": room.name,
            "source": room.name,
            "address": address,
            "room": room,
            "place": place,
            "limit": limit,
            "unlisted_before": _unlisted_before(archive, room, question),
            "writer": writer,
            "tell": tell,
            **papers_given(archive.settings),
        }
        one = Visit(kind=ReadingRoom, given=given)
        visit(settings, one)
        writer.close()
        walked = Walked(
            room=room,
            place=place,
            written=writer.written,
            was_resumed=bool(run.cursor),
            stopped_by=one.spider.stopped_by,
            is_finished=one.spider.is_finished,
            limit=limit,
        )
        stopped_by, is_finished = walked.stopped_by, walked.is_finished
        end_run(archive, run.id, walked.counts, stopped_by, is_finished=is_finished)
    return walked


def _unlisted_before(archive: Archive, room: Room, question: Mapping[str, Any]) -> frozenset[str]:
    """Give the files that no page listed any more when the room was last crawled to its end."""
    last = runs.done(archive, room.name, question)
    return frozenset(last.counts.get("unlisted", [])) if last else frozenset()
