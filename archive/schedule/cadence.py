"""How often something runs: a small strict grammar, and the moments that it means. All UTC.

every N hours | every N days | daily at HH:MM | weekly on DAY at HH:MM
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from archive.errors import BadRequest

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Said back when it is put down, so that it hides nothing. USAspending is loaded by then.
USUAL = time(5, 0)
GRAMMAR = '"every 6 hours", "every 2 days", "daily at 05:30", "weekly on mon at 05:30"'
_LONGEST = timedelta(days=366)

_EVERY = re.compile(r"every(?: (\d{1,5}))? (hour|day)s?")
_AT_A_TIME = re.compile(r"(?:daily|weekly(?: on ([a-z]+))?)(?: at (\d{1,2}):(\d{2}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """A cadence: its words in one form, how far two runs are apart, and at which time of day.

    `at` is None for "every …", which counts from the run before; `weekday` is 0 for Monday.
    """

    words: str
    step: timedelta
    at: time | None = None
    weekday: int | None = None


def read_cadence(words: str) -> Cadence:
    """Read a cadence.

    Raises:
        BadRequest: it is none.
    """
    typed = " ".join(words.casefold().split())
    if found := _EVERY.fullmatch(typed):
        return _every(words, int(found[1] or 1), found[2])
    if found := _AT_A_TIME.fullmatch(typed):
        at = _time(words, found[2], found[3])
        if typed.startswith("daily"):
            return Cadence(words=f"daily at {at:%H:%M}", step=timedelta(days=1), at=at)
        day = _weekday(words, found[1])
        said = f"weekly on {DAYS[day]} at {at:%H:%M}"
        return Cadence(words=said, step=timedelta(days=7), at=at, weekday=day)
    raise BadRequest(f"{words!r} is not a cadence. Write it like {GRAMMAR}; times are UTC.")


def first_after(cadence: Cadence, moment: datetime) -> datetime:
    """Give when something runs first that is put down now: at its time of day, else at once."""
    return moment if cadence.at is None else _at(cadence, moment)


def next_after(cadence: Cadence, planned: datetime, moment: datetime) -> datetime:
    """Give the first planned moment after another one, for a run that was planned at `planned`.

    However many were missed in between, there is one next: what was missed is made up once.
    """
    if planned > moment:
        return planned
    if cadence.at is not None:
        return _at(cadence, moment)
    return planned + ((moment - planned) // cadence.step + 1) * cadence.step


def _at(cadence: Cadence, moment: datetime) -> datetime:
    """Give the first moment at the cadence's time of day, and weekday, after another one."""
    found = datetime.combine(moment.date(), cadence.at or USUAL, moment.tzinfo)
    if cadence.weekday is not None:
        found += timedelta(days=(cadence.weekday - found.weekday()) % 7)
    return found if found > moment else found + cadence.step


def _every(words: str, count: int, unit: str) -> Cadence:
    step = count * (timedelta(hours=1) if unit == "hour" else timedelta(days=1))
    if not timedelta(hours=1) <= step <= _LONGEST:
        raise BadRequest(f"{words!r}: from one hour to 366 days can be between two runs.")
    said = f"every {unit}" if count == 1 else f"every {count} {unit}s"
    return Cadence(words=said, step=step)


def _time(words: str, hour: str | None, minute: str | None) -> time:
    if hour is None or minute is None:
        return USUAL
    if int(hour) > 23 or int(minute) > 59:
        raise BadRequest(f"{words!r}: {hour}:{minute} is not a time. From 00:00 to 23:59, UTC.")
    return time(int(hour), int(minute))


def _weekday(words: str, day: str | None) -> int:
    for names in (DAYS, _LONG_DAYS):
        if (day or DAYS[0]) in names:
            return names.index(day or DAYS[0])
    raise BadRequest(f"{words!r}: {day!r} is not a day. Known: {', '.join(DAYS)}.")
