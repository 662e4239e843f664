"""The title of a document, from its first page and its file's metadata.

All rules are strict: where a person would have to guess, there is none, and readers see the name of
the file. No person is a title.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from archive.words import Words
from ingest.reader.pages import ReadPage

_LENGTH = 160
_TOP_SHARE, _FOOT_SHARE = 0.5, 0.85
_LARGER, _AS_LARGE = 1.15, 0.88
_APART = 2.2  # of a line's height: lines further apart are two things
_CLOSE = 1.3  # … in letters of the usual size that are no capitals
_LARGE_PT = 15.0
_WIDE_SHARE = 0.7  # of the page's width: a line in usual letters that is wider is running text
_FIRST_LINES = 8

_LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")
_TWO_LETTERS, _THREE_LETTERS = re.compile(r"[^\W\d_]{2}"), re.compile(r"[^\W\d_]{3}")
_FILE_NAME = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|rtf|wpd|txt|html?|tiff?|indd|dwg)\b|^microsoft \w+ -|^untitled"
    r"|^document\d*$|^scan|^\W*$|^[\w-]*\d{5,}[\w-]*$|^powerpoint presentation$|[\\/]",
    re.IGNORECASE,
)
# What stands on every page, and says nothing of this document.
_RUNNING = re.compile(
    r"\bpage\W{0,3}\d+|\brev\.?\s*\(?\d|^case\s.*\bdocument\b|\bfiled\s+\d\d?/\d\d?/\d\d|https?://"
    r"|composed sample|when filled in|^cui\b|^\W*\d[\d/\s]*$|^sent via\b",
    re.IGNORECASE,
)
# How a paper is to be handled, alone on its line: on every page of many papers.
_MARK = (
    r"(?:unclassified|for official use only|fouo|u|cui|les|sbu|controlled unclassified information"
    r"|law enforcement sensitive|sensitive but unclassified|limited official use|draft"
    r"|not for (?:public )?(?:release|dissemination)|pre-?decisional|deliberative(?: process)?"
    r"|privileged|attorney[- ]client|confidential|secret|top secret|declassified|noforn)"
)
_MARKING = re.compile(rf"\W*{_MARK}(?:\W+{_MARK})*\W*", re.IGNORECASE)
_COURT = re.compile(
    r"^\W*(?:in\s+)?(?:the\s+)?(?:u\.?\s?s\.?|united\s+states)\s+(?:district\s+court|court\b|of\s+america\b)"
    r"|^\W*(?:for\s+the\s+|in\s+the\s+)?(?:(?:northern|southern|eastern|western|middle|central)\s+)?"
    r"district\s+of\s|^\W*(?:superior|supreme|circuit)\s+court\b"
    r"|^\W*(?:northern|southern|eastern|western|middle|central)\s+district\b",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(
    r"^(?:\S+\s){0,5}(?:department|administration|agency|office|bureau|services?|division|commission"
    r"|section|program|enforcement|privacy|security)\W*$|^(?:city|county|state|town)\s+of\s+\S+\W*$"
    r"|^(?:u\.s\.|united states)\s+(?:department|immigration|customs)\b|^office of\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"@|\b[A-Z]{2}\s+\d{5}\b|\(?\d{3}\)?[\s.-]\d{3}-\d{4}\b|\b(?:tele?|phone|fax|suite|floor)\b"
    r"|^\d+\s+(?:\S+\s){0,4}(?:st|street|ave|avenue|road|rd|drive|dr|blvd|square|plaza|parkway)\b"
    r"|,\s+(?:[A-Z][a-z]+\s+){1,2}\d{5}\b|\bcounsel for\b|\battorneys? for\b",
    re.IGNORECASE,
)
_SENDER = re.compile(r"^\W{0,3}(?:to|from|cc|bcc|sent|date)\s*:", re.IGNORECASE)
_NUMBERED = re.compile(r"^\W{0,2}(?:[IVX]{1,5}|[A-Z]|\d{1,2}|\d{1,2}(?:\.\d+)+)[.)]?\s+(?=\S)")
_RANK = re.compile(r"^(?:SA|Mr|Mrs|Ms|Dr|Hon|PFC|Sgt|Lt|Cpt|Col|Officer|Agent)\.?\s+[A-Z]")
_LAST_FIRST = re.compile(r"^[A-Z][\w'-]+,\s+[A-Z][\w'-]+(?:\s+[A-Z]\.?)?\W*$")
_NAME_WORD = r"[A-Z][A-Za-z'\u2019.-]*"
_TWO_OR_THREE = re.compile(rf"^{_NAME_WORD}(?:\s+{_NAME_WORD}){{1,2}},?$")
_SWORN = re.compile(
    rf"^((?:second |supplemental )?(?:declaration|affidavit|deposition))\s+of\s+"
    rf"(?:{_NAME_WORD}\s+){{2,4}}(?=(?:in\s+(?:support|opposition)|regarding|pursuant)\b)",
    re.IGNORECASE,
)
# What papers call themselves, in a line of its own.
_KIND = re.compile(
    r"\b(?:affidavit|agreement|amendment|application|assessment|certification|complaint|contract"
    r"|declaration|directive|docket|exhibit|guidelines?|index|invoice|license|manual|memorandum|minutes"
    r"|motion|notice|opinion|order|petition|plan|policy|procedures?|proposal|purchase|report|request"
    r"|schedule|solicitation|statement|stipulation|subpoena|summary|transcript|warrant)\b",
    re.IGNORECASE,
)
_ABOUT, _SUBJECT = (
    re.compile(
        rf"(?:{label})\s*:\s*(?:(?:re|fw|fwd)\s*:\s*)*(?=.*[^\W\d_]{{3}})",
        re.IGNORECASE,
    )
    for label in ("re|subject", "subject")
)
_MAILER = re.compile(r"^Gmail - ")
_REFERENCE = re.compile(
    r"^(?:prr|foia|foipa|case|file|request|reference|ref)\b[^@]{0,40}\d{3,}.{0,20}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the first page: where it stands, and how tall its letters are (points)."""

    text: str
    top: float
    left: float
    right: float
    height: float

    @property
    def letters(self) -> int:
        """How many letters it has."""
        return sum(sign.isalpha() for sign in self.text)


def metadata_title(title: str, first: ReadPage) -> str:
    """Take a title that is no file name and whose every word is seen on the first page.

    What is not seen may be what was to be withheld: metadata outlive a redaction.
    """
    title = _MAILER.sub("", " ".join(title.split()))
    if not 4 <= len(title) <= _LENGTH or _FILE_NAME.search(title):
        return ""
    lines = lines_of(first)
    if any(line.text == title for line in _persons(lines)):
        return ""
    words = _folded(title)
    return title if words and words <= _folded(first.reading.text) else ""


def subject(lines: Sequence[str], *, is_letter: bool) -> str:
    """Take what a letter ("RE:") or message ("Subject:") is about, unless that is but a name."""
    for line in lines:
        found = (_ABOUT if is_letter else _SUBJECT).match(line)
        if found and not _TWO_OR_THREE.match(line[found.end() :]):
            return shortened(line[found.end() :])
    return ""


def reference(lines: Sequence[str]) -> str:
    """Give the line by which a letter names its request, '' for none."""
    return next((line for line in lines if _REFERENCE.match(line)), "")


def is_message(lines: Sequence[str]) -> bool:
    """Tell whether the first lines name a sender or who it goes to."""
    return any(_SENDER.match(line) for line in lines[:_FIRST_LINES])


def printed_title(first: ReadPage) -> str:
    """Find the title that is printed on the first page: by its letters, its words, its place."""
    lines = lines_of(first)
    heights = first.line_heights
    if not lines or not heights:
        return ""
    page = _Page(
        width=first.reading.width_pt, height=first.reading.height_pt, usual=median(heights)
    )
    persons = {id(line) for line in _persons(lines)}
    upper = sorted(
        (line for line in lines if line.top < _FOOT_SHARE * page.height), key=lambda one: one.top
    )
    fit = [line for line in upper if id(line) not in persons and not _is_furniture(line.text)]
    return _largest(fit, page) or _named(fit, page) or _first(fit, page)


def lines_of(first: ReadPage) -> list[Line]:
    """List the lines of a page with their places."""
    edges, heights, begin = Words.of(first.reading.words).edges, first.line_heights, 0
    lines = []
    for text in first.reading.text.split("\n"):
        count = len(text.split())
        if count and len(heights) >= begin + count:
            own = edges[begin : begin + count]
            lines.append(
                Line(
                    text=" ".join(text.split()),
                    top=own[0, 1].item(),
                    left=own[0, 0].item(),
                    right=own[:, 2].max().item(),
                    height=median(heights[begin : begin + count]),
                )
            )
        begin += count
    return lines


def shortened(line: str) -> str:
    """Cut a line at a word, or in one that is too long, with an ellipsis for what is left out."""
    line = " ".join(line.replace("\u00ad", "").split())
    line = _SWORN.sub(r"\1 ", line)
    if len(line) <= _LENGTH:
        return line
    blank = line.rfind(" ", 0, _LENGTH)
    return line[: blank if blank > 0 else _LENGTH].rstrip() + " …"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    width: float
    height: float
    usual: float

    def is_centred(self, line: Line) -> bool:
        middle = (line.left + line.right) / 2
        return abs(middle - self.width / 2) < 0.05 * self.width and line.left > 0.15 * self.width

    def is_running(self, line: Line) -> bool:
        is_wide = line.right - line.left > _WIDE_SHARE * self.width
        return is_wide and line.height < _LARGER * self.usual


def _folded(text: str) -> set[str]:
    return set(_LETTERS_AND_DIGITS.findall(text.casefold()))


def _is_furniture(text: str) -> bool:
    return bool(
        _RUNNING.search(text)
        or _MARKING.fullmatch(text)
        or _COURT.search(text)
        or _ADDRESS.search(text)
        or _SENDER.match(text)
        or not _TWO_LETTERS.search(text)
    )


def _persons(lines: Sequence[Line]) -> Iterator[Line]:
    """Walk the lines that are a person's name: by their form, or by what stands beneath them."""
    for line, below in pairwise((*lines, Line(text="", top=0, left=0, right=0, height=0))):
        is_followed = bool(_TWO_OR_THREE.match(line.text) and _ADDRESS.search(below.text))
        if is_followed or _RANK.match(line.text) or _LAST_FIRST.match(line.text):
            yield line


def _largest(fit: Sequence[Line], page: _Page) -> str:
    """Take the lines in the largest letters of the upper half, when larger than the rest."""
    top = [line for line in fit if line.top < _TOP_SHARE * page.height]
    worded = [one for one in top if one.letters >= 4 and " " in one.text and not _is_head(one)]
    tallest = max((one.height for one in worded), default=0.0)
    if tallest < _LARGER * page.usual:
        return ""
    low, high = _AS_LARGE * tallest, 1.06 * tallest
    return _together(top, lambda one: low <= one.height <= high and not _is_head(one))


def _is_head(line: Line) -> bool:
    return bool(_LETTERHEAD.search(line.text)) and not _KIND.search(line.text)


def _named(fit: Sequence[Line], page: _Page) -> str:
    """Take the first centred or capital line in which a paper says what it is, and what follows."""

    def is_title(line: Line) -> bool:
        is_set_apart = page.is_centred(line) or (line.text.isupper() and not page.is_running(line))
        return is_set_apart and _is_capital(line.text) and not _NUMBERED.match(line.text)

    for place, line in enumerate(fit):
        if is_title(line) and _KIND.search(line.text) and line.letters >= 8:
            return _together(fit[place:], is_title)
    return ""


def _is_capital(text: str) -> bool:
    """Tell whether all but the small words begin with capitals."""
    return not any(word[:1].islower() for word in text.split() if len(word) > 4)


def _together(lines: Sequence[Line], belongs: Callable[[Line], bool]) -> str:
    """Join the first run of lines that belong together, and stand close together."""
    for is_wanted, group in groupby(lines, key=belongs):
        run = list(group)
        if not is_wanted or not _THREE_LETTERS.search(" ".join(one.text for one in run)):
            continue
        joined = run[0].text
        for above, below in pairwise(run):
            apart = _APART if above.text.isupper() or below.height > _LARGE_PT else _CLOSE
            if not 0 <= below.top - above.top <= apart * above.height:
                break
            is_lesser = above.text.isupper() and not below.text.isupper()
            is_lesser |= below.height < 0.95 * above.height
            joined += (": " if is_lesser else " ") + below.text
        return shortened(joined)
    return ""


def _first(fit: Sequence[Line], page: _Page) -> str:
    """Take the first line that can be a title; running text above one says that there is none."""
    for line in fit[:_FIRST_LINES]:
        if page.is_running(line) and len(fit) > 2:
            return ""
        if line.letters >= 4 and not _NUMBERED.match(line.text) and not _is_head(line):
            return shortened(line.text)
    return ""
