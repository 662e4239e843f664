"""What a reader does once, so that each of its children need not.

A first page is read before any other: what it makes the libraries load is shared by the children
(modules, codecs, the fonts that no file needs to carry).
"""

import tempfile
from contextlib import suppress
from pathlib import Path

from ingest.reader.jobs import read
from ingest.reader.verdicts import Refused

_PARTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<<"
    b"/A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    b"/B<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>>>>>",
)
# Words of either font, then a black box over the first: the page is drawn to look beneath it.
_DRAWN = (
    b"BT /A 12 Tf 10 80 Td (Released records) Tj ET BT /B 12 Tf 10 50 Td (Page 1) Tj ET "
    b"8 78 60 16 re f"
)
# From eight calls on Python looks for a faster form of a function; it settles after some more.
_TIMES = 30


def warm() -> None:
    """Read a small page of our own; nothing is wrong where that fails, only slower.

    More than once: Python makes what runs often faster, and writes that into the code itself.
    """
    with suppress(OSError, Refused), tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.pdf"
        page.write_bytes(_file())
        for _ in range(_TIMES):
            read(page, Path(folder) / "reading", lambda count: None)


def _file() -> bytes:
    """Write the page as a PDF without a table of its objects; pdfium makes that up."""
    drawn = b"<</Length %d>>stream\n%s\nendstream" % (len(_DRAWN), _DRAWN)
    objects = b"".join(
        b"%d 0 obj%s endobj\n" % (number, part)
        for number, part in enumerate((*_PARTS, drawn), start=1)
    )
    return b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R>>\n%%EOF\n"
