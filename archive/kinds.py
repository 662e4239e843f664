"""What a file is, by its first bytes: its name may say anything."""

from typing import Final

# A header may stand behind junk, but not far; all readers of PDFs look so far and no further.
FIRST_BYTES: Final = 1024
# What stands in a zip may be named later.
KIND_BYTES: Final = 8192

PDF: Final = "PDF"
_UNKNOWN = "file of an unknown kind"
# How a file begins, and what it is then. Of a zip, what stands in it decides.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word, Excel, PowerPoint or Outlook file"),
    (b"{\\rtf", "text in rich format (RTF)"),
    (b"%!PS", "PostScript file"),
    (b"\x89PNG\r\n", "picture (PNG)"),
    (b"\xff\xd8\xff", "picture (JPEG)"),
    (b"GIF8", "picture (GIF)"),
    (b"II*\0", "picture (TIFF)"),
    (b"MM\0*", "picture (TIFF)"),
    (b"BM", "picture (BMP)"),
    (b"\0\0\0\x0cjP", "picture (JPEG 2000)"),
    (b"Rar!\x1a\x07", "archive (RAR)"),
    (b"7z\xbc\xaf\x27\x1c", "archive (7z)"),
    (b"\x1f\x8b", "compressed file (gzip)"),
    (b"MZ", "program for Windows"),
    (b"ID3", "sound (MP3)"),
    (b"RIFF", "sound or film (RIFF)"),
    (b"<?xml", "XML file"),
)
_IN_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/", "Word document"),
    (b"xl/", "Excel workbook"),
    (b"ppt/", "PowerPoint presentation"),
    (b"application/vnd.oasis.opendocument", "OpenDocument file"),
    (b"[Content_Types].xml", "Word, Excel or PowerPoint file"),
)
_WEB = (b"<!doctype html", b"<html", b"<head", b"<body")
_MAIL = (
    b"Received:",
    b"Return-Path:",
    b"From:",
    b"MIME-Version:",
    b"Delivered-To:",
    b"Message-ID:",
)


def kind_of(first: bytes) -> str:
    """Say what a file is that begins so: "PDF", "Word document", "file of an unknown kind"."""
    if not first:
        return "empty file"
    if b"%PDF-" in first[:FIRST_BYTES]:
        return PDF
    if first.startswith(b"PK\x03\x04"):
        return next((kind for sign, kind in _IN_ZIP if sign in first), "archive (zip)")
    if first[4:8] == b"ftyp":
        return "film (MP4)"
    known = (kind for sign, kind in _BEGINNINGS if first.startswith(sign))
    return next(known, "") or _kind_of_text(first)


def _kind_of_text(first: bytes) -> str:
    text = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:200].lower().startswith(_WEB) or b"<html" in text.lower():
        return "web page"
    if text.startswith(_MAIL):
        return "message (e-mail)"
    is_text = not any(byte < 9 or 13 < byte < 32 for byte in first)
    return "plain text" if is_text and text else _UNKNOWN


def why_no_pdf(first: bytes) -> str:
    """Say why a file that begins so is no PDF, '' when it is one."""
    kind = kind_of(first)
    if not first:
        return "the file is empty: it has 0 bytes"
    if kind == PDF:
        return ""
    nowhere = f"no %PDF- in its first {FIRST_BYTES:,} bytes"
    if kind == _UNKNOWN:
        return f"not a PDF: {nowhere}"
    return f"not a PDF: {nowhere}, which are those of {with_article(kind)}"


def with_article(kind: str) -> str:
    """Put an article to a kind: "a Word document", "an XML file", "plain text"."""
    if kind.startswith(("plain", "text", "sound")):
        return kind
    return f"{'an' if kind[0].lower() in 'aeiou' or kind.startswith('XML') else 'a'} {kind}"
