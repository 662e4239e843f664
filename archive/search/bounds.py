"""Read what stands after `amount:`, `date:`, `redacted:` and their like into ranges of integers.

Values may be alone (`2024`), compared (`>=2024`) or a range (`2024..2026`, `2024..`, `..2026`).
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from archive.search.tree import Range

_COMPARED = re.compile(r"(<=|>=|<|>|=)?(.*)", re.DOTALL)
_AMOUNT = re.compile(
    r"([-\u2212]?)\$?(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,4}))?(k|m|mn|b|bn)?"
)
_UNITS = {None: 1, "k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9}
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_YEAR = re.compile(r"\d{4}")
_PERCENT = re.compile(r"(\d{1,3})%?")

# A value covers a stretch: a year its days, a whole dollar its cents. With it its name.
Stretch = tuple[int, int, str]
Reader = Callable[[str], Stretch | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a kind of value is spoken of: over $5, after 2024."""

    above: str
    below: str
    complaint: str


AMOUNT = Wording(
    above="over",
    below="under",
    complaint=(
        "An amount is a number of dollars, such as `amount:1000000`, `amount:>1m` "
        "or `amount:1000..5000`."
    ),
)
DATE = Wording(
    above="after",
    below="before",
    complaint=(
        "A date is a year, a month or a day, such as `date:2024`, `date:>=2024-05` "
        "or `date:2024-01-01..2024-12-31`."
    ),
)
YEAR = Wording(
    above="after",
    below="before",
    complaint="A year has four digits, such as `year:2025`.",
)

PERCENT = Wording(
    above="over",
    below="under",
    complaint=(
        "A share redacted is a whole number of per cent, such as `redacted:>50`, `redacted:100` "
        "or `redacted:1..20`."
    ),
)


def bounds(typed: str, column: str, read: Reader, wording: Wording) -> Range | None:
    """Read a value, a comparison or a range; None when it is none of them, or runs backwards."""
    low, dots, high = typed.partition("..")
    if dots:
        return _range(low.strip(), high.strip(), column, read)
    found = _COMPARED.fullmatch(typed)
    operator, value = found.groups() if found else (None, typed)
    stretch = read(value.strip())
    return _compared(operator, stretch, column, wording) if stretch else None


def _range(low: str, high: str, column: str, read: Reader) -> Range | None:
    first, last = read(low) if low else None, read(high) if high else None
    if (low and first is None) or (high and last is None) or (first is None and last is None):
        return None
    if last is None:
        return first and Range(column=column, low=first[0], label=f"from {first[2]} on")
    if first is None:
        return Range(column=column, high=last[1], label=f"up to {last[2]}")
    if first[0] > last[1]:
        return None
    return Range(column=column, low=first[0], high=last[1], label=f"from {first[2]} to {last[2]}")


def _compared(operator: str | None, stretch: Stretch, column: str, wording: Wording) -> Range:
    low, high, name = stretch
    match operator:
        case ">":
            return Range(column=column, low=high + 1, label=f"{wording.above} {name}")
        case ">=":
            return Range(column=column, low=low, label=f"from {name} on")
        case "<":
            return Range(column=column, high=low - 1, label=f"{wording.below} {name}")
        case "<=":
            return Range(column=column, high=high, label=f"up to {name}")
        case _:
            return Range(column=column, low=low, high=high, label=name)


def amount(typed: str) -> Stretch | None:
    """Read dollars ($1,000,000, 1.5m, 2bn, -5) as the cents they cover."""
    found = _AMOUNT.fullmatch(typed.lower())
    if found is None:
        return None
    minus, whole, part, unit = found.groups()
    # Four places and two for the cents, in integers: no amount passes through a float.
    cents, rest = divmod(
        int(whole.replace(",", "") + (part or "").ljust(4, "0")) * _UNITS[unit], 100
    )
    if rest:
        return None
    # "$5" is what a page shows of $5.49 cut to dollars: a whole dollar covers its cents.
    top = cents + (99 if part is None and unit is None else 0)
    name = f"${cents // 100:,}" + (f".{cents % 100:02}" if cents % 100 else "")
    return (-top, -cents, f"\u2212{name}") if minus else (cents, top, name)


def day(typed: str) -> Stretch | None:
    """Read a year, month or day as the days it covers."""
    found = _DATE.fullmatch(typed)
    if found is None:
        return None
    year, month, number = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, number or 1)
        last_month = month or 12
        last = number or monthrange(first.year, last_month)[1]
        return (
            first.toordinal(),
            date(first.year, last_month, last).toordinal(),
            _name(first, month, number),
        )
    except ValueError:
        return None


def _name(first: date, month: int | None, number: int | None) -> str:
    if month is None:
        return str(first.year)
    name = f"{first:%b} {first.year}"
    return f"{number} {name}" if number else name


def year(typed: str) -> Stretch | None:
    """Read a federal fiscal year as its days: October of the year before to September."""
    if _YEAR.fullmatch(typed) is None or not 1 < int(typed) < 9999:
        return None
    number = int(typed)
    first, last = date(number - 1, 10, 1), date(number, 9, 30)
    return first.toordinal(), last.toordinal(), typed


def percent(typed: str) -> Stretch | None:
    """Read a share in per cent, from 0 to 100."""
    found = _PERCENT.fullmatch(typed)
    number = int(found.group(1)) if found else 101
    return (number, number, f"{number}%") if number <= 100 else None
