"""Reads the documents that a crawl brought, before its command ends."""

from collections.abc import Callable

from archive import indexing
from archive.documents import pages_waiting
from archive.opening import Archive
from archive.progress import Progress
from archive.queues import depths
from archive.reading_client import Readers
from archive.reading_work import read_waiting
from archive.recogniser import lacking
from archive.recognising_work import recognise_waiting

Say = Callable[[str], None]


def read_documents(archive: Archive, say: Say) -> int:
    """Read what waits, then recognise scanned pages; gives how many documents were read.

    On a cluster the workers do it. What was read is found while scanned pages are recognised.
    """
    if archive.settings.has_workers or not _waits(archive, "read"):
        return 0
    told = Progress("documents read")
    with Readers(archive.settings.whole_number("READERS")) as readers:
        read = read_waiting(
            archive, readers, lambda going: told.tell_of(going.documents, going.waiting)
        )
        left = pages_waiting(archive)
        if left and (reason := lacking(archive.settings)):
            say(reason)
        elif left:
            indexing.catch_up(archive)
            scanned = Progress("scanned pages recognised")
            recognise_waiting(archive, readers, lambda going: scanned.tell_of(going.pages, left))
    return read.documents


def _waits(archive: Archive, queue: str) -> bool:
    return any(one.waiting or one.lost for one in depths(archive) if one.queue == queue)
