"""Forms whose content is not in their pages: XFA, which only some viewers of Adobe's draw."""

from typing import Any

import pypdfium2.raw as pdfium

# What such a form prints where it is not drawn.
_PLEASE_WAIT = "please wait"
_LOOKED_AT = 400


def is_unseen_form(document: Any, first_page: str) -> bool:
    """Ask whether a document is a form that its pages do not show; `first_page` is its text.

    Forms of both kinds carry XFA. One that says that it has to be drawn, or prints a
    request to wait, has nothing else in its pages; others have their fields there as well.
    """
    kind = pdfium.FPDF_GetFormType(document)
    if kind == pdfium.FORMTYPE_XFA_FULL:
        return True
    is_waiting = _PLEASE_WAIT in first_page[:_LOOKED_AT].casefold()
    return bool(kind == pdfium.FORMTYPE_XFA_FOREGROUND and is_waiting)


def has_attachments(document: Any) -> bool:
    """Ask whether files are embedded in a document as a whole; a portfolio has them there too."""
    return int(pdfium.FPDFDoc_GetAttachmentCount(document)) > 0


def is_attached_to(page: Any) -> bool:
    """Ask whether a file is attached to a place on a page."""
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if annotation:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
            if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                return True
    return False


_MOST = 5_000
