"""How sure it is what was recognised in scanned pages, in words."""

from collections.abc import Iterable

from archive.outcomes import PageSummary
from archive.readings import TextFrom
from archive.status import POOR

# Below this one word in ten is read wrongly, and below POOR one in six (measured on drawn pages).
_FAIR = 90

LACKING = (
    "The words of scanned pages are not recognised on this server. Its operator can install"
    " tesserocr and Tesseract's model eng.traineddata."
)


def read_how(confidence: int | None) -> str:
    """Say how well a page was read: well, fairly well, poorly; '' where nothing was."""
    if confidence is None:
        return ""
    return "poorly" if confidence < POOR else "fairly well" if confidence < _FAIR else "well"


def poor_pages(pages: Iterable[PageSummary]) -> tuple[int, ...]:
    """List the pages that were read poorly, whose words a search may miss."""
    return tuple(one.number for one in pages if one.is_poor)


def pages_from(pages: Iterable[PageSummary], origin: TextFrom) -> tuple[int, ...]:
    """List the pages whose text comes from one origin."""
    return tuple(one.number for one in pages if one.text_from == origin)
