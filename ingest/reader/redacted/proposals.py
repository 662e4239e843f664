"""Which places of a page may be redacted by a box, by geometry alone.

Most pages have none, and cost next to nothing: no picture of them is drawn.
"""

import re
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np

from archive.exemptions import stamped
from ingest.reader.backgrounds import backgrounds, is_background, pasted
from ingest.reader.characters import Characters
from ingest.reader.covers import Painted
from ingest.reader.looks import NOT_PAPER
from ingest.reader.marks import as_array
from ingest.reader.painting import Cover, fill
from ingest.reader.redacted.joints import joined
from ingest.reader.redacted.outlines import outlines
from ingest.reader.redacted.places import Place, placed
from ingest.reader.rendering import Drawn, Sheet, drawn, scale_within, window_around, without
from ingest.reader.runs import Runs

# In points. What is lower is a rule, what is narrower a bar of a bar code.
LEAST_HEIGHT, LEAST_WIDTH = 5.0, 5.0
# Of the text objects of a page: with so many painted, its text is there.
_BODY = 0.3
# Of words that may stand on a box with an exemption.
_WORDS = 8
# Of a page: a drawing has more filled rectangles, a redacted table has not.
_MOST = 3_000
# Of 255. A lighter ground without a stamp is the shade of a table.
_LIGHT = 221
# Of 255, between the strongest and the weakest of red, green and blue.
_COLOUR = 60
_DARK = 100
# Pixels a point, more for hatching, which has a line around it; and of a page.
_SCALE, _FINE, _PIXELS = 1.5, 2.0, 6_000_000
_LETTERS = re.compile(r"[^\W\d_]{3}")
# Words that stand on boxes beside exemptions, or in their stead.
_ON_BOXES = re.compile(
    r"\W*(?:redact(?:ed|ion)|withheld|non-?|responsive|exempt(?:ion)?|duplicate|referral)\W*", re.I
)


class FirstLook(NamedTuple):
    """What may be boxes on a page, and its picture from before the text was touched.

    `places` are filled, each with whether text was printed before; `frames` have a line around
    them, `grounds` have words printed on them.
    `is_on_scan`: they lie over a picture of the page, of which the words are not known.
    `may_print` is true where something like an exemption is printed; `coloured` are characters of
    such that are neither black nor grey, `stamps` the addresses of all such text objects.
    """

    places: Sequence[tuple[Place, bool]] = ()
    frames: Sequence[Place] = ()
    grounds: Sequence[Place] = ()
    picture: Drawn | None = None
    is_on_scan: bool = False
    may_print: bool = False
    coloured: frozenset[int] = frozenset()
    stamps: frozenset[int] = frozenset()


def first_look(page: Any, size: Sheet, on: Painted, read: Characters, words: Runs) -> FirstLook:
    """Propose places that may be boxes; to be asked before `beneath`, which blackens text."""
    prints = {one.begin: read.object(one.begin) for one in stamped(read.text)}
    may_print = bool(prints)
    coloured = frozenset(begin for begin, text in prints.items() if _is_coloured(text))
    stamps = frozenset(prints.values()) - {0}
    pictures = pasted(on, size) if on.pictures else {}
    last = max((one.order for one in backgrounds(on, size).values()), default=0)
    body = _body(on)
    covers = _filled(on, pictures.values(), last, body if may_print else None)
    covers = [one for one in covers if not _is_ground_of_all(one, body, size)]
    most = _WORDS if may_print else 0
    covers, grounds = _parted(covers, most, on, read, words)
    frames = outlines(on, size) if may_print else []
    frames, cells = _parted(frames, most, on, read, words)
    grounds += cells
    if not covers and not frames:
        return FirstLook(may_print=may_print, coloured=coloured, stamps=stamps)
    scale = scale_within(size, _FINE if frames else _SCALE, _PIXELS)
    boxes = [cover.box for cover in (*covers, *frames)]
    # Scans and logos are left out: they are slow to draw, and drawn otherwise once drawn large.
    with without([one for one in on.images if one not in pictures]):
        picture = drawn(page, size, scale, window_around(boxes, size, scale))
    return FirstLook(
        places=[
            (one, cover.order > body)
            for cover in covers
            if _is_large(one := placed(cover.box, size))
        ],
        frames=[one for frame in frames if _is_large(one := placed(frame.box, size))],
        grounds=[placed(cover.box, size) for cover in grounds],
        picture=picture,
        is_on_scan=last > 0,
        may_print=may_print,
        coloured=coloured,
        stamps=stamps,
    )


def _is_ground_of_all(cover: Cover, body: int, size: Sheet) -> bool:
    """Ask whether a cover is what the whole page was painted on."""
    is_dark = cover.colour is not None and max(cover.colour) < _DARK
    return not is_dark and cover.order <= max(body, 1) and is_background(cover, size)


def _body(on: Painted) -> int:
    """Give when the text of a page was painted, by and large."""
    orders = sorted(on.texts.values())
    return orders[int(_BODY * len(orders))] if orders else 0


def _is_large(place: Place) -> bool:
    return place.width >= LEAST_WIDTH and place.height >= LEAST_HEIGHT


def _filled(on: Painted, pictures: Collection[Cover], last: int, body: int | None) -> list[Cover]:
    """Give the rectangles painted after a scan, opaque as far as can be said here.

    Light ones count only where exemptions are printed, and white ones if they came after the
    text: `body` says when that was painted, and None that no exemption is printed.
    """

    def may_be_seen(cover: Cover) -> bool:
        if cover.is_many_coloured or cover.is_marked:
            return True
        if not (cover.is_exact or cover.is_full) or cover.colour is None:
            return False
        lightest = min(cover.colour)
        if lightest < (_LIGHT if body is None else NOT_PAPER):
            return True
        return body is not None and cover.order > body

    found = [
        cover
        for cover in (*joined(on.covers, on.strips), *pictures)
        if cover.order > last and may_be_seen(cover)
    ]
    return found if len(found) <= _MOST else []


def _parted(
    covers: Sequence[Cover], most: int, on: Painted, read: Characters, words: Runs
) -> tuple[list[Cover], list[Cover]]:
    """Part what may be a box from the grounds of headings and tables: more words stand on them."""
    bare, grounds = list[Cover](), list[Cover]()
    if not len(words):
        return list(covers), grounds
    middles = (words.boxes[:, :2] + words.boxes[:, 2:]) / 2
    for cover, box in zip(covers, as_array([cover.box for cover in covers]), strict=True):
        inside = ((middles >= box[:2]) & (middles <= box[2:])).all(axis=1)
        numbers = np.flatnonzero(inside).tolist()
        is_ground = len(numbers) > most and _is_ground(cover, most, on, read, words, numbers)
        (grounds if is_ground else bare).append(cover)
    return bare, grounds


def _is_ground(
    cover: Cover, most: int, on: Painted, read: Characters, words: Runs, numbers: Sequence[int]
) -> bool:
    """Ask whether more words were printed on a place than stand beside an exemption."""
    printed = 0
    for number in numbers:
        begin, end, _ = words.spans[number].tolist()
        text = read.text[begin:end]
        if _LETTERS.search(text) and not _ON_BOXES.fullmatch(text):
            printed += on.texts.get(read.object(begin), 0) > cover.order
            if printed > most:
                return True
    return False


def _is_coloured(text: int) -> bool:
    paint = fill(text) if text else None
    return bool(paint and paint.colour and max(paint.colour) - min(paint.colour) > _COLOUR)
