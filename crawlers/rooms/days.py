"""Days as reading rooms print them: "Mar 12 2026", "March 12, 2026", "3/12/2026", 2026-03-12."""

import re
from collections.abc import Iterator
from datetime import date

from archive import clock

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FORMS = (
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
    re.compile(
        r"\b(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\b"
    ),
    re.compile(r"\b(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})\b"),
    re.compile(r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})\b"),
)
_FIRST = (
    "1966-07-04"  # the Freedom of Information Act was signed; nothing was released under it before
)
_CENTURY = 2000


def day_in(text: str, pattern: re.Pattern[str] | None = None) -> str:
    """Find the day that a text names, '' where it names none that may be one of a release.

    `pattern` says by its groups year, month and day where it stands; else usual forms are tried.
    """
    days = _days(text, (pattern,) if pattern is not None else _FORMS)
    return next((one for one in days if _FIRST <= one <= clock.now(later_s=86_400)[:10]), "")


def _days(text: str, forms: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    for form in forms:
        for found in form.finditer(text):
            month = _month(found["month"])
            year = int(found["year"])
            try:
                yield date(
                    year if year > 99 else year + _CENTURY, month, int(found["day"])
                ).isoformat()
            except ValueError:
                continue


def _month(text: str) -> int:
    """Give the number of a month, 0 where it is none; "Sept" and "Sept." are September."""
    if text.isdecimal():
        return int(text)
    short = text[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0
