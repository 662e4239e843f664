"""The places of failed redactions: what lies over the words that nobody sees."""

from collections.abc import Iterator, Sequence

from ingest.reader.backgrounds import is_background
from ingest.reader.painting import Cover
from ingest.reader.proposals import Proposed
from ingest.reader.redacted.places import Place, placed
from ingest.reader.rendering import Sheet

# In points: letters, and words of a line, beneath one thing of which only the bounds are known.
_NEAR = 8.0


def hiding_places(
    hidden: Sequence[Proposed], unredacted: Sequence[Cover], size: Sheet
) -> list[Place]:
    """Give the places of what hides characters, or the print of a scan.

    The box of a cover that is one, else what is around the characters beneath it, line by line.
    """
    if not hidden and not unredacted:
        return []
    covers = (*(one.cover for one in hidden), *unredacted)
    known = {
        one.box
        for one in covers
        if one.is_exact or one.is_marked or (one.is_picture and not is_background(one, size))
    }
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
