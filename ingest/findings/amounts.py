"""Amounts: dollars as a page prints them, in cents.

Only what has its sign or its word is money; where the head of a table has it ("Amount ($)"), so are
bare numbers with cents. "$1.2 million" is rounded by who wrote it, and is an amount all the same.
"""

import re

from ingest.findings.finding import Spans, apart, plain

_SPACE = r"[^\S\n]{0,3}"
_NUMBER = r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d{1,2}))?"
_SCALE = rf"(?:{_SPACE}(?P<scale>thousand|million|billion|[MBK]\b))?"
_END = r"(?!\d|[.,]\d|-\w)"
_FORMS = (
    re.compile(rf"(?P<minus>-)?(?:US)?\${_SPACE}{_NUMBER}{_SCALE}{_END}", re.IGNORECASE),
    re.compile(rf"\bUSD{_SPACE}{_NUMBER}{_SCALE}{_END}"),
    re.compile(rf"(?<![\d.,$]){_NUMBER}{_SPACE}(?:US\$|USD\b)"),
    re.compile(
        rf"(?<![\d.,$]){_NUMBER}(?:{_SPACE}(?P<scale>thousand|million|billion))?\s+dollars\b"
    ),
)
# What heads a column of dollars; and numbers that stand in one, with their cents.
_HEADED = re.compile(r"\((?:in\s+)?(?:US)?\$\)|\((?:in )?(?:US )?dollars\)", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w.,$/-])(?P<whole>\d{1,3}(?:,\d{3})*)\.(?P<part>\d\d)(?![\w/%]|[-.,]\d)")
_TIMES = {"thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6}
_TIMES |= {"billion": 10**9, "b": 10**9}


def amounts(text: str) -> Spans:
    """Find the amounts of a page, in cents."""
    yield from apart(
        [
            ("amount", str(cents(match)), match.start(), match.end())
            for form in ((*_FORMS, _BARE) if _HEADED.search(text) else _FORMS)
            for match in form.finditer(plain(text))
        ]
    )


def cents(match: re.Match[str]) -> int:
    """Give an amount in cents, exactly."""
    said = match.groupdict()
    whole, part = said["whole"].replace(",", ""), said["part"] or ""
    hundredths = int(whole) * 100 + int(part.ljust(2, "0"))
    times = _TIMES[scale.lower()] if (scale := said.get("scale")) else 1
    return hundredths * times * (-1 if said.get("minus") else 1)
