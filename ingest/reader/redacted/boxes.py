"""Which of the places that were proposed are boxes by which something was withheld."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from archive.redactions import BoxLook
from ingest.reader.redacted.hiding import Hiding
from ingest.reader.redacted.looks import WHITE, Looks, Seen, seen_as
from ingest.reader.redacted.places import Place
from ingest.reader.redacted.prints import Page, Print
from ingest.reader.redacted.proposals import FirstLook

# What stands on boxes beside an exemption: parts of one, its reason, who asked for it.
_PARTS = r"[\W\d]*(?:\([a-z0-9]{1,4}\s?\)?[\W\d]*)*|\W*[a-z]\W*\d?\w?\W*|\W*[ivx]{1,4}\W*"
_REASONS = (
    r"\W*(?:per|and|or|foia|ex|exempt(?:ion)?s?|u\W?s\W?c|ors|pol|rcw|law|code|gov|redact(?:ed|ion)s?|"
    r"withheld|non\W?|(?:non\W?)?responsive|duplicate|referral|consult|outside|scope|privileged?|"
    r"deliberative|process|attorney|client|work|product|personal|privacy)\W*"
)
_COMPANIONS = re.compile(f"{_PARTS}|{_REASONS}", re.IGNORECASE)
_OFFICES = re.compile(r"\W*[A-Z]{2,6}(?:[/-][A-Z]{2,6})*\W*")
# In points: the side of a check box, and of a square that no line of text is as high as.
_SQUARE, _SQUARISH = 14.5, 1.3
# In points; what is as low and so many times as wide is a rule, or a bar that parts headings.
_BAR, _BAR_RATIO = 6.5, 12.0
# In points: as far from a box a word may stand in its line.
_NEAR = 40.0
# Of a word's height: what stands in one line with a box.
_IN_LINE = 0.4
# In points: so close are the edges of neighbouring cells.
_EDGE = 1.0
# Of a box that lies in another one.
_WITHIN, _OVER = 0.9, 0.3
# What stands on a box in place of an exemption.
_INSTEAD = re.compile(
    r"\W*(?:redact(?:ed|ion)|withheld(?: in full)?|n\W?r|non\W{0,2}responsive(?: records?)?|"
    r"outside (?:the )?scope|duplicate|referral(?:\W{0,3}consult)?|exempt|privileged)\W*",
    re.IGNORECASE,
)


@dataclass(slots=True, kw_only=True, eq=False)
class Found:
    """A place with what it looks like and what is printed in it.

    `is_framed`: it has a line around it. `is_late`: it was painted over a page that had its text.
    `is_hiding`: words lie beneath it.
    """

    place: Place
    seen: Seen
    is_framed: bool = False
    is_late: bool = False
    is_hiding: bool = False
    prints: list[Print] = field(default_factory=list)

    @property
    def is_white(self) -> bool:
        """Whether only a line around it tells it from the paper."""
        return self.seen.look == "white"

    @property
    def said(self) -> BoxLook:
        """How the box looks, in the words of the ledger."""
        return "outlined" if self.seen.look == "white" else self.seen.look


def boxes(
    first: FirstLook, hiding: Sequence[Hiding], page: Page, pictured: Sequence[Found] = ()
) -> list[Found]:
    """Give the boxes among the places that were proposed, and those that hide words.

    `pictured` are boxes in the picture of a scan; words may stand in them.
    """
    asked = _Asked(first, page)
    left = _parted([*_hiding(hiding), *asked.looked(), *asked.bare(pictured)])
    taken: list[Found] = []
    for is_box in (asked.is_sure, asked.is_likely):
        taken += [one for one in left if is_box(one)]
        left = [one for one in left if not is_box(one)]
    return _outermost([*taken, *(one for one in left if asked.is_like(one, taken))])


def _hiding(hiding: Sequence[Hiding]) -> Iterator[Found]:
    for place, colour in hiding:
        yield Found(place=place, seen=seen_as(colour) if colour else WHITE, is_hiding=True)


class _Asked:
    """Asks of places whether they are boxes; `grounds` are those that other words stand on."""

    def __init__(self, first: FirstLook, page: Page) -> None:
        self._first, self._page = first, page
        self._grounds = list(first.grounds)
        self._bare: list[Found] = []

    def looked(self) -> list[Found]:
        """Look at each place; those that other words stand on, or that are none, are left out."""
        if self._first.picture is None:
            return []
        looks = Looks(self._first.picture)
        for place, is_late in self._first.places:
            self._look(looks, Found(place=place, seen=WHITE, is_late=is_late))
        for place in self._first.frames:
            self._look(looks, Found(place=place, seen=WHITE, is_framed=True))
        self._cells()
        return self._bare

    def bare(self, pictured: Sequence[Found]) -> Iterator[Found]:
        """Give the boxes of a picture that no other words stand on than exemptions."""
        for one in pictured:
            one.prints = [found for found in self._page.prints if one.place.holds(found.place)]
            inside = self._page.inside(one.place)
            if _is_bare(self._page, inside, has_prints=bool(one.prints)):
                yield one

    def _cells(self) -> None:
        """Leave out the frames that lie edge to edge with cells of a table, and with those."""
        frames = [one for one in self._bare if one.is_framed and one.is_white]
        while cells := [one for one in frames if not self._is_apart(one)]:
            frames = [one for one in frames if one not in cells]
            self._bare = [one for one in self._bare if one not in cells]
            self._grounds += [one.place for one in cells]

    def _look(self, looks: Looks, one: Found) -> None:
        page, place = self._page, one.place
        one.prints = [found for found in page.prints if place.holds(found.place)]
        inside = page.inside(place)
        if not _is_bare(page, inside, has_prints=bool(one.prints)):
            self._grounds.append(place)
            return
        seen = looks.look(place, [page.place(number) for number in inside])
        # A stamp may fill its box.
        if seen or (one.is_framed and one.prints):
            one.seen = seen or WHITE
            self._bare.append(one)

    def is_sure(self, one: Found) -> bool:
        """Ask whether a place is a box whatever else is on the page."""
        if one.is_hiding:
            return True
        if one.prints:
            return one.seen.look == "black" or (self._is_apart(one) and not one.is_white)
        return one.seen.look == "black" and not _is_ornament(one.place) and self._is_apart(one)

    def is_likely(self, one: Found) -> bool:
        """Ask whether a place that might be a cell, or an ornament, is a box by its line."""
        if _is_ornament(one.place) or not self._is_apart(one):
            return False
        has_stamp = bool(one.prints) or self._has_stamp_in_line(one.place)
        if one.is_white:
            return (one.is_framed or one.is_late) and has_stamp
        is_known = self._first.is_on_scan or has_stamp or self._is_in_line(one.place)
        return one.seen.look != "black" and is_known

    def is_like(self, one: Found, taken: Sequence[Found]) -> bool:
        """Ask whether a place was painted as boxes of the page were."""
        if _is_ornament(one.place) or not any(one.seen.is_like(other.seen) for other in taken):
            return False
        is_in_line = self._first.is_on_scan or self._is_in_line(one.place)
        return not one.is_white or (one.is_framed and self._is_apart(one) and is_in_line)

    def _is_apart(self, one: Found) -> bool:
        """Ask whether a place is no cell of a table: none of another kind lies edge to edge."""
        looks = (one.seen.look, "white")
        others = (other.place for other in self._bare if other.seen.look not in looks)
        return not any(_are_cells(one.place, ground) for ground in (*self._grounds, *others))

    def _has_stamp_in_line(self, place: Place) -> bool:
        return any(one.is_aloof and place.beside(one.place) > _IN_LINE for one in self._page.prints)

    def _is_in_line(self, place: Place) -> bool:
        """Ask whether a place stands in a line of text, next to its words."""
        return self._page.has_beside(place, _NEAR, _IN_LINE)


def _is_bare(page: Page, inside: Sequence[int], *, has_prints: bool) -> bool:
    """Ask whether only exemptions stand in a place, and what stands with them."""
    texts = [page.words.texts[number] for number in inside if number not in page.exempt]
    if not texts:
        return True
    if has_prints:
        return all(_COMPANIONS.fullmatch(text) or _OFFICES.fullmatch(text) for text in texts)
    return bool(_INSTEAD.fullmatch(" ".join(texts)))


def _parted(looked: Sequence[Found]) -> list[Found]:
    """Leave out the second of two that are in the same place: a fill has its own outline."""
    found: list[Found] = []
    for one in looked:
        other = next((other for other in found if one.place.is_same(other.place)), None)
        if other is None:
            found.append(one)
            continue
        other.is_framed |= one.is_framed
        other.is_late |= one.is_late
        other.prints = other.prints or one.prints
        if other.is_white:
            other.seen = one.seen
    return found


def _is_ornament(place: Place) -> bool:
    """Ask whether a place without a stamp is a check box, a bullet or a rule."""
    low, high = sorted((place.width, place.height))
    return (high <= _SQUARE and high <= _SQUARISH * low) or (
        place.height <= _BAR and place.width >= _BAR_RATIO * place.height
    )


def _are_cells(one: Place, other: Place) -> bool:
    """Ask whether two places lie edge to edge, as cells of a table do."""
    is_row = abs(one.top - other.top) <= _EDGE and abs(one.bottom - other.bottom) <= _EDGE
    if is_row and abs(one.gap(other)) <= _EDGE:
        return True
    is_column = abs(one.left - other.left) <= _EDGE and abs(one.right - other.right) <= _EDGE
    return is_column and (min(abs(one.top - other.bottom), abs(other.top - one.bottom)) <= _EDGE)


def _outermost(found: Sequence[Found]) -> list[Found]:
    """Leave out what lies in a larger box, or, white and without a line, over one: its stamp's."""
    return [one for one in found if not any(_lies_in(one, other) for other in found)]


def _lies_in(one: Found, other: Found) -> bool:
    if one is other or other.place.area <= one.place.area:
        return False
    is_bare = one.is_white and not one.is_framed
    share = _OVER if is_bare else _WITHIN
    return one.place.shared(other.place).area > share * one.place.area
