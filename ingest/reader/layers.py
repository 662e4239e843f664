"""Words of a text layer that have nothing to show for them in the picture of the page.

The words of a scan are drawn as nothing, or beneath its picture: what is seen is the picture. So
each word is looked up there, whatever images, boxes and annotations the picture is made of:

    ground of the word    ink in its place              the word
    paper                 along the word                stays
    paper                 none, or in a part only       goes: a white box, or a layer that is wrong
    dark or coloured      none                          goes: a box
    dark or coloured      some                          goes, mostly: a box with a stamp (`bars`)
"""

from collections.abc import Iterator, Sequence, Set
from itertools import groupby
from typing import Any

import numpy as np

from ingest.reader.bars import Looked, hidden_on_boxes
from ingest.reader.characters import Characters, Run
from ingest.reader.covers import Painted
from ingest.reader.inks import Inks
from ingest.reader.marks import as_array
from ingest.reader.proposals import Texts, meeting
from ingest.reader.rendering import Sheet, drawn, scale_within, window_around
from ingest.reader.runs import Runs, run

_SCALE = 1.0
_PIXELS = 4_000_000
# Images that cover more of the page are a scan, and the words beneath them its text layer.
_SCAN_SHARE = 0.5
# Cells across and down, in which the share is measured.
_CELLS = 100
# An I or a No is looked for also around its place.
_LETTERS = 3


def is_scan(on: Painted, size: Sheet) -> bool:
    """Ask whether images, one or many, fill the page, so that their words are the page's words."""
    cells = np.zeros((_CELLS, _CELLS), np.bool_)
    steps = np.array([size.box.width, size.box.height]) / _CELLS
    for picture in on.pictures:
        box = picture.box.shared(size.box)
        if box.width > 0 and box.height > 0:
            low = (np.array(box[:2]) - size.box[:2]) / steps
            high = (np.array(box[2:]) - size.box[:2]) / steps
            (left, bottom), (right, top) = np.floor(low).astype(int), np.ceil(high).astype(int)
            cells[left:right, bottom:top] = True
    return bool(cells.mean() > _SCAN_SHARE)


def layer_words(
    read: Characters,
    words: Runs,
    on: Painted,
    texts: Texts,
    veiled: Set[int],
    *,
    is_scanned: bool,
) -> list[Run]:
    """List the words, or parts of words, that are drawn as nothing or veiled by a picture.

    Where most of a page is no scan, a word drawn as nothing counts where something is drawn in its
    place: an anchor for signatures, say, has no picture.
    """
    if not (veiled or texts.has_invisible):
        return []
    layer = [part for word in words for part in _unpainted(read, word, texts, veiled)]
    if not layer or is_scanned or (on.pictures and len(layer) > len(words) / 2):
        return layer
    covers = [*on.covers, *on.strips]
    reaches = as_array([word.reach for word in layer])
    return [layer[number] for number, _ in meeting(reaches, covers)]


def _unpainted(read: Characters, word: Run, texts: Texts, veiled: Set[int]) -> Iterator[Run]:
    """Give the parts of a word that leave no ink of their own; a stamp may be set close to one."""

    def is_unpainted(number: int) -> bool:
        return number in veiled or texts.is_invisible(read.object(number))

    ends = [is_unpainted(number) for number in (word.begin, word.end - 1)]
    if all(ends):
        yield word
    if all(ends) or not (any(ends) or veiled):
        return
    for is_part, group in groupby(range(word.begin, word.end), key=is_unpainted):
        numbers = list(group)
        if is_part:
            yield run(read, numbers[0], numbers[-1] + 1, word.line)


def hidden_in_layer(page: Any, size: Sheet, read: Characters, layer: Sequence[Run]) -> set[int]:
    """Find the characters of a text layer whose words are not seen in the page's picture."""
    if not layer:
        return set()
    places = [(word, box) for word in layer for box in read.parts(word)]
    scale = scale_within(size, _SCALE, _PIXELS)
    boxes = [box for _, box in places]
    picture = drawn(page, size, scale, window_around(boxes, size, scale))
    inks = Inks(picture, as_array(boxes))
    looked = []
    for number, (word, _) in enumerate(places):
        text = read.text[word.begin : word.end]
        if letters := sum(letter.isalnum() for letter in text):
            seen = inks.seen(number, is_short=letters < _LETTERS)
            looked.append(Looked(number=number, word=word, text=text, seen=seen))
    hidden = hidden_on_boxes(inks, looked)
    return {number for one in hidden for number in range(one.word.begin, one.word.end)}
