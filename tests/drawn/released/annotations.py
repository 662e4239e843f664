"""Annotations: what a viewer draws over a page, and can take off again."""

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from tests.drawn.released.leaf import Box, Colour, Draw, Leaf


def annotation(leaf: Leaf, place: Box, kind: str, colour: Colour) -> Draw:
    """Annotate a place with a square, a highlight, a remark or a mark for redaction."""
    left, bottom, width, height = leaf.rectangle(place)

    def draw(canvas: Canvas) -> None:
        ends = (left, bottom), (left + width, bottom + height)
        across, up = zip(*(canvas.absolutePosition(*end) for end in ends), strict=True)
        edges = [min(across), min(up), max(across), max(up)]
        canvas._addAnnotation(_note(kind, edges, colour))

    return draw


def _note(kind: str, edges: Sequence[float], colour: Colour) -> Any:
    left, low, right, high = edges
    said: dict[str, Any] = {
        "Type": PDFName("Annot"),
        "Subtype": PDFName(kind),
        "Rect": PDFArray(list(edges)),
        "C": PDFArray(list(colour)),
        "F": 4,
    }
    if kind in ("Square", "Redact"):
        said["IC"] = PDFArray(list(colour) if kind == "Square" else [0, 0, 0])
    if kind == "Highlight":
        said["QuadPoints"] = PDFArray([left, high, right, high, left, low, right, low])
    if kind == "Text":
        said["Contents"] = PDFString("please check")
    return PDFDictionary(said)
