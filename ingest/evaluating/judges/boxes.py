"""Redaction boxes: how many on each page, or where exactly, as far as the gold knows."""

from collections.abc import Sequence

from archive.redactions import RedactionBox
from archive.shown.wording import counted
from ingest.evaluating.gold import GoldFile, Place
from ingest.evaluating.scores import Note, Score, summed
from ingest.evaluating.seen import Seen

# Intersection over union, from which on two boxes are the same one.
ALIKE = 0.5


def boxes(gold: GoldFile, seen: Seen) -> Score:
    """Match boxes one by one where they are known, else count them page by page.

    Where the gold names some pages, the others have none.
    """
    if gold.places is not None:
        pages = gold.places.keys() | {page.number for page in seen.pages}
        return summed(_matched(gold.places.get(one, ()), seen, one) for one in sorted(pages))
    if gold.boxes is None:
        return Score()
    pages = gold.boxes.keys() | {page.number for page in seen.pages}
    return summed(_counted(gold, seen, one) for one in sorted(pages))


def _found(seen: Seen, number: int) -> Sequence[RedactionBox]:
    page = seen.page(number)
    return page.redactions.boxes if page else ()


def _counted(gold: GoldFile, seen: Seen, number: int) -> Score:
    """Count the boxes of a page; within the tolerance of a page that is named, all are right."""
    named = gold.boxes or {}
    wanted, found = named.get(number, 0), len(_found(seen, number))
    tolerance = gold.box_tolerance if number in named else 0
    if abs(found - wanted) <= tolerance:
        return Score(found=wanted, is_countable=True)
    what = f"{counted(wanted, 'box', 'boxes')} in the gold, {found:,} found"
    note = Note(what=what, page=number, count=abs(found - wanted))
    return Score(
        found=min(wanted, found),
        missing=[note] if found < wanted else (),
        wrong=[note] if found > wanted else (),
        is_countable=True,
    )


def _matched(wanted: Sequence[Place], seen: Seen, number: int) -> Score:
    """Match the boxes of a page, the most alike first, each once."""
    found = _found(seen, number)
    alike = sorted(
        (
            (-share, one, other)
            for one, place in enumerate(wanted)
            for other, box in enumerate(found)
            if (share := overlap(place, box)) >= ALIKE
        ),
    )
    ours: set[int] = set()
    theirs: set[int] = set()
    for _, one, other in alike:
        if one not in ours and other not in theirs:
            ours.add(one)
            theirs.add(other)
    return Score(
        found=len(ours),
        missing=[_note(one, number) for place, one in enumerate(wanted) if place not in ours],
        wrong=[_note(one, number) for place, one in enumerate(found) if place not in theirs],
        is_countable=True,
    )


def overlap(one: Place | RedactionBox, other: Place | RedactionBox) -> float:
    """Give the intersection of two boxes over their union, from 0 to 1."""
    wide = min(one.right_pt, other.right_pt) - max(one.left_pt, other.left_pt)
    high = min(one.bottom_pt, other.bottom_pt) - max(one.top_pt, other.top_pt)
    both = max(wide, 0.0) * max(high, 0.0)
    union = _area(one) + _area(other) - both
    return both / union if union > 0 else 0.0


def _area(box: Place | RedactionBox) -> float:
    return max(box.right_pt - box.left_pt, 0.0) * max(box.bottom_pt - box.top_pt, 0.0)


def _note(box: Place | RedactionBox, number: int) -> Note:
    edges = (box.left_pt, box.top_pt, box.right_pt, box.bottom_pt)
    return Note(what=f"{box.look} box at {', '.join(f'{edge:.0f}' for edge in edges)}", page=number)
