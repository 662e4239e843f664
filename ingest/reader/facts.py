"""What a document is: its title, its own date and its type, from its first page alone.

All rules are strict: where a person would have to guess, nothing is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from statistics import median

from ingest.reader.pages import ReadPage

_TITLE_LENGTH = 160
_TOP_SHARE = 0.5
_LARGER = 1.15
_FILE_NAME = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|rtf|wpd|txt|html?|tiff?|indd|dwg)\b|^microsoft \w+ -|^untitled"
    r"|^document\d*$|^scan|^\W*$|^[\w-]*\d{5,}[\w-]*$|^powerpoint presentation$|[\\/]",
    re.IGNORECASE,
)


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
    return Facts(
        title=_metadata_title(metadata_title, first)
        or (_subject(lines) if kind == "letter" else "")
        or _largest(first)
        or _first_line(lines),
        dated_on=own_date(lines),
        type=kind,
    )


def _folded(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))


def _metadata_title(title: str, first: ReadPage) -> str:
    """Take a title that is no file name and whose every word is seen on the first page.

    What is not seen may be what was to be withheld: metadata outlive a redaction.
    """
    title = " ".join(title.split())
    if not 4 <= len(title) <= _TITLE_LENGTH or _FILE_NAME.search(title):
        return ""
    words = _folded(title)
    return title if words and words <= _folded(first.reading.text) else ""


def _largest(first: ReadPage) -> str:
    """Take the lines in the largest letters at the top, when they are larger than the rest."""
    words, heights = first.reading.words, first.line_heights
    if len(words) < 2:
        return ""
    usual = median(heights)
    lines = first.reading.text.split("\n")
    found, begin = [], 0
    for line in lines:
        count = len(line.split())
        if count and words[begin].top_pt < first.reading.height_pt * _TOP_SHARE:
            found.append((line, median(heights[begin : begin + count]), words[begin].top_pt))
        begin += count
    worded = [one for one in found if len(re.findall(r"[^\W\d_]", one[0])) >= 4]
    if not worded:
        return ""
    tallest = max(height for _, height, _ in worded)
    if tallest < _LARGER * usual:
        return ""
    together = _neighbours(found, tallest)
    return _shortened(" ".join(together))


def _neighbours(found: Sequence[tuple[str, float, float]], tallest: float) -> list[str]:
    """Give the first run of lines that are about as tall as the tallest, close together."""
    for is_tall, group in groupby(found, key=lambda one: one[1] >= 0.92 * tallest):
        run = list(group)
        if not is_tall or not re.search(r"[^\W\d_]{3}", " ".join(line for line, _, _ in run)):
            continue
        together = [run[0][0]]
        for above, below in pairwise(run):
            if not 0 <= below[2] - above[2] <= 2.2 * tallest:
                break
            together.append(below[0])
        return together
    return []


def _subject(lines: Sequence[str]) -> str:
    """Take what a letter says that it is about."""
    for line in lines[:_TOP_LINES]:
        match = re.match(r"(?:re|subject)\s*:\s*(?=.*[^\W\d_]{3})", line, re.IGNORECASE)
        if match:
            return _shortened(line[match.end() :])
    return ""


def _first_line(lines: Sequence[str]) -> str:
    """Take the first line of words; a letter that begins with its date goes on with a name."""
    if lines and (day := _date_line(lines[0])):
        return f"Letter dated {day[0]}"
    for line in lines:
        if len(re.findall(r"[^\W\d_]", line)) >= 4 and "@" not in line:
            return _shortened(line)
    return ""


def _shortened(line: str) -> str:
    line = " ".join(line.replace("\u00ad", "").split())
    if len(line) <= _TITLE_LENGTH:
        return line
    return line[: line.rfind(" ", 0, _TITLE_LENGTH) or _TITLE_LENGTH].rstrip() + " …"


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
