"""The histogram of records by fiscal year, in percentages of the width and pixels of height."""

from collections.abc import Sequence
from dataclasses import dataclass

BARS_MIN = 8  # a few years alone would make walls, not bars
BARS_MAX = 12  # at 320 px each bar is then still 24 px wide
_BASE_Y, _HEIGHT = 86.0, 66.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One fiscal year: `left`, `inner`, `middle` and widths in percent, heights in px."""

    year: int
    count: int
    kept: bool
    left: float
    width: float
    inner: float
    inner_width: float
    middle: float
    top: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """The latest twelve years as bars; `earlier` counts the records of the years before."""

    bars: tuple[Bar, ...]
    earlier: int
    sentence: str


def histogram(years: Sequence[tuple[int, int]], kept: Sequence[str]) -> Histogram | None:
    """Draw (year, count) pairs, rising; None when there is nothing to compare."""
    if len(years) < 2:
        return None
    counts = dict(years)
    last = years[-1][0]
    first = min(max(years[0][0], last - BARS_MAX + 1), last - BARS_MIN + 1)
    shown = [(year, counts.get(year, 0)) for year in range(first, last + 1)]
    greatest = max(count for _, count in shown) or 1
    width = 100 / len(shown)
    bars = tuple(
        _bar(place, year, count, width, greatest, kept=str(year) in kept)
        for place, (year, count) in enumerate(shown)
    )
    earlier = sum(count for year, count in years if year < first)
    return Histogram(bars=bars, earlier=earlier, sentence=_sentence(bars))


def _bar(place: int, year: int, count: int, width: float, greatest: int, *, kept: bool) -> Bar:
    height = max(_HEIGHT * count / greatest, 1.5 if count else 0.0)
    left = place * width
    return Bar(
        year=year,
        count=count,
        kept=kept,
        left=round(left, 2),
        width=round(width, 2),
        inner=round(left + 0.14 * width, 2),
        inner_width=round(0.72 * width, 2),
        middle=round(left + width / 2, 2),
        top=round(_BASE_Y - height, 1),
        height=round(height, 1),
    )


def _sentence(bars: Sequence[Bar]) -> str:
    first, last = bars[0], bars[-1]
    most = max(bars, key=lambda bar: bar.count)
    return (
        f"{len(bars)} bars, from {first.count:,} records in fiscal year {first.year} to"
        f" {last.count:,} in {last.year}; most in {most.year}, {most.count:,}."
    )
