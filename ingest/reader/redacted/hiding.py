"""The places of failed redactions: what lies over the words that nobody sees."""

from collections.abc import Iterator, Sequence

from ingest.reader.proposals import Proposed
from ingest.reader.redacted.places import Place, placed
from ingest.reader.rendering import Sheet

# In points: letters, and words of a line, beneath one thing of which only the bounds are known.
_NEAR = 8.0


def hiding_places(hidden: Sequence[Proposed], size: Sheet) -> list[Place]:
    """Give the places of what hides characters.

    The box of a cover that is one, else what is around the characters beneath it, line by line.
    """
    known = {one.cover.box for one in hidden if one.cover.is_exact or one.cover.is_picture}
    known |= {one.cover.box for one in hidden if one.cover.is_marked}
    places = [placed(box, size) for box in sorted(known)]
    rest = [placed(one.box, size) for one in hidden]
    loose = [one for one in rest if not any(place.holds(one) for place in places)]
    return [*places, *(one.grown(1.0) for one in _lines(loose))]


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
