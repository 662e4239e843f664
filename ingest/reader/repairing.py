"""Makes a broken PDF whole once more, by another library than the one that cannot open it.

pdfium puts a table of objects together again where it is wrong. It gives up a file without a
trailer, or whose pages hang in a tree that is thousands of branches deep; with qpdf they are found.
Only pages that hang in the tree are: what somebody deleted may still lie about in the file.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.reader import verdicts
from ingest.reader.verdicts import Refused

if TYPE_CHECKING:
    from pikepdf import Pdf

NO_PAGE = "damaged: no page in it can be found"
NO_STRUCTURE = "damaged: its structure cannot be read"
PROTECTED = "protected: it cannot be opened without its password"

# What a page has from the branches above it.
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_NODES = 200_000
_END = b"\nendstream\nendobj\n"
_OBJECT = re.compile(rb"(\d{1,10} \d{1,5}) obj\b")


def repaired(path: Path) -> bytes:
    """Write a broken PDF anew: all pages that can be found, in one plain list.

    One that was cut off names pages that it lacks, which qpdf does not bear: it gets a trailer.

    Raises:
        Refused: nothing in it can be found.
    """
    try:
        return _written_anew(path)
    except Refused as refusal:
        ended = _with_trailer(path) if refusal.verdict == verdicts.DAMAGED else b""
        if not ended:
            raise
        return ended


def _with_trailer(path: Path) -> bytes:
    """Give a file with a trailer that names its last catalogue, b"" where none lies open in it."""
    body = path.read_bytes()
    place = body.rfind(b"/Catalog")
    number = _OBJECT.search(body, max(0, body.rfind(b" obj", 0, max(place, 0)) - 20), max(place, 0))
    return body + _END + b"trailer\n<< /Root %b R >>\n%%%%EOF\n" % number[1] if number else b""


def _written_anew(path: Path) -> bytes:
    # Only here: few documents need it, and loading it takes longer than reading a letter.
    import pikepdf

    written = io.BytesIO()
    try:
        with opened_anyhow(_ended(path)) as broken:
            _flatten(broken)
            broken.save(written)
    except pikepdf.PasswordError as error:
        raise Refused(verdicts.PASSWORD, PROTECTED) from error
    except (pikepdf.PikepdfError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused(verdicts.DAMAGED, NO_STRUCTURE) from error
    return written.getvalue()


def opened_anyhow(file: io.BytesIO | Path) -> "Pdf":
    """Open a PDF by qpdf, which is told to leave the tree of pages alone: it may be too deep."""
    import pikepdf

    return pikepdf.open(file, suppress_warnings=True, inherit_page_attributes=False)


def _ended(path: Path) -> io.BytesIO:
    """Give a file with an end for what may be cut off: qpdf drops an object that has none."""
    return io.BytesIO(path.read_bytes() + _END + b"%%EOF\n")


def _flatten(broken: "Pdf") -> None:
    """Hang all pages at one branch.

    Raises:
        Refused: there is none.
    """
    from pikepdf import Array, Dictionary, Name

    pages = list(pages_in(broken.Root.get("/Pages")))
    if not pages:
        raise Refused(verdicts.DAMAGED, NO_PAGE)
    tree = broken.make_indirect(Dictionary(Type=Name.Pages, Count=len(pages)))
    for page in pages:
        page["/Parent"] = tree
    tree["/Kids"] = Array(pages)
    broken.Root["/Pages"] = tree


def pages_in(root: Any) -> Iterator[Any]:
    """Walk the pages of a tree in their order, each branch once, however it is knotted."""
    from pikepdf import Array, Dictionary

    waiting, seen = [(root, dict[str, Any]())], set[tuple[int, int]]()
    while waiting and len(seen) < _NODES:
        node, above = waiting.pop()
        if not isinstance(node, Dictionary) or not node.is_indirect or node.objgen in seen:
            continue
        seen.add(node.objgen)
        here = above | {name: node[name] for name in _INHERITED if name in node}
        kids = node.get("/Kids")
        if isinstance(kids, Array):
            waiting += [(kid, here) for kid in reversed(list(kids)[:_NODES])]
        else:
            for name, value in here.items():
                node[name] = value
            yield node
