"""Words beneath things that are no plain rectangle, and what only looks like it.

Each case is told by its rendering alone: the box on the page covers the word, or does not.
"""

import io
import math
from collections.abc import Callable

from PIL import Image
from reportlab.lib.colors import Color, black
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.drawn.redacted import BASE, HIDDEN
from tests.drawn.sheets import drawn, lines

# The hidden word stands here; a box around it is 74 by 16 points.
LEFT, BOTTOM = 200.0, 720.0
X, Y, WIDE, HIGH = 196.0, 716.0, 74.0, 16.0

Draw = Callable[[Canvas], None]
DrawWord = Callable[[Canvas, str], None]


def _word(canvas: Canvas, word: str, grey: float = 0) -> None:
    lines(canvas, BASE)
    canvas.setFillGray(grey)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(LEFT, BOTTOM, word)
    canvas.setFillGray(0)


def _stamp(canvas: Canvas, grey: float = 1) -> None:
    canvas.setFillGray(grey)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(LEFT, BOTTOM, "(b)(7)(E)")


def _below(*covers: Draw) -> DrawWord:
    """A page on which something is drawn after the word."""

    def page(canvas: Canvas, word: str) -> None:
        _word(canvas, word)
        for cover in covers:
            cover(canvas)

    return page


def _strips(canvas: Canvas, *, high: float = 3.7, grey: float = 0) -> None:
    canvas.setFillGray(grey)
    for number in range(math.ceil(HIGH / high)):
        canvas.rect(X, Y + number * high, WIDE, high, stroke=0, fill=1)


def _upright_strips(canvas: Canvas) -> None:
    for number in range(37):
        canvas.rect(X + 2 * number, Y, 2, HIGH, stroke=0, fill=1)


def _tiles(canvas: Canvas) -> None:
    for row in range(6):
        for column in range(25):
            canvas.rect(X + 3 * column, Y + 3 * row, 3, 3, stroke=0, fill=1)


def _close_lines(canvas: Canvas) -> None:
    canvas.setLineWidth(1.2)
    for number in range(17):
        canvas.line(X, Y + number, X + WIDE, Y + number)


def _scribble(canvas: Canvas) -> None:
    """Thin strokes to and fro, as with a pen."""
    canvas.setLineWidth(1.5)
    path = canvas.beginPath()
    path.moveTo(X, Y)
    for number in range(75):
        path.lineTo(X + number, Y + (HIGH if number % 2 else 0))
    canvas.drawPath(path)


def _slanting(canvas: Canvas, *, grey: float = 0) -> None:
    """A quadrilateral that was turned by one degree, as a hand draws it."""
    canvas.setFillGray(grey)
    path = canvas.beginPath()
    path.moveTo(X, Y)
    path.lineTo(X + WIDE, Y + 1.3)
    path.lineTo(X + WIDE - 0.3, Y + HIGH + 1.3)
    path.lineTo(X - 0.3, Y + HIGH)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _oval(canvas: Canvas) -> None:
    canvas.ellipse(X - 20, Y - 8, X + WIDE + 20, Y + HIGH + 8, stroke=0, fill=1)


def _shading(canvas: Canvas, *, grey: float = 0.2) -> None:
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(X, Y, WIDE, HIGH)
    canvas.clipPath(clip, stroke=0)
    canvas.linearGradient(X, Y, X + WIDE, Y, (black, Color(grey, grey, grey)))
    canvas.restoreState()


def _many_rectangles(count: int, *, is_covering: bool = True) -> Draw:
    """One path of so many small rectangles, of which the last one covers the word."""

    def cover(canvas: Canvas) -> None:
        path = canvas.beginPath()
        for number in range(count):
            path.rect(80 + number % 90 * 5, 300 + number // 90 % 40 * 5, 4.5, 4.5)
        if is_covering:
            path.rect(X, Y, WIDE, HIGH)
        else:
            path.rect(X, Y + 40, WIDE, HIGH)
        canvas.drawPath(path, stroke=0, fill=1)

    return cover


def _deep(depth: int, draw: DrawWord) -> DrawWord:
    """A page whose content stands in forms within forms."""

    def page(canvas: Canvas, word: str) -> None:
        for number in range(depth):
            canvas.beginForm(f"form{number}")
            if number:
                canvas.doForm(f"form{number - 1}")
            else:
                draw(canvas, word)
            canvas.endForm()
        canvas.doForm(f"form{depth - 1}")

    return page


def _nearly_opaque(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0, 0, 0, alpha=0.93))
    canvas.rect(X, Y, WIDE, HIGH, stroke=0, fill=1)


def _box(canvas: Canvas, grey: float = 0) -> None:
    canvas.setFillGray(grey)
    canvas.rect(X, Y, WIDE, HIGH, stroke=0, fill=1)


def _stamped_and_marked(canvas: Canvas, word: str) -> None:
    """A slanting box, a stamp on it, and a marker over both: the stamp may be hidden as well."""
    _word(canvas, word)
    _slanting(canvas)
    _stamp(canvas)
    canvas.setFillColor(Color(1, 1, 0, alpha=0.3))
    canvas.circle(X + 30, Y + 8, 60, stroke=0, fill=1)


def _printed_as_blocks(canvas: Canvas) -> None:
    canvas.setFont("ZapfDingbats", 20)
    for number in range(7):
        canvas.drawString(X - 2 + 11 * number, Y + 2, "n")


def _stored(image: Image.Image) -> ImageReader:
    file = io.BytesIO()
    image.save(file, "PNG")
    file.seek(0)
    return ImageReader(file)


def _mosaic(canvas: Canvas) -> None:
    image = Image.new("L", (12, 3))
    image.putdata([90 + number * 37 % 110 for number in range(36)])
    large = image.resize((240, 60), Image.Resampling.NEAREST)
    canvas.drawImage(_stored(large), X, Y, WIDE, HIGH)


def _on_black_picture(canvas: Canvas, word: str) -> None:
    canvas.drawImage(_stored(Image.new("RGB", (40, 10))), X, Y, WIDE, HIGH)
    _word(canvas, word)
    _stamp(canvas)


def _on_strips(canvas: Canvas, word: str) -> None:
    _strips(canvas)
    _word(canvas, word)


def _on_slanting(canvas: Canvas, word: str) -> None:
    _slanting(canvas)
    _word(canvas, word)


def _on_shading(canvas: Canvas, word: str) -> None:
    _shading(canvas, grey=0.02)
    _word(canvas, word)


BADLY: dict[str, DrawWord] = {
    "strips": _below(_strips),
    "strips_of_white": _below(lambda canvas: _strips(canvas, grey=1)),
    "strips_stamped": _below(_strips, _stamp),
    "strips_of_half_a_point": _below(lambda canvas: _strips(canvas, high=0.5)),
    "upright_strips": _below(_upright_strips),
    "tiles": _below(_tiles),
    "close_lines": _below(_close_lines),
    "scribble": _below(_scribble),
    "slanting": _below(_slanting),
    "slanting_grey": _below(lambda canvas: _slanting(canvas, grey=0.6)),
    "slanting_white": _below(lambda canvas: _slanting(canvas, grey=1)),
    "slanting_stamped": _below(_slanting, _stamp),
    "oval": _below(_oval),
    "shading": _below(_shading),
    "rectangle_901": _below(_many_rectangles(900)),
    "rectangle_9001": _below(_many_rectangles(9_000)),
    "in_13_forms": _deep(13, _below(_box)),
    "in_30_forms": _deep(30, _below(_box)),
    "nearly_opaque": _below(_nearly_opaque),
    "stamped_and_marked": _stamped_and_marked,
    "printed_as_blocks": _below(_printed_as_blocks),
    "mosaic": _below(_mosaic),
    "on_black_picture": _on_black_picture,
    "on_shading": _on_shading,
    "on_strips": _on_strips,
    "on_slanting": _on_slanting,
}


def badly(name: str, word: str = HIDDEN) -> bytes:
    """Draw a failed redaction; without a word, what is seen of it."""
    return drawn(lambda canvas: BADLY[name](canvas, word))


def _marker(canvas: Canvas) -> None:
    canvas.setBlendMode("Multiply")
    canvas.setFillColorRGB(1, 1, 0)
    canvas.rect(X, Y, WIDE, HIGH, stroke=0, fill=1)


def _slanting_marker(canvas: Canvas) -> None:
    canvas.setFillColor(Color(1, 1, 0, alpha=0.5))
    path = canvas.beginPath()
    path.moveTo(X, Y)
    path.lineTo(X + WIDE, Y + 2)
    path.lineTo(X + WIDE, Y + HIGH + 2)
    path.lineTo(X, Y + HIGH)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _table(canvas: Canvas, word: str) -> None:
    """Rows shaded by turns, then ruled, then written."""
    for row in range(20):
        canvas.setFillGray(0.85 if row % 2 else 1)
        canvas.rect(72, 400 + 16 * row, 400, 16, stroke=0, fill=1)
    for line in range(21):
        canvas.line(72, 400 + 16 * line, 472, 400 + 16 * line)
    canvas.setFillGray(0)
    canvas.setFont("Helvetica", 9)
    for row in range(20):
        canvas.drawString(76, 404 + 16 * row, f"{word} {row}")


def _on_gradient(canvas: Canvas, word: str) -> None:
    _shading(canvas)
    _word(canvas, word, grey=1)


def _on_picture(canvas: Canvas, word: str) -> None:
    """A slide: a dark picture fills the page, words in white and yellow stand on it."""
    image = Image.linear_gradient("L").convert("RGB").point(lambda value: value // 3)
    canvas.drawImage(_stored(image), 0, 0, 612, 792)
    canvas.setFillColorRGB(1, 1, 0)
    canvas.setFont("Helvetica", 30)
    canvas.drawString(100, 600, "Camera sites")
    canvas.setFillGray(1)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(100, 500, word)


def _letterhead(canvas: Canvas, word: str) -> None:
    canvas.drawImage(_stored(Image.new("RGB", (80, 20), (180, 200, 240))), 60, 700, 480, 60)
    _word(canvas, word)


def _watermark(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(150, 600)
    canvas.rotate(35)
    canvas.setFillColor(Color(0.5, 0.5, 0.5, alpha=0.3))
    canvas.setFont("Helvetica-Bold", 90)
    canvas.drawString(0, 0, "DRAFT")
    canvas.restoreState()


def _watermark_picture(canvas: Canvas) -> None:
    image = Image.new("RGBA", (306, 396), (120, 120, 120, 60))
    canvas.drawImage(_stored(image), 0, 0, 612, 792, mask="auto")


def _under_and_through(canvas: Canvas) -> None:
    canvas.setLineWidth(0.8)
    for height in (-1.5, -3, 3.5):
        canvas.line(LEFT, BOTTOM + height, LEFT + 48, BOTTOM + height)


def _crossed_out(canvas: Canvas) -> None:
    canvas.setLineWidth(0.7)
    for number in range(12):
        canvas.line(X + 6 * number, Y, X + 6 * number + 16, Y + HIGH)


def _circled(canvas: Canvas) -> None:
    canvas.ellipse(X - 10, Y - 6, X + 50, Y + HIGH + 6, stroke=1, fill=0)


def _around(canvas: Canvas) -> None:
    """One path with far too many corners, whose bounds hold the word, which it does not cover."""
    path = canvas.beginPath()
    for number in range(12_000):
        path.moveTo(80 + number % 100 * 4, 300 + number // 100 * 3)
        path.lineTo(81 + number % 100 * 4, 301 + number // 100 * 3)
    path.rect(80, 760, 300, 8)
    canvas.drawPath(path, stroke=0, fill=1)


def _white_within(canvas: Canvas, word: str) -> None:
    """White words on paper, and a path around them that leaves them alone."""
    _word(canvas, word, grey=1)
    _around(canvas)


def _printed_twice(canvas: Canvas, word: str) -> None:
    """Bold letters made by printing twice, with a marker over them."""
    _word(canvas, word)
    canvas.drawString(LEFT + 0.3, BOTTOM, word)
    canvas.setFillColor(Color(1, 1, 0, alpha=0.4))
    canvas.rect(X, Y, WIDE, HIGH, stroke=0, fill=1)


def _outline(canvas: Canvas) -> None:
    canvas.rect(X, Y, WIDE, HIGH, stroke=1, fill=0)


def _blocks_beside(canvas: Canvas) -> None:
    canvas.setFont("ZapfDingbats", 14)
    canvas.drawString(LEFT + 60, BOTTOM, "nnn")


# Name → the page, and the words that must stay in its text.
DECOYS: dict[str, tuple[DrawWord, str]] = {
    "marker": (_below(_marker), "Marked"),
    "slanting_marker": (_below(_slanting_marker), "Marked"),
    "table": (_table, "Amount of row"),
    "on_gradient": (_on_gradient, "Heading"),
    "on_picture": (_on_picture, "Two at the bridge"),
    "letterhead": (_letterhead, "Office of Records"),
    "watermark": (_below(_watermark), "Draft terms"),
    "watermark_picture": (_below(_watermark_picture), "Copied terms"),
    "under_and_through": (_below(_under_and_through), "Amended"),
    "crossed_out": (_below(_crossed_out), "Void"),
    "circled": (_below(_circled), "Noted"),
    "around": (_below(_around), "Riverside"),
    "white_within": (_white_within, "Anchor"),
    "printed_twice": (_printed_twice, "Doubled"),
    "in_20_forms": (_deep(20, _below(_outline)), "Nested"),
    "many_rectangles_elsewhere": (_below(_many_rectangles(9_000, is_covering=False)), "Covered"),
    "blocks_beside": (_below(_blocks_beside), "Remarks"),
}


def decoy(name: str) -> bytes:
    """Draw what only looks like a failed redaction."""
    page, word = DECOYS[name]
    return drawn(lambda canvas: page(canvas, word))
