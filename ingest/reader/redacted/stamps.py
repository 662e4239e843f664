"""Which of the exemptions printed on a page are stamps, and which boxes they speak for."""

import re
from collections.abc import Iterable, Sequence

from ingest.reader.redacted.boxes import Found
from ingest.reader.redacted.places import Place
from ingest.reader.redacted.prints import Page, Print

# In points: as far from its box a stamp may stand that is printed beside it.
_BESIDE = 12.0
# Of the lower one's height: what stands in one line.
_IN_LINE = 0.4
# A page that tells of exemptions: what it prints of them, it speaks of.
_TELLS = re.compile(r"exempt|\b552\b(?!\s?\(b\))|freedom of information act", re.IGNORECASE)
# A rule is written in such paragraphs; "(k)(2)" is of the Privacy Act.
_PARAGRAPHS = re.compile(r"\([aceg-i]\)\s?\([1-9]\)")


def stamps(page: Page, found: Sequence[Found], *, is_slip_sheet: bool) -> list[Print]:
    """Give the stamps: in boxes and beside them, in the margin of their lines, in their stead."""
    if is_slip_sheet:
        return page.prints
    taken: list[Print] = []
    is_typed = not (_TELLS.search(page.text) or _PARAGRAPHS.search(page.text))
    for one in page.prints:
        if (
            any(box.place.holds(one.place) or _is_beside(one, box) for box in found)
            or (one.is_aloof and _is_in_margin(one, found, taken))
            or _stands_for_words(one, is_typed=is_typed)
        ):
            taken.append(one)
    return taken


def _is_beside(one: Print, box: Found) -> bool:
    return (
        (one.is_aloof or one.is_coloured or (one.is_strong and not one.is_spoken_of))
        and one.place.beside(box.place) > _IN_LINE
        and one.place.gap(box.place) <= _BESIDE
    )


def _is_in_margin(one: Print, found: Sequence[Found], taken: Sequence[Print]) -> bool:
    """Ask whether a box stands in the line of an exemption, or a stamp just above it."""
    return any(one.place.beside(box.place) > _IN_LINE for box in found) or any(
        _is_below(one.place, other.place) for other in taken[-4:]
    )


def _is_below(one: Place, other: Place) -> bool:
    is_close = -0.3 * other.height < one.top - other.bottom < other.height
    return is_close and abs(one.left - other.left) < other.height


def _stands_for_words(one: Print, *, is_typed: bool) -> bool:
    """Ask whether an exemption was typed where a word was left out."""
    if one.is_coloured:
        return not one.is_spoken_of
    return is_typed and not one.is_spoken_of and (one.is_strong or one.is_aloof)


def codes_of(found: Sequence[Found], taken: Sequence[Print]) -> list[tuple[str, ...]]:
    """Give the exemptions of each box: those on it, else those beside it or in its margin."""
    inside = {id(one) for box in found for one in taken if box.place.holds(one.place)}
    outside = [one for one in taken if id(one) not in inside]
    return [_codes(box, taken) or _nearest(box, outside) for box in found]


def _codes(box: Found, taken: Sequence[Print]) -> tuple[str, ...]:
    return _each_once(one for one in taken if box.place.holds(one.place))


def _nearest(box: Found, outside: Sequence[Print]) -> tuple[str, ...]:
    in_line = [one for one in outside if one.place.beside(box.place) > _IN_LINE]
    near = [one for one in in_line if one.place.gap(box.place) <= _BESIDE]
    return _each_once(near or [one for one in in_line if one.is_aloof])


def _each_once(prints: Iterable[Print]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.code for one in prints))
