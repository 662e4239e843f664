"""Numbers of modifications: do they show that an action is missing?

Offices number modifications one after the other from 1, each in a series of its own: P00001 by the
awarding office, A00001 by one that administers (FAR 4.1603). The award itself is 0.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

_FIRST = "0"
# Every award closed in the ICE rows of 2013 to 2018 has this number at its end (385 of 385).
_CLOSE_OUT = "XXX9"
_SERIAL = re.compile(r"([A-Z]*)([0-9]{1,9})", re.ASCII)


class Numbers:
    """Numbers of an award's actions, taken in one by one."""

    def __init__(self, numbers: Iterable[str] = ()) -> None:
        self._series: defaultdict[str, set[int]] = defaultdict(set)
        self._last: defaultdict[str, int] = defaultdict(int)
        self._has_first = False
        self._is_serial = True
        for number in numbers:
            self.add(number)

    def add(self, number: str) -> None:
        """Take in a number; again makes no difference."""
        if number == _FIRST:
            self._has_first = True
        elif number != _CLOSE_OUT:
            self._add_to_series(number)

    def _add_to_series(self, number: str) -> None:
        found = _SERIAL.fullmatch(number.upper())
        if found is None:
            self._is_serial = False
            return
        stem, place = found[1], int(found[2])
        self._series[stem].add(place)
        self._last[stem] = max(self._last[stem], place)

    @property
    def are_whole(self) -> bool:
        """Whether the award itself is among them, and no number shows a gap before it.

        A number of another form leaves that open, and so they are not.
        """
        return (
            self._has_first
            and self._is_serial
            and all(len(found - {0}) == self._last[stem] for stem, found in self._series.items())
        )
