"""Files that are broken as released files are, or whose words are not where one looks for them."""

import io
import zlib
from collections.abc import Callable

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.drawn.hostile import objects, one_page, stream
from tests.drawn.sheets import letter

_FONT = b"/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
_SEEN = b"BT /F 12 Tf 20 100 Td (Seen) Tj ET"


def owner_password() -> bytes:
    """A file that opens without a password, and has one for changing it."""
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("", ownerPassword="owner"), invariant=True)
    canvas.drawString(72, 720, "Seen by everybody")
    canvas.save()
    return file.getvalue()


def without_table() -> bytes:
    """A file whose table of objects and trailer are gone."""
    return letter().partition(b"xref\n0 ")[0]


def wrong_table() -> bytes:
    """A file whose table of objects points anywhere."""
    head, mark, rest = letter().partition(b"xref\n0 ")
    return head + b"%" * 50 + b"\n" + mark + rest


def deep_tree(depth: int = 3_000) -> bytes:
    """A page in so many branches of the tree of pages."""
    font = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    branches = [
        b"<< /Type /Pages /Count 1 /Kids [%d 0 R] %b >>"
        % (number + 1, b"/Parent %d 0 R" % (number - 1) if number > 2 else b"")
        for number in range(2, depth + 2)
    ]
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        *branches,
        b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 300 200] /Contents %d 0 R /Resources %b >>"
        % (depth + 1, depth + 3, font),
        stream(_SEEN),
    )


def cut_off() -> bytes:
    """A file of two pages that ends within the first: a fuzzer found that qpdf does not bear it."""
    file = objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R %b >>" % _FONT,
        b"<< /Length 4000 >>\nstream\n" + _SEEN + b"\nBT /F 12 Tf 20 50 Td (and no more) Tj ET",
    )
    return file.partition(b"\nendobj\nxref\n0 ")[0]


def junk_before(size: int) -> bytes:
    """A letter behind so much junk, as from a mail program."""
    return b"\r\n".join([b"X-Junk: " + b"j" * 60] * (size // 70 + 1))[:size] + letter()


def deep_arrays(depth: int = 50_000) -> bytes:
    """A page with an array of arrays of arrays …, in its dictionary and in its content."""
    nested = b"[" * depth + b"]" * depth
    return one_page(_SEEN + b" " + nested + b" TJ", more=_FONT + b" /Deep " + nested)


def object_loops() -> bytes:
    """Objects that are each other, a stream whose length is itself, a font that is its own."""
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox 7 0 R /Contents [4 0 R 6 0 R] /Annots 7 0 R"
        b" /Resources 5 0 R >>",
        b"<< /Length 4 0 R >>\nstream\nBT /F 12 Tf 20 100 Td (Seen) Tj ET\nendstream",
        b"<< /Font << /F 5 0 R >> /XObject << /X 5 0 R >> /Type /Font /Subtype /Type0"
        b" /DescendantFonts [5 0 R] /ToUnicode 4 0 R >>",
        b"7 0 R",
        b"6 0 R",
    )


def self_drawing_form() -> bytes:
    """A form that draws itself."""
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /XObject << /X 5 0 R >> >> >>",
        stream(b"/X Do"),
        stream(
            b"0 0 9 9 re f /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 612 792]"
            b" /Resources << /XObject << /X 5 0 R >> >>",
        ),
    )


def xfa(*, is_waiting: bool = True, is_dynamic: bool = True) -> bytes:
    """A form of Adobe's, with the page that other programs show of it."""
    words = b"Please wait... If this message is not eventually replaced" if is_waiting else b"Name"
    packet = b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><field>filled in</field></xdp:xdp>'
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] /XFA 6 0 R >> %b >>"
        % (b"/NeedsRendering true" if is_dynamic else b""),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        stream(b"BT /F 12 Tf 72 700 Td (%b) Tj ET" % words),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(packet),
    )


def chinese() -> bytes:
    """Chinese and Japanese in fonts that the file does not carry."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True)
    for name, words, top in (
        ("STSong-Light", "监控记录", 700),
        ("HeiseiMin-W3", "監視カメラ", 650),
    ):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
        canvas.setFont(name, 14)
        canvas.drawString(72, top, words)
    canvas.save()
    return file.getvalue()


def twice_deflated(size: int) -> bytes:
    """A page whose content is so many spaces, deflated twice: a thousand times a thousand."""
    inner = zlib.compressobj(9)
    first, block = (
        inner.compress(b" " * (1 << 20)) + inner.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    # Without an end, as nobody comes so far; each further block is the same bytes.
    packed = zlib.compress(first + block * ((size >> 20) - 1), 9)
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R >>",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%b\nendstream"
        % (len(packed), packed),
    )


def pictured(entries: bytes, body: bytes) -> bytes:
    """A page that is one picture, of which the dictionary has these entries."""
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /XObject << /X 5 0 R >> >> >>",
        stream(b"612 0 0 792 0 0 cm /X Do"),
        b"<< /Type /XObject /Subtype /Image %b /Length %d >>\nstream\n%b\nendstream"
        % (entries, len(body), body),
    )


def jbig2_bomb(side: int = 60_000) -> bytes:
    """A picture of 3.6 billion dots in a few bytes: a JBIG2 page without a mark on it."""
    edge = side.to_bytes(4, "big")
    page = edge + edge + bytes(8) + b"\x00" + b"\x00\x00"
    region = edge + edge + bytes(8) + b"\x00" + b"\x00" + b"\x03\xff\xfd\xff\x02\xfe\xfe\xfe"
    data = region + bytes(64)
    body = _segment(0, 48, page) + _segment(1, 38, data) + _segment(2, 49, b"")
    size = b"/Width %d /Height %d /BitsPerComponent 1" % (side, side)
    return pictured(size + b" /ColorSpace /DeviceGray /Filter /JBIG2Decode", body)


def _segment(number: int, kind: int, data: bytes) -> bytes:
    return number.to_bytes(4, "big") + bytes([kind, 0, 1]) + len(data).to_bytes(4, "big") + data


def run_length_bomb(side: int = 30_000) -> bytes:
    """A picture of 900 million dots, deflated to less than a thousandth."""
    zeros = zlib.compressobj(9)
    row = bytes(side)
    packed = b"".join(zeros.compress(row) for _ in range(side)) + zeros.flush()
    size = b"/Width %d /Height %d /BitsPerComponent 8" % (side, side)
    return pictured(size + b" /ColorSpace /DeviceGray /Filter /FlateDecode", packed)


def endless_picture() -> bytes:
    """A picture larger than any number, on a page without words; a fuzzer found it."""
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R"
        b" /Resources << /XObject << /X 5 0 R >> >> >>",
        stream(b"99999999 1 1 99999999 -99999999 99999999 cm " * 9 + b"/X Do"),
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8"
        b" /ColorSpace /DeviceGray /Length 1 >>\nstream\n0\nendstream",
    )


def many_pages(count: int) -> bytes:
    """So many pages, which are one and the same object."""
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (count, b"3 0 R " * count),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    )


# What each must end with: a verdict, and a word that is read ('' = none).
BROKEN: dict[str, tuple[Callable[[], bytes], tuple[str, str]]] = {
    "owner_password": (owner_password, ("ok", "everybody")),
    "without_table": (without_table, ("repaired", "Request")),
    "wrong_table": (wrong_table, ("ok", "Request")),
    "deep_tree": (deep_tree, ("repaired", "Seen")),
    "cut_off": (cut_off, ("repaired", "Seen")),
    "junk_before": (lambda: junk_before(700), ("ok", "Request")),
    "junk_far_before": (lambda: junk_before(2_000), ("not a PDF", "")),
    "deep_arrays": (deep_arrays, ("ok", "Seen")),
    "object_loops": (object_loops, ("ok", "")),
    "self_drawing_form": (self_drawing_form, ("too-complex", "")),
    "endless_picture": (endless_picture, ("ok", "")),
    "chinese": (chinese, ("ok", "监控记录")),
}
