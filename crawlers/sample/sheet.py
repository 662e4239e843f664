"""A sheet of paper to write on from the top: words that flow, tables, stamps and black boxes.

In flowing text `{(b)(4) 90}` is a redaction: a box 90 pt wide that bears the exemption, with
nothing beneath it.
"""

import io
import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from reportlab.lib.pagesizes import LETTER
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

FOOT = "Composed sample, not a record of any agency"
WIDTH_PT, HEIGHT_PT = LETTER
MARGIN_PT = 72.0
_WORD = re.compile(r"\{(?P<exemption>\(b\)\S*) (?P<width>\d+)\}(?P<after>\S*)|(?P<word>\S+)")

Paper: TypeAlias = Callable[["Sheet"], None]


class Sheet:
    """Pages under the pen; `y` is where the next line goes, in points from the bottom."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.width_pt, self.height_pt = WIDTH_PT, HEIGHT_PT
        self.number = 0
        self.y = 0.0
        self.serial = ""
        self._begin()

    def _begin(self) -> None:
        self.number += 1
        self.y = self.height_pt - MARGIN_PT
        self.canvas.setFont("Helvetica", 7)
        self.canvas.drawCentredString(self.width_pt / 2, 24, FOOT)
        if self.serial:
            right = self.width_pt - MARGIN_PT
            self.canvas.drawRightString(right, 40, f"{self.serial} {self.number:04d}")

    def stamp_serials(self, serial: str) -> None:
        """Print this and a running number at the foot of every page from here on."""
        self.serial = serial
        self.canvas.setFont("Helvetica", 7)
        right = self.width_pt - MARGIN_PT
        self.canvas.drawRightString(right, 40, f"{serial} {self.number:04d}")

    def turn(self) -> None:
        """Go on at the top of a new page."""
        self.canvas.showPage()
        self.canvas.setPageSize(LETTER)
        self.canvas.setPageRotation(0)
        self.width_pt, self.height_pt = WIDTH_PT, HEIGHT_PT
        self._begin()

    def turn_sideways(self) -> None:
        """Go on at the top of a page that lies on its side and is rotated for reading."""
        self.canvas.showPage()
        self.canvas.setPageSize((HEIGHT_PT, WIDTH_PT))  # as read; reportlab swaps it when rotated
        self.canvas.setPageRotation(90)
        self.canvas.translate(WIDTH_PT, 0)
        self.canvas.rotate(90)
        self.width_pt, self.height_pt = HEIGHT_PT, WIDTH_PT
        self._begin()

    def line(
        self,
        words: str,
        *,
        font: str = "Times-Roman",
        size: float = 11,
        left: float = MARGIN_PT,
    ) -> None:
        """Write one line, not broken."""
        self.room(size * 1.35)
        self.canvas.setFont(font, size)
        self.canvas.drawString(left, self.y, words)
        self.y -= size * 1.35

    def head(self, words: str, *, size: float = 13) -> None:
        """Write a centred line in bold."""
        self.room(size * 1.6)
        self.canvas.setFont("Helvetica-Bold", size)
        self.canvas.drawCentredString(self.width_pt / 2, self.y, words)
        self.y -= size * 1.6

    def text(
        self,
        words: str,
        *,
        font: str = "Times-Roman",
        size: float = 11,
        left: float = MARGIN_PT,
    ) -> None:
        """Write a paragraph, its lines broken at the margin, its redactions drawn."""
        x, leading = left, size * 1.35
        self.room(leading)
        for found in _WORD.finditer(" ".join(words.split())):
            box_pt = float(found["width"] or 0)
            word = found["word"] or found["after"] or ""
            advance = box_pt + stringWidth(word, font, size)
            if x + advance > self.width_pt - MARGIN_PT and x > left:
                x = left
                self.y -= leading
                self.room(leading)
            if box_pt:
                self.box(x, self.y - 2, box_pt, size, found["exemption"])
            self.canvas.setFont(font, size)
            self.canvas.drawString(x + box_pt, self.y, word)
            x += advance + stringWidth(" ", font, size)
        self.y -= leading + size * 0.6

    def box(self, left: float, bottom: float, width: float, height: float, words: str = "") -> None:
        """Draw an opaque black box, with the exemption in white upon it."""
        self.canvas.setFillGray(0)
        self.canvas.rect(left, bottom, width, height, stroke=0, fill=1)
        if words:
            self.canvas.setFillGray(1)
            self.canvas.setFont("Helvetica", min(8, height * 0.75))
            self.canvas.drawString(left + 2, bottom + height * 0.28, words)
        self.canvas.setFillGray(0)

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """Write rows of short cells under hairlines; a cell may be a redaction."""
        for row in rows:
            self.room(18)
            self.canvas.setLineWidth(0.4)
            self.canvas.line(MARGIN_PT, self.y - 5, MARGIN_PT + sum(widths), self.y - 5)
            x = MARGIN_PT
            for cell, width in zip(row, widths, strict=True):
                self._cell(cell, x, width)
                x += width
            self.y -= 18
        self.y -= 6

    def _cell(self, cell: str, left: float, width: float) -> None:
        if cell.startswith("{"):
            self.box(left, self.y - 3, width - 6, 11, cell.strip("{}"))
        else:
            self.canvas.setFont("Helvetica", 8.5)
            self.canvas.drawString(left, self.y, cell)

    def gap(self, points: float = 12) -> None:
        """Leave some room."""
        self.y -= points

    def room(self, points: float) -> None:
        """Turn the page when there is less room than this."""
        if self.y - points < MARGIN_PT * 0.8:
            self.turn()


def drawn(paper: Paper, title: str) -> bytes:
    """Give the bytes of a drawn PDF; the same paper gives the same bytes."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=LETTER, invariant=1)
    canvas.setTitle(title)
    canvas.setSubject(FOOT)
    paper(Sheet(canvas))
    canvas.showPage()
    canvas.save()
    return file.getvalue()
