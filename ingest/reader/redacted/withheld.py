"""Pages of which nothing was released: black ones, and the sheets that stand for others."""

import re
from collections.abc import Sequence

from ingest.reader.redacted.boxes import Found
from ingest.reader.redacted.places import Place
from ingest.reader.redacted.prints import Page
from ingest.reader.rendering import Sheet

# Of a page; the rest is its margin, with its number.
_WHOLE = 0.55
# Words of a slip sheet, and of the FBI's list of deleted pages.
_SHORT, _LIST = 120, 900
_NUMBERS = r"[\d\s,&;\u2013\u2014-]*(?:\band\b|through|thru|to)?[\d\s,&;\u2013\u2014-]*"
_SLIPS = re.compile(
    rf"pages?(?:\(s\))?\s{_NUMBERS}(?:(?:of\s\d+|is|are|was|were|has|have|been|being)\s+){{0,3}}"
    r"(?:redacted\s+for\s+the\s+following|withheld|denied\s+in\s+full|exempt(?:ed)?\s+in\s+full"
    r"|(?:a\s+)?duplicates?\b|non-?\s?responsive|referred)"
    r"|withheld\s+in\s+(?:full|(?:its|their)\s+entirety)"
    r"|withheld\s+(?:pursuant\s+to|under|per)\s+(?:foia\s+)?(?:exemptions?|\(?b\)?\s?\(?\d)"
    r"|denied\s+in\s+full|deleted\s+page|this\s+page\s+(?:is|was|has\s+been)\s+(?:withheld|removed)"
    r"|refer(?:red|ral)\s+to\s+another\s+agency",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:duplicates?|non-?\s?responsive(?:\s+(?:record|page|material)s?)?|n\s?/?\s?r"
    r"|referral(?:\s?/\s?consult\w*)?|consult(?:ation)?|withheld|redacted|exempt)\W*",
    re.IGNORECASE,
)
_DELETED = re.compile(r"deleted\s+page\s+information\s+sheet|total\s+deleted\s+page", re.IGNORECASE)
# A letter may say the same of pages that are not its own.
_LETTER = re.compile(
    r"\b(?:dear|sincerely|your\s+request|you\s+may|appeal|determined)\b", re.IGNORECASE
)
# What is printed on any page of a release.
_MARKS = re.compile(r"[\W\d_]*|.*\d.*|page|of|foia|cbp|for|official|use|only", re.IGNORECASE)


def is_slip_sheet(text: str, words: int) -> bool:
    """Ask whether a page is a sheet that stands for what was withheld."""
    if words > _LIST:
        return False
    if words > _SHORT or _LETTER.search(text):
        return bool(_DELETED.search(text))
    return bool(_SLIPS.search(text)) or (
        any(_ALONE.fullmatch(line.strip()) for line in text.splitlines()) and words <= 2 * _FEW
    )


_FEW = 12


def is_covered_whole(found: Sequence[Found], page: Page, size: Sheet) -> bool:
    """Ask whether one box covers a page, and hardly a word stands beside it."""
    whole = size.width * size.height
    large = [one.place for one in found if one.place.area > _WHOLE * whole]
    return bool(large) and len(_outside(large, page)) <= _FEW * 2


def _outside(large: Sequence[Place], page: Page) -> list[str]:
    inside = {number for place in large for number in page.inside(place)}
    return [
        text
        for number, text in enumerate(page.words.texts)
        if number not in inside and not _MARKS.fullmatch(text)
    ]
