"""Text objects that lie over each other are looked at in turn, never in the same picture."""

from collections.abc import Sequence

import numpy as np

from ingest.reader import verdicts
from ingest.reader.geometry import Box
from ingest.reader.marks import as_array
from ingest.reader.proposals import Proposed
from ingest.reader.verdicts import Refused

# Of a side, and in points: letters of neighbouring lines may touch. What goes further into a word
# would leave its own trace there, such as a stamp of two lines over one.
_TOUCH_SHARE, _TOUCH_PT = 0.2, 0.4
_MOST_TURNS = 32
_MOST_TEXTS = 20_000


def in_turns(proposed: Sequence[Proposed]) -> list[set[int]]:
    """Share out the addresses of text objects, so that in no turn two lie over each other.

    Raises:
        Refused: there are more text objects or turns than the limit.
    """
    around: dict[int, Box] = {}
    for one in proposed:
        known = around.get(one.address)
        around[one.address] = known.joined(one.box) if known else one.box
    addresses = list(around)
    boxes = as_array([_core(box) for box in around.values()])
    _refuse_beyond(len(addresses), _MOST_TEXTS)
    turns = np.zeros(len(addresses), np.int64)
    for number in range(1, len(addresses)):
        left, bottom, right, top = boxes[number]
        earlier = boxes[:number]
        meets = (
            (earlier[:, 0] < right)
            & (earlier[:, 2] > left)
            & (earlier[:, 1] < top)
            & (earlier[:, 3] > bottom)
        )
        if meets.any():
            taken = set(turns[:number][meets].tolist())
            turns[number] = next(turn for turn in range(number + 1) if turn not in taken)
    _refuse_beyond(int(turns.max()) + 1, _MOST_TURNS)
    return [
        {addresses[number] for number in np.flatnonzero(turns == turn).tolist()}
        for turn in range(int(turns.max()) + 1)
    ]


def _core(box: Box) -> Box:
    across, up = (min(_TOUCH_SHARE * side, _TOUCH_PT) for side in (box.width, box.height))
    return Box(box.left + across, box.bottom + up, box.right - across, box.top - up)


def _refuse_beyond(count: int, most: int) -> None:
    if count > most:
        raise Refused(
            verdicts.TOO_COMPLEX, f"{verdicts.UNEXAMINED}: too many words lie over each other"
        )
