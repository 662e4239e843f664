"""Recognises the words of scanned pages: takes work, asks the readers page by page, stores them.

A reading says itself which of its pages are pictures still. So what a killed process had done is
not done again, and a document that was done finds nothing to do.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive import logs, work
from archive.attempts import Attempt, Hold
from archive.crews import Crew, Duty, Progress, Report, work_off, work_off_alone
from archive.documents import READ, RECOGNISE, pictures_left, reading_of
from archive.logs import Log
from archive.opening import Archive
from archive.outcomes import PageSummary, ReadDocument, store_recognised
from archive.reading_client import Readers, RecognisedPage
from archive.readings import PageReading, Reading, pack
from archive.recogniser import models
from archive.remarks import unpacked
from archive.work import Work

_log = Log(__name__)

# Stored after so many pages, or after a tenth of a document, so that a kill costs little and a
# long document is found by its first pages; each time the index reads the whole document.
_LEAST_PAGES, _PARTS = 20, 10


def recognise_waiting(archive: Archive, readers: Readers, report: Report | None = None) -> Progress:
    """Recognise all pages that wait, as many at once as there are readers.

    Where that cannot be done here (`archive.recogniser.lacking`), nothing is.
    """
    if models(archive.settings) is None:
        return Progress(waiting=0, began=time.monotonic())
    return work_off(archive, readers, _duty(archive, readers), report)


def recognise_leftovers(archive: Archive, readers: Readers, is_ended: Callable[[], bool]) -> None:
    """Recognise what waits until it is ended, or until a document waits to be read.

    That comes first: a fresh document is found after seconds, an old scan takes hours.
    """
    if models(archive.settings) is None:
        return

    def is_over() -> bool:
        return is_ended() or work.waiting(archive, READ) > 0

    work_off_alone(archive, readers, _duty(archive, readers), is_over)


def _duty(archive: Archive, readers: Readers) -> Duty:
    """Give the duty; where fewer documents wait than there are readers, they share its pages."""
    waiting = min(max(work.waiting(archive, RECOGNISE), 1), readers.count)
    at_once = readers.count // waiting

    def do(archive: Archive, readers: Readers, taken: Work, crew: Crew) -> bool:
        return recognise_one(archive, readers, taken, crew, at_once=at_once) > 0

    return Duty(name="recognising", task=RECOGNISE, do=do)


def recognise_one(
    archive: Archive,
    readers: Readers,
    taken: Work,
    crew: Crew,
    *,
    is_short: bool = False,
    at_once: int = 1,
) -> int:
    """Recognise the pages of one document that was taken, and store them; gives how many.

    A page whose child dies is tried again, three times in all; one that is beyond a limit is said.
    In either case the other pages are stored. Ended early, the document waits again as if untried.
    """

    def refuse(reason: str, held: Work) -> None:
        _set_aside(archive, held, reason)

    with logs.task():
        began = time.monotonic()
        hold = Hold(archive, taken, is_short=is_short)
        attempt = Attempt(archive=archive, hold=hold, what="recognising it", refuse=refuse)
        asking = _Pages(readers=readers, crew=crew, at_once=at_once)
        pages = attempt.run(lambda: _recognise(attempt, asking))
        seconds = round(time.monotonic() - began, 2)
        _log.info("pages recognised", document=taken.subject[:8], pages=pages, seconds=seconds)
    return pages


@dataclass(slots=True, kw_only=True)
class _Pages:
    """Asks the readers for pages, several at once, until the crew is ended."""

    readers: Readers
    crew: Crew
    at_once: int
    wrong: list[RecognisedPage] = field(default_factory=list)
    is_cut: bool = False

    def recognise(
        self, original: Path, numbers: Sequence[int], folder: Path
    ) -> dict[int, RecognisedPage]:
        """Give the pages that were recognised; those that were not are noted."""

        def one(number: int) -> RecognisedPage | None:
            if self.crew.is_ended():
                return None
            page = self.readers.recognise(original, number, folder)
            self.crew.tell(page.page is not None)
            return page

        with ThreadPoolExecutor(self.at_once) as pool:
            asked = list(pool.map(one, numbers))
        answers = [page for page in asked if page is not None and page.verdict != "ended"]
        self.is_cut = len(answers) < len(numbers)
        self.wrong += [page for page in answers if page.page is None]
        return {page.number: page for page in answers if page.page is not None}


def _recognise(attempt: Attempt, asking: _Pages) -> int:
    """Recognise the pages that are left, part by part; gives how many were."""
    archive, hold = attempt.archive, attempt.hold
    folder = models(archive.settings)
    left = _left(archive, hold.work.subject)
    size, done = max(_LEAST_PAGES, len(left) // _PARTS), 0
    for begin in range(0, len(left) if folder else 0, size):
        with hold.renewing(), archive.files.held(hold.work.subject) as original:
            found = asking.recognise(original, left[begin : begin + size], folder or Path())
        hold.confirmed()
        if found:
            _store(archive, hold.work, found)
            done += len(found)
            document = hold.work.subject[:8]
            _log.info("pages stored", document=document, done=done, of=len(left))
        if asking.is_cut:
            break
    _settle(attempt, asking, is_whole=folder is not None and not asking.is_cut)
    return done


def _settle(attempt: Attempt, asking: _Pages, *, is_whole: bool) -> None:
    archive, held = attempt.archive, attempt.hold.work
    if not is_whole:
        work.put_back(archive, held, is_tried=False)
    elif not asking.wrong:
        with archive.catalogue.writing() as connection:
            work.check_held(connection, held)
            work.finish(connection, RECOGNISE, held.subject)
    elif any(page.verdict == "crashed" for page in asking.wrong):
        attempt.count("died", _told(asking.wrong))
    else:
        attempt.refuse(_told(asking.wrong), held)


def _as_before(page: PageReading | None, before: PageReading) -> PageReading:
    """Give a page that was recognised, compared with others as before; else that from before."""
    return replace(page, content_key=before.content_key) if page else before


def _told(wrong: Sequence[RecognisedPage]) -> str:
    more = f" (and {len(wrong) - 1:,} more)" if len(wrong) > 1 else ""
    return f"page {wrong[0].number:,}{more} was not recognised: {wrong[0].reason}"


def _set_aside(archive: Archive, held: Work, reason: str) -> None:
    with archive.catalogue.writing() as connection:
        work.check_held(connection, held)
        work.set_aside(connection, RECOGNISE, held.subject, reason)
    _log.warning("pages not recognised", document=held.subject[:8], reason=reason)


def _left(archive: Archive, sha256: str) -> list[int]:
    """List the pages of a document that are pictures still; see that its bytes are whole."""
    reading_of(archive, sha256)
    archive.files.checked_path(sha256)
    return pictures_left(archive, sha256)


def _store(archive: Archive, held: Work, found: Mapping[int, RecognisedPage]) -> None:
    """Store the reading anew, with the pages that were recognised in it."""
    row = reading_of(archive, held.subject)
    pages: list[PageSummary] = []

    def merged(reading: Reading) -> Iterator[PageReading]:
        for number in range(1, reading.page_count + 1):
            here = found[number].page if number in found else None
            page = _as_before(here, reading.page(number))
            pages.append(PageSummary.of(page))
            yield page

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reading"
        archive.files.checked_path(row.reading_sha256)
        with (
            archive.files.held(row.reading_sha256) as kept,
            Reading.open(kept) as reading,
            path.open("wb") as file,
        ):
            pack(merged(reading), file)
        first = found.get(1)
        read = ReadDocument(
            reader_version=row.reader_version,
            title=first.title if first else row.title,
            dated_on=first.dated_on if first else row.dated_on,
            type=first.type if first else row.type,
            pages=pages,
            remarks=unpacked(row.remarks),
        )
        store_recognised(archive, held.subject, path, read, held)
