"""What only looks like a redaction: bars, shades, marks of pens, forms, logos, icons."""

import io
import math
from collections.abc import Callable, Mapping
from typing import TypeAlias

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.drawn.released import words
from tests.drawn.released.annotations import annotation
from tests.drawn.released.faces import width_pt
from tests.drawn.released.leaf import WHITE, Box, Colour
from tests.drawn.released.writer import Writer

Decoy: TypeAlias = Callable[[Writer], None]


def _grey(value: float) -> Colour:
    return (value, value, value)


def header_bar(writer: Writer) -> None:
    """White words in a dark bar across the column."""
    size, shade = writer.style.size + 1, writer.chance.choice((0.0, 0.0, 0.2, 0.35))
    colour = writer.chance.choice((_grey(shade), (0.05, 0.1, 0.4)))
    height = size * writer.chance.uniform(1.5, 2.2)
    text = writer.chance.choice(
        ("SECTION B - SUPPLIES OR SERVICES", "DETAILS OF INVESTIGATION", "Award information")
    )

    def draw(writer: Writer, top: float) -> None:
        bar = Box(left=writer.left, top=top, right=writer.right, bottom=top + height)
        writer.leaf.fill(bar, colour)
        base = top + height / 2 + size * 0.35
        writer.leaf.write(writer.left + 5, base, text, writer.style.family.bold, size, WHITE)

    writer.band(height + size, draw)


def shaded_table(writer: Writer) -> None:
    """A table with a dark head, rows shaded by turns, and a grey total."""
    chance, size = writer.chance, min(writer.style.size, 10.0)
    rows, high = chance.randrange(3, 8), size * 1.6
    wide = (writer.right - writer.left) / 3
    head = chance.choice((0.0, 0.3, 0.8))
    family = writer.style.family
    names = chance.sample(("Camera", "License", "Training", "Antenna", "Support", "Server"), 3)

    def cell(row: int, column: int, top: float, text: str, face: str, colour: Colour) -> None:
        place = writer.left + column * wide + 4
        writer.leaf.write(place, top + high * row + high * 0.7, text, face, size, colour)

    def draw(writer: Writer, top: float) -> None:
        for row in range(rows + 2):
            shade = head if row == 0 else 0.75 if row == rows + 1 else 0.9 if row % 2 else 1.0
            edges = Box(
                left=writer.left,
                top=top + row * high,
                right=writer.right,
                bottom=top + (row + 1) * high,
            )
            writer.leaf.fill(edges, _grey(shade))
            title = ("Item", "Number", "Amount")
            line = (names[row % 3], str(3 * row + 1), f"${1250 * (row + 1):,}.00")
            texts = title if row == 0 else line if row <= rows else ("Total", "", "$98,400.00")
            face = family.regular if 0 < row <= rows else family.bold
            for column, text in enumerate(texts):
                ink = WHITE if row == 0 and head < 0.5 else _grey(0)
                if text:
                    cell(row, column, top, text, face, ink)

    writer.band(high * (rows + 3), draw)


def highlight(writer: Writer) -> None:
    """A line that was gone over with a marker."""
    text = words.sentence(writer.chance).split("{")[0].strip() or "Retention is thirty days"
    text = " ".join(text.split()[:7])
    colour = writer.chance.choice(((1.0, 1.0, 0.0), (0.5, 1.0, 0.4), (1.0, 0.7, 0.8)))
    is_multiplied = writer.chance.random() < 0.5

    def draw(writer: Writer, top: float) -> None:
        face, size = writer.style.family.regular, writer.style.size
        writer.leaf.write(writer.left, top + size, text, face, size)
        edges = Box(
            left=writer.left - 1,
            top=top,
            right=writer.left + width_pt(text, face, size) + 1,
            bottom=top + size * 1.25,
        )
        place = writer.leaf.rectangle(edges)

        def mark(canvas: Canvas) -> None:
            if is_multiplied:
                canvas.setBlendMode("Multiply")
                canvas.setFillColorRGB(*colour)
            else:
                canvas.setFillColorRGB(*colour, alpha=0.4)
            canvas.rect(*place, stroke=0, fill=1)

        writer.leaf.under.append(mark)
        writer.leaf.has_blending = True

    writer.band(writer.style.leading * 1.5, draw)


def check_boxes(writer: Writer) -> None:
    """Small boxes, some of them filled or crossed, each with words."""
    chance, size = writer.chance, writer.style.size

    def draw(writer: Writer, top: float) -> None:
        left = writer.left
        for text in ("Approved", "Denied", "Forwarded to counsel"):
            edges = Box(left=left, top=top, right=left + size * 0.8, bottom=top + size * 0.8)
            writer.leaf.frame(edges, 0.7)
            if (manner := chance.randrange(3)) == 0:
                writer.leaf.fill(edges, _grey(0))
            elif manner == 1:
                writer.leaf.rule(edges.left, edges.top, edges.right, edges.bottom)
                writer.leaf.rule(edges.left, edges.bottom, edges.right, edges.top)
            face = writer.style.family.regular
            writer.leaf.write(edges.right + 4, edges.bottom, text, face, size)
            left = edges.right + 4 + width_pt(text, face, size) + 16

    writer.band(writer.style.leading * 1.5, draw)


def form_cells(writer: Writer) -> None:
    """Ruled cells with small labels; some are empty."""
    chance, high = writer.chance, writer.chance.uniform(24, 34)
    labels = ["1. CASE NUMBER", "2. REPORT NUMBER", "3. TITLE", "4. OFFICE", "5. TYPE", "6. STATUS"]
    wide = (writer.right - writer.left) / 3

    def draw(writer: Writer, top: float) -> None:
        for number, label in enumerate(labels):
            left, head = writer.left + number % 3 * wide, top + number // 3 * high
            writer.leaf.frame(Box(left=left, top=head, right=left + wide, bottom=head + high), 0.6)
            writer.leaf.write(left + 3, head + 8, label, "Helvetica", 6, is_seen=False)
            if chance.random() < 0.7:
                face, value = writer.style.family.regular, words.town(chance)
                writer.leaf.write(left + 6, head + high - 5, value, face, 9)

    writer.band(high * 2 + 14, draw)


def signature(writer: Writer) -> None:
    """A scribble over a line, and a name in print beneath it."""
    chance = writer.chance
    name = words.person(chance)

    def draw(writer: Writer, top: float) -> None:
        left, line = writer.left, top + 34
        height = writer.leaf.size[1]
        strokes = [(left + 5, height - line + 4)]
        for _ in range(14):
            place = strokes[-1][0] + chance.uniform(3, 12)
            strokes.append((place, height - line + chance.uniform(-4, 22)))

        def scribble(canvas: Canvas) -> None:
            canvas.setStrokeColorRGB(0.1, 0.1, 0.5)
            canvas.setLineWidth(1.3)
            path = canvas.beginPath()
            path.moveTo(*strokes[0])
            for start, end in zip(strokes[1::2], strokes[2::2], strict=False):
                path.curveTo(*start, *end, *end)
            canvas.drawPath(path)

        writer.leaf.under.append(scribble)
        writer.leaf.rule(left, line, left + 190, line)
        face = writer.style.family.regular
        writer.leaf.write(left, line + 12, name, face, writer.style.size)

    writer.band(70, draw)


def logo(writer: Writer) -> None:
    """A seal or a dark emblem beside the name of an office."""
    is_round, dark = writer.chance.random() < 0.5, writer.chance.choice((0.1, 0.3, 0.6))

    def draw(writer: Writer, top: float) -> None:
        left, middle = writer.left + 20, writer.leaf.size[1] - top - 20

        def emblem(canvas: Canvas) -> None:
            canvas.setFillColorRGB(0.05, dark, 0.5)
            if is_round:
                canvas.circle(left, middle, 19, stroke=1, fill=1)
                canvas.setFillGray(1)
                canvas.circle(left, middle, 13, stroke=0, fill=1)
                canvas.setFillColorRGB(0.7, 0.6, 0.1)
                canvas.circle(left, middle, 9, stroke=1, fill=1)
            else:
                canvas.rect(left - 18, middle - 18, 36, 36, stroke=0, fill=1)
                canvas.setFillGray(1)
                for turn in range(5):
                    angle = turn * 2 * math.pi / 5
                    canvas.circle(
                        left + 10 * math.cos(angle), middle + 10 * math.sin(angle), 3.5, 0, 1
                    )

        writer.leaf.under.append(emblem)
        face = writer.style.family.bold
        writer.leaf.write(writer.left + 46, top + 24, "Office of Records and Archives", face, 12)

    writer.band(52, draw)


def bar_code(writer: Writer) -> None:
    """Bars of many widths over a number."""
    bars = [writer.chance.choice((0.8, 1.6, 2.4)) for _ in range(46)]

    def draw(writer: Writer, top: float) -> None:
        place = writer.right - 170
        for number, wide in enumerate(bars):
            if number % 2 == 0:
                edges = Box(left=place, top=top, right=place + wide, bottom=top + 28)
                writer.leaf.fill(edges, _grey(0))
            place += wide
        writer.leaf.write(writer.right - 140, top + 37, "*4470 0193*", "Courier", 8, is_seen=False)

    writer.band(48, draw)


def comment_icon(writer: Writer) -> None:
    """The little dark balloon that a viewer prints for a comment."""
    at = writer.right - writer.chance.uniform(10, 120)

    def draw(writer: Writer, top: float) -> None:
        bottom = writer.leaf.size[1] - top - 14

        def icon(canvas: Canvas) -> None:
            canvas.setFillColorRGB(0.15, 0.15, 0.2)
            canvas.roundRect(at, bottom, 16, 13, 2, stroke=1, fill=1)
            canvas.setStrokeGray(1)
            for line in (4, 7, 10):
                canvas.line(at + 3, bottom + line, at + 13, bottom + line)

        writer.leaf.under.append(icon)

    writer.band(20, draw)


def printed_above(writer: Writer) -> None:
    """Dark words on a grey ground that was drawn before them."""
    text = writer.chance.choice(("Draft for discussion only", "Copy for the contract file"))
    shade = writer.chance.uniform(0.55, 0.85)

    def draw(writer: Writer, top: float) -> None:
        face, size = writer.style.family.bold, writer.style.size
        wide = width_pt(text, face, size)
        writer.leaf.fill(
            Box(left=writer.left, top=top, right=writer.left + wide + 12, bottom=top + size * 1.5),
            _grey(shade),
        )
        writer.leaf.write(writer.left + 6, top + size * 1.1, text, face, size)

    writer.band(writer.style.leading * 2, draw)


def remark(writer: Writer) -> None:
    """A sentence with a remark, a link or a highlight of a viewer on it."""
    text = " ".join(words.open_sentence(writer.chance).split()[:8])
    kind = writer.chance.choice(("Text", "Highlight", "Link"))

    def draw(writer: Writer, top: float) -> None:
        face, size = writer.style.family.regular, writer.style.size
        writer.leaf.write(writer.left, top + size, text, face, size)
        wide = 18 if kind == "Text" else width_pt(text, face, size)
        place = Box(left=writer.left, top=top, right=writer.left + wide, bottom=top + size * 1.25)
        writer.leaf.notes.append(annotation(writer.leaf, place, kind, (1.0, 0.9, 0.2)))

    writer.band(writer.style.leading * 1.5, draw)


def white_heading(writer: Writer) -> None:
    """A heading in white on white paper, as a template leaves it."""

    def draw(writer: Writer, top: float) -> None:
        face, size = writer.style.family.bold, writer.style.size
        writer.leaf.write(
            writer.left, top + size, "Blank heading", face, size, WHITE, is_seen=False
        )

    writer.band(writer.style.leading * 1.5, draw)


def photograph(writer: Writer) -> None:
    """A dark photograph of a street at night, with its caption."""
    chance = writer.chance
    shades = Image.new("L", (24, 16))
    shades.putdata([chance.randrange(5, 120) for _ in range(24 * 16)])
    file = io.BytesIO()
    shades.resize((240, 160), Image.Resampling.BICUBIC).save(file, "PNG")

    def draw(writer: Writer, top: float) -> None:
        place = (writer.left, writer.leaf.size[1] - top - 110, 165.0, 110.0)

        def picture(canvas: Canvas) -> None:
            file.seek(0)
            canvas.drawImage(ImageReader(file), *place)

        writer.leaf.under.append(picture)
        face, size = writer.style.family.italic, writer.style.size
        caption = "Figure 2: the parking lot at night"
        writer.leaf.write(writer.left, top + 112 + size, caption, face, size)

    writer.band(150, draw)


DECOYS: Mapping[str, Decoy] = {
    one.__name__: one
    for one in (
        header_bar,
        shaded_table,
        highlight,
        check_boxes,
        form_cells,
        signature,
        logo,
        bar_code,
        comment_icon,
        printed_above,
        remark,
        white_heading,
        photograph,
    )
}


def decoy(writer: Writer) -> None:
    """Draw one of them."""
    writer.chance.choice(list(DECOYS.values()))(writer)
