"""What a document itself says of its redactions: the exemptions that its pages print.

How much of a page is black is not in a reading, so no share is given. A printed exemption may be a
stamp on a redaction or a mention in a letter; what stands there is counted, and said to be so.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from archive.errors import Damaged, NotFound
from archive.readings import Reading
from archive.shown.desk import Desk
from archive.shown.document import ShownDocument

PAGES_READ = 500
_NUMBER = r"\((?:7\)(?:\s?\([A-F]\))?|[1-9]\))"
_AND = r"(?:\s{0,3}[,;/&]\s{0,3}(?:(?:and|or)\s{1,3}|&\s{0,3})?|\s{1,3}(?:and|or)\s{1,3})"
# "(b)(6), (7)(C), and (7)(E)"; "(b)(7)(C) and (E)". In "(1) (b)(5), (2) (b)(6)" the 2 is none.
_MORE = rf"(?:{_AND}(?:{_NUMBER}(?!\s?\(b\))|\((?-i:[A-F])\)(?!\s?\()))*"
# "(b)(7)(E)", "(b) (6)". Behind a digit it belongs to a rule: "Rule 12(b)(6)", "552a(b)(4)".
_PRINTED = re.compile(
    rf"(?<![0-9])(?<![0-9][\w.\-])\(b\)\s?{_NUMBER}{_MORE}",
    re.IGNORECASE,
)
# With a blank between, only these words tell a rule's number from one that stands before a stamp.
_RULE = re.compile(
    r"(?:(?:\b(?:rules?|sections?|sec\.|u\.?\s?s\.?\s?c\.?|c\.?\s?f\.?\s?r\.?|civ\.\s?p\.)|§)"
    r"\s{0,2}§{0,2}\s{0,2}[0-9][\w.\-]{0,15}|\b552[ab]?)\s{1,2}\Z",
    re.IGNORECASE,
)
_RULE_LENGTH = 40
_ONE = re.compile(r"\((?P<number>[1-9])\)(?:\s?\((?P<letter>[A-F])\))?|\((?P<alone>[A-F])\)", re.I)
# "b6", "b7C": stamped so by the FBI. Alone, "b6" is as well a table or a vitamin.
_STAMPS = re.compile(r"(?<![\w.\-/])b(?P<number>[1-9])(?P<letter>(?<=7)[A-F])?(?!\w|[./]\w)")
_STAMPED = re.compile(r"(?<![\w.\-/])b(?:7[A-F]|[1-9]\s+b[1-9])(?!\w|[./]\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """An exemption as we write it, how often it is printed, and on which pages."""

    name: str
    count: int
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redactions:
    """The printed exemptions of a document, most first; of its first `pages_read` pages."""

    exemptions: tuple[Exemption, ...]
    pages_read: int

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that print any."""
        return tuple(sorted({number for one in self.exemptions for number in one.pages}))


def load_redactions(desk: Desk, shown: ShownDocument) -> Redactions:
    """Give what a document that may be read prints of its redactions."""
    if not shown.reading_sha256:
        return Redactions(exemptions=(), pages_read=0)
    try:
        return _of_reading(desk.archive.files.path(shown.reading_sha256))
    except (Damaged, NotFound):
        # A damaged reading is named by `verify`; the page says the rest of what is known.
        return Redactions(exemptions=(), pages_read=0)


def printed(text: str) -> Counter[str]:
    """Count the exemptions in a text, each as we write it."""
    found = Counter(
        name
        for group in _PRINTED.finditer(text)
        if not _RULE.search(text, max(group.start() - _RULE_LENGTH, 0), group.start())
        for name in _names(group[0])
    )
    if _STAMPED.search(text):
        found.update(_name(stamp["number"], stamp["letter"]) for stamp in _STAMPS.finditer(text))
    return found


def _names(claimed: str) -> Iterator[str]:
    """Name the exemptions of one claim: "(b)(6), (7)(C)" are two."""
    for one in _ONE.finditer(claimed, len("(b)")):
        if one["number"]:
            yield _name(one["number"], one["letter"])
        else:
            yield _name("7", one["alone"])


def _name(number: str, letter: str | None) -> str:
    return f"(b)({number})" + (f"({letter.upper()})" if letter and number == "7" else "")


# A reading is named by its hash and never changes; 500 pages take 60 ms.
@lru_cache(maxsize=256)
def _of_reading(path: Path) -> Redactions:
    counts: Counter[str] = Counter()
    pages: dict[str, list[int]] = {}
    with Reading.open(path) as reading:
        last = min(reading.page_count, PAGES_READ)
        for number in range(1, last + 1):
            on_page = printed(reading.text(number))
            counts += on_page
            for name in on_page:
                pages.setdefault(name, []).append(number)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    exemptions = (
        Exemption(name=name, count=count, pages=tuple(pages[name])) for name, count in ordered
    )
    return Redactions(exemptions=tuple(exemptions), pages_read=last)
