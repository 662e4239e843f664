"""pdfium's most frequent calls, by bare addresses: half the time that typed pointers take.

They are made for every word and every object of a page, up to a million times for a document.
What they are told is trusted: an address must be one that pdfium gave, of what is still open.
"""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

_INT, _ADDRESS = ctypes.c_int, ctypes.c_void_p


def address(pointer: Any) -> int:
    """Give where something of pdfium's lies; 0 for nothing."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def object_at(place: int) -> Any:
    """Give a page object as all other calls want it."""
    return ctypes.cast(place, pdfium.FPDF_PAGEOBJECT)


def _quick(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    # A prototype of Python's own keeps the lock; this process has one thread.
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


# (text page, number, left, right, bottom, top): the last four are addresses of doubles to write.
character_box = _quick(
    pdfium.FPDFText_GetCharBox, _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS
)
# (text page, number, place): four single floats to write, left, top, right, bottom.
loose_box = _quick(pdfium.FPDFText_GetLooseCharBox, _INT, _ADDRESS, _INT, _ADDRESS)
# (text page, number) gives an address; None for a made-up character.
text_object = _quick(pdfium.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _INT)
# (page, number) and (form, number) give an address.
page_object = _quick(pdfium.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INT)
form_object = _quick(pdfium.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong)
form_count = _quick(pdfium.FPDFFormObj_CountObjects, _INT, _ADDRESS)
# (object) gives a number of pdfium's.
object_type = _quick(pdfium.FPDFPageObj_GetType, _INT, _ADDRESS)
# (object, left, bottom, right, top): the last four are addresses of single floats to write.
object_bounds = _quick(
    pdfium.FPDFPageObj_GetBounds, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS
)
# (object, matrix): six single floats to write.
object_matrix = _quick(pdfium.FPDFPageObj_GetMatrix, _INT, _ADDRESS, _ADDRESS)
# (object, red, green, blue, alpha): the last four are addresses of unsigned numbers to write.
fill_colour = _quick(
    pdfium.FPDFPageObj_GetFillColor, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS
)
stroke_colour = _quick(
    pdfium.FPDFPageObj_GetStrokeColor, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS
)
# (object, width): a single float to write.
stroke_width = _quick(pdfium.FPDFPageObj_GetStrokeWidth, _INT, _ADDRESS, _ADDRESS)
# (object, 0 or 1): whether it is drawn.
set_active = _quick(pdfium.FPDFPageObj_SetIsActive, _INT, _ADDRESS, _INT)
# (image, buffer, size): its bytes as they stand in the file; without a buffer, how many they are.
stored_image = _quick(
    pdfium.FPDFImageObj_GetImageDataRaw, ctypes.c_ulong, _ADDRESS, _ADDRESS, ctypes.c_ulong
)
render_mode = _quick(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _ADDRESS)
# (path, fill, stroke): the last two are addresses of numbers to write.
draw_mode = _quick(pdfium.FPDFPath_GetDrawMode, _INT, _ADDRESS, _ADDRESS, _ADDRESS)
# (object, width, height): the last two are addresses of unsigned numbers to write.
image_size = _quick(pdfium.FPDFImageObj_GetImagePixelSize, _INT, _ADDRESS, _ADDRESS, _ADDRESS)
# (object, 0, 0) gives how many bytes an image has as it is stored.
image_bytes = _quick(
    pdfium.FPDFImageObj_GetImageDataRaw, ctypes.c_ulong, _ADDRESS, _ADDRESS, ctypes.c_ulong
)
segment_count = _quick(pdfium.FPDFPath_CountSegments, _INT, _ADDRESS)
# (path, number) gives an address, by which the others know the segment.
path_segment = _quick(pdfium.FPDFPath_GetPathSegment, _ADDRESS, _ADDRESS, _INT)
segment_type = _quick(pdfium.FPDFPathSegment_GetType, _INT, _ADDRESS)
segment_closes = _quick(pdfium.FPDFPathSegment_GetClose, _INT, _ADDRESS)
# (segment, x, y): the last two are addresses of single floats to write.
segment_point = _quick(pdfium.FPDFPathSegment_GetPoint, _INT, _ADDRESS, _ADDRESS, _ADDRESS)
