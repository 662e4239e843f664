"""Pages as flat pixels. Nothing is drawn that was not measured first."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from ingest.reader import verdicts
from ingest.reader.calls import set_active
from ingest.reader.geometry import Box, Matrix, upright
from ingest.reader.verdicts import Refused

# Three columns of bytes: blue, green, red.
Pixels = npt.NDArray[np.uint8]

_WHITE = 255
_BYTES_A_PIXEL = 3


class Sheet(NamedTuple):
    """The visible part of a page: its box in user space, and the way to the upright page."""

    box: Box
    matrix: Matrix
    width: float
    height: float


def sheet(page: Any) -> Sheet:
    """Measure a page: CropBox within MediaBox, turned as /Rotate says."""
    edges = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, edges):
        raise Refused(verdicts.DAMAGED, "damaged: a page has no size")
    box = Box(edges.left, edges.bottom, edges.right, edges.top)
    turns = int(pdfium.FPDFPage_GetRotation(page))
    width, height = (box.height, box.width) if turns % 2 else (box.width, box.height)
    return Sheet(box, upright(box, turns), width, height)


def scale_within(size: Sheet, wanted: float, pixels: int) -> float:
    """Give the scale wanted, or the largest that keeps the picture below so many pixels."""
    area = max(size.width * size.height, 1e-6)
    return float(min(wanted, (pixels / area) ** 0.5))


class Window(NamedTuple):
    """A part of the upright page in pixels; right and bottom are outside it."""

    left: int
    top: int
    right: int
    bottom: int


def window_around(boxes: Iterable[Box], size: Sheet, scale: float) -> Window:
    """Give the smallest window that holds all boxes, with a rim, as far as they are on the page."""
    placed = [size.matrix.box(box) for box in boxes]
    width, height = _pixel_size(size, scale)
    return Window(
        min(max(int(min(box.left for box in placed) * scale) - 2, 0), width - 1),
        min(max(int(min(box.bottom for box in placed) * scale) - 2, 0), height - 1),
        max(min(int(max(box.right for box in placed) * scale) + 3, width), 1),
        max(min(int(max(box.top for box in placed) * scale) + 3, height), 1),
    )


def _pixel_size(size: Sheet, scale: float) -> tuple[int, int]:
    return max(1, round(size.width * scale)), max(1, round(size.height * scale))


def rendered(
    page: Any,
    size: Sheet,
    scale: float,
    window: Window | None = None,
    *,
    has_annotations: bool = True,
) -> Pixels:
    """Draw a page, or what is in a window of it, on white paper.

    Rows from the top, blue before green before red. pdfium draws into the array itself.

    Raises:
        Refused: the picture would have more pixels than the limit.
    """
    width, height = _pixel_size(size, scale)
    left, top, right, bottom = window or Window(0, 0, width, height)
    wide, high = max(right - left, 1), max(bottom - top, 1)
    if wide * high > verdicts.PIXELS:
        raise Refused(
            verdicts.LIMIT_MEMORY,
            f"a picture of {wide:,} by {high:,} pixels is beyond {verdicts.PIXELS:,} pixels",
        )
    pixels = np.full((high, wide, _BYTES_A_PIXEL), _WHITE, np.uint8)
    bitmap = pdfium.FPDFBitmap_CreateEx(
        wide, high, pdfium.FPDFBitmap_BGR, pixels.ctypes.data, _BYTES_A_PIXEL * wide
    )
    if not bitmap:
        raise Refused(verdicts.LIMIT_MEMORY, "there is not enough memory for the page's picture")
    try:
        flags = pdfium.FPDF_ANNOT if has_annotations else 0
        pdfium.FPDF_RenderPageBitmap(bitmap, page, -left, -top, width, height, 0, flags)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return pixels


@contextmanager
def without(objects: Collection[int]) -> Iterator[None]:
    """Leave out some page objects, given by their addresses, from what is drawn meanwhile."""
    try:
        for place in objects:
            set_active(place, False)
        yield
    finally:
        for place in objects:
            set_active(place, True)


class Drawn(NamedTuple):
    """Pixels of a window of a page."""

    pixels: Pixels
    size: Sheet
    scale: float
    window: Window

    def patch(self, box: Box, *, inset: int = 0) -> Pixels:
        """Cut out the pixels of a box given in user space; an inset leaves out its rim.

        At least one pixel remains, unless the box lies outside the window.
        """
        placed = self.size.matrix.box(box)
        left, right = _span(placed.left * self.scale, placed.right * self.scale, inset)
        top, bottom = _span(placed.bottom * self.scale, placed.top * self.scale, inset)
        rows = slice(max(top - self.window.top, 0), max(bottom - self.window.top, 0))
        return self.pixels[rows, max(left - self.window.left, 0) : max(right - self.window.left, 0)]


def drawn(
    page: Any, size: Sheet, scale: float, window: Window, *, has_annotations: bool = True
) -> Drawn:
    """Draw a window of a page, to look at places in it."""
    pixels = rendered(page, size, scale, window, has_annotations=has_annotations)
    return Drawn(pixels, size, scale, window)


def _span(low: float, high: float, inset: int) -> tuple[int, int]:
    begin, end = int(low) + inset, int(high) + 1 - inset
    if begin < end:
        return begin, end
    middle = int((low + high) / 2)
    return middle, middle + 1
