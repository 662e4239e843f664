"""Dates: every day that a page prints, in ISO form.

Days are read as they are written in the United States: 05/07/20 is the seventh of May. What no
calendar has (13/45/2020) is no date.
"""

import re
from datetime import date

from ingest.findings.finding import Spans, apart, plain

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>(?:19|20)\d\d)"
_BEFORE, _AFTER = r"(?<![\w/.$-])", r"(?![\w/$]|[-.,:]\d)"
_FORMS = tuple(
    re.compile(_BEFORE + form + _AFTER, re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s*{_DAY}(?:\s*,\s*|\s+){_YEAR}",
        rf"{_DAY}(?:\s+(?:day\s+of\s+)?|-){_MONTH}(?:,?\s+|-){_YEAR}",
        rf"{_DAY}[\s-]?{_MONTH}[\s-]?(?P<short>\d\d)",
        r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)",
        r"(?P<number>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d)",
        r"(?P<number>\d{1,2})/(?P<day>\d{1,2})/(?P<short>\d\d)",
        r"(?P<number>\d{1,2})-(?P<day>\d{1,2})-(?P<year>(?:19|20)\d\d)",
        rf"{_YEAR}{_MONTH}(?P<day>\d\d)",
    )
)
# Of a year in two digits, from which on it is of the last century.
_LAST_CENTURY = 60


def dates(text: str) -> Spans:
    """Find the days of a page."""
    folded = plain(text)
    yield from apart(
        [
            ("date", iso, match.start(), match.end())
            for form in _FORMS
            for match in form.finditer(folded)
            if (iso := _iso(match.groupdict()))
        ]
    )


def _iso(parts: dict[str, str | None]) -> str:
    """Give a day in ISO form, '' where there is no such day."""
    named = parts.get("month")
    month = _MONTHS.index(named[:3].lower()) + 1 if named else int(parts.get("number") or 0)
    try:
        return date(_year(parts), month, int(parts["day"] or 0)).isoformat()
    except ValueError:
        return ""


def _year(parts: dict[str, str | None]) -> int:
    if short := parts.get("short"):
        return int(short) + (1900 if int(short) >= _LAST_CENTURY else 2000)
    return int(parts.get("year") or 0)
