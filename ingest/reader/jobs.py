"""The jobs of a reading child: read a document, draw a page, recognise the words of one."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from archive.readings import PageReading, pack
from archive.remarks import REPAIRED, UNSEEN_FORM
from ingest.reader import verdicts
from ingest.reader.equal import content_key
from ingest.reader.facts import facts
from ingest.reader.forms import has_attachments, is_attached_to, is_unseen_form
from ingest.reader.opened import opened, opened_page, page_count
from ingest.reader.pages import ReadPage, read_page
from ingest.reader.pictures import paint_over, painted_page
from ingest.reader.rendering import sheet
from ingest.reader.verdicts import Refused

_TITLE_BYTES = 2_000

Answer = dict[str, Any]


def read(path: Path, output: Path, say_pages: Callable[[int], None]) -> Answer:
    """Read all pages into a packed reading, and give a summary of it.

    `say_pages` hears how many there are as soon as that is known.

    Raises:
        Refused: the document cannot be read, or a limit stops it.
    """
    remarks: list[str] = []
    with opened(path, lambda: remarks.append(REPAIRED)) as document:
        count = page_count(document)
        say_pages(count)
        is_attached = has_attachments(document)
        summary: Answer = {"pages": [], "remarks": remarks, "has_attachments": is_attached}
        with output.open("wb") as file:
            pack(_pages(document, count, summary), file)
    if not any(page["is_open"] for page in summary["pages"]):
        raise Refused(verdicts.DAMAGED, "damaged: none of its pages can be opened")
    return summary


def _pages(document: Any, count: int, summary: Answer) -> Iterator[PageReading]:
    for number in range(1, count + 1):
        with opened_page(document, number) as page:
            done = read_page(page, number, with_heights=number == 1)
            reading = replace(done.reading, content_key=content_key(done.reading, done.images))
            is_open = page is not None
            summary["has_attachments"] |= is_open and is_attached_to(page)
        if number == 1:
            summary |= _facts(document, done)
            if is_unseen_form(document, reading.text):
                summary["remarks"].append(UNSEEN_FORM)
        summary["pages"].append(_page_summary(reading, is_open=is_open))
        yield reading


def _page_summary(page: PageReading, *, is_open: bool) -> Answer:
    known = page.redactions if page.is_known_redacted else None
    return {
        "words": len(page.words),
        "text_from": page.text_from,
        "confidence": page.confidence,
        "characters_beneath_boxes": page.characters_beneath_boxes,
        "masked": page.masked,
        "boxes": len(known.boxes) if known else None,
        "covered_percent": known.covered_percent if known else None,
        "exemptions": page.redactions.codes,
        "is_withheld": page.redactions.is_withheld,
        "content_key": page.content_key,
        "is_open": is_open,
    }


def _facts(document: Any, first: ReadPage) -> Answer:
    found = facts(first, _metadata_title(document))
    return {"title": found.title, "dated_on": found.dated_on, "type": found.type}


def take_attachments(path: Path, folder: Path) -> Answer:
    """Take the files that are attached to a document out, into a new folder.

    Raises:
        Refused: it cannot be opened, or a limit stops it.
    """
    # Only here: few documents have any, and its library takes longer to load than a letter to read.
    from ingest.reader.attachments import attachments

    return attachments(path, folder)


def _metadata_title(document: Any) -> str:
    buffer = ctypes.create_string_buffer(_TITLE_BYTES)
    size = pdfium.FPDF_GetMetaText(document, b"Title", buffer, _TITLE_BYTES)
    if not 2 < size <= _TITLE_BYTES:
        return ""
    text = buffer.raw[: size - 2].decode("utf-16-le", "ignore")
    return text if text.isprintable() else ""


def picture(
    path: Path, output: Path, number: int, width_px: int, paint: Sequence[Sequence[float]] = ()
) -> Answer:
    """Draw one page as a PNG of flat pixels, so many pixels wide.

    Painted over: personal numbers, and what is only marked for redaction. `paint` are more places:
    left, top, right and bottom in points of the upright page.

    Raises:
        Refused: there is no such page, or a limit stops it.
    """
    with opened(path) as document:
        _see_there_is(document, number)
        with opened_page(document, number) as page:
            if page is None:
                raise Refused(verdicts.DAMAGED, f"damaged: page {number} cannot be opened")
            scale = width_px / max(sheet(page).width, 1e-3)
            drawn, _ = painted_page(page, number, scale)
    paint_over(drawn, scale, paint)
    drawn.save(output, "PNG")
    return {}


def recognise(path: Path, output: Path, number: int, models: Path) -> Answer:
    """Recognise the words in the picture of a page, as people see it; pack the page alone.

    Of a first page, the facts of the document are given as well.

    Raises:
        Refused: there is no such page, or a limit stops it.
    """
    # Only here: two seconds of work are worth loading it, a reading is not.
    from ingest.reader.recognising import recognised

    with opened(path) as document:
        _see_there_is(document, number)
        done = recognised(document, number, models)
        found = _recognised_facts(document, done.page, done.sure) if number == 1 else {}
    with output.open("wb") as file:
        pack([replace(done.page.reading, number=1)], file)
    return found


def _recognised_facts(document: Any, whole: ReadPage, sure: ReadPage) -> Answer:
    """Give the facts that are the same with the lines that are not sure and without them."""
    found, by_sure = _facts(document, whole), _facts(document, sure)
    return {name: value if by_sure[name] == value else "" for name, value in found.items()}


def _see_there_is(document: Any, number: int) -> None:
    count = page_count(document)
    if not 1 <= number <= count:
        raise Refused(verdicts.NO_SUCH_PAGE, f"it has {count} pages, and no page {number}")
