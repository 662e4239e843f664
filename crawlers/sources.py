"""The sources that can be crawled: one short declaration each."""

from collections.abc import Mapping

from archive.sources import Source
from crawlers.rooms.declaring import declared_rooms
from crawlers.rooms.room import Room


def source_of(room: Room) -> Source:
    """Give what a reading room says of itself as a source."""
    return Source(
        name=room.name,
        spider="crawlers.spiders.reading_room:ReadingRoom",
        what=room.what,
        terms=room.terms,
        cadence=room.cadence,
        plausible=room.plausible,
    )


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
        Source(
            name="muckrock_requests",
            spider="crawlers.spiders.muckrock_requests:MuckrockRequests",
            what="Requests to agencies of all levels, with the files that these sent in answer.",
            terms="Public requests alone; no published limit; a token for version 2.",
            cadence="All day; a request changes until it is closed, and sometimes after.",
            plausible="As many requests as the service counts, where all are asked for.",
        ),
        Source(
            name="documentcloud_documents",
            spider="crawlers.spiders.documentcloud_documents:DocumentcloudDocuments",
            what="Documents that newsrooms and requesters made public, by DocumentCloud's search.",
            terms="Public documents alone; 500 questions a day without a token.",
            cadence="All day; a document may be replaced, or made private.",
            plausible="As many documents as the search counts, where all are asked for.",
        ),
        *(source_of(room) for room in declared_rooms().values()),
    )
}
