"""One page of a PDF as a reading: what a person sees of its text, and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from archive.masking import MASK, mask_document
from archive.readings import PageReading, Word
from ingest.reader.beneath import Beneath, beneath
from ingest.reader.characters import Characters, Run, characters, run, runs
from ingest.reader.covers import painted
from ingest.reader.geometry import Box
from ingest.reader.marks import as_array
from ingest.reader.rendering import Sheet, sheet

# Of a page that cannot be opened; US letter.
_UNKNOWN_SIZE_PT = (612.0, 792.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A page's reading, with what only this process needs.

    `line_heights` are those of its words, for finding a title. `to_paint` are the places in user
    space that a picture must not show: personal numbers, and words only marked for redaction.
    """

    reading: PageReading
    line_heights: Sequence[float]
    to_paint: Sequence[Box]


def read_page(page: Any | None, number: int, *, with_heights: bool = False) -> ReadPage:
    """Read one page; a page that could not be opened (None) is one without text.

    Raises:
        Refused: it has more objects or characters than the limit.
    """
    if page is None:
        return ReadPage(reading=_nothing(number), line_heights=(), to_paint=())
    size = sheet(page)
    with characters(page) as read:
        words = runs(read)
        hidden = beneath(page, size, read, words, painted(page)) if words else Beneath()
        seen = [part for word in words for part in _visible(read, word, hidden.numbers)]
        seen = _on_sheet(seen, size)
        text, masked = mask_document(_joined(read, seen))
        reading = PageReading(
            number=number,
            width_pt=size.width,
            height_pt=size.height,
            text=text,
            words=_words(text, seen, size),
            characters_beneath_boxes=hidden.count,
            masked=masked,
            has_text_layer=bool(words),
        )
        heights = [read.height(word.begin) for word in seen] if with_heights else []
        return ReadPage(
            reading=reading,
            line_heights=heights,
            to_paint=_to_paint(read, seen, reading, hidden),
        )


def _nothing(number: int) -> PageReading:
    return PageReading(
        number=number,
        width_pt=_UNKNOWN_SIZE_PT[0],
        height_pt=_UNKNOWN_SIZE_PT[1],
        text="",
        words=(),
        characters_beneath_boxes=0,
        masked=0,
        has_text_layer=False,
    )


def _visible(read: Characters, word: Run, hidden: set[int]) -> Iterator[Run]:
    """Give what is left of a word without its hidden characters, in one or more pieces."""
    if not hidden or hidden.isdisjoint(range(word.begin, word.end)):
        yield word
        return
    begin = word.begin
    for number in [*sorted(hidden.intersection(range(word.begin, word.end))), word.end]:
        if number > begin:
            yield run(read, begin, number, word.line)
        begin = number + 1


def _on_sheet(words: list[Run], size: Sheet) -> list[Run]:
    """Leave out what the CropBox cuts off: it is not on the page that people see."""
    left, bottom, right, top = size.box
    return [
        word
        for word in words
        if left <= (word.box.left + word.box.right) / 2 <= right
        and bottom <= (word.box.bottom + word.box.top) / 2 <= top
    ]


def _joined(read: Characters, words: list[Run]) -> str:
    """Join words by spaces, and by line breaks where a line begins."""
    lines = groupby(words, key=lambda word: word.line)
    return "\n".join(
        " ".join(read.text[word.begin : word.end] for word in line) for _, line in lines
    )


def _words(text: str, seen: list[Run], size: Sheet) -> list[Word]:
    """Put the words of a text to their boxes on the upright page."""
    if not seen:
        return []
    boxes, matrix = as_array([word.box for word in seen]), size.matrix
    across = matrix.a * boxes[:, 0::2] + matrix.c * boxes[:, 1::2] + matrix.e
    down = matrix.b * boxes[:, 0::2] + matrix.d * boxes[:, 1::2] + matrix.f
    across.sort(axis=1)
    down.sort(axis=1)
    return [
        Word(text=word, left_pt=left, top_pt=top, right_pt=right, bottom_pt=bottom)
        for word, (left, right), (top, bottom) in zip(
            text.split(), across.tolist(), down.tolist(), strict=True
        )
    ]


def _to_paint(
    read: Characters, seen: list[Run], reading: PageReading, hidden: Beneath
) -> list[Box]:
    boxes = list(hidden.shown)
    if reading.masked:
        for word, place in zip(reading.words, seen, strict=True):
            if MASK in word.text:
                boxes += [read.box(number) for number in range(place.begin, place.end)]
    return boxes
