"""Files made to hurt, and files that are broken."""

import io
import zlib
from collections.abc import Callable, Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.drawn.sheets import letter


def objects(*bodies: bytes) -> bytes:
    """Write a PDF of numbered objects; the first one is the catalogue."""
    file = io.BytesIO()
    file.write(b"%PDF-1.7\n")
    begins = []
    for number, body in enumerate(bodies, start=1):
        begins.append(file.tell())
        file.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    table = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    file.writelines(b"%010d 00000 n \n" % begin for begin in begins)
    file.write(
        b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, table)
    )
    return file.getvalue()


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Write a deflated stream object."""
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %b >>\nstream\n%b\nendstream" % (
        len(packed),
        entries,
        packed,
    )


def one_page(
    content: bytes, *, box: Sequence[float] = (0, 0, 612, 792), more: bytes = b""
) -> bytes:
    """A page with some content, and more entries in its dictionary."""
    edges = b" ".join(b"%f" % edge for edge in box)
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%b] /Contents 4 0 R %b >>" % (edges, more),
        stream(content),
    )


def redact_annotation(word: str) -> bytes:
    """A word that is marked for redaction, and was not redacted."""
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Annots [6 0 R]"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        stream(b"BT /F 12 Tf 20 100 Td (Seen) Tj 80 0 Td (%b) Tj ET" % word.encode()),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Annot /Subtype /Redact /Rect [96 96 180 114] >>",
    )


def password() -> bytes:
    """A file that opens only with its password."""
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("open sesame", ownerPassword="owner"))
    canvas.drawString(72, 720, "Guarded")
    canvas.save()
    return file.getvalue()


def nested_forms() -> bytes:
    """Thirty forms, each drawn ten times by the one before: 10^30 drawings."""
    depth = 30
    pages = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /XObject << /X 5 0 R >> >> >>",
        stream(b"/X Do " * 10),
    ]
    for number in range(depth):
        last = number == depth - 1
        resources = b"" if last else b"/Resources << /XObject << /X %d 0 R >> >>" % (number + 6)
        pages.append(
            stream(
                b"0 0 9 9 re f" if last else b"/X Do " * 10,
                b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] %b" % resources,
            )
        )
    return objects(*pages)


def forms_in_forms(depth: int) -> bytes:
    """Forms that each draw the next one, the last one a word with a box over it."""
    font = b"/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    pages = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /XObject << /X 5 0 R >>"
        b" /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        stream(b"BT /F 12 Tf 72 700 Td (Seen) Tj ET /X Do"),
    ]
    for number in range(depth):
        last = number == depth - 1
        resources = font if last else b"/Resources << /XObject << /X %d 0 R >> >>" % (number + 6)
        content = b"BT /F 12 Tf 72 600 Td (deep) Tj ET 60 590 90 30 re f" if last else b"/X Do"
        pages.append(
            stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] %b" % resources)
        )
    return objects(*pages)


def page_tree_loop() -> bytes:
    """A page tree that holds itself."""
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>",
    )


_FONT = b"/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"

HOSTILE: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "truncated": (lambda: letter()[:700], {"damaged", "ok"}),
    "head_alone": (lambda: b"%PDF-1.7\n", {"damaged"}),
    "zero_bytes": (lambda: b"", {"empty"}),
    "web_page": (lambda: b"<html><body>Not found</body></html>", {"not a PDF"}),
    "password": (password, {"password"}),
    "no_pages": (
        lambda: objects(
            b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"
        ),
        {"damaged"},
    ),
    "page_tree_loop": (page_tree_loop, {"damaged", "ok"}),
    "too_many_pages": (
        lambda: objects(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 6000 /Kids [" + b"3 0 R " * 6000 + b"] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        ),
        {"limit-pages"},
    ),
    "too_many_objects": (
        lambda: one_page(b"BT /F 9 Tf (word) Tj ET " + b"0 0 5 5 re f " * 200_001, more=_FONT),
        {"too-complex"},
    ),
    "huge_page": (
        lambda: one_page(b"0 0 9 9 re f", box=(0, 0, 9e6, 9e6)),
        {"ok", "damaged"},
    ),
}
