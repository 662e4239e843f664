"""Opening a PDF and its pages; every failure is a verdict."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from archive.kinds import KIND_BYTES, why_no_pdf
from ingest.reader import verdicts
from ingest.reader.repairing import NO_PAGE, NO_STRUCTURE, PROTECTED, repaired
from ingest.reader.verdicts import Refused


def _nothing() -> None:
    """Hear that it was repaired, and do nothing."""


@contextmanager
def opened(path: Path, on_repair: Callable[[], None] = _nothing) -> Iterator[Any]:
    """Open a PDF, with the empty password when it is encrypted.

    One that is damaged is repaired once, in memory; `on_repair` hears of it.

    Raises:
        Refused: it is empty, no PDF, protected or damaged beyond repair.
    """
    look_at_first_bytes(path)
    document = pdfium.FPDF_LoadDocument(str(path).encode(), None)
    whole = b""  # has to stay as long as the document
    try:
        if _is_broken(document):
            pdfium.FPDF_CloseDocument(document)
            document = None
            whole = repaired(path)
            document = pdfium.FPDF_LoadMemDocument64(whole, len(whole), None)
            if _is_broken(document):
                raise Refused(verdicts.DAMAGED, NO_PAGE if document else NO_STRUCTURE)
            on_repair()
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _is_broken(document: Any) -> bool:
    """Ask whether a document has no page that can be found, or could not be opened.

    Raises:
        Refused: it is protected.
    """
    if document:
        count = min(pdfium.FPDF_GetPageCount(document), verdicts.PAGES)
        return not any(_is_found(document, number) for number in range(count))
    error = pdfium.FPDF_GetLastError()
    if error == pdfium.FPDF_ERR_PASSWORD:
        raise Refused(verdicts.PASSWORD, PROTECTED)
    if error == pdfium.FPDF_ERR_SECURITY:
        raise Refused(verdicts.PASSWORD, "protected by a method that is not known")
    return True


def _is_found(document: Any, index: int) -> bool:
    """Ask whether a page is where the tree of pages says; that alone does not open it."""
    size = pdfium.FS_SIZEF()
    return bool(pdfium.FPDF_GetPageSizeByIndexF(document, index, size))


def look_at_first_bytes(path: Path) -> None:
    """See that a file begins as a PDF.

    Raises:
        Refused: it is empty, or no PDF.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    first = os.read(descriptor, KIND_BYTES)
    os.close(descriptor)
    if reason := why_no_pdf(first):
        raise Refused(verdicts.NOT_A_PDF if first else verdicts.EMPTY, reason)


def page_count(document: Any) -> int:
    """Count the pages.

    Raises:
        Refused: there are more than the limit.
    """
    count = int(pdfium.FPDF_GetPageCount(document))
    if count > verdicts.PAGES:
        raise Refused(
            verdicts.LIMIT_PAGES, f"it has {count:,} pages; at most {verdicts.PAGES:,} are read"
        )
    return count


def has_objects(page: Any) -> bool:
    """Ask whether anything is drawn on a page: one without text may be a picture of one."""
    return int(pdfium.FPDFPage_CountObjects(page)) > 0


@contextmanager
def opened_page(document: Any, number: int) -> Iterator[Any]:
    """Open a page, counted from 1; gives None when the page is damaged."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)
