"""Which places of a page may be redacted by a box, by geometry alone.

Most pages have none, and cost next to nothing: no picture of them is drawn.
"""

import re
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np

from archive.exemptions import stamped
from ingest.reader.backgrounds import backgrounds
from ingest.reader.characters import Characters
from ingest.reader.covers import Painted
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
# Of a page: a drawing has more filled rectangles, a redacted table has not.
_MOST = 3_000
# Of 255. A lighter ground without a stamp is the shade of a table.
_LIGHT = 221
# Of 255, between the strongest and the weakest of red, green and blue.
_COLOUR = 60
_SCALE, _PIXELS = 2.0, 6_000_000
# What may be an exemption, at a glance: most pages have nothing like it.
_GLANCE = re.compile(
    r"\(\s?[bjkd]\s?\)\s?\(?\s?[1-9]|\b[bB]\(?[1-9]|\b[Ee]x(?:emptions?|\.)\s?\(?[b1-9]"
    r"|\b[jkJK]\(?[1-7]\b|[0-9]\([0-9]\)\([a-z]|\b(?:192|181A|119|552|42\.56|67)\.[0-9]"
    r"|\b(?:Gov|Civil Rights|140/7)"
)
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
    may_print = bool(_GLANCE.search(read.text))
    prints = {one.begin: read.object(one.begin) for one in stamped(read.text)} if may_print else {}
    coloured = frozenset(begin for begin, text in prints.items() if _is_coloured(text))
    stamps = frozenset(prints.values()) - {0}
    behind = backgrounds(on, size)
    covers, grounds = _filled(on, behind.values(), is_light_too=may_print), list[Cover]()
    if covers and not may_print:
        covers, grounds = _parted(covers, on, read, words)
    frames = outlines(on, size) if may_print else []
    if not covers and not frames:
        return FirstLook(may_print=may_print, coloured=coloured, stamps=stamps)
    scale = scale_within(size, _SCALE, _PIXELS)
    boxes = [*(cover.box for cover in covers), *frames]
    # A scan is left out: it is slow to draw, and drawn otherwise once it was drawn large.
    with without(behind):
        picture = drawn(page, size, scale, window_around(boxes, size, scale))
    return FirstLook(
        places=_with_turns(covers, on, size),
        frames=[one for frame in frames if _is_large(one := placed(frame, size))],
        grounds=[placed(cover.box, size) for cover in grounds],
        picture=picture,
        is_on_scan=bool(behind),
        may_print=may_print,
        coloured=coloured,
        stamps=stamps,
    )


def _with_turns(covers: Sequence[Cover], on: Painted, size: Sheet) -> list[tuple[Place, bool]]:
    """Place covers, and tell of each whether it was painted over a page that had its text."""
    orders = sorted(on.texts.values())
    first = orders[int(_BODY * len(orders))] if orders else 0
    places = ((placed(cover.box, size), cover.order > first) for cover in covers)
    return [(place, is_late) for place, is_late in places if _is_large(place)]


def _is_large(place: Place) -> bool:
    return place.width >= LEAST_WIDTH and place.height >= LEAST_HEIGHT


def _filled(on: Painted, behind: Collection[Cover], *, is_light_too: bool) -> list[Cover]:
    """Give the covers that are rectangles, and opaque as far as can be said here."""
    limit = 256 if is_light_too else _LIGHT
    last = max((one.order for one in behind), default=0)
    found = [
        cover
        for cover in (*joined(on.covers, on.strips), *on.pictures)
        if (cover.is_exact and cover.colour is not None and min(cover.colour) < limit)
        or cover.is_many_coloured
        or cover.is_marked
    ]
    found = [one for one in found if one.order > last and one not in behind]
    return found if len(found) <= _MOST else []


def _parted(
    covers: Sequence[Cover], on: Painted, read: Characters, words: Runs
) -> tuple[list[Cover], list[Cover]]:
    """Part what may be a box from the grounds of headings and table rows."""
    bare, grounds = list[Cover](), list[Cover]()
    middles = (words.boxes[:, :2] + words.boxes[:, 2:]) / 2
    for cover, box in zip(covers, as_array([cover.box for cover in covers]), strict=True):
        inside = np.flatnonzero(((middles >= box[:2]) & (middles <= box[2:])).all(axis=1))
        is_ground = any(_is_printed_on(cover, on, read, words, one) for one in inside.tolist())
        (grounds if is_ground else bare).append(cover)
    return bare, grounds


def _is_printed_on(cover: Cover, on: Painted, read: Characters, words: Runs, number: int) -> bool:
    begin, end, _ = words.spans[number].tolist()
    text = read.text[begin:end]
    return (
        on.texts.get(read.object(begin), 0) > cover.order
        and bool(_LETTERS.search(text))
        and not _ON_BOXES.fullmatch(text)
    )


def _is_coloured(text: int) -> bool:
    paint = fill(text) if text else None
    return bool(paint and paint.colour and max(paint.colour) - min(paint.colour) > _COLOUR)
