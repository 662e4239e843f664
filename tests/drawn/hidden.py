"""Files with words beneath boxes in every way that there is, each word nonsense.

Drawn one by one, by seed, in scans and text layers, attached to files; named in what a file says of
itself, where no page shows it.
"""

import io
import re
from collections.abc import Callable
from functools import partial

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from tests.drawn import annotated, attached, hostile, ledger, overprinted, pictures, redacted, scans
from tests.drawn.redacted import HIDDEN, HIDDEN_LONGER
from tests.drawn.released import document
from tests.drawn.released.words import ENDS, MIDDLES, STARTS
from tests.drawn.sheets import drawn, lines

# What stands nowhere but beneath boxes, in small letters.
NONSENSE = re.compile(
    f"{HIDDEN}|{HIDDEN_LONGER}|(?:{'|'.join(STARTS)})(?:{'|'.join(MIDDLES)})(?:{'|'.join(ENDS)})",
    re.IGNORECASE,
)
# Typed documents with a failed redaction; a page of a scan takes a second to recognise.
_SEEDS = (13, 33)


def told_elsewhere() -> bytes:
    """Draw a failed redaction whose word is the file's title and author, and a bookmark."""

    def page(canvas: Canvas) -> None:
        canvas.setTitle(f"Letter about {HIDDEN}")
        canvas.setAuthor(HIDDEN)
        canvas.bookmarkPage(HIDDEN)
        canvas.addOutlineEntry(f"Statement of {HIDDEN}", HIDDEN)
        lines(canvas, redacted.BASE)
        canvas.drawString(200, 720, HIDDEN)
        canvas.rect(196, 716, 74, 16, stroke=0, fill=1)

    return drawn(page)


def beneath_a_box_in_a_garbled_page() -> bytes:
    """Draw a page of garbled words, and a hidden one that is not."""

    def page(canvas: Canvas) -> None:
        lines(canvas, [_shifted(line) for line in (*scans.PROSE, *scans.PROSE)])
        canvas.drawString(72, 500, HIDDEN)
        canvas.rect(70, 496, 74, 16, stroke=0, fill=1)

    return drawn(page)


def _shifted(line: str) -> str:
    return "".join(sign if sign == " " else chr(ord(sign) + 1) for sign in line)


def beneath_and_beside(holder: bytes, *names: bytes) -> bytes:
    """Attach failed redactions to a file, under names of their own."""
    with pikepdf.open(io.BytesIO(holder)) as opened:
        for number, name in enumerate(names):
            body = redacted.boxed(0.1 * number, stamp="(b)(6)")
            opened.attachments[name.decode()] = body
        written = io.BytesIO()
        opened.save(written)
    return written.getvalue()


def _of_seed(seed: int) -> bytes:
    return document(seed).content


HIDING: dict[str, Callable[[], bytes]] = {
    **redacted.BADLY,
    **{f"over {name}": partial(overprinted.badly, name) for name in overprinted.BADLY},
    **{f"scan {name}": scans.BADLY[name] for name in ("black", "black_stamped_long")},
    **{f"picture {name}": pictures.BOXED[name] for name in ("black", "stamped", "dark on black")},
    **{f"seed {seed}": partial(_of_seed, seed) for seed in _SEEDS},
    "annotation": lambda: annotated.annotated("Square"),
    "marked": lambda: hostile.redact_annotation(HIDDEN),
    "marked on a scan": pictures.marked_on_scan,
    "over a scan": pictures.boxed_over_scan,
    "hatched": lambda: ledger.hidden_beneath_hatching("b7E", HIDDEN),
    "garbled": beneath_a_box_in_a_garbled_page,
    "told elsewhere": told_elsewhere,
    "attached": lambda: attached.holding(
        attached.File(name=b"annex.pdf", body=redacted.boxed(0.5, stamp="(b)(5)"))
    ),
    "attached to one": lambda: beneath_and_beside(redacted.boxed(0), b"one.pdf", b"two.pdf"),
}
