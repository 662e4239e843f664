"""One page of a PDF as a reading: what a person sees of its text, and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np

from archive.masking import MASK, mask_document
from archive.readings import PageReading, TextFrom
from archive.words import Words
from ingest.reader.beneath import Beneath, beneath
from ingest.reader.characters import Boxes, Characters, Run, characters
from ingest.reader.covers import Painted, painted
from ingest.reader.geometry import Box
from ingest.reader.layers import is_scan
from ingest.reader.opened import has_objects
from ingest.reader.origins import text_from
from ingest.reader.redacted.hiding import hiding_places
from ingest.reader.redacted.in_scan import boxes_in_scan
from ingest.reader.redacted.ledger import redactions
from ingest.reader.redacted.proposals import first_look
from ingest.reader.rendering import Sheet, sheet
from ingest.reader.runs import Runs, run, runs
from ingest.reader.unredacted import hidden_in_picture, marked_places

# Of a page that cannot be opened; US letter.
_UNKNOWN_SIZE_PT = (612.0, 792.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A page's reading, with what only this process needs.

    `line_heights` are those of its words, for finding a title. `to_paint` are the places in user
    space that a picture must not show: personal numbers, and words only marked for redaction.
    `images` are the addresses of its images, while the page is open.
    """

    reading: PageReading
    line_heights: Sequence[float]
    to_paint: Sequence[Box]
    images: Sequence[int] = ()


def read_page(page: Any | None, number: int, *, with_heights: bool = False) -> ReadPage:
    """Read one page; a page that could not be opened (None) is one without text.

    Raises:
        Refused: it has more objects or characters than the limit.
    """
    if page is None:
        unopened = _without_text(number, *_UNKNOWN_SIZE_PT)
        return replace(unopened, reading=replace(unopened.reading, is_looked_at=False))
    size = sheet(page)
    with characters(page) as read:
        on = painted(page)
        if not read.text.strip():
            return _picture(page, number, size, on, read)
        marks = marked_places(on.covers)
        words = runs(read)
        first = first_look(page, size, on, read, words)
        is_scanned = is_scan(on, size)
        unredacted = hidden_in_picture(page, size, on, first.stamps) if is_scanned else []
        hidden = beneath(page, size, read, words, on)
        seen = _on_sheet(_visible(read, words, hidden.numbers), size)
        text, masked = mask_document(_joined(read, seen))
        placed = _words(text, seen.boxes, size)
        origin = text_from(text, placed, size.height, hidden)
        reading = PageReading(
            number=number,
            width_pt=size.width,
            height_pt=size.height,
            text=text,
            words=placed,
            characters_beneath_boxes=_counted(hidden.count, len(unredacted), origin),
            masked=masked,
            text_from=origin,
            redactions=redactions(
                first,
                size,
                text,
                placed,
                seen.spans[:, 0].tolist() if first.may_print else (),
                hiding_places(hidden.covered, unredacted, size),
                boxes_in_scan(page, size, may_print=first.may_print)
                if origin == "scan_layer"
                else (),
            ),
        )
        heights = read.heights(seen.spans[:, 0]) if with_heights else ()
        return ReadPage(
            reading=reading,
            line_heights=heights,
            to_paint=[*marks, *_to_paint(read, seen, reading, hidden)],
            images=on.images,
        )


def _counted(hidden: int, unredacted: int, origin: TextFrom) -> int:
    """Count what boxes hide; the words of a text layer and of the scan are the same ones."""
    return hidden + unredacted if origin == "picture" else hidden or unredacted


def _picture(page: Any, number: int, size: Sheet, on: Painted, read: Characters) -> ReadPage:
    """Give a page without text: what is on it, if anything, is in a picture."""
    origin: TextFrom = "picture" if has_objects(page) else "none"
    empty = _without_text(number, size.width, size.height, origin)
    hidden = hidden_in_picture(page, size, on)
    first = first_look(page, size, on, read, Runs.of([]))
    found = redactions(first, size, "", Words.of([]), (), hiding_places((), hidden, size))
    return replace(
        empty,
        reading=replace(empty.reading, characters_beneath_boxes=len(hidden), redactions=found),
        to_paint=marked_places(on.covers),
        images=on.images,
    )


def _without_text(
    number: int, width_pt: float, height_pt: float, origin: TextFrom = "none"
) -> ReadPage:
    reading = PageReading(
        number=number,
        width_pt=width_pt,
        height_pt=height_pt,
        text="",
        words=(),
        characters_beneath_boxes=0,
        masked=0,
        text_from=origin,
    )
    return ReadPage(reading=reading, line_heights=(), to_paint=())


def _visible(read: Characters, words: Runs, hidden: set[int]) -> Runs:
    """Give what is left of the words without their hidden characters."""
    if not hidden:
        return words
    return Runs.of([part for word in words for part in _left(read, word, hidden)])


def _left(read: Characters, word: Run, hidden: set[int]) -> Iterator[Run]:
    """Give what is left of a word, in one or more pieces."""
    if hidden.isdisjoint(range(word.begin, word.end)):
        yield word
        return
    begin = word.begin
    for number in [*sorted(hidden.intersection(range(word.begin, word.end))), word.end]:
        if number > begin:
            yield run(read, begin, number, word.line)
        begin = number + 1


def _on_sheet(words: Runs, size: Sheet) -> Runs:
    """Leave out what the CropBox cuts off: it is not on the page that people see."""
    left, bottom, right, top = size.box
    middles = (words.boxes[:, :2] + words.boxes[:, 2:]) / 2
    there = (middles >= (left, bottom)) & (middles <= (right, top))
    return words.those(np.asarray(there.all(axis=1)))


def _joined(read: Characters, words: Runs) -> str:
    """Join words by spaces, and by line breaks where a line begins."""
    breaks = np.diff(words.spans[:, 2]) != 0
    between = ["\n" if is_break else " " for is_break in breaks.tolist()]
    texts = words.texts(read)
    return "".join(chain.from_iterable(zip(texts, (*between, ""), strict=True))) if texts else ""


def _words(text: str, boxes: Boxes, size: Sheet) -> Words:
    """Put the words of a text to their boxes on the upright page."""
    matrix = size.matrix
    across = matrix.a * boxes[:, 0::2] + matrix.c * boxes[:, 1::2] + matrix.e
    down = matrix.b * boxes[:, 0::2] + matrix.d * boxes[:, 1::2] + matrix.f
    low = np.stack([across.min(axis=1), down.min(axis=1)], axis=1)
    high = np.stack([across.max(axis=1), down.max(axis=1)], axis=1)
    return Words(text.split(), np.hstack([low, high]))


def _to_paint(read: Characters, seen: Runs, reading: PageReading, hidden: Beneath) -> list[Box]:
    boxes = list(hidden.shown)
    if reading.masked:
        for word, place in zip(reading.words, seen, strict=True):
            if MASK in word.text:
                boxes += [read.box(number) for number in range(place.begin, place.end)]
    return boxes
