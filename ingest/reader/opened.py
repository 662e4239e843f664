"""Opening a PDF and its pages; every failure is a verdict."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from ingest.reader import verdicts
from ingest.reader.verdicts import Refused

_FIRST_BYTES = 1024


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """Open a PDF, with the empty password when it is encrypted.

    Raises:
        Refused: it is empty, no PDF, protected or damaged.
    """
    _look_at_first_bytes(path)
    document = pdfium.FPDF_LoadDocument(str(path).encode(), None)
    if not document:
        raise _refusal(pdfium.FPDF_GetLastError())
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _look_at_first_bytes(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    first = os.read(descriptor, _FIRST_BYTES)
    os.close(descriptor)
    if not first:
        raise Refused(verdicts.EMPTY, "the file is empty: it has 0 bytes")
    if b"%PDF-" not in first:
        raise Refused(
            verdicts.NOT_A_PDF, f"not a PDF: no %PDF- in its first {_FIRST_BYTES:,} bytes"
        )


def _refusal(error: int) -> Refused:
    if error == pdfium.FPDF_ERR_PASSWORD:
        return Refused(verdicts.PASSWORD, "protected: it cannot be opened without its password")
    if error == pdfium.FPDF_ERR_SECURITY:
        return Refused(verdicts.PASSWORD, "protected by a method that is not known")
    return Refused(verdicts.DAMAGED, "damaged: its structure cannot be read")


def page_count(document: Any) -> int:
    """Count the pages.

    Raises:
        Refused: there is none, or there are more than the limit.
    """
    count = int(pdfium.FPDF_GetPageCount(document))
    if count < 1:
        raise Refused(verdicts.DAMAGED, "damaged: no page in it can be found")
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
