"""Obligated against potential value over time, as steps: an amount holds until it is changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from archive.shown.award import ShownAward
from archive.shown.related import Modification
from archive.shown.wording import amount, long_day

_TOP, _BASE = 24.0, 196.0
# Tops of the axis in tenths of a power of ten, and their parts: 0.5, 1, 1.5, 2 and no 0.63.
_TOPS = ((10, 4), (20, 4), (25, 5), (40, 4), (50, 5), (80, 4))
_APART = 4.5  # percent of the width between two labels under the line
_LABELS_MAX = 12  # modifications named under the line; of more, they would touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An amount from `left` to `right` (percent) at height `y` (px), and the `y` before it."""

    left: float
    right: float
    y: float
    before: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark under the line, or a line of the grid; `anchor` is '' where nothing is linked.

    `side` says where the label stands: below or above, or nowhere.
    """

    at: float
    label: str
    title: str = ""
    anchor: str = ""
    side: str = "below"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyChart:
    """The chart, in percent of the width and pixels of the height."""

    steps: tuple[Step, ...]
    grid: tuple[Tick, ...]
    years: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    ends: tuple[Tick, ...]
    now: float | None
    end_of_line: float
    label_at: float
    label_side: str
    obligated_y: float
    potential_y: float | None
    potential_from: float
    potential_to: float
    sentence: str


def money_over_time(award: ShownAward, today: date) -> MoneyChart | None:
    """Draw an award's modifications; None where they are fewer than two or have no dates."""
    dated = [one for one in reversed(award.modifications) if _day(one.acted_on)]
    stood = [one.obligated_cents for one in dated if one.obligated_cents is not None]
    highest = max([award.potential_cents or 0, *stood], default=0)
    lowest = min([0, *stood])
    if len(stood) < len(dated) or len(dated) < 2 or highest <= 0 or lowest < 0:
        return None
    ends = [
        day for name in ("ends_on", "potential_ends_on") if (day := _day(award.fields.get(name)))
    ]
    last_action = date.fromisoformat(dated[-1].acted_on)
    # What is over is drawn to its end, not to today: nothing holds beyond it.
    until = max([*ends, last_action]) if ends and max(ends) < today else today
    first = _ordinal(dated[0].acted_on)
    last = max([until, *ends, last_action]).toordinal()
    top_cents, parts = _nice(highest)
    scale = _Scale(first=first, last=max(last, first + 30), top_cents=top_cents, parts=parts)
    now = min(scale.x(until.toordinal()), 100.0)
    potential = award.potential_cents
    label_at = now if now < 72 else now - 0.7
    is_going = until == today
    ticks = tuple(_ticks(scale, dated))
    above = [now] if is_going else []
    return MoneyChart(
        steps=tuple(_steps(scale, dated, now)),
        grid=tuple(_grid(scale)),
        years=tuple(_years(scale)),
        ticks=ticks,
        ends=tuple(_ends(scale, award, [one.at for one in ticks], above)),
        now=now if is_going and now < 99.5 else None,
        end_of_line=now,
        label_at=round(label_at + (0.7 if now < 72 else 0), 2),
        label_side="start" if now < 72 else "end",
        obligated_y=scale.y(dated[-1].obligated_cents or 0),
        potential_y=scale.y(potential) if potential and potential > 0 else None,
        potential_from=scale.x(first),
        potential_to=max([now, *(scale.x(day.toordinal()) for day in ends)]),
        sentence=_sentence(award, dated),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    first: int
    last: int
    top_cents: int
    parts: int

    def x(self, ordinal: int) -> float:
        """Give percent of the width; both ends keep room for what stands under the line."""
        return round(4 + 90 * (ordinal - self.first) / (self.last - self.first), 2)

    def y(self, cents: int) -> float:
        """Give pixels from the top."""
        return round(_BASE - (_BASE - _TOP) * cents / self.top_cents, 1)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _nice(cents: int) -> tuple[int, int]:
    """Give the top of the axis in cents, and into how many round parts it falls."""
    unit = 100
    while True:
        for tenths, parts in _TOPS:
            if unit * tenths >= 10 * cents:
                return unit * tenths // 10, parts
        unit *= 10


def _steps(scale: _Scale, dated: Sequence[Modification], now: float) -> Iterator[Step]:
    before = _BASE
    edges = [
        *(scale.x(_ordinal(one.acted_on)) for one in dated),
        max(now, scale.x(_ordinal(dated[-1].acted_on))),
    ]
    for one, (left, right) in zip(dated, pairwise(edges), strict=True):
        y = scale.y(one.obligated_cents or 0)
        yield Step(left=left, right=right, y=y, before=before)
        before = y


def _grid(scale: _Scale) -> Iterator[Tick]:
    """Walk the lines with their amounts; the top one says the unit."""
    unit, word = next(
        (unit, word)
        for unit, word in ((10**11, "billion"), (10**8, "million"), (10**5, "thousand"), (100, ""))
        if scale.top_cents >= unit
    )
    for part in range(1, scale.parts + 1):
        number = f"{scale.top_cents * part / scale.parts / unit:.2f}".rstrip("0").rstrip(".")
        label = f"${number} {word}".strip() if part == scale.parts else number
        yield Tick(at=scale.y(scale.top_cents * part // scale.parts), label=label)


def _years(scale: _Scale) -> Iterator[Tick]:
    first, last = (date.fromordinal(day).year for day in (scale.first, scale.last))
    step = max(1, (last - first) // 6)
    for year in range(first + 1, last + 1, step):
        yield Tick(at=scale.x(date(year, 1, 1).toordinal()), label=str(year))


def _ticks(scale: _Scale, dated: Sequence[Modification]) -> Iterator[Tick]:
    """Walk the modifications; those that would stand on another one's place get no label."""
    last_at = -100.0
    for one in dated[: 10 * _LABELS_MAX]:
        at = scale.x(_ordinal(one.acted_on))
        room = 100 / _LABELS_MAX / 1.6
        if at - last_at < room:
            continue
        last_at = at
        yield Tick(
            at=at,
            label=_tick_label(one),
            title=_tick_title(one),
            anchor=one.anchor,
        )


def _tick_title(one: Modification) -> str:
    if one.number == "0":
        return f"Award, {long_day(one.acted_on)}"
    return f"{_tick_label(one)}: modification {one.number}, {long_day(one.acted_on)}"


def _tick_label(one: Modification) -> str:
    """Give what stands under the line: a number begins with it, so that both can be spoken."""
    return "Award" if one.number == "0" else one.number.removeprefix("P").lstrip("0") or one.number


def _ends(
    scale: _Scale, award: ShownAward, below: Sequence[float], above: Sequence[float]
) -> Iterator[Tick]:
    """Walk the end of work and that with all options, each label where no other one stands."""
    end, options = (_day(award.fields.get(name)) for name in ("ends_on", "potential_ends_on"))
    if options and end and options.toordinal() - end.toordinal() <= 60:
        options = None
    for day, label in ((end, "end"), (options, "options end")):
        if day and day.toordinal() >= scale.first:
            at = scale.x(day.toordinal())
            side = "below" if _is_free(at, below) else "above" if _is_free(at, above) else "none"
            yield Tick(at=at, label=label, side=side)


def _is_free(at: float, taken: Sequence[float]) -> bool:
    return all(abs(at - other) > _APART for other in taken)


def _sentence(award: ShownAward, dated: Sequence[Modification]) -> str:
    said = [f"{amount(dated[0].obligated_cents)} obligated from {long_day(dated[0].acted_on)}"]
    said += [
        f"{amount(after.obligated_cents)} from {long_day(after.acted_on)}"
        for before, after in pairwise(dated)
        if before.obligated_cents != after.obligated_cents
    ]
    potential = (
        f" The potential value is {amount(award.potential_cents)}."
        if award.potential_cents is not None
        else ""
    )
    return f"{', '.join(said[:12])}.{potential}"
