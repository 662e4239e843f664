"""Reads the documents that wait: takes work, asks the readers, stores what they found."""

import time
from contextlib import ExitStack
from dataclasses import replace
from threading import Event

from archive import logs, work
from archive.attaching import Attached, keep_attachments
from archive.attempts import Attempt, Hold
from archive.crews import Crew, Duty, Progress, Report, work_off, work_off_alone
from archive.documents import READ
from archive.known_masks import with_known_masks
from archive.logs import Log
from archive.opening import Archive
from archive.outcomes import refuse_document, refuse_set_aside, store_reading
from archive.reading_client import Readers, ReadResult
from archive.taken_out import Attachments
from archive.work import Work

_log = Log(__name__)


def read_waiting(archive: Archive, readers: Readers, report: Report | None = None) -> Progress:
    """Read all documents that wait, as many at once as there are readers.

    `report` is called about once a second, and at the end, from the thread that called.
    """
    progress = work_off(archive, readers, READING, report)
    refuse_set_aside(archive)
    return progress


def read_leftovers(archive: Archive, readers: Readers, stop: Event) -> None:
    """Read what waits, unless another process of this machine is at it, until told to stop.

    Who tells it to stop ends the readers, too; what they had in hand counts as not tried.
    """
    work_off_alone(archive, readers, READING, stop.is_set)
    refuse_set_aside(archive)


def read_one(archive: Archive, readers: Readers, taken: Work, *, is_short: bool = False) -> int:
    """Read one document that was taken, and store what came of it; gives its number of pages.

    0 for one that cannot be read. One whose reading dies is tried again, three times in all. Where
    its lease `is_short`, it is renewed. What somebody else took meanwhile is not stored.
    """

    def refuse(reason: str, held: Work) -> None:
        refuse_document(archive, held.subject, "", reason, taken=held)

    with logs.task():
        began = time.monotonic()
        hold = Hold(archive, taken, is_short=is_short)
        attempt = Attempt(archive=archive, hold=hold, what="its reading", refuse=refuse)
        pages = attempt.run(lambda: _read_held(attempt, readers))
        seconds = round(time.monotonic() - began, 2)
        _log.info("document taken up", document=taken.subject[:8], pages=pages, seconds=seconds)
    return pages


def _do(archive: Archive, readers: Readers, taken: Work, crew: Crew) -> bool:
    pages = read_one(archive, readers, taken)
    crew.tell(pages)
    return pages > 0


READING = Duty(name="reading", task=READ, do=_do)


def _read_held(attempt: Attempt, readers: Readers) -> int:
    archive, sha256 = attempt.archive, attempt.hold.work.subject
    with ExitStack() as scratch:
        with attempt.hold.renewing():
            archive.files.checked_path(sha256)
            with archive.files.held(sha256) as original:
                result = readers.read(original)
                scratch.callback(result.discard)
                taken = readers.take_attachments(original) if _may_hold_files(result) else None
            if taken is not None:
                scratch.callback(taken.discard)
            attached = _kept(archive, sha256, taken)
        attempt.hold.confirmed()
        if taken is not None and _is_left(attempt, taken):
            return 0
        return _store(
            attempt, replace(result, document=replace(result.document, attached=attached))
        )


def _is_left(attempt: Attempt, taken: Attachments) -> bool:
    """Let a document wait again whose attachments are still to be taken out; True where it does."""
    held = attempt.hold.work
    if taken.verdict == "ended":
        work.put_back(attempt.archive, held, is_tried=False)
        return True
    is_dead = taken.verdict == "crashed" and held.attempts < work.MAX_ATTEMPTS
    if is_dead:
        attempt.count("died", taken.reason)
    return is_dead


def _may_hold_files(result: ReadResult) -> bool:
    return result.is_ok and result.has_attachments


def _kept(archive: Archive, sha256: str, taken: Attachments | None) -> list[Attached]:
    """Keep the bytes of what was taken out of a document, none when nothing is attached to it."""
    if taken is None or taken.verdict == "ended":
        return []
    return keep_attachments(archive, sha256, taken)


def _store(attempt: Attempt, result: ReadResult) -> int:
    """Store what came of reading a document; gives its number of pages."""
    archive, held = attempt.archive, attempt.hold.work
    if result.is_ok and result.reading_path is not None:
        path = result.reading_path
        read = with_known_masks(archive, held.subject, path, result.document)
        store_reading(archive, held.subject, path, read, held)
        return len(result.document.pages)
    if result.verdict == "ended":
        work.put_back(archive, held, is_tried=False)
    elif result.verdict == "crashed" and held.attempts < work.MAX_ATTEMPTS:
        attempt.count("died", result.reason)
    else:
        reason = result.reason
        if result.verdict == "crashed":
            reason = attempt.said("died", reason)
        refuse_document(
            archive,
            held.subject,
            result.document.reader_version,
            reason,
            is_unexamined=result.is_unexamined,
            taken=held,
        )
    return 0
