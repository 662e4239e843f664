"""The sources that can be crawled: one short declaration each."""

from collections.abc import Mapping

from archive.sources import Source
from crawlers.rooms.declaring import declared_rooms

_ROOM = "crawlers.spiders.reading_room:ReadingRoom"

SOURCES: Mapping[str, Source] = {
    source.name: source
    for source in (
        Source(
            name="usaspending_awards",
            spider="crawlers.spiders.usaspending_awards:UsaspendingAwards",
            what="Federal awards with all their modifications and sub-awards, by search.",
            terms="Public domain (U.S. Government work); no key, no published limit.",
            cadence="Loaded nightly; DoD awards appear after 90 days.",
            plausible="As many as the service counts for the same question, give or take 1 %.",
        ),
        Source(
            name="usaspending_bulk",
            spider="crawlers.spiders.usaspending_bulk:UsaspendingBulk",
            what="Actions and sub-awards of whole agencies, in files made on demand or monthly.",
            terms="Public domain (U.S. Government work); no key, no published limit.",
            cadence="Made on demand from nightly loads; the archive is made anew each month.",
            plausible="As many rows as announced; no month missing or half as big.",
        ),
        *(
            Source(
                name=room.name,
                spider=_ROOM,
                what=room.what,
                terms=room.terms,
                cadence=room.cadence,
                plausible=room.plausible,
            )
            for room in declared_rooms().values()
        ),
    )
}
