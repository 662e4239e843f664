"""Values as USAspending writes them: read strictly, or refused with the value quoted."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from typing import Any

from archive.masking import MASK, mask
from archive.model import CENTS_MAX

# Sums of binary fractions carry noise far behind the cent (1234.5600000000002); a tenth of a cent
# is a statement that we do not understand.
_NOISE = Decimal("0.0001")

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?"
)
# Spreadsheet programs save dates again with slashes, often with two-digit years and an hour.
_SLASHED = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?: (?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?)?"
)
# Two-digit years up to here belong to this century. Awards begin in the 1970s at the earliest and
# run into the 2060s at the latest; the same pivot as POSIX.
PIVOT = 68
_EARLIEST_YEAR = 1900

# What contact clerks put into descriptions. Ten digits need separators or a label: bare ones are
# more often DUNS numbers or PIIDs.
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+ ?@ ?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(
    r"(?<![\w.-])(?:\+?1[-. ]?)?(?:\(\d{3}\) ?-?|\d{3}[-. /])\d{3}[-. ]\d{4}(?![\w-])"
)
_LABELLED_PHONE = re.compile(
    r"\b(?:PHONE|TELEPHONE|TEL|PH|CELL|FAX|MOBILE)\b[ .:#]*(?:NO|NUMBER)?[ .:#]*"
    r"(?P<hit>1?\d{10})(?!\d)",
    re.IGNORECASE,
)
# The lead byte of what was a quotation mark or a dash (E2 82, E2 84), set in capitals.
_SHOUTED = re.compile("\u00c2(?=[\u201a\u201e])")
_ALNUM = re.compile(r"[0-9A-Za-z]")
_DIGIT = re.compile(r"\d")


class Order(Enum):
    """In which order a column writes day and month between slashes."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"
    MIXED = "both orders"  # a date that reads both ways is refused


class NotUnderstood(ValueError):
    """A value, member or row that has no meaning here; its text is the reason to keep."""


def cents(value: object, name: str) -> int | None:
    """Read dollars as whole cents; nothing is None.

    Raises:
        NotUnderstood: no number, or a fraction of a cent beyond the noise of binary fractions.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise NotUnderstood(f"{name} {value!r} is not an amount")
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise NotUnderstood(f"{name} {value!r} is not an amount") from None
    hundredfold = amount * 100
    if not amount.is_finite() or abs(hundredfold) >= CENTS_MAX:
        raise NotUnderstood(f"{name} {value!r} is not an amount below 11 trillion dollars")
    whole = hundredfold.to_integral_value()
    if abs(hundredfold - whole) >= _NOISE * 100:
        raise NotUnderstood(f"{name} {value!r} has a fraction of a cent")
    return int(whole)


@lru_cache(maxsize=65536)
def day_in(text: str, name: str, order: Order = Order.MONTH_FIRST) -> str | None:
    """Read a date in ISO form or with slashes as YYYY-MM-DD; '' is None.

    Raises:
        NotUnderstood: another form, a day that the calendar does not have, or one that reads two
            ways in a column that writes both.
    """
    text = text.strip()
    if not text:
        return None
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _SLASHED.fullmatch(text):
        month, day = _month_and_day(int(match[1]), int(match[2]), order, f"{name} {text!r}")
        year = _century(match[3])
    else:
        raise NotUnderstood(f"{name} {text!r} is not a date")
    try:
        found = date(year, month, day)
    except ValueError:
        raise NotUnderstood(f"{name} {text!r} is not a date") from None
    if year < _EARLIEST_YEAR:
        raise NotUnderstood(f"{name} {text!r} is not a date")
    return found.isoformat()


def _month_and_day(first: int, second: int, order: Order, said: str) -> tuple[int, int]:
    if order is Order.MONTH_FIRST:
        return first, second
    if order is Order.DAY_FIRST:
        return second, first
    if first > 12 or second > 12 or first == second:
        return (second, first) if first > 12 else (first, second)
    raise NotUnderstood(f"{said} reads two ways, and its column writes day and month in both")


def _century(printed: str) -> int:
    year = int(printed)
    if len(printed) == 4:
        return year
    return year + (2000 if year <= PIVOT else 1900)


def day(value: object, name: str) -> str | None:
    """Read a date of an answer: text, or nothing."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise NotUnderstood(f"{name} {value!r} is not a date")
    return day_in(value, name)


def stamp(value: object, name: str, order: Order = Order.MONTH_FIRST) -> str:
    """Read the source's own stamp, to the day when it says no more; nothing is ''."""
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        raise NotUnderstood(f"{name} {value!r} is not a date")
    on, clock = day_in(value, name, order) or "", _clock(value.strip())
    return f"{on}T{clock}" if clock and clock != "00:00:00" else on


def _clock(text: str) -> str:
    """Give the hour of a stamp, '' where it has none."""
    if _ISO.fullmatch(text):
        return text[11:19] if len(text) >= 19 else ""
    match = _SLASHED.fullmatch(text)
    return f"{int(match['hour']):02d}:{match['minute']}:00" if match and match["hour"] else ""


def words(value: object, name: str) -> str | None:
    """Read a text, trimmed, mojibake repaired where that is certain; nothing is None."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise NotUnderstood(f"{name} {value!r} is not a text")
    if "\0" in value:  # no letter of any text, and PostgreSQL keeps none
        raise NotUnderstood(f"{name} {value!r} holds a NUL character")
    return repaired(value.strip()) or None


def description(value: object, name: str) -> str | None:
    """Read a description, with personal numbers, e-mail addresses and telephone numbers masked."""
    text = words(value, name)
    return text if text is None else without_contacts(text)


def without_contacts(text: str) -> str:
    """Mask personal numbers and contacts; every other character keeps its place.

    Measured in 3,145 ICE descriptions: 127 telephone numbers and 170 addresses.
    """
    if _DIGIT.search(text):
        text, _ = mask(text)
        text = _PHONE.sub(_masked, text)
        text = _LABELLED_PHONE.sub(_masked_part, text)
    return _EMAIL.sub(_masked, text) if "@" in text else text


def _masked(match: re.Match[str]) -> str:
    return _ALNUM.sub(MASK, match[0])


def _masked_part(match: re.Match[str]) -> str:
    return match[0].removesuffix(match["hit"]) + MASK * len(match["hit"])


def repaired(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252, only when the whole text says so.

    Text of another origin does not survive both steps; plain ASCII is left alone. It happens twice
    over, and to texts that were then set in capitals (six of 482 real sub-award reports).
    """
    if text.isascii():
        return text
    found = _unread(_SHOUTED.sub("\u00e2", text)) or _unread(text)
    return repaired(found) if found else text


def _unread(text: str) -> str:
    """Undo one step; '' where the text does not survive it."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""


def whole_number(value: object, name: str) -> int | None:
    """Read a count that may come as a text; nothing is None."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise NotUnderstood(f"{name} {value!r} is not a whole number")
    text = str(value).strip()
    if not (text.isascii() and text.isdecimal()):
        raise NotUnderstood(f"{name} {value!r} is not a whole number")
    return int(text)


class Members:
    """An object of an answer, read destructively: what nobody took, nobody understood."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, dict):
            raise NotUnderstood(f"{path or 'the answer'} is not an object")
        self._rest: dict[str, Any] = dict(value)
        self._path = f"{path}." if path else ""
        self._inner: list[Members] = []

    def take(self, name: str) -> Any:
        """Take a member that must be there.

        Raises:
            NotUnderstood: it is missing.
        """
        if name not in self._rest:
            raise NotUnderstood(f"{self._path}{name} is missing")
        return self._rest.pop(name)

    def take_if_there(self, name: str) -> Any:
        """Take a member that older answers do not have."""
        return self._rest.pop(name, None)

    def inside(self, name: str) -> "Members | None":
        """Take a member that is an object, or null."""
        value = self.take(name)
        if value is None:
            return None
        inner = Members(value, f"{self._path}{name}")
        self._inner.append(inner)
        return inner

    def leave(self, *names: str) -> None:
        """Leave members that are known and not kept."""
        for name in names:
            self._rest.pop(name, None)

    def left(self) -> list[str]:
        """Name the members that nobody took, with where they are."""
        names = [f"{self._path}{name}" for name in sorted(self._rest)]
        return names + [name for inner in self._inner for name in inner.left()]
