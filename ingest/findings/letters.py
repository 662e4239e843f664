"""Letters that answer requests: what was decided, how many records of what, which exemptions.

A letter has a salutation and a closing; between them stands what it decides. Subject lines are not
read: portals print "No Responsive Information" over denials. Sources of the sentences: letters of
federal components and of a city, as they are printed again and again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.findings.exemptions import cited
from ingest.findings.finding import plain

FULL: Final = "released in full"
PART: Final = "released in part"
DENIED: Final = "withheld in full"
NONE: Final = "no records"
GLOMAR: Final = "neither confirmed nor denied"
REFERRED: Final = "referred"
ACKNOWLEDGED: Final = "acknowledged"
ESTIMATE: Final = "fee estimate"
CLARIFY: Final = "clarification"
CLOSED: Final = "closed administratively"
CONSULTED: Final = "consultation"

_MOST_PAGES = 8
# A document of so few pages may be a letter whose end is not there.
_MOST_CUT = 2
_OPENING = re.compile(
    r"^[ \t]*(?:dear\b.{0,60}|to whom it may concern|good (?:morning|afternoon|day)\b.{0,40}"
    r"|(?:mr|ms|mrs|mx|dr)\.\s.{0,40}),?:?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^[ \t]*(?:sincerely|respectfully|(?:very truly )?yours(?: truly)?|(?:best )?regards"
    r"|thank you),?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_UNIT = (
    r"(?P<unit>(?:excel\s+)?(?:pages?|documents?|records?|spreadsheets?|files?|e-?mails?"
    r"|lines\s+of\s+data|entries))"
)
_COUNT = (
    r"(?<![\w,.])(?:[a-z]{2,12}(?:-[a-z]{2,12})?\s+\()?"
    r"(?P<count>\d{1,3}(?:,\d{3}){1,2}|\d{1,7})(?![\d,]\d)\)?"
)
_OF_THEM = rf"{_COUNT}(?:\s+{_UNIT})?"


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one, re.IGNORECASE) for one in patterns)


_OUTCOMES: Mapping[str, tuple[re.Pattern[str], ...]] = {
    GLOMAR: _compiled(r"neither\s+confirms?\s+nor\s+den(?:y|ies)"),
    NONE: _compiled(
        r"\bno\s+(?:responsive\s+)?records\s+(?:that\s+are\s+)?(?:responsive|were\s+(?:found|located))",
        r"unable\s+to\s+(?:locate|identify)(?:\s+or\s+(?:locate|identify))?\s+(?:any\s+)?"
        r"(?:responsive\s+)?records",
        r"\b(?:did|does|do|could)\s+not\s+(?:identify|locate|possess|have|find)\s+(?:any\s+|the\s+"
        r"|additional\s+)*(?:requested\s+|responsive\s+)?records",
        r"\bis\s+not\s+the\s+custodian\s+of",
        r"\bfound\s+no\s+(?:responsive\s+)?records",
    ),
    REFERRED: _compiled(
        r"\b(?:is|are|am)\s+referring\b", r"\b(?:has|have|had)\s+been\s+referred\b"
    ),
    ACKNOWLEDGED: _compiled(r"\backnowledges?\s+(?:the\s+)?receipt\b"),
    ESTIMATE: _compiled(
        r"\bour\s+estimate\s+to\s+respond\b",
        r"\bestimated\s+(?:fee|cost)s?\s+(?:to|for|of)\s+(?:processing|responding|respond)",
    ),
    CLOSED: _compiled(
        r"\badministratively\s+clos(?:ed|ing)\b", r"\bclos(?:ed|ing)\s+administratively\b"
    ),
    CONSULTED: _compiled(
        r"\b(?:requires?|for)\s+consultation\s+with\b", r"\b(?:is|are|am)\s+consulting\s+with\b"
    ),
    CLARIFY: _compiled(r"\bwe\s+(?:need|require|ask\s+for)\s+(?:further\s+)?clarification\b"),
    PART: _compiled(
        r"\bpartially\s+(?:releas|disclos|den)",
        r"\bgranted\s+in\s+part\b",
        r"\b(?:with|contain(?:s|ing)?)\s+(?:some\s+)?redactions\b",
        r"\breleas(?:ed|able|ing)\s+in\s+part\b",
        r"\b(?:will\s+be|are|is)\s+disclosed\s+in\s+part\b",
        r"\bportions\s+of\b[^.]{0,80}\bwill\s+be\s+withheld\b",
        r"\bwith\s+excisions?\b",
    ),
    DENIED: _compiled(
        r"\bwithh[eo]ld(?:ing)?\s+(?:them\s+)?in\s+(?:full|(?:their|its)\s+entirety)\b",
        r"\b(?:your\s+request\s+is|we\s+(?:are|must)|is\s+being)\s+den(?:y|ied|ying)\b",
        r"\bdenied\s+in\s+(?:full|(?:its|their)\s+entirety)\b",
        r"\b(?:is|are)\s+exempt(?:ed)?\s+from\s+(?:public\s+)?disclosure\b",
    ),
    FULL: _compiled(
        r"\bwithout\s+(?:excisions?|redactions?)\b",
        r"\bgranted\s+in\s+(?:full|(?:its|their)\s+entirety)\b",
        r"\breleas(?:ed|able|ing)\s+in\s+(?:full|(?:their|its)\s+entirety)\b",
    ),
}
_COUNTS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "reviewed": _compiled(
        rf"\bproduced\s+(?:a\s+total\s+of\s+)?{_OF_THEM}",
        rf"{_OF_THEM}\s+(?:were|was)\s+reviewed\b",
        rf"\b(?:processed|reviewed)\s+(?:a\s+total\s+of\s+)?{_OF_THEM}",
        rf"\blocated\s+(?:a\s+total\s+of\s+)?{_OF_THEM}",
    ),
    "released": _compiled(rf"{_OF_THEM}\s+are\s+being\s+released\b"),
    "released_in_full": _compiled(
        rf"{_OF_THEM}\s+(?:is|are)\s+releas(?:able|ed)\s+in\s+(?:full|(?:their|its)\s+entirety)\b"
    ),
    "released_in_part": _compiled(
        rf"{_OF_THEM}\s+(?:is|are)\s+(?:partially\s+releas(?:able|ed)|releas(?:able|ed)\s+in\s+part)\b"
    ),
    "withheld_in_full": _compiled(
        rf"{_OF_THEM}\s+(?:is|are)\s+withheld\s+in\s+(?:full|(?:their|its)\s+entirety)\b"
    ),
    "pages_referred": _compiled(rf"\bidentified\s+{_OF_THEM}"),
}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_INTERIM = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<number>\d{{1,2}})(?:st|nd|rd|th))\s+interim\s+"
    r"(?:response|release)",
    re.IGNORECASE,
)


_SENTENCES = re.compile(r"(?<=[a-z)\d\u201d\"][.;!?])\s+(?=[A-Z])")
_CONDITION = re.compile(
    r"(?:if|should|unless|whenever|when|where|in\s+the\s+event|please|to\s+the\s+extent|any)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a letter says: outcomes, counts by name, the unit they are of, exemptions cited."""

    outcomes: frozenset[str]
    counts: Mapping[str, int]
    unit: str
    exemptions: Sequence[str]


def letter(pages: Sequence[str]) -> Letter | None:
    """Read a letter that answers a request; None where the first page begins none, or decides none.

    What follows its closing, such as the records it sends, is not part of it.
    """
    body = _body(pages)
    text = " ".join(plain(body).split())
    exemptions = cited(plain(body))
    text = _decided(text)
    counts, units = _counted(text)
    outcomes = _outcomes(text, counts, exemptions)
    if not outcomes:
        return None
    if REFERRED not in outcomes:
        counts.pop("pages_referred", None)
    if interim := _INTERIM.search(text):
        counts["interim"] = _ordinal(interim)
    unit = units[0] if units else ""
    return Letter(outcomes=outcomes, counts=counts, unit=unit, exemptions=exemptions)


def _body(pages: Sequence[str]) -> str:
    """Give what stands between salutation and closing; "" where no letter begins."""
    opening = _OPENING.search(pages[0]) if pages else None
    if opening is None:
        return ""
    text = "\n".join([pages[0][opening.end() :], *pages[1:_MOST_PAGES]])
    closing = _CLOSING.search(text)
    if closing is None and len(pages) > _MOST_CUT:
        return ""
    return text[: closing.start()] if closing else text


def _decided(text: str) -> str:
    """Leave out sentences on what may be: "If records are exempt from disclosure, …"."""
    return " ".join(one for one in _SENTENCES.split(text) if not _CONDITION.match(one))


def _counted(text: str) -> tuple[dict[str, int], list[str]]:
    """Give counts by name, and the units as they come; where two differ, neither counts."""
    counts: dict[str, int] = {}
    units: list[str] = []
    for name, patterns in _COUNTS.items():
        found = [match for one in patterns for match in one.finditer(text)]
        values = {int(match["count"].replace(",", "")) for match in found}
        if len(values) == 1:
            counts[name] = values.pop()
            units += [unit.lower() for match in found if (unit := match["unit"])]
    return counts, units


def _outcomes(text: str, counts: Mapping[str, int], exemptions: Sequence[str]) -> frozenset[str]:
    found = {
        name for name, patterns in _OUTCOMES.items() if any(one.search(text) for one in patterns)
    }
    if counts.get("released") and counts.get("reviewed"):
        found.add(PART if counts["released"] < counts["reviewed"] or exemptions else FULL)
    if counts.get("withheld_in_full") == 0 and PART not in found:
        found.discard(DENIED)
    if GLOMAR in found:
        return frozenset({GLOMAR})  # it says that records may not exist, and names its exemptions
    if PART in found:
        found -= {FULL, DENIED}  # some in full and others withheld: that is in part
    if found - {ACKNOWLEDGED}:
        found.discard(ACKNOWLEDGED)
    return frozenset(found - {DENIED} if ESTIMATE in found else found)


def _ordinal(match: re.Match[str]) -> int:
    word = match["word"]
    return _ORDINALS.index(word.lower()) + 1 if word else int(match["number"])
