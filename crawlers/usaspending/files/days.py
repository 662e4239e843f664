"""In which order a file writes day and month: seen from all its rows before any is read.

Files that a spreadsheet program saved again hold dates such as 05/06/2013. One whose first number
is above 12 shows that a column writes the day first; the others of that column follow it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from crawlers.usaspending.values import Order

__all__ = ["Order", "Orders", "day_orders", "has_slashes"]

Orders: TypeAlias = Mapping[str, Order]
_SLASHED = re.compile(r"\s*(\d{1,2})/(\d{1,2})/\d{2,4}\b")
_MONTHS = 12


def has_slashes(row: Sequence[str], places: Iterable[int]) -> bool:
    """Tell whether a row writes any of its days with slashes."""
    return any(place < len(row) and _SLASHED.match(row[place]) for place in places)


def day_orders(rows: Iterable[Sequence[str]], places: Mapping[str, int]) -> dict[str, Order]:
    """Tell for each column how it writes days; `places` are those of the columns with days.

    A column that shows nothing itself is taken to be like the file's others, and where none shows
    anything, the month stands first, as the source's country writes it.
    """
    day_first: set[str] = set()
    month_first: set[str] = set()
    for row in rows:
        for name, place in places.items():
            if place < len(row) and (match := _SLASHED.match(row[place])):
                if int(match[1]) > _MONTHS:
                    day_first.add(name)
                elif int(match[2]) > _MONTHS:
                    month_first.add(name)
    usual = _order(bool(day_first), bool(month_first))
    return {
        name: _order(name in day_first, name in month_first)
        if name in day_first | month_first
        else usual
        for name in places
    }


def _order(has_day_first: bool, has_month_first: bool) -> Order:
    if has_day_first and has_month_first:
        return Order.MIXED
    return Order.DAY_FIRST if has_day_first else Order.MONTH_FIRST
