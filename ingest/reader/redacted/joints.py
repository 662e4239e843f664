"""Bars that touch, and are seen as one box: a word processor draws a box line by line.

Joined are rectangles of one colour that share a whole side.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ingest.reader.geometry import Box
from ingest.reader.painting import Cover

# In points: sides that are the same, and how far they may be apart.
_SAME, _APART = 0.6, 0.25
# Of a page: where there are more thin bars, they are the lines of its tables.
_MOST = 2_000


def joined(covers: Sequence[Cover], strips: Sequence[Cover]) -> list[Cover]:
    """Give the covers with those joined that are seen as one; of strips alone, what they make."""
    exact = [one for one in covers if _is_plain(one)]
    rest = [one for one in covers if not _is_plain(one)]
    # Of what is so thin nobody asks for its corners.
    thin = [one for one in strips if one.colour is not None] if len(strips) <= _MOST else []
    stacked = _joined([*exact, *thin], _upright)
    whole = _joined([one for one in stacked if one.is_thick], _lying)
    return [*rest, *whole]


def _is_plain(cover: Cover) -> bool:
    return cover.is_exact and cover.colour is not None


# How a box is looked at when bars are joined in one direction: its sides across that direction,
# and from where to where it goes along it.
_View = Callable[[Box], tuple[float, float, float, float]]


def _upright(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.right, box.bottom, box.top


def _lying(box: Box) -> tuple[float, float, float, float]:
    return box.bottom, box.top, box.left, box.right


def _joined(covers: Sequence[Cover], view: _View) -> list[Cover]:
    """Join covers along one direction."""
    lanes = defaultdict[tuple[object, int, int], list[Cover]](list)
    for cover in covers:
        low, high, _, _ = view(cover.box)
        lanes[cover.colour, round(low / _SAME), round(high / _SAME)].append(cover)
    return [one for lane in lanes.values() for one in _along(lane, view)]


def _along(lane: list[Cover], view: _View) -> Iterator[Cover]:
    if len(lane) == 1:
        yield lane[0]
        return
    lane.sort(key=lambda one: view(one.box)[2])
    last = lane[0]
    for cover in lane[1:]:
        if view(cover.box)[2] - view(last.box)[3] <= _APART:
            order = max(last.order, cover.order)
            last = replace(last, box=last.box.joined(cover.box), order=order, is_exact=True)
        else:
            yield last
            last = cover
    yield last
