"""Words with other text printed over them: boxes that a font calls letters, and dashes as bars."""

from collections.abc import Callable

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from tests.drawn.hostile import objects, stream
from tests.drawn.redacted import BASE, HIDDEN
from tests.drawn.sheets import drawn, lines

_LEFT, _BOTTOM = 200.0, 720.0
_BOX = b"BT /B 1 Tf 74 0 0 16 196 716 Tm (x) Tj ET "

Draw = Callable[[Canvas], None]


def _by_font(content: bytes, *, width: int = 1000, code: int = 120) -> bytes:
    """Write a page whose font B has one glyph, a black box of 1 by 1 that is called by a code."""
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R /B 6 0 R >> /XObject << /X 8 0 R >> >> >>",
        stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0]"
        b" /CharProcs << /box 7 0 R >> /Encoding << /Type /Encoding /Differences [%d /box] >>"
        b" /FirstChar %d /LastChar %d /Widths [%d] >>" % (code, code, code, width),
        stream(b"1000 0 0 0 1000 1000 d1 0 0 1000 1000 re f"),
        stream(
            _BOX,
            b"/Type /XObject /Subtype /Form /BBox [0 0 612 792]"
            b" /Resources << /Font << /B 6 0 R >> >>",
        ),
    )


def _base(word: str) -> bytes:
    return b"BT /F 11 Tf 72 720 Td (%b) Tj 128 0 Td (%b) Tj ET " % (
        BASE[0].encode(),
        word.encode(),
    )


def _boxes_that_overlap(word: str) -> bytes:
    """Each box hides a part of the box before it, too."""
    each = (b"BT /B 1 Tf 14 0 0 16 %d 716 Tm (x) Tj ET " % left for left in range(196, 266, 8))
    return _by_font(_base(word) + b"".join(each))


def _word(canvas: Canvas, word: str) -> None:
    lines(canvas, BASE)
    canvas.drawString(_LEFT, _BOTTOM, word)


def _dashes(canvas: Canvas, left: float, count: int) -> None:
    text = canvas.beginText(left, 704)
    text.setFont("Helvetica", 60)
    text.setTextRenderMode(2)
    text.textOut("-" * count)
    canvas.setLineWidth(14)
    canvas.drawText(text)


def _dashed(word: str) -> bytes:
    def page(canvas: Canvas) -> None:
        _word(canvas, word)
        _dashes(canvas, 192, 5)

    return drawn(page)


def _dash_by_dash(word: str) -> bytes:
    def page(canvas: Canvas) -> None:
        _word(canvas, word)
        for number in range(5):
            _dashes(canvas, 192 + 18 * number, 1)

    return drawn(page)


BADLY: dict[str, Callable[[str], bytes]] = {
    "box": lambda word: _by_font(_base(word) + _BOX),
    "box_called_a_space": lambda word: _by_font(_base(word) + _BOX.replace(b"x", b" "), code=32),
    "box_without_width": lambda word: _by_font(_base(word) + _BOX, width=0),
    "box_in_form": lambda word: _by_font(_base(word) + b"q 1 0 0 1 0 0 cm /X Do Q"),
    "box_in_moved_form": lambda word: _by_font(
        _base(word).replace(b"720 Td", b"620 Td") + b"q 1 0 0 1 0 -100 cm /X Do Q"
    ),
    "box_stamped": lambda word: _by_font(
        _base(word) + _BOX + b"1 g BT /F 9 Tf 200 720 Td (\\(b\\)\\(7\\)\\(E\\)) Tj ET"
    ),
    "boxes_that_overlap": _boxes_that_overlap,
    "dashes": _dashed,
    "dash_by_dash": _dash_by_dash,
}


def badly(name: str, word: str = HIDDEN) -> bytes:
    """Draw a failed redaction by other text; without a word, what is seen of it."""
    return BADLY[name](word)


def _watermark(canvas: Canvas, *, degrees: float) -> None:
    """An opaque one in thick letters over 12 lines: some short words lie below their strokes."""
    canvas.setFont("Helvetica", 11)
    for number in range(12):
        canvas.drawString(72, 700 - 15 * number, "Draft terms of a lease to be let as it is " * 2)
    canvas.saveState()
    canvas.translate(110, 540)
    canvas.rotate(degrees)
    canvas.setFillGray(0.7)
    canvas.setFont("Helvetica-Bold", 120)
    canvas.drawString(0, 0, "DRAFT")
    canvas.restoreState()


def _shadow(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 20)
    canvas.setFillGray(0.6)
    canvas.drawString(_LEFT + 1, _BOTTOM - 1, "Shaded")
    canvas.setFillGray(0)
    canvas.drawString(_LEFT, _BOTTOM, "Shaded")


def _printed_twice(canvas: Canvas) -> None:
    for offset in (0, 0, 0.3):
        canvas.drawString(_LEFT + offset, _BOTTOM, "Doubled")


def _filled_in(canvas: Canvas) -> None:
    """Answers, and then the line of questions with room for them."""
    canvas.drawString(104, 700, "Quarrywood")
    canvas.drawString(72, 700, "Name" + " " * 30 + "Date")


def _crossed_by_dashes(canvas: Canvas) -> None:
    canvas.drawString(_LEFT, _BOTTOM, "Amended")
    canvas.drawString(_LEFT - 2, _BOTTOM, "-" * 14)


def _close_lines(canvas: Canvas) -> None:
    for number in range(10):
        canvas.drawString(72, 680 - 8 * number, f"Typed closely (jg) {number}")


def _translucent_letters(canvas: Canvas) -> None:
    canvas.drawString(_LEFT, _BOTTOM, "Copied terms")
    canvas.setFillColor(Color(0, 0, 0, alpha=0.2))
    canvas.setFont("Helvetica-Bold", 90)
    canvas.drawString(_LEFT - 40, _BOTTOM - 30, "COPY")


# Name → what is drawn, and the words that must stay in the text.
DECOYS: dict[str, tuple[Draw, str]] = {
    "watermark": (lambda canvas: _watermark(canvas, degrees=0), "Draft terms of a lease"),
    "turned_watermark": (lambda canvas: _watermark(canvas, degrees=30), "Draft terms of a lease"),
    "shadow": (_shadow, "Shaded"),
    "printed_twice": (_printed_twice, "Doubled"),
    "filled_in": (_filled_in, "Quarrywood"),
    "crossed_by_dashes": (_crossed_by_dashes, "Amended"),
    "close_lines": (_close_lines, "Typed closely (jg) 9"),
    "translucent_letters": (_translucent_letters, "Copied terms"),
}


def decoy(name: str) -> bytes:
    """Draw text over text that hides nothing."""
    return drawn(DECOYS[name][0])
