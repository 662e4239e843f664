"""Times as MuckRock prints them: with an offset, or without one, by the clock in Boston."""

from datetime import datetime
from zoneinfo import ZoneInfo

from crawlers.usaspending.values import NotUnderstood

# Source: the TIME_ZONE of MuckRock's server. Version 1 prints no zone, nor does version 2 of files.
_EASTERN = ZoneInfo("America/New_York")


def moment(value: object, name: str) -> datetime | None:
    """Read a time as an aware one; nothing is None.

    Raises:
        NotUnderstood: it is no time.
    """
    if value is None or value == "":
        return None
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or "T" not in str(value):
        raise NotUnderstood(f"{name} {value!r} is not a time")
    return found if found.tzinfo else found.replace(tzinfo=_EASTERN)


def day_of(value: datetime | None) -> str:
    """Give the day of a time in Boston, whichever zone it was printed in; '' for none."""
    return value.astimezone(_EASTERN).date().isoformat() if value else ""
