"""Words printed on dark ground in a scan: what was set so stays, what a stamp lies over goes.

White letters on a black place are a heading, or the exemption stamped on a redaction, with the word
below it still in the text layer. No word alone tells which. A heading of several words does: each
of them is inked from end to end, and the spaces between them are bare where the layer says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.reader.characters import Run
from ingest.reader.inks import Inks, Look, Seen

# One stamp over so many words leaves a gap in one of them, or fills a space.
_LEAST_WORDS = 3
# An exemption as it is stamped, or a part of it: "(b)(7)(E)", "b6", "(b)", "(7)(C),".
_EXEMPTION = re.compile(
    r"\W*(?:b\W{0,3}\d(?:\W{0,3}[a-f])?|\(\d\)(?:\W{0,3}\(?[a-f]\)?)?|\(b\)|\([a-f]\))\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A word of the layer with its number among the looks, its text and how its place looks."""

    number: int
    word: Run
    text: str
    seen: Seen


def hidden_on_boxes(inks: Inks, looked: Sequence[Looked]) -> list[Looked]:
    """Give the words in boxes that are to be left out; `looked` is in reading order."""
    found = []
    for bar in _bars(inks, [one for one in looked if one.seen.look is not Look.INK]):
        if not _is_set(inks, bar):
            found += [one for one in bar if not _is_exemption(one)]
    return found


def _is_exemption(one: Looked) -> bool:
    return one.seen.look is Look.PRINTED and bool(_EXEMPTION.fullmatch(one.text))


def _bars(inks: Inks, boxed: Sequence[Looked]) -> list[list[Looked]]:
    """Put together the words of a line that stand in one box."""
    bars: list[list[Looked]] = []
    for one in boxed:
        last = bars[-1][-1] if bars else None
        if (
            last
            and (last.number + 1, last.word.line) == (one.number, one.word.line)
            and inks.is_joined(last.number, one.number)
        ):
            bars[-1].append(one)
        else:
            bars.append([one])
    return bars


def _is_set(inks: Inks, bar: Sequence[Looked]) -> bool:
    """Ask whether all words of a bar were set there as they are read."""
    return (
        len(bar) >= _LEAST_WORDS
        and all(one.seen.look is Look.PRINTED and one.seen.is_along for one in bar)
        and all(inks.is_bare_between(one.number, other.number) for one, other in pairwise(bar))
    )
