"""The reading of a document: its words and boxes by page, packed into one file.

`ingest.reader` writes it, everything else reads it. One file in the store per (document, reader
version). Numbers are little-endian, lengths in bytes:

    MAGIC (8: "PWREAD" and two digits of format version; 01 to 03 are read as well)
    page 1: head, text (UTF-8, deflated), boxes (deflated), redactions (JSON, deflated; or none)
    page 2 …
    table: where each page begins, and where the last one ends (uint64 each)
    tail: where the table begins (uint64), CRC-32 of the table (uint32), pages (uint32)

The words are the text cut at white space, so only their boxes are stored: four columns (left,
top, width, height) in tenths of a point, the first two as distances from the word before.
"""

import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Literal, Self, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from archive.errors import Damaged
from archive.masking import MASK
from archive.redactions import NOTHING_REDACTED, Redactions
from archive.redactions import packed as packed_redactions
from archive.redactions import unpacked as unpacked_redactions
from archive.words import Word, Words

MAGIC = b"PWREAD04"
_FORM_3 = b"PWREAD03"  # its pages had no key to be compared by
_FORM_2 = b"PWREAD02"  # its pages had no redactions
_FORM_1 = b"PWREAD01"  # nor did they say where their text came from
# A page's deflated parts are never allowed to grow beyond this; the reader stops long before.
PAGE_BYTES_MAX = 64 * 1024 * 1024

_HEADS = {
    MAGIC: struct.Struct("<IffIIIBIIBBI16s"),
    _FORM_3: struct.Struct("<IffIIIBIIBBI"),
    _FORM_2: struct.Struct("<IffIIIBIIBB"),
    _FORM_1: struct.Struct("<IffIIIBII"),
}
_TAIL = struct.Struct("<QII")
_HAS_TEXT_LAYER, _WIDE, _LOOKED_AT = 1, 2, 4
_NO_KEY = bytes(16)
_NO_CONFIDENCE = 255
_TENTHS_MAX = 2**30

# Where a page's text came from. none: it has none, and none is to be seen. layer: the file's own
# text. scan_layer: text that somebody's program recognised in a scan before. picture: what is on
# the page is a picture that was not recognised yet. recognised: it was, by us.
TextFrom: TypeAlias = Literal["none", "layer", "scan_layer", "picture", "recognised"]
_ORIGINS: tuple[TextFrom, ...] = get_args(TextFrom)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """One page: its words in reading order, and what was left out of them.

    `text` is the words joined by spaces and line breaks, with personal numbers masked; what stood
    beneath opaque boxes is in neither, only counted. `confidence` is that of recognised words,
    weighed by their letters, from 0 to 100; None where none was recognised. `is_looked_at`:
    somebody looked for redactions. `content_key` is the same for pages of the same words, boxes and
    pictures: 32 hexadecimal digits; '' where a page is not to be compared.
    """

    number: int
    width_pt: float
    height_pt: float
    text: str
    words: Sequence[Word]
    characters_beneath_boxes: int
    masked: int
    text_from: TextFrom
    confidence: int | None = None
    redactions: Redactions = NOTHING_REDACTED
    is_looked_at: bool = True
    content_key: str = ""

    @property
    def has_text_layer(self) -> bool:
        """Whether the file itself has text for this page."""
        return self.text_from in LAYERS

    @property
    def is_known_redacted(self) -> bool:
        """Whether it is known how much was withheld, be it nothing.

        Boxes in a picture are found when its words are recognised.
        """
        is_whole = self.text_from != "picture" or self.redactions.is_withheld
        return self.is_looked_at and is_whole

    @property
    def masked_words(self) -> list[Word]:
        """The words in which a personal number was masked."""
        return [word for word in self.words if MASK in word.text]


LAYERS: tuple[TextFrom, ...] = ("layer", "scan_layer")


def pack(pages: Iterable[PageReading], file: BinaryIO) -> int:
    """Write pages, numbered from 1 without gaps, into an empty file; give how many there were."""
    file.write(MAGIC)
    begins = [len(MAGIC)]
    for number, page in enumerate(pages, start=1):
        if page.number != number:
            raise ValueError(f"page {page.number} was given where page {number} was due")
        begins.append(begins[-1] + file.write(_packed(page)))
    table = struct.pack(f"<{len(begins)}Q", *begins)
    file.write(table + _TAIL.pack(begins[-1], zlib.crc32(table), len(begins) - 1))
    return len(begins) - 1


def _packed(page: PageReading) -> bytes:
    words = Words.of(page.words)
    texts = page.text.split()
    if texts != words.texts:
        raise ValueError(f"page {page.number}: its words are not those of its text")
    columns = _columns(words.edges) if texts else np.zeros((4, 0), np.int64)
    is_wide = bool(columns.size) and int(np.abs(columns).max()) > np.iinfo(np.int16).max
    text = zlib.compress(page.text.encode("utf-8"))
    boxes = zlib.compress(columns.astype("<i4" if is_wide else "<i2").tobytes())
    redactions = (
        zlib.compress(redacted) if (redacted := packed_redactions(page.redactions)) else b""
    )
    head = _HEADS[MAGIC].pack(
        page.number,
        page.width_pt,
        page.height_pt,
        page.characters_beneath_boxes,
        page.masked,
        len(words),
        _HAS_TEXT_LAYER * page.has_text_layer + _WIDE * is_wide + _LOOKED_AT * page.is_looked_at,
        len(text),
        len(boxes),
        _ORIGINS.index(page.text_from),
        _NO_CONFIDENCE if page.confidence is None else page.confidence,
        len(redactions),
        bytes.fromhex(page.content_key) or _NO_KEY,
    )
    return head + text + boxes + redactions


def _columns(edges: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Give the boxes as four rows of tenths of a point; left and top as distances."""
    tenths = np.rint(edges.T * 10).clip(-_TENTHS_MAX, _TENTHS_MAX)
    tenths[np.isnan(tenths)] = 0
    columns = tenths.astype(np.int64)
    columns[2:] -= columns[:2]
    columns[:2, 1:] -= columns[:2, :-1].copy()
    return columns


class Reading:
    """A packed reading on disk; gives one page at a time, from any thread.

    Use it in a `with` statement, or close it.
    """

    def __init__(
        self, path: Path, descriptor: int, begins: Sequence[int], head: struct.Struct
    ) -> None:
        self._path = path
        self._descriptor = descriptor
        self._begins = begins
        self._head = head

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a packed reading.

        Raises:
            Damaged: it is not one, or not all of it is there.
        """
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError as error:
            raise Damaged(f"the reading {path.name} is missing from the file store") from error
        try:
            return cls(path, descriptor, *_table(path, descriptor))
        except BaseException:
            os.close(descriptor)
            raise

    @property
    def page_count(self) -> int:
        """How many pages the document has."""
        return len(self._begins) - 1

    def page(self, number: int) -> PageReading:
        """Read one page, counted from 1.

        Raises:
            IndexError: there is no such page.
            Damaged: its bytes are not what was written.
        """
        with self._said_damaged(number):
            return _unpacked(self._block(number), number, self._head)

    def text(self, number: int) -> str:
        """Read the text of one page alone: a third of the time, for lists and for the index.

        Raises:
            IndexError: there is no such page.
            Damaged: its bytes are not what was written.
        """
        with self._said_damaged(number):
            return _text(self._block(number), number, self._head)[0]

    def redactions(self, number: int) -> Redactions:
        """Read alone what was withheld from one page.

        Raises:
            IndexError: there is no such page.
            Damaged: its bytes are not what was written.
        """
        with self._said_damaged(number):
            block = self._block(number)
            head = self._head.unpack_from(block)
            return _redactions(block[self._head.size + head[7] + head[8] :])

    def _block(self, number: int) -> bytes:
        begin, end = self._begins[number - 1], self._begins[number]
        return os.pread(self._descriptor, end - begin, begin)

    @contextmanager
    def _said_damaged(self, number: int) -> Iterator[None]:
        if not 1 <= number <= self.page_count:
            raise IndexError(f"page {number} of {self.page_count}")
        try:
            yield
        except (struct.error, ValueError, zlib.error) as error:
            raise _damaged(self._path, f"page {number} cannot be unpacked") from error

    def pages(self) -> Iterator[PageReading]:
        """Read all pages in order, one at a time."""
        return map(self.page, range(1, self.page_count + 1))

    def close(self) -> None:
        """Close the file; pages cannot be read any more."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _damaged(path: Path, what: str) -> Damaged:
    return Damaged(f"the reading {path.name} is damaged: {what}. Run: paperwatch verify")


def _table(path: Path, descriptor: int) -> tuple[Sequence[int], struct.Struct]:
    """Read where each page begins, and check that the file holds together; what heads it has."""
    size = os.fstat(descriptor).st_size
    head = _HEADS.get(os.pread(descriptor, len(MAGIC), 0))
    if size < len(MAGIC) + 8 + _TAIL.size or head is None:
        raise _damaged(path, f"it does not begin as a reading of format {MAGIC.decode()} does")
    begin, checksum, pages = _TAIL.unpack(os.pread(descriptor, _TAIL.size, size - _TAIL.size))
    if begin + 8 * (pages + 1) + _TAIL.size != size:
        raise _damaged(path, "its length is not what its last bytes say")
    table = os.pread(descriptor, 8 * (pages + 1), begin)
    begins = struct.unpack(f"<{pages + 1}Q", table)
    # The sum guards the table; whether it makes sense is asked as well, for sums can be forged.
    if zlib.crc32(table) != checksum or begins[0] != len(MAGIC) or begins[-1] != begin:
        raise _damaged(path, "its table of pages is not what was written")
    if any(after <= before for before, after in pairwise(begins)):
        raise _damaged(path, "its pages overlap")
    return begins, head


def _text(block: bytes, number: int, form: struct.Struct) -> tuple[str, tuple[Any, ...]]:
    """Read a page's text and head; raises ValueError, struct.error or zlib.error when damaged."""
    head = form.unpack_from(block)
    written, text_size, boxes_size, redactions_size = head[0], head[7], head[8], sum(head[11:12])
    end = form.size + text_size
    if written != number or end + boxes_size + redactions_size != len(block):
        raise ValueError("another page stands here")
    return _inflated(block[form.size : end]).decode("utf-8"), head


def _unpacked(block: bytes, number: int, form: struct.Struct) -> PageReading:
    """Read a page from its block; raises ValueError, struct.error or zlib.error when damaged."""
    text, head = _text(block, number, form)
    _, width, height, beneath, masked, count, flags, text_size, boxes_size, *said = head
    origin, confidence = said[:2] or (flags & _HAS_TEXT_LAYER, _NO_CONFIDENCE)
    key = said[3] if len(said) > 3 else _NO_KEY
    if origin >= len(_ORIGINS):
        raise ValueError("it does not say where its text came from")
    end = form.size + text_size
    boxes, redacted = _inflated(block[end : end + boxes_size]), block[end + boxes_size :]
    columns = np.frombuffer(boxes, "<i4" if flags & _WIDE else "<i2")
    words = text.split()
    if len(words) != count or columns.size != 4 * count:
        raise ValueError("words and boxes are not as many as were written")
    return PageReading(
        number=number,
        width_pt=width,
        height_pt=height,
        text=text,
        words=_words(words, columns.reshape(4, count).astype(np.int64)),
        characters_beneath_boxes=beneath,
        masked=masked,
        text_from=_ORIGINS[origin],
        confidence=None if confidence == _NO_CONFIDENCE else confidence,
        redactions=_redactions(redacted),
        is_looked_at=bool(flags & _LOOKED_AT),
        content_key="" if key == _NO_KEY else key.hex(),
    )


def _redactions(packed: bytes) -> Redactions:
    return unpacked_redactions(_inflated(packed)) if packed else NOTHING_REDACTED


def _inflated(packed: bytes) -> bytes:
    inflate = zlib.decompressobj()
    unpacked = inflate.decompress(packed, PAGE_BYTES_MAX)
    if not inflate.eof or inflate.unused_data:
        raise ValueError("it is cut short, or too long")
    return unpacked


def _words(texts: Sequence[str], columns: npt.NDArray[np.int64]) -> list[Word]:
    left, top = columns[0].cumsum(), columns[1].cumsum()
    edges = np.stack([left, top, left + columns[2], top + columns[3]], axis=1) / 10
    return [
        Word(text=text, left_pt=box[0], top_pt=box[1], right_pt=box[2], bottom_pt=box[3])
        for text, box in zip(texts, edges.tolist(), strict=True)
    ]
