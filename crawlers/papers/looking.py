"""What a file is by its first bytes: no name, no type and no status is believed."""

import hashlib
from pathlib import Path

from archive.kinds import FIRST_BYTES

_KINDS = (
    (b"PK\x03\x04", "a ZIP archive, or a document of Office"),
    (b"\xd0\xcf\x11\xe0", "an old document of Office"),
    (b"{\\rtf", "a document in RTF"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"GIF8", "a GIF picture"),
    (b"ID3", "a sound recording"),
)


def what_is_wrong(first: bytes, size_bytes: int) -> str:
    """Say why a file is no PDF by its first bytes; '' where it is one.

    A PDF may begin with other bytes: readers look for its mark in the first 1,024.
    """
    if not size_bytes:
        return "the file is empty: it has 0 bytes"
    if b"%PDF-" in first[:FIRST_BYTES]:
        return ""
    begin = first.lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin[:1] == b"<":
        return "not a PDF: a page of HTML or XML came in its place"
    kind = next((kind for mark, kind in _KINDS if first.startswith(mark)), "")
    if not kind and first[4:8] == b"ftyp":
        kind = "a film or sound recording"
    if kind:
        return f"not a PDF, but {kind}"
    return f"not a PDF: no %PDF- in its first {FIRST_BYTES:,} bytes"


def is_of_another_kind(first: bytes) -> bool:
    """Ask whether a file is there, and no PDF; a page, or nothing, only came in its place."""
    wrong = what_is_wrong(first, len(first))
    return bool(first and wrong) and "a page of HTML" not in wrong


def first_bytes(path: Path, most: int = FIRST_BYTES) -> bytes:
    """Give the beginning of a file."""
    with path.open("rb") as file:
        return file.read(most)


def sha1_of(path: Path) -> str:
    """Give the SHA-1 of a file, by which some sources name it; it proves nothing."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.sha1(usedforsecurity=False)).hexdigest()
