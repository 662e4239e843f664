"""Which characters stand beneath an opaque box, so that no reader of the page can see them.

Two steps. The geometry proposes: the middle of a character lies in a box painted after it (or in
a dark box and in the same colour). Then the page is drawn twice, with and without the text
objects proposed: what was beneath a box leaves no trace when it is taken away. So clips, layers,
blends and half transparent boxes need no rules of their own, and a stamp printed on top of a box
is not taken for what lies beneath.

White text on white paper is in nobody's way: no box was painted over it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from ingest.reader.characters import Characters, Run
from ingest.reader.covers import Colour, Cover, Painted, fill_colour
from ingest.reader.geometry import Box
from ingest.reader.looks import (
    NOT_PAPER,
    SAME,
    is_black,
    is_coloured,
    is_one_colour,
    is_plain,
    is_white,
    leaves_no_trace,
)
from ingest.reader.rendering import (
    Drawn,
    Pixels,
    Sheet,
    drawn,
    scale_within,
    window_around,
    without,
)

_SCALE = 100 / 72
_PIXELS = 12_000_000
# Words times covers compared at once.
_CELLS = 1 << 21
_SCAN_SCALE = 60 / 72
_SCAN_PIXELS = 4_000_000
_SCAN_SHARE = 0.5
_TWIN_PT = 1.5
# A full stop or an l lies within its own black stroke on a scan; only words are judged there.
_SCAN_LETTERS = 3


@dataclass(slots=True, kw_only=True)
class Beneath:
    """Characters that must not leave the page.

    `numbers` are all of them, by their place in the page's characters; `count` leaves out those
    that are printed a second time, visibly, in the same place. `shown` are beneath no box yet, only
    marked for redaction: a picture would show them.
    """

    numbers: set[int] = field(default_factory=set)
    count: int = 0
    shown: list[Box] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proposed:
    number: int
    box: Box
    cover: Cover
    address: int
    is_invisible: bool


def beneath(page: Any, size: Sheet, read: Characters, words: list[Run], on: Painted) -> Beneath:
    """Find the characters beneath opaque boxes."""
    found, modes = Beneath(), _Modes(on)
    scans = [cover for cover in on.covers if _is_scan(cover, size)]
    covers = [cover for cover in on.covers if not _is_scan(cover, size)]
    if covers and words:
        proposed = list(_proposals(read, words, covers, modes))
        marked = [one for one in proposed if one.cover.is_marked]
        found.shown = [one.box for one in marked]
        found.numbers = {one.number for one in marked}
        rest = [one for one in proposed if one.number not in found.numbers]
        found.numbers |= _confirmed(page, size, rest, on)
    if scans and words:
        found.numbers |= _on_black(page, size, read, words, scans, modes)
    found.count = len(found.numbers) - _twins(read, words, found.numbers)
    return found


def _is_scan(cover: Cover, size: Sheet) -> bool:
    """Ask whether a picture fills the page, so that the words in it are the page's words."""
    part = cover.box.shared(size.box)
    covered = max(part.width, 0) * max(part.height, 0)
    return cover.is_picture and covered > _SCAN_SHARE * size.width * size.height


class _Modes:
    """What may hide what, with the answers about each text object remembered."""

    def __init__(self, on: Painted) -> None:
        self._on = on
        self._invisible: dict[int, bool] = {}
        self._colours: dict[int, Colour | None] = {}

    def is_invisible(self, address: int) -> bool:
        """Ask whether a text object is drawn as nothing, as machine-read text of a scan is."""
        if address not in self._invisible:
            text = self._on.objects.get(address)
            mode = pdfium.FPDFTextObj_GetTextRenderMode(text) if text else -1
            self._invisible[address] = mode in (
                pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
                pdfium.FPDF_TEXTRENDERMODE_CLIP,
            )
        return self._invisible[address]

    def may_hide(self, cover: Cover, address: int) -> bool:
        """Ask whether a box was painted after a text object, or before it and as dark as it."""
        order = self._on.texts.get(address)
        if order is None:
            return cover.is_marked
        if cover.order > order:
            return True
        if cover.is_picture:
            return self.is_invisible(address)
        return (
            cover.colour is not None
            and max(cover.colour) < NOT_PAPER
            and _is_near(self._colour(address), cover.colour)
        )

    def _colour(self, address: int) -> Colour | None:
        if address not in self._colours:
            self._colours[address] = fill_colour(self._on.objects[address])
        return self._colours[address]


def _is_near(one: Colour | None, other: Colour) -> bool:
    return one is not None and all(abs(a - b) <= SAME for a, b in zip(one, other, strict=True))


def _proposals(
    read: Characters, words: list[Run], covers: Sequence[Cover], modes: _Modes
) -> Iterator[_Proposed]:
    for number, meets in _meeting(words, covers):
        yield from _of_word(read, words[number], [covers[n] for n in meets], modes)


def _meeting(words: list[Run], covers: Sequence[Cover]) -> Iterator[tuple[int, list[int]]]:
    """Give each word that covers come within a point of, with the numbers of these covers."""
    reaches = np.array([word.reach for word in words])[:, :, None]
    places = np.array([cover.box for cover in covers]).T[None]
    portion = max(_CELLS // len(covers), 1)
    for begin in range(0, len(words), portion):
        part = reaches[begin : begin + portion]
        meets = (
            (places[:, 0] < part[:, 2] + 1)
            & (places[:, 2] > part[:, 0] - 1)
            & (places[:, 1] < part[:, 3] + 1)
            & (places[:, 3] > part[:, 1] - 1)
        )
        for number in np.flatnonzero(meets.any(axis=1)).tolist():
            yield begin + number, np.flatnonzero(meets[number]).tolist()


def _of_word(
    read: Characters, word: Run, covers: Sequence[Cover], modes: _Modes
) -> Iterator[_Proposed]:
    ends = {read.object(word.begin), read.object(word.end - 1)}
    if not any(modes.may_hide(cover, end) for end in ends for cover in covers):
        return
    for number in range(word.begin, word.end):
        box, address = read.box(number), read.object(number)
        middle = box.centre
        # One box may be clipped away where the next one hides; ask of all of them.
        for cover in covers:
            if cover.box.holds(*middle) and modes.may_hide(cover, address):
                yield _Proposed(
                    number=number,
                    box=box,
                    cover=cover,
                    address=address,
                    is_invisible=modes.is_invisible(address),
                )


def _confirmed(page: Any, size: Sheet, proposed: Sequence[_Proposed], on: Painted) -> set[int]:
    """Draw the place with and without what was proposed, and keep what leaves no trace."""
    if not proposed:
        return set()
    scale = scale_within(size, _SCALE, _PIXELS)
    window = window_around({one.cover.box for one in proposed}, size, scale)
    addresses = {one.address for one in proposed}
    with_all = drawn(page, size, scale, window)
    with without([on.objects[address] for address in addresses if address in on.objects]):
        without_them = drawn(page, size, scale, window)
    found: set[int] = set()
    for one in proposed:
        place = one.box.shared(one.cover.box)
        before, after = with_all.patch(place, inset=1), without_them.patch(place, inset=1)
        if before.size and leaves_no_trace(before, after) and _is_box(one, before, with_all):
            found.add(one.number)
    return found


def _is_box(one: _Proposed, there: Pixels, whole: Drawn) -> bool:
    """Ask what is seen in a character's place: a box, or a picture or paper that is none."""
    cover = one.cover
    if cover.is_picture:
        around = whole.patch(cover.box, inset=1)
        # A word put right with a comment on a white patch is a correction, not a redaction.
        return is_plain(around) and not (cover.is_written_on and is_white(around))
    if one.is_invisible and cover.colour is not None:
        # A highlight over a scan's words shows its colour too, but their ink as well.
        return is_coloured(there, cover.colour) and (cover.is_clear or is_one_colour(there))
    return True


def _on_black(
    page: Any,
    size: Sheet,
    read: Characters,
    words: list[Run],
    scans: Sequence[Cover],
    modes: _Modes,
) -> set[int]:
    """Find words of a scan's text layer whose place in the scan's picture is black."""
    layer = [
        word
        for word in words
        if sum(letter.isalnum() for letter in read.text[word.begin : word.end]) >= _SCAN_LETTERS
        and any(modes.may_hide(scan, read.object(word.begin)) for scan in scans)
    ]
    if not layer:
        return set()
    scale = scale_within(size, _SCAN_SCALE, _SCAN_PIXELS)
    whole = drawn(page, size, scale, window_around((word.reach for word in layer), size, scale))
    found: set[int] = set()
    for word in layer:
        if is_black(whole.patch(word.reach)):
            found.update(range(word.begin, word.end))
    return found


def _twins(read: Characters, words: list[Run], hidden: set[int]) -> int:
    """Count the hidden characters that are printed again, visibly, in the same place."""
    if not hidden:
        return 0
    wanted = {read.text[number] for number in hidden}
    seen: dict[str, list[tuple[float, float]]] = {}
    for word in words:
        for number in range(word.begin, word.end):
            if number not in hidden and read.text[number] in wanted:
                seen.setdefault(read.text[number], []).append(read.box(number).centre)
    return sum(
        any(
            abs(x - u) <= _TWIN_PT and abs(y - v) <= _TWIN_PT
            for u, v in seen.get(read.text[number], ())
        )
        for number in hidden
        for x, y in [read.box(number).centre]
    )
