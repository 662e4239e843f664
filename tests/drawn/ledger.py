"""Pages with one thing each that is a redaction, or only looks like one. All words are invented."""

import io
from collections.abc import Callable, Sequence

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.drawn.sheets import drawn, lines

Draw = Callable[[Canvas], None]

# A box stands in a gap of the first line; from the top left corner: left, top, right, bottom.
PLACE = (200.0, 60.0, 290.0, 75.0)
_BOX = (200.0, 717.0, 90.0, 15.0)
_LINES = ("The officer named", "The unit reported the day after.", "It kept thirty plates.")
_BEHIND = "reported to the unit."
WORDS = frozenset(" ".join((*_LINES, _BEHIND)).split())


def _text(canvas: Canvas) -> None:
    lines(canvas, _LINES)
    canvas.drawString(296, 720, _BEHIND)


def _print(text: str, left: float, top: float, *, red: bool = False, size: float = 8) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.85 if red else 0, 0, 0)
        canvas.setFont("Helvetica", size)
        canvas.drawString(left, top, text)
        canvas.setFillGray(0)

    return draw


def _filled(red: float, green: float, blue: float, place: Sequence[float] = _BOX) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(red, green, blue)
        canvas.rect(*place, stroke=0, fill=1)
        canvas.setFillGray(0)

    return draw


def _framed(canvas: Canvas, place: Sequence[float] = _BOX) -> None:
    canvas.setFillGray(1)
    canvas.rect(*place, stroke=1, fill=1)
    canvas.setFillGray(0)


def _hatched(canvas: Canvas, *, step: int = 3) -> None:
    left, bottom, wide, high = _BOX
    _framed(canvas)
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(*_BOX)
    canvas.clipPath(clip, stroke=0)
    canvas.setLineWidth(0.6)
    for place in range(-int(high), int(wide), step):
        canvas.line(left + place, bottom, left + place + high, bottom + high)
    canvas.restoreState()


def _pasted(canvas: Canvas) -> None:
    file = io.BytesIO()
    Image.new("RGB", (12, 3)).save(file, "PNG")
    file.seek(0)
    canvas.drawImage(ImageReader(file), *_BOX)


def _in_form(canvas: Canvas) -> None:
    canvas.beginForm("stencil")
    canvas.rect(0, 0, 45, 7.5, stroke=0, fill=1)
    canvas.endForm()
    canvas.saveState()
    canvas.translate(200, 717)
    canvas.scale(2, 2)
    canvas.doForm("stencil")
    canvas.restoreState()


def _bars(canvas: Canvas) -> None:
    for number in range(4):
        canvas.rect(200, 717 + 3.75 * number, 90, 3.8, stroke=0, fill=1)


def _by_words(canvas: Canvas) -> None:
    for number in range(3):
        canvas.rect(200 + 30 * number, 717, 30, 15, stroke=0, fill=1)


def _stroke(canvas: Canvas) -> None:
    canvas.setLineWidth(15)
    canvas.line(200, 724.5, 290, 724.5)


def _closed(canvas: Canvas, corners: Sequence[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _by_pen(canvas: Canvas) -> None:
    """A stroke whose edges waver."""
    above = [(200 + 15 * number, 732 + (0.2, 0.7, 0.4)[number % 3]) for number in range(7)]
    below = [(290 - 15 * number, 717 - (0.6, 0.1, 0.5)[number % 3]) for number in range(7)]
    _closed(canvas, [*above, *below])


def _densely_hatched(canvas: Canvas) -> None:
    _hatched(canvas, step=2)


def _over_white(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    canvas.rect(*_BOX, stroke=0, fill=1)
    canvas.setFillGray(0)


_STAMP = _print("(b)(7)(E)", 205, 721)
_MARGIN = _print("b7E", 560, 720)

# Name → what is drawn over the text, the look of the box, its exemptions.
BOXES: dict[str, tuple[Sequence[Draw], str, tuple[str, ...]]] = {
    "black": ([_filled(0, 0, 0)], "black", ()),
    "grey": ([_filled(0.6, 0.6, 0.6)], "grey", ()),
    "coloured": ([_filled(0.1, 0.2, 0.6)], "coloured", ()),
    "grey_stamped": ([_filled(0.8, 0.8, 0.8), _STAMP], "grey", ("(b)(7)(E)",)),
    "outlined": ([_framed, _STAMP], "outlined", ("(b)(7)(E)",)),
    "outlined_beside_margin": ([_framed, _MARGIN], "outlined", ("(b)(7)(E)",)),
    "hatched": ([_hatched, _MARGIN], "hatched", ("(b)(7)(E)",)),
    "densely_hatched": ([_densely_hatched, _MARGIN], "hatched", ("(b)(7)(E)",)),
    "bars": ([_bars], "black", ()),
    "by_words": ([_by_words], "black", ()),
    "stroke": ([_stroke], "black", ()),
    "by_pen": ([_by_pen], "black", ()),
    "over_white": ([_over_white, _STAMP], "outlined", ("(b)(7)(E)",)),
    "filled_by_its_stamp": (
        [_framed, _print("(b)(3), (b)(7)(E)", 201, 719, size=11.5)],
        "outlined",
        ("(b)(3)", "(b)(7)(E)"),
    ),
    "with_a_reason": (
        [_filled(0.8, 0.8, 0.8), _print("b7E per DEA", 203, 721)],
        "grey",
        ("(b)(7)(E)",),
    ),
    "picture": ([_pasted], "black", ()),
    "in_form": ([_in_form], "black", ()),
}


def boxed(name: str) -> bytes:
    """Draw a page with one box."""
    return _drawn(BOXES[name][0])


def _drawn(draws: Sequence[Draw]) -> bytes:
    def page(canvas: Canvas) -> None:
        _text(canvas)
        for draw in draws:
            draw(canvas)

    return drawn(page)


def _cells(canvas: Canvas) -> None:
    for number, text in enumerate(("Camera", "", "(b)(6)", "")):
        left = 72 + 90 * number
        canvas.rect(left, 600, 90, 16, stroke=1, fill=0)
        canvas.drawString(left + 4, 604, text)


def _shaded_cells(canvas: Canvas) -> None:
    for number, text in enumerate(("Total", "", "12")):
        canvas.setFillGray(0.7)
        canvas.rect(72 + 90 * number, 600, 90, 16, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(76 + 90 * number, 604, text)


def _shaded_in_a_row(canvas: Canvas) -> None:
    """A row with a ground, and each of its cells again: an empty one shows nothing of its own."""
    canvas.setFillGray(0.65)
    for place in ((72, 600, 360, 15), (75, 602, 110, 8.6), (195, 602, 110, 8.6)):
        canvas.rect(*place, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(76, 603, "Platform")


def _heading(canvas: Canvas) -> None:
    _filled(0, 0, 0, (72, 600, 400, 18))(canvas)
    canvas.setFillGray(1)
    canvas.drawString(76, 605, "Details of the search")


def _check_box(canvas: Canvas) -> None:
    canvas.rect(72, 600, 9, 9, stroke=1, fill=1)
    canvas.drawString(86, 601, "Approved")


def _bar_code(canvas: Canvas) -> None:
    for number in range(30):
        canvas.rect(300 + 4 * number, 600, 1 + number % 3, 28, stroke=0, fill=1)


def _marker(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
    canvas.rect(72, 702, 150, 14, stroke=0, fill=1)


def _rule(canvas: Canvas) -> None:
    canvas.rect(72, 600, 400, 5.5, stroke=0, fill=1)


def _slanting_band(canvas: Canvas) -> None:
    _closed(canvas, [(72, 600), (262, 600), (292, 630), (102, 630)])


def _emblem(canvas: Canvas) -> None:
    """A disc, and a shield of five corners."""
    canvas.circle(100, 600, 20, stroke=0, fill=1)
    _closed(canvas, [(150, 620), (190, 620), (190, 592), (170, 580), (150, 592)])


# None of these is a box, and none has a stamp, but for the cell: an exemption typed for a value.
DECOYS: dict[str, Draw] = {
    "cells": _cells,
    "shaded_cells": _shaded_cells,
    "shaded_in_a_row": _shaded_in_a_row,
    "heading": _heading,
    "check_box": _check_box,
    "bar_code": _bar_code,
    "marker": _marker,
    "rule": _rule,
    "slanting_band": _slanting_band,
    "emblem": _emblem,
}


def decoy(name: str) -> bytes:
    """Draw a page with what only looks like a box."""
    return _drawn([DECOYS[name]])


def typed(*texts: str, is_red: bool = False) -> bytes:
    """Draw a page with lines of text, in black or red."""
    prints = [_print(text, 72, 600 - 15 * number, red=is_red) for number, text in enumerate(texts)]
    return _drawn(prints)


def in_a_box_and_beside_one(first: str, second: str) -> bytes:
    """Draw a page with a stamp on a box and one behind it."""
    return _drawn([_filled(0.8, 0.8, 0.8), _print(first, 203, 721), _print(second, 560, 720)])


def outlined_with_margin(*stamps: str) -> bytes:
    """Draw a page with as many outlined boxes, and a stamp in the margin of each one's line."""

    def page(canvas: Canvas) -> None:
        _text(canvas)
        for number in range(len(stamps)):
            canvas.rect(200, 600 - 30 * number, 90, 12, stroke=1, fill=0)
            canvas.drawString(72, 602 - 30 * number, "Seen by")
        for number, stamp in enumerate(stamps):
            _print(stamp, 500, 602 - 30 * number, size=6)(canvas)

    return drawn(page)


def beside_a_comma() -> bytes:
    """Draw a page whose box reaches over the comma behind it, and hides nothing else."""

    def page(canvas: Canvas) -> None:
        _text(canvas)
        canvas.drawString(287, 720, ", of")
        canvas.rect(*_BOX, stroke=0, fill=1)

    return drawn(page)


def hidden_beneath_hatching(stamp: str, word: str) -> bytes:
    """Draw a page with a word beneath a hatched box with a stamp on a patch of white."""

    def page(canvas: Canvas) -> None:
        _text(canvas)
        canvas.drawString(204, 720, word)
        _hatched(canvas)
        canvas.setFillGray(1)
        canvas.rect(225, 719, 42, 10, stroke=0, fill=1)
        _print(stamp, 226, 724, size=6)(canvas)
        _print(stamp, 226, 717.5, size=6)(canvas)

    return drawn(page)


def slip_sheet(*texts: str) -> bytes:
    """Draw a page with a few lines in large print and nothing else."""

    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 16)
        for number, text in enumerate(texts):
            canvas.drawString(150, 500 - 24 * number, text)

    return drawn(page)


def black_page(stamp: str = "") -> bytes:
    """Draw a page under one black box, with its number at the foot."""

    def page(canvas: Canvas) -> None:
        canvas.rect(30, 40, 552, 722, stroke=0, fill=1)
        canvas.setFont("Helvetica", 12)
        canvas.drawString(280, 20, "Page 7")
        canvas.setFillGray(1)
        canvas.drawString(60, 740, stamp)

    return drawn(page)
