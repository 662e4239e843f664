"""What a document is: its title, its own date and its type, from its first page alone.

All rules are strict: where a person would have to guess, nothing is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.reader import titles
from ingest.reader.pages import ReadPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Title, date (ISO) and type; each '' when not known."""

    title: str
    dated_on: str
    type: str


def facts(first: ReadPage, metadata_title: str) -> Facts:
    """Find them on the first page; the title of the file's metadata must be borne out by it."""
    lines = [line.strip() for line in first.reading.text.splitlines() if line.strip()]
    kind = own_type("\n".join(lines))
    day = own_date(lines)
    return Facts(title=_title(first, metadata_title, kind, lines, day), dated_on=day, type=kind)


def _title(first: ReadPage, metadata: str, kind: str, lines: Sequence[str], day: str) -> str:
    said = titles.metadata_title(metadata, first)
    is_letter = kind == "letter" or bool(lines and _date_line(lines[0]))
    if not said and (is_letter or titles.is_message(lines)):
        said = titles.subject(lines[:_TOP_LINES], is_letter=is_letter)
    if not said and is_letter and day:
        said = _letter(day, titles.reference(lines[:_TOP_LINES]))
    return said or titles.printed_title(first)


def _letter(day: str, reference: str) -> str:
    """Name a letter that says not what it is about by its day, and by the request it names."""
    dated = date.fromisoformat(day)
    named = f"Letter dated {dated.day} {_MONTHS[dated.month - 1].capitalize()} {dated.year}"
    return f"{named}, {reference}" if reference else named


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>(?:19|20)\d\d)"
_FORMS = (
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+{_YEAR}",
    r"(?P<year>(?:19|20)\d\d)-(?P<day_or_month>\d\d)-(?P<day>\d\d)",
    r"(?P<us_month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d)",
)
_LABEL = (
    r"(?P<label>(?:date|dated|sent|date issued|issue date|invoice date|effective date)\s*:?\s+)?"
)
_TIME = (
    r"(?:,?\s+(?:at\s+)?\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?(?:\s+[A-Z]{2,4}|\s*[+-]\d{4})?)?"
)
# The head of a message as webmail prints it: who, and at the line's end when.
_MESSAGE = r"(?P<label>.{0,200}<[^<>\s]+@[^<>\s]+>)"
_MESSAGE_HEAD = re.compile(
    rf"{_MESSAGE}\s+{_FORMS[0]}\s+(?:at\s+)?\d{{1,2}}:\d\d.{{0,12}}", re.IGNORECASE
)
_DATE_LINES = (
    _MESSAGE_HEAD,
    *(re.compile(rf"{_LABEL}{form}{_TIME}\.?", re.IGNORECASE) for form in _FORMS),
)
_TOP_LINES = 25


def own_date(lines: Sequence[str]) -> str:
    """Give the date of a letter, message or invoice, in ISO form.

    It stands alone on its line near the top, or after a label. Where two lines say different
    days, the first labelled one counts; without a label neither does.
    """
    top = lines[:_TOP_LINES]
    found = [
        one
        for before, line in zip(("", *top), top, strict=False)
        # A date beneath a label of its own ("Due date and time:") is that of something else.
        if (one := _date_line(line)) and not before.endswith(":")
    ]
    labelled = [day for day, has_label in found if has_label]
    if labelled:
        return labelled[0]
    days = {day for day, _ in found}
    return days.pop() if len(days) == 1 else ""


def _date_line(line: str) -> tuple[str, bool] | None:
    for pattern in _DATE_LINES:
        match = pattern.fullmatch(line.strip())
        if match and (day := _iso(match.groupdict())):
            return day, match["label"] is not None
    return None


def _iso(parts: dict[str, str | None]) -> str:
    if parts.get("month"):
        month = _MONTHS.index(str(parts["month"])[:3].lower()) + 1
    else:
        month = int(parts.get("us_month") or parts.get("day_or_month") or 0)
    try:
        return date(int(parts["year"] or 0), month, int(parts["day"] or 0)).isoformat()
    except ValueError:
        return ""


# The first that fits counts; each asks for words that its kind prints on its first page.
_TYPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE | re.MULTILINE))
    for name, pattern in (
        ("email", r"\A(?:.*\n){0,12}?from:.*\n(?:.*\n){0,4}?(?:sent|date):"),
        ("email", rf"\A(?:.*\n){{0,12}}?{_MESSAGE_HEAD.pattern}$"),
        ("invoice", r"\A(?:.*\n){0,15}?.*\binvoice\b[\s\S]*\b(?:amount|balance|total) due\b"),
        ("letter", r"^(?:dear\s+\S|re:\s.*(?:request|foia)|(?:very truly yours|sincerely),?$)"),
        (
            "order",
            r"^\W*(?:memorandum (?:opinion )?and order\b|order\W*$|it is (?:hereby )?ordered\b)",
        ),
        (
            "contract",
            r"^.*\b(?:agreement|contract) (?:is|was) (?:made|entered)\b"
            r"|\A(?:.*\n){0,8}?.*\bcontract (?:number|no\.?)\s*:"
            r"|\A(?:.*\n){0,8}?.*\b(?:services?|purchase|license|grant) (?:agreement|contract)\W*$"
            r"|solicitation/contract/order for commercial",
        ),
        (
            "policy",
            r"\A(?:.*\n){0,8}?.*\b"
            r"(?:policy|directive|general order|standard operating procedure)\b",
        ),
        ("log", r"\A(?:.*\n){0,8}?.*\b(?:request log|foia log|audit log|public records log)\b"),
        ("form", r"\b(?:standard form|optional form|dd form|omb (?:no|control)|form approved)\b"),
    )
)


def own_type(text: str) -> str:
    """Guess the type of a document by the words of its first page; '' when none fits."""
    return next((name for name, pattern in _TYPES if pattern.search(text)), "")
