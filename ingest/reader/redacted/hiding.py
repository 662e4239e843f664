"""The places of failed redactions: what lies over the words that nobody sees."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.reader.backgrounds import is_background
from ingest.reader.painting import Colour, Cover
from ingest.reader.proposals import Proposed
from ingest.reader.redacted.places import Place, placed
from ingest.reader.rendering import Sheet

# In points: letters, and words of a line, beneath one thing of which only the bounds are known.
_NEAR = 8.0


class Hiding(NamedTuple):
    """A place beneath which something was left, and its colour, where that is known."""

    place: Place
    colour: Colour | None


def hiding_places(
    hidden: Sequence[Proposed], unredacted: Sequence[Cover], size: Sheet
) -> list[Hiding]:
    """Give the places of what hides characters, or the print of a scan.

    The box of a cover that is one, else what is around the characters beneath it, line by line.
    """
    if not hidden and not unredacted:
        return []
    known = {
        one.box: one.colour
        for one in (*(one.cover for one in hidden), *unredacted)
        if one.is_exact or one.is_marked or (one.is_picture and not is_background(one, size))
    }
    found = [Hiding(placed(box, size), colour) for box, colour in known.items()]
    rest = [placed(one.box, size) for one in hidden]
    loose = [one for one in rest if not any(that.place.holds(one) for that in found)]
    return [*found, *(Hiding(one.grown(1.0), None) for one in _lines(loose))]


def _lines(letters: Sequence[Place]) -> Iterator[Place]:
    line: Place | None = None
    for letter in sorted(letters, key=lambda one: (round(one.bottom), one.left)):
        if line and line.beside(letter) > 0.4 and line.gap(letter) < _NEAR:
            line = line.joined(letter)
            continue
        if line:
            yield line
        line = letter
    if line:
        yield line
