"""Pages whose word lies beneath an annotation, written by hand: no library draws these kinds."""

from tests.drawn.hostile import objects, stream
from tests.drawn.redacted import HIDDEN

# Kinds that are no drawing tools, and one that nobody has heard of.
KINDS = (
    "Link",
    "Watermark",
    "Screen",
    "FileAttachment",
    "Text",
    "Movie",
    "Sound",
    "RichMedia",
    "3D",
    "PrinterMark",
    "Projection",
    "TrapNet",
    "Blackout",
)
# Left, bottom, right, top: around the word, around its first letter, below the line.
OVER = (196, 716, 270, 734)
ON_A_LETTER = (199, 716, 217, 734)
BELOW = (196, 600, 270, 618)


def annotated(
    kind: str,
    place: tuple[int, int, int, int] = OVER,
    *,
    word: str = HIDDEN,
    has_appearance: bool = True,
) -> bytes:
    """Write a page with a word, and an annotation with a black box for its appearance."""
    left, bottom, right, top = place
    appearance = b"/AP << /N 7 0 R >>" if has_appearance else b""
    wide, high = right - left, top - bottom
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Annots [6 0 R]"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        stream(b"BT /F 11 Tf 72 720 Td (The officer named) Tj 128 0 Td (%b) Tj ET" % word.encode()),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Annot /Subtype /%b /Rect [%d %d %d %d] /F 4 %b >>"
        % (kind.encode(), *place, appearance),
        stream(
            b"0 0 %d %d re f" % (wide, high),
            b"/Type /XObject /Subtype /Form /BBox [0 0 %d %d]" % (wide, high),
        ),
    )
