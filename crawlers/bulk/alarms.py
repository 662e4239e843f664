"""Alarms of the monthly archive: a month that is missing, old, or implausibly small.

In September 2026 the file of one department's contracts was not made. Who only reads what is there
does not notice that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from archive.fiscal import fiscal_year
from crawlers.bulk.ledger import ReadFile
from crawlers.bulk.place import CHANGES, Piece, Place
from crawlers.usaspending.agencies import BY_CODE

# Files are made every month; one that is older was not made when it should have been.
OLD_AFTER_DAYS = 45
# The file of a new fiscal year is first made some days after its first month.
GRACE_DAYS = 45
SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """A file's size and rows, to be held against another's."""

    file: str
    size_bytes: int
    rows: int


def alarms(
    place: Place,
    years: Iterable[int],
    before: Sequence[ReadFile],
    today: date,
    *,
    wants_changes: bool = False,
) -> list[str]:
    """Give the sentences of all that is wrong with the months of the years asked for."""
    found = []
    for department, listed in place.listed.items():
        if wants_changes:
            found += _changes(f"{BY_CODE[department].abbreviation}, changes", listed, today)
        for year in years:
            name = f"{BY_CODE[department].abbreviation}, fiscal {year}"
            held = [one for one in before if (one.department, one.year) == (department, year)]
            if not listed.get(str(year)):
                if _is_expected(listed, year, held, today):
                    found.append(f"{name}: the monthly archive has no file of it.")
                continue
            found += _old(name, listed[str(year)], today)
            piece = _piece(place, department, year)
            if piece is not None:
                found += _small(name, piece, _against(place, before, piece, held, today))
    return found


def _is_expected(
    listed: Mapping[str, str], year: int, held: Sequence[ReadFile], today: date
) -> bool:
    """Tell whether a missing file should be there: it was once, or that of the year before is."""
    if held:
        return True
    is_young = (today - date(year - 1, 10, 1)).days <= GRACE_DAYS
    return bool(listed.get(str(year - 1))) and not is_young


def _changes(name: str, listed: Mapping[str, str], today: date) -> list[str]:
    if CHANGES not in listed:
        return [f"{name}: the monthly archive has no file of them."]
    return _old(name, listed[CHANGES], today)


def _old(name: str, made_on: str, today: date) -> list[str]:
    days = (today - date.fromisoformat(made_on)).days
    if days <= OLD_AFTER_DAYS:
        return []
    return [f"{name}: its file was last made on {made_on}, {days} days ago; it is due every month."]


def _piece(place: Place, department: str, year: int) -> Piece | None:
    of_it = (one for one in place.pieces if (one.department, one.year) == (department, year))
    return next((one for one in of_it if one.is_read), None)


def _against(
    place: Place, before: Sequence[ReadFile], piece: Piece, held: Sequence[ReadFile], today: date
) -> _Measured | None:
    """Give the file to hold one against: the largest of its year; else that of the year before."""
    others = [_measured(one) for one in held if one.file != piece.file]
    if not others and piece.year < fiscal_year(today):
        former = _piece(place, piece.department, piece.year - 1)
        earlier = (piece.department, piece.year - 1)
        others = [_measured(one) for one in before if (one.department, one.year) == earlier]
        others += [_measured(former)] if former is not None else []
    return max(others, key=lambda one: (one.rows, one.size_bytes), default=None)


def _measured(one: ReadFile | Piece) -> _Measured:
    return _Measured(file=one.file, size_bytes=one.size_bytes, rows=one.rows)


def _small(name: str, piece: Piece, other: _Measured | None) -> list[str]:
    if other is None:
        return []
    rows, size_bytes = piece.rows, piece.size_bytes
    if rows >= other.rows * SHARE and size_bytes >= other.size_bytes * SHARE:
        return []
    return [
        f"{name}: {piece.file} is implausibly small: {rows:,} rows and {size_bytes:,} bytes,"
        f" against {other.rows:,} rows and {other.size_bytes:,} bytes of {other.file}."
    ]
