"""Redactions done badly, done well, and what only looks like one.

The hidden words are nonsense that stands nowhere else.
"""

import io
from collections.abc import Callable

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.drawn.sheets import drawn, lines

HIDDEN = "zorblatt"
HIDDEN_LONGER = "quivenshaw"
BASE = ("The officer named", "reported to the unit.")

# Where the hidden word stands: beside the first line. A box around it is 70 by 16 points.
_LEFT, _BOTTOM = 200.0, 720.0
_BOX = (196.0, 716.0, 74.0, 16.0)


def _body(canvas: Canvas) -> None:
    lines(canvas, BASE)


def _word(canvas: Canvas, word: str = HIDDEN) -> None:
    canvas.setFillGray(0)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(_LEFT, _BOTTOM, word)


def _box(canvas: Canvas, grey: float, *, stroke: int = 0) -> None:
    canvas.setFillGray(grey)
    canvas.rect(*_BOX, fill=1, stroke=stroke)


def boxed(grey: float, *, stamp: str = "", word: str = HIDDEN) -> bytes:
    """A word with an opaque box over it, and perhaps an exemption printed on the box."""

    def page(canvas: Canvas) -> None:
        _body(canvas)
        _word(canvas, word)
        _box(canvas, grey, stroke=1)
        canvas.setFillGray(1 if grey < 0.5 else 0)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(_LEFT, _BOTTOM, stamp)

    return drawn(page, title=f"Report of {HIDDEN}")


def boxed_in_form() -> bytes:
    """Word and box inside a form XObject that is placed, scaled, on the page."""

    def page(canvas: Canvas) -> None:
        _body(canvas)
        canvas.beginForm("stencil")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(4, 4, HIDDEN)
        canvas.setFillGray(0)
        canvas.rect(0, 0, 74, 16, fill=1, stroke=0)
        canvas.endForm()
        canvas.translate(150, 500)
        canvas.scale(1.5, 1.5)
        canvas.doForm("stencil")

    return drawn(page)


def multiplied() -> bytes:
    """A word beneath a black box that is blended by multiplication, as a black marker does."""

    def page(canvas: Canvas) -> None:
        _body(canvas)
        _word(canvas)
        canvas.setBlendMode("Multiply")
        _box(canvas, 0)

    return drawn(page)


def struck_through() -> bytes:
    """A word beneath a stroke as thick as a line of text."""

    def page(canvas: Canvas) -> None:
        _body(canvas)
        _word(canvas)
        canvas.setLineWidth(16)
        canvas.line(196, 724, 270, 724)

    return drawn(page)


def black_on_black() -> bytes:
    """A black word printed on a black box, as a word processor's black highlight gives."""

    def page(canvas: Canvas) -> None:
        _body(canvas)
        _box(canvas, 0)
        _word(canvas)

    return drawn(page)


def pasted_over() -> bytes:
    """A word beneath a pasted picture that is all black."""

    def page(canvas: Canvas) -> None:
        _body(canvas)
        _word(canvas)
        canvas.drawImage(_flat((0, 0, 0)), *_BOX)

    return drawn(page)


def turned_page() -> bytes:
    """A word beneath a box on a page with /Rotate 90."""

    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(0, -200)  # the sheet is 612 high before it is turned
        _body(canvas)
        _word(canvas)
        _box(canvas, 0)

    return drawn(page)


def two_pages() -> bytes:
    """A clean first page, and a second one with a longer hidden word."""

    def second(canvas: Canvas) -> None:
        _body(canvas)
        _word(canvas, HIDDEN_LONGER)
        _box(canvas, 0)

    return drawn(_body, second)


def with_numbers_too() -> bytes:
    """A first page with a hidden word and a personal number, and one more number on the third."""

    def number(canvas: Canvas) -> None:
        lines(canvas, ["SSN: 219-09-9999"], top=600)

    def first(canvas: Canvas) -> None:
        number(canvas)
        _body(canvas)
        _word(canvas)
        _box(canvas, 0)

    return drawn(first, _body, number)


def _flat(colour: tuple[int, int, int]) -> ImageReader:
    file = io.BytesIO()
    Image.new("RGB", (40, 10), colour).save(file, "PNG")
    file.seek(0)
    return ImageReader(file)


BADLY: dict[str, Callable[[], bytes]] = {
    "black": lambda: boxed(0),
    "black_stamped": lambda: boxed(0, stamp="(b)(7)(E)"),
    "grey": lambda: boxed(0.5),
    "grey_stamped": lambda: boxed(0.7, stamp="(b)(6)"),
    "white": lambda: boxed(1),
    "white_stamped": lambda: boxed(1, stamp="(b)(6), (b)(7)(C)"),
    "in_form": boxed_in_form,
    "black_marker": multiplied,
    "thick_stroke": struck_through,
    "black_on_black": black_on_black,
    "black_picture": pasted_over,
    "turned": turned_page,
}


def _redacted_well(canvas: Canvas) -> None:
    _body(canvas)
    _box(canvas, 0)
    canvas.setFillGray(1)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(_LEFT, _BOTTOM, "(b)(7)(E)")


def _header_bar(canvas: Canvas) -> None:
    _box(canvas, 0)
    canvas.setFillGray(1)
    canvas.drawString(_LEFT, _BOTTOM, "Amount")
    _body(canvas)


def _shaded_cell(canvas: Canvas) -> None:
    _body(canvas)
    _box(canvas, 0.85)
    _word(canvas, "Total")


def _highlight(canvas: Canvas) -> None:
    _body(canvas)
    _word(canvas, "Marked")
    canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
    canvas.rect(*_BOX, fill=1, stroke=0)


def _white_on_white(canvas: Canvas) -> None:
    _body(canvas)
    canvas.setFillGray(1)
    canvas.drawString(_LEFT, _BOTTOM, "Invisible")


def _underline(canvas: Canvas) -> None:
    _body(canvas)
    _word(canvas, "Underlined")
    canvas.rect(196, 717, 74, 1.5, fill=1, stroke=0)


def _outline(canvas: Canvas) -> None:
    _body(canvas)
    _word(canvas, "Framed")
    canvas.rect(*_BOX, fill=0, stroke=1)


def _box_between_lines(canvas: Canvas) -> None:
    lines(canvas, ["Above it", "", "Below it"])
    canvas.rect(60, 701, 200, 10, fill=1, stroke=0)


def _signature(canvas: Canvas) -> None:
    _body(canvas)
    _word(canvas, "Signed")
    file = io.BytesIO()
    picture = Image.new("RGB", (60, 12), (255, 255, 255))
    for place in range(0, 60, 3):
        picture.paste((20, 20, 120), (place, place % 10, place + 2, place % 10 + 3))
    picture.save(file, "PNG")
    file.seek(0)
    canvas.drawImage(ImageReader(file), *_BOX)


def _clipped_away(canvas: Canvas) -> None:
    _body(canvas)
    _word(canvas, "Uncovered")
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(10, 10, 20, 20)
    canvas.clipPath(clip, stroke=0)
    _box(canvas, 0)
    canvas.restoreState()


# Name → the page, and the words that must stay in its text.
DECOYS: dict[str, tuple[Callable[[Canvas], None], str]] = {
    "redacted_well": (_redacted_well, "(b)(7)(E)"),
    "header_bar": (_header_bar, "Amount"),
    "shaded_cell": (_shaded_cell, "Total"),
    "highlight": (_highlight, "Marked"),
    "white_on_white": (_white_on_white, "Invisible"),
    "underline": (_underline, "Underlined"),
    "outline": (_outline, "Framed"),
    "box_between_lines": (_box_between_lines, "Above it"),
    "signature": (_signature, "Signed"),
    "clipped_away": (_clipped_away, "Uncovered"),
}


def decoy(name: str) -> bytes:
    """Draw what only looks like a failed redaction."""
    return drawn(DECOYS[name][0])
