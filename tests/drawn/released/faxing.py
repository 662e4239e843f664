"""Pictures of one bit a dot, packed as fax machines pack them (CCITT group 4)."""

import hashlib
import io
from typing import Any

from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFImageXObject, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

# Where a TIFF says at which byte its strips begin, how long they are, and how many rows each has.
_OFFSETS, _LENGTHS, _ROWS = 273, 279, 278


def packed(image: Image.Image) -> bytes:
    """Pack a picture. Its white is the black of fax machines, which `BlackIs1` undoes."""
    file = io.BytesIO()
    rows = {_ROWS: image.height}
    image.convert("1").save(file, "TIFF", compression="group4", tiffinfo=rows)
    content = file.getvalue()
    with Image.open(io.BytesIO(content)) as stored:
        tags: Any = stored.tag_v2  # type: ignore[attr-defined]
        (start,), (length,) = tags[_OFFSETS], tags[_LENGTHS]
    return content[start : start + length]


class FaxedPicture(PDFImageXObject):  # type: ignore[misc]
    """A picture in a PDF that reportlab itself cannot write."""

    def __init__(self, size: tuple[int, int], content: bytes) -> None:
        super().__init__(hashlib.sha256(content).hexdigest())
        self.size, self.content = size, content

    def format(self, document: Any) -> Any:
        """Write it; reportlab calls this."""
        wide, high = self.size
        said = {
            "Type": PDFName("XObject"),
            "Subtype": PDFName("Image"),
            "Width": wide,
            "Height": high,
            "BitsPerComponent": 1,
            "ColorSpace": PDFName("DeviceGray"),
            "Filter": PDFName("CCITTFaxDecode"),
            "DecodeParms": PDFDictionary(
                {"K": -1, "Columns": wide, "Rows": high, "BlackIs1": "true"}
            ),
        }
        return PDFStream(PDFDictionary(said), self.content).format(document)


def draw_faxed(
    canvas: Canvas, picture: FaxedPicture, left: float, low: float, wide: float, high: float
) -> None:
    """Draw it, as `Canvas.drawImage` draws others."""
    document = canvas._doc
    registered = document.getXObjectName(picture.name)
    canvas._setXObjects(picture)
    # Strips that are all white are one.
    if registered not in document.idToObject:
        document.Reference(picture, registered)
        document.addForm(picture.name, picture)
    canvas.saveState()
    canvas.translate(left, low)
    canvas.scale(wide, high)
    canvas._code.append(f"/{registered} Do")
    canvas.restoreState()
    canvas._formsinuse.append(picture.name)
