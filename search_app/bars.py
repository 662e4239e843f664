"""Obligations by fiscal year as stacked bars, in percent of the width and pixels of height."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.shown.sums import Yearly
from archive.shown.wording import amount

BARS_MIN, BARS_MAX = 8, 12
_BASE_Y, _TOP_Y = 188.0, 22.0
_LEFT, _WIDTH = 8.0, 92.0  # percent; the amounts of the grid stand on the left
_PARTS = 3  # fills that can be told apart; all others are "Other"
OTHER = "Other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a bar: its fill k1 to k4, where it begins and how high it is, in pixels."""

    fill: str
    y: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBar:
    """A fiscal year; a year of net deobligation has no pieces, and its sum is said."""

    year: int
    cents: int
    left: float
    width: float
    inner: float
    inner_width: float
    middle: float
    top: float
    pieces: tuple[Piece, ...]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a fill stands for; `part` is '' for all others."""

    fill: str
    part: str
    name: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearChart:
    """The chart with the table that says the same; rows are (year, cents by key, all)."""

    bars: tuple[YearBar, ...]
    grid: tuple[tuple[float, str], ...]
    keys: tuple[Key, ...]
    rows: tuple[tuple[int, tuple[int, ...], int], ...]
    earlier_cents: int
    first_year: int
    sentence: str


def year_chart(yearly: Yearly, names: Mapping[str, str]) -> YearChart | None:
    """Draw sums by year; `names` are those of the parts. None when there is nothing to draw."""
    if yearly.is_empty:
        return None
    keys = _keys(yearly, names)
    years = sorted({year for year, _ in yearly.by_year})
    last = years[-1]
    first = max(years[0], last - BARS_MAX + 1)
    table = _table(yearly, keys, years)
    sums = {year: total for year, _, total in table}
    positive = {
        year: sum(cents for cents in parts if cents > 0)
        for year, parts, _ in table
        if year >= first
    }
    greatest = _nice(max(positive.values(), default=0) or 100)
    shown = range(first, last + 1)
    by_year = {year: parts for year, parts, _ in table}
    # Few bars stay narrow and leave room on the right: before its first year nothing is known.
    width = _WIDTH / max(len(shown), BARS_MIN)
    bars = tuple(
        _bar(year, place, width, by_year.get(year, ()), sums.get(year, 0), greatest)
        for place, year in enumerate(shown)
    )
    return YearChart(
        bars=bars,
        grid=tuple(_grid(greatest)),
        keys=keys,
        rows=table,
        earlier_cents=sum(total for year, total in sums.items() if year < first),
        first_year=first,
        sentence=_sentence(bars, keys),
    )


def _keys(yearly: Yearly, names: Mapping[str, str]) -> tuple[Key, ...]:
    totals: defaultdict[str, int] = defaultdict(int)
    for (_, part), cents in yearly.by_year.items():
        totals[part if part in names else ""] += cents
    ranked = sorted((part for part in totals if part), key=lambda part: -totals[part])
    kept, rest = ranked[:_PARTS], ranked[_PARTS:]
    other = totals.get("", 0) + sum(totals[part] for part in rest)
    keys = [
        Key(fill=f"k{place}", part=part, name=names[part], cents=totals[part])
        for place, part in enumerate(kept, 1)
    ]
    if rest or "" in totals:
        keys.append(Key(fill="k4", part="", name=OTHER, cents=other))
    return tuple(keys)


def _table(
    yearly: Yearly, keys: Sequence[Key], years: Sequence[int]
) -> tuple[tuple[int, tuple[int, ...], int], ...]:
    named = {key.part for key in keys if key.part}
    cells: defaultdict[tuple[int, str], int] = defaultdict(int)
    for (year, part), cents in yearly.by_year.items():
        cells[year, part if part in named else ""] += cents
    return tuple(
        (
            year,
            tuple(cells[year, key.part] for key in keys),
            sum(cells[year, part] for part in (*named, "")),
        )
        for year in years
    )


def _bar(
    year: int, place: int, width: float, parts: Sequence[int], cents: int, greatest: int
) -> YearBar:
    left = _LEFT + place * width
    y, pieces = _BASE_Y, []
    for number, part in enumerate(parts, 1):
        height = (_BASE_Y - _TOP_Y) * max(part, 0) / greatest
        if height >= 0.5:
            y -= height
            fill = f"k{number if number <= _PARTS and len(parts) > 1 else 4}"
            fill = "k1" if len(parts) == 1 else fill
            pieces.append(Piece(fill=fill, y=round(y, 1), height=round(height, 1)))
    return YearBar(
        year=year,
        cents=cents,
        left=round(left, 2),
        width=round(width, 2),
        inner=round(left + 0.2 * width, 2),
        inner_width=round(0.6 * width, 2),
        middle=round(left + width / 2, 2),
        top=round(y, 1),
        pieces=tuple(pieces),
        label=_short(cents) if cents else "",
    )


def _nice(cents: int) -> int:
    """Give the top of the axis, whose quarters are round: 1, 2, 4, 6 or 8 of a power of ten."""
    unit = 100
    while True:
        for tenths in (10, 20, 40, 60, 80):
            if unit * tenths // 10 >= cents:
                return unit * tenths // 10
        unit *= 10


def _unit(cents: int) -> tuple[int, str]:
    for unit, word in ((10**11, "billion"), (10**8, "million"), (10**5, "thousand")):
        if abs(cents) >= unit:
            return unit, word
    return 100, ""


def _grid(greatest: int) -> list[tuple[float, str]]:
    unit, word = _unit(greatest)
    lines = []
    for quarter in (1, 2, 3, 4):
        number = f"{greatest * quarter / 4 / unit:.2f}".rstrip("0").rstrip(".")
        label = f"${number} {word}".strip() if quarter == 4 else number
        lines.append((round(_BASE_Y - (_BASE_Y - _TOP_Y) * quarter / 4, 1), label))
    return lines


def _short(cents: int) -> str:
    """Write an amount over a bar: "4.8m", "330k"."""
    unit, word = _unit(cents)
    number = f"{abs(cents) / unit:.1f}".removesuffix(".0") if word else f"{abs(cents) // 100}"
    sign = "\u2212" if cents < 0 else ""
    return f"{sign}{number}{ {'billion': 'b', 'million': 'm', 'thousand': 'k'}.get(word, '') }"


def _sentence(bars: Sequence[YearBar], keys: Sequence[Key]) -> str:
    filled = [bar for bar in bars if bar.cents]
    first, last = filled[0], filled[-1]
    most = max(filled, key=lambda bar: bar.cents)
    largest = f"; {keys[0].name} is the largest part in all" if len(keys) > 1 else ""
    return (
        f"Stacked bars, from {amount(first.cents)} in fiscal year {first.year} to"
        f" {amount(last.cents)} in {last.year}; most in {most.year}, {amount(most.cents)}{largest}."
    )
