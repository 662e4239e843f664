"""Which characters stand beneath something, so that no reader of the page can see them.

Three questions, all answered by the drawn page. Of text that is painted, where geometry says that
something may hide it (`proposals`): does it leave a trace when it is taken away (`traces`, and what
follows from them, `hiding`)? Of text with other text printed over it: does it leave its trace only
without that (`overprints`)? Of a scan's text layer, which is drawn as nothing: is there anything
in the picture that could be the word (`layers`)?

White text on white paper is in nobody's way: nothing was painted over it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.reader.characters import Characters
from ingest.reader.covers import Painted
from ingest.reader.geometry import Box
from ingest.reader.hiding import verdict
from ingest.reader.layers import hidden_in_layer, is_scan, layer_words
from ingest.reader.looks import is_white
from ingest.reader.overprints import hidden_by_text
from ingest.reader.proposals import Proposed, Suspect, Texts, characters_of, note_blocks, suspects
from ingest.reader.rendering import Sheet, drawn, scale_within, window_around
from ingest.reader.runs import Runs

_TWIN_PT = 1.5
# A letter is drawn a little beyond its box: at most a pixel of the narrowest picture.
_RIM_PT = 1.0
# For a first look at the ground of words: pixels a point, and of a page.
_SCALE, _PIXELS = 1.0, 4_000_000


@dataclass(slots=True, kw_only=True)
class Beneath:
    """Characters that must not leave the page.

    `numbers` are all of them, by their place in the page's characters; `count` leaves out those
    that are printed a second time, visibly, in the same place, and points beside a box. `shown` are
    places that a picture must not show: words only marked for redaction, and words whose cover lets
    a little through.
    `covered` are those of them that a cover hides or marks, each with its cover.
    `is_scan`: images fill the page; `in_layer` counts the words that are drawn as nothing over it.
    """

    numbers: set[int] = field(default_factory=set)
    count: int = 0
    shown: list[Box] = field(default_factory=list)
    covered: list[Proposed] = field(default_factory=list)
    is_scan: bool = False
    in_layer: int = 0


def beneath(page: Any, size: Sheet, read: Characters, words: Runs, on: Painted) -> Beneath:
    """Find the characters that nobody sees, though they stand in the file.

    Raises:
        Refused: the page is too complex to examine.
    """
    found = Beneath()
    note_blocks(read, on)
    if not words:
        return found
    # Before `verdict`, which blackens text.
    overprinted = hidden_by_text(page, size, read, words, on)
    if on.covers or on.strips or on.pictures:
        _beneath_covers(page, size, read, words, on, found)
    found.numbers |= {one.number for one in overprinted}
    found.shown += [one.box.grown(_RIM_PT) for one in overprinted]
    found.count = len(said := _telling(read, words, found.numbers)) - _twins(read, words, said)
    return found


def _beneath_covers(
    page: Any,
    size: Sheet,
    read: Characters,
    words: Runs,
    on: Painted,
    found: Beneath,
) -> None:
    """Note what lies beneath shapes, images and annotations, or is not in a scan's picture."""
    texts, is_scanned = Texts(on), is_scan(on, size)
    for picture in on.pictures:
        on.add(picture)
    proposed = list(_proposed(page, size, read, words, on, texts))
    marked = {one.number for one in proposed if one.cover.is_marked}
    found.shown = [one.box for one in proposed if one.cover.is_marked]
    rest = [one for one in proposed if one.number not in marked]
    seen = verdict(page, size, on, texts, rest, is_scanned=is_scanned)
    found.shown += [one.box.grown(_RIM_PT) for one in seen.leaking]
    found.covered = [one for one in proposed if one.cover.is_marked] + list(seen.hidden)
    found.numbers = {one.number for one in found.covered}
    veiled = {one.number for one in seen.veiled} - found.numbers
    layer = layer_words(read, words, on, texts, veiled, is_scanned=is_scanned)
    found.is_scan, found.in_layer = is_scanned, len(layer)
    found.numbers |= hidden_in_layer(page, size, read, layer)


def _proposed(
    page: Any, size: Sheet, read: Characters, words: Runs, on: Painted, texts: Texts
) -> Iterator[Proposed]:
    """Give the characters that may be hidden, without those whose ground is seen to be paper."""
    asked = list(suspects(read, words, on, texts))
    grounded = [_around(one) for one in asked if one.is_grounded]
    if grounded:
        scale = scale_within(size, _SCALE, _PIXELS)
        picture = drawn(page, size, scale, window_around(grounded, size, scale))
        asked = [
            one for one in asked if not (one.is_grounded and is_white(picture.patch(_around(one))))
        ]
    for one in asked:
        yield from characters_of(read, one, texts)


def _around(one: Suspect) -> Box:
    """Give the place of a word with enough of its ground for bold letters not to outweigh it."""
    return one.word.reach.grown(one.word.reach.height / 3)


def _telling(read: Characters, words: Runs, hidden: set[int]) -> set[int]:
    """Give the hidden characters of words of which a letter or digit is hidden.

    A box may reach over the comma beside it, which tells nobody anything.
    """
    if not hidden:
        return hidden
    parts = (hidden.intersection(range(begin, end)) for begin, end, _ in words.spans.tolist())
    told = (part for part in parts if any(read.text[number].isalnum() for number in part))
    return set().union(*told)


def _twins(read: Characters, words: Runs, hidden: set[int]) -> int:
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
