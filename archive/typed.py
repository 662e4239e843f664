"""What several commands let people type after their options."""

from datetime import date

import click

from archive import clock
from archive.errors import BadRequest

# The port of a page; 0 takes any free one.
PORT = click.IntRange(0, 65_535)
# While it is still yesterday in UTC, the day has begun at its easternmost places.
_EASTERNMOST_S = 14 * 3_600


def check_day(name: str, text: str) -> None:
    """See that a text is a day.

    Raises:
        BadRequest: it is none.
    """
    try:
        is_day = date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_day = False
    if not is_day:
        raise BadRequest(f"{name} {text!r} is not a day. Write it like 2024-01-31.")


def check_past_day(name: str, text: str) -> None:
    """See that a text is a day that has begun somewhere.

    Raises:
        BadRequest: it is no day, or one that is still to come.
    """
    check_day(name, text)
    if text > clock.now(later_s=_EASTERNMOST_S)[:10]:
        raise BadRequest(
            f"{name} {text} is still to come: today is {clock.today()}. Give a day that has been."
        )
