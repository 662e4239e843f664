"""Documents with files attached to them: portfolios, attachments of pages, and what goes wrong."""

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.drawn.hostile import objects, password, stream
from tests.drawn.sheets import drawn, letter, lines

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to attach: its name as bytes of a PDF's string, its bytes, how they are packed."""

    name: bytes
    body: bytes
    packed: bytes | None = None
    entries: bytes = b"/Filter /FlateDecode"


def exhibit(word: str = "exhibit") -> bytes:
    """A PDF to attach."""
    return drawn(lambda canvas: lines(canvas, [f"This is the {word} of the release."]))


def word_document() -> bytes:
    """The beginning of a Word document, as far as anybody looks."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
            packed.writestr(zipfile.ZipInfo(name), f"<{name[0]}/>")
    return file.getvalue()


def holding(*files: File, at_page: Sequence[File] = (), more: bytes = b"") -> bytes:
    """A page that says "Cover", with files of the whole, and files pinned to the page."""
    every = (*files, *at_page)
    first = 6
    names = b" ".join(
        b"(%04d) %d 0 R" % (number, first + 2 * number) for number in range(len(files))
    )
    pins = range(first + 2 * len(every), first + 2 * len(every) + len(at_page))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R %b /Names << /EmbeddedFiles << /Names [%b] >> >> >>"
        % (more, names),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Annots [%b]"
        b" /Resources << /Font << /F 5 0 R >> >> >>" % b" ".join(b"%d 0 R" % pin for pin in pins),
        stream(b"BT /F 12 Tf 20 100 Td (Cover) Tj ET"),
        _FONT,
    ]
    for number, file in enumerate(every):
        held = first + 2 * number + 1
        bodies.append(
            b"<< /Type /Filespec /F (%b) /UF (%b) /EF << /F %d 0 R >> >>"
            % (file.name, file.name, held)
        )
        packed = zlib.compress(file.body) if file.packed is None else file.packed
        entries = b"/Type /EmbeddedFile /Length %d %b" % (len(packed), file.entries)
        bodies.append(b"<< %b >>\nstream\n%b\nendstream" % (entries, packed))
    for number in range(len(at_page)):
        specification = first + 2 * (len(files) + number)
        bodies.append(
            b"<< /Type /Annot /Subtype /FileAttachment /Rect [20 20 34 34] /FS %d 0 R >>"
            % specification
        )
    return objects(*bodies)


def portfolio() -> bytes:
    """A portfolio: a cover, two PDFs and a Word document."""
    return holding(
        File(name=b"Exhibit A.pdf", body=exhibit()),
        File(name=b"Letter.pdf", body=letter()),
        File(name=b"Notes.docx", body=word_document()),
        more=b"/Collection << /Type /Collection /View /D >>",
    )


def pinned() -> bytes:
    """A page with a PDF pinned to it."""
    return holding(at_page=[File(name=b"Exhibit B.pdf", body=exhibit("second exhibit"))])


def nested(depth: int) -> bytes:
    """A PDF in a PDF in a PDF …, so many of them in the outermost."""
    body = exhibit("innermost")
    for number in range(depth):
        body = holding(File(name=b"Level %d.pdf" % (depth - number), body=body))
    return body


def guarded() -> bytes:
    """An attachment that opens only with its password, and one that is broken."""
    return holding(
        File(name=b"Guarded.pdf", body=password()),
        File(name=b"Broken.pdf", body=b"%PDF-1.7\nnothing more"),
    )


def bomb() -> bytes:
    """An attachment of 20 MB in 20 kB, one that is a lie, one cut short, and a good one."""
    zeros = zlib.compressobj(9)
    packed = b"".join(zeros.compress(bytes(1 << 20)) for _ in range(20)) + zeros.flush()
    return holding(
        File(name=b"zeros.bin", body=b"", packed=packed),
        File(name=b"lie.bin", body=b"", packed=b"this was never deflated"),
        File(name=b"short.bin", body=b"", packed=zlib.compress(bytes(range(256)) * 99)[:60]),
        File(name=b"Exhibit.pdf", body=exhibit()),
    )


def many(count: int) -> bytes:
    """So many attachments, all different."""
    return holding(*(File(name=b"%d.txt" % n, body=b"number %d" % n) for n in range(count)))


def badly_named() -> bytes:
    """Attachments whose names are paths, hold a personal number, or read otherwise."""
    return holding(
        File(name=b"../../../../etc/cron.d/x.pdf", body=exhibit("first")),
        File(name=rb"C:\\Users\\jane\\Desktop\\SSN_219-09-9999.pdf", body=exhibit("second")),
        File(name=b"\xfe\xff\x20\x2e\x00f\x00d\x00p\x00.\x00e\x00x\x00e", body=b"MZ program"),
        File(name=b"", body=b"plain words"),
    )


def knotted_names() -> bytes:
    """A tree of names that holds itself, and a good attachment beside it."""
    body = holding(File(name=b"Exhibit.pdf", body=exhibit()))
    return body.replace(
        b"/EmbeddedFiles << /Names [(0000) 6 0 R] >>", b"/EmbeddedFiles 8 0 R"
    ).replace(
        b"xref\n0 8\n",
        b"8 0 obj\n<< /Kids [8 0 R 8 0 R << /Names [(0000) 6 0 R] >>] >>\nendobj\nxref\n0 8\n",
    )


DRAWN: dict[str, Callable[[], bytes]] = {
    "portfolio": portfolio,
    "pinned": pinned,
    "nested": lambda: nested(2),
    "badly_named": badly_named,
    "knotted_names": knotted_names,
}
