"""Takes the files out of a PDF that are attached to it: of a portfolio, of a page, of the whole.

They are written under numbers, never under their names, into a folder that was made for them.
What is packed too small, too large, too many or not to be unpacked stays in the PDF, and is said.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf, Stream

from archive.kinds import KIND_BYTES, PDF, kind_of, with_article
from archive.naming import clean_name
from ingest.reader import verdicts
from ingest.reader.opened import look_at_first_bytes
from ingest.reader.repairing import NO_STRUCTURE, PROTECTED, opened_anyhow, pages_in
from ingest.reader.verdicts import Refused

# Of one file; of all together. More are listed up to the third figure, and counted beyond.
EACH_BYTES, ALL_BYTES = 256 << 20, 512 << 20
TAKEN, LISTED = 500, 1_000
# How many times larger than it is packed a file may be. Deflate comes to 1,032, text to 10.
RATIO, RATIO_FROM_BYTES = 200, 16 << 20
_NODES = 20_000  # of the tree of names, and annotations
_DEPTH = 50
_CHUNK = 1 << 16
_FILES = ("/UF", "/F", "/Unix", "/DOS", "/Mac")
# What pikepdf raises for what is not there, of another kind, or not to be unpacked.
_BROKEN = (pikepdf.PikepdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError)

Answer = dict[str, Any]


class _Kept(Exception):
    """A file stays in the PDF, for the reason given."""


@dataclass(slots=True, kw_only=True)
class _Taking:
    """What was taken out so far."""

    folder: Path
    bytes_left: int = ALL_BYTES
    taken: int = 0
    found: list[Answer] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attached:
    """A file specification, and the page it hangs at; 0 for the whole document."""

    specification: Object
    page: int


def attachments(path: Path, folder: Path) -> Answer:
    """Take out what is attached to a document, into an empty folder that is made here.

    Each of `attachments` has a name, page, size_bytes, kind, `file` (its name in the folder, ''
    when it was not taken out) and the reason for that; `more` counts those that are not listed.

    Raises:
        Refused: the document cannot be opened, or a limit stops it.
    """
    look_at_first_bytes(path)
    folder.mkdir()
    taking, more = _Taking(folder=folder), 0
    try:
        with opened_anyhow(path) as document:
            for attached in _each_once(document):
                if len(taking.found) < LISTED:
                    taking.found.append(_taken(taking, attached))
                else:
                    more += 1
    except pikepdf.PasswordError as error:
        raise Refused(verdicts.PASSWORD, PROTECTED) from error
    except _BROKEN as error:
        raise Refused(verdicts.DAMAGED, NO_STRUCTURE) from error
    return {"attachments": taking.found, "more": more}


def _each_once(document: Pdf) -> Iterator[_Attached]:
    """Walk what is attached, each embedded file once: a page often shows one of the whole."""
    seen: set[tuple[int, int]] = set()
    for attached in chain(_of_whole(document), _of_pages(document)):
        stream = _stream_of(attached.specification)
        place = (0, 0) if stream is None else stream.objgen
        if place == (0, 0) or place not in seen:
            seen.add(place)
            yield attached


def _of_whole(document: Pdf) -> Iterator[_Attached]:
    root = document.Root
    names = _at(_at(root, "/Names"), "/EmbeddedFiles")
    for specification in chain(_leaves(names), _elements(_at(root, "/AF"))):
        yield _Attached(specification=specification, page=0)


def _leaves(root: Object | None) -> Iterator[Object]:
    """Walk a tree of names, each node once, however it is knotted."""
    waiting, seen, visited = [(root, 0)], set(), 0
    while waiting and visited < _NODES:
        node, depth = waiting.pop()
        visited += 1
        if not isinstance(node, Dictionary) or depth > _DEPTH:
            continue
        if node.objgen != (0, 0) and node.objgen in seen:
            continue
        seen.add(node.objgen)
        yield from _elements(_at(node, "/Names"))[1::2]
        waiting += [(kid, depth + 1) for kid in reversed(_elements(_at(node, "/Kids")))]


def _of_pages(document: Pdf) -> Iterator[_Attached]:
    visited = 0
    for number, page in enumerate(pages_in(_at(document.Root, "/Pages")), start=1):
        for annotation in _elements(_at(page, "/Annots")):
            visited += 1
            if visited > _NODES or number > verdicts.PAGES:
                return
            if str(_at(annotation, "/Subtype")) == "/FileAttachment":
                specification = _at(annotation, "/FS")
                if specification is not None:
                    yield _Attached(specification=specification, page=number)


def _taken(taking: _Taking, attached: _Attached) -> Answer:
    """Take one file out, or say why not."""
    number = len(taking.found) + 1
    told = {
        "name": clean_name(_name_of(attached.specification)),
        "page": attached.page,
        "size_bytes": 0,
        "kind": "",
        "file": "",
        "reason": "",
    }
    path = taking.folder / str(number)
    try:
        if taking.taken >= TAKEN:
            raise _Kept(f"not taken out: there are more than {TAKEN} attachments")
        with path.open("wb") as file:
            size = _unpack(attached.specification, file, taking.bytes_left)
    except _Kept as kept:
        path.unlink(missing_ok=True)
        return told | {"reason": str(kept)}
    taking.taken += 1
    taking.bytes_left -= size
    with path.open("rb") as file:
        kind = kind_of(file.read(KIND_BYTES))
    told |= {"size_bytes": size, "kind": kind, "file": path.name}
    return told if kind == PDF else told | {"reason": f"not read: it is {with_article(kind)}"}


def _unpack(specification: Object, file: BinaryIO, bytes_left: int) -> int:
    """Write the bytes of an embedded file, and give how many.

    Raises:
        _Kept: they are not there, too many, or cannot be unpacked.
    """
    stream = _stream_of(specification)
    if stream is None:
        raise _Kept("not taken out: the PDF names it, and does not hold it")
    try:
        packed = stream.read_raw_bytes()
        filters = _filters(stream)
    except MemoryError as error:
        raise _Kept(_TOO_LARGE) from error
    except _BROKEN as error:
        raise _Kept(_DAMAGED) from error
    if filters is None:
        return _written(file, [_all_bytes(stream)], len(packed), bytes_left)
    return _written(file, _inflated(packed) if filters else [packed], len(packed), bytes_left)


_TOO_LARGE = f"not taken out: it is larger than {EACH_BYTES >> 20} MB"
_DAMAGED = "not taken out: its bytes are damaged"


def _filters(stream: Stream) -> bool | None:
    """Tell whether a stream is deflated, or as it is; None when it is packed in another way."""
    filters = _at(stream, "/Filter")
    if filters is None:
        return False
    named = [str(one) for one in _elements(filters) or (filters,)]
    is_plain = named in (["/FlateDecode"], ["/Fl"]) and _at(stream, "/DecodeParms") is None
    return True if is_plain else None


def _all_bytes(stream: Stream) -> bytes:
    try:
        return stream.read_bytes()
    except MemoryError as error:
        raise _Kept(_TOO_LARGE) from error
    except _BROKEN as error:
        raise _Kept("not taken out: it is packed in a way that is not known, or damaged") from error


def _inflated(packed: bytes) -> Iterator[bytes]:
    """Unpack piece by piece, so that nobody has to hold what a bomb unpacks to."""
    inflate, rest = zlib.decompressobj(), packed
    try:
        while rest and not inflate.eof:
            yield inflate.decompress(rest, _CHUNK)
            rest = inflate.unconsumed_tail
    except zlib.error as error:
        raise _Kept(_DAMAGED) from error
    if not inflate.eof:
        raise _Kept("not taken out: its bytes are cut short")


def _written(file: BinaryIO, chunks: Iterator[bytes] | list[bytes], packed: int, left: int) -> int:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > EACH_BYTES:
            raise _Kept(_TOO_LARGE)
        if size > left:
            raise _Kept(f"not taken out: together they are larger than {ALL_BYTES >> 20} MB")
        if size > RATIO_FROM_BYTES and size > RATIO * max(packed, 1):
            raise _Kept(f"not taken out: it is packed to less than a {RATIO}th, as bombs are")
        file.write(chunk)
    return size


def _stream_of(specification: Object) -> Stream | None:
    files = _at(specification, "/EF")
    found = (_at(files, name) for name in _FILES)
    return next((one for one in found if isinstance(one, Stream)), None)


def _name_of(specification: Object) -> str:
    if isinstance(specification, pikepdf.String):
        return str(specification)
    found = (_at(specification, name) for name in _FILES)
    return next((str(one) for one in found if isinstance(one, pikepdf.String)), "")


def _at(holder: Object | None, name: str) -> Object | None:
    """Give what stands under a name, None for nothing, or where nothing can."""
    try:
        if isinstance(holder, Dictionary | Stream):
            return holder.get(name)
    except _BROKEN:
        pass
    return None


def _elements(holder: Object | None) -> list[Object]:
    try:
        return list(holder) if isinstance(holder, Array) and len(holder) <= _NODES else []
    except _BROKEN:
        return []
