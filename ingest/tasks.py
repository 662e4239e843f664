"""Units of work by name, for whoever takes them from the catalogue."""

from archive import indexing, settings, work
from archive.documents import READ
from archive.opening import open_archive
from archive.reading_client import Readers
from archive.reading_work import read_one


def read_document() -> bool:
    """Take one document that waits, read and index it; gives False when none waited."""
    with open_archive(settings.load()) as archive, Readers(1) as readers:
        taken = work.take(archive, READ)
        for one in taken:
            read_one(archive, readers, one)
        indexing.drain(archive)
    return bool(taken)
