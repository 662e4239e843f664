"""Typefaces: families that are on every machine, as PDF readers or reportlab bring them."""

from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

HYPHENS = "\u2010\u2011"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The names of a family's faces."""

    regular: str
    bold: str
    italic: str


HELVETICA = Family(regular="Helvetica", bold="Helvetica-Bold", italic="Helvetica-Oblique")
TIMES = Family(regular="Times-Roman", bold="Times-Bold", italic="Times-Italic")
COURIER = Family(regular="Courier", bold="Courier-Bold", italic="Courier-Oblique")
VERA = Family(regular="Vera", bold="VeraBd", italic="VeraIt")
FAMILIES = (HELVETICA, TIMES, COURIER, VERA)


@cache
def _registered() -> bool:
    """Register the embedded family; its hyphen also stands for the other hyphens of Unicode."""
    for face in (VERA.regular, VERA.bold, VERA.italic):
        font = TTFont(face, f"{face}.ttf")
        for hyphen in map(ord, HYPHENS):
            font.face.charToGlyph[hyphen] = font.face.charToGlyph[ord("-")]
            font.face.charWidths[hyphen] = font.face.charWidths[ord("-")]
        pdfmetrics.registerFont(font)
    return True


def width_pt(words: str, face: str, size: float) -> float:
    """Measure words."""
    _registered()
    return float(pdfmetrics.stringWidth(words, face, size))
