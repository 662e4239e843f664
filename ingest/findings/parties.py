"""Parties: the agency whose paper a document is, and the vendor it is about.

The agency by the number of the request that it answers, by its letterhead, or by the signature. The
vendor by a label, by its role in the contract's own words, or by the head of its invoice. A name
that is merely mentioned is neither.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from archive.watchlist import agencies
from archive.watchlist.vendors import folded
from ingest.findings import identifiers
from ingest.findings.finding import found_in, plain

_TOP_LINES, _SIGNATURE_LINES = 12, 8
# Letters in the number of a request, and the code of the agency that gives such numbers.
_BY_NUMBER: Mapping[str, str] = {
    r"20\d\d-IC(?:FO|LI|AP|RO)-\d{5}": "7012",
    r"20\d\d-HQ(?:FO|LI|AP|RO)-\d{5}": "070",
    r"20\d\d-TS(?:FO|LI|AP|RO)-\d{5}": "7013",
    r"CBP-(?:FO-|OPR-|AP-)?20\d\d-\d{6}": "7014",
    r"(?:NRC|COW|MSC)\d{10}": "7003",
    r"1\d{6}-\d{3}": "1549",
    r"DOJ-20\d\d-\d{6}": "015",
}
_COURT = re.compile(r"\b(?:district court|court of appeals|superior court|circuit court)\b", re.I)
_WORD = r"(?<!\w)[A-Z][A-Za-z.'\u2019&-]{0,30}"
_WORDS = rf"{_WORD}(?: (?:of|and|the|for|{_WORD})){{0,6}}?"
_ACTING = re.compile(rf"\bacting (?:by and )?through (?:its |the )?(?P<name>{_WORDS}) ?[(,]")
# A name in capitals ends where its line does; one in a sentence before the next small letter.
_CITY = r"(?P<city>(?:City|County|Town|Village|State) of [A-Z][a-z]+(?: [A-Z][a-z]+)?)"
_LOCAL = re.compile(
    rf"{_CITY}(?![ ]?[A-Za-z]*[A-Z])\b"
    rf"|(?P<office>{_WORDS} (?:Police Department|Sheriff['\u2019]?s (?:Office|Department)"
    r"|Police Bureau|State Police|Highway Patrol))\b"
)
_BODY = re.compile(
    rf"(?:{_WORD} (?:(?:of|and|the|for|{_WORD}) ){{0,6}}?)"
    r"(?:Agency|Administration|Commission|Bureau|Authority|Board)"
)
_CLOSING = re.compile(r"^(?:sincerely|respectfully|very truly yours|thank you),?$", re.IGNORECASE)
_FORM = r"(?:Inc|Incorporated|LLC|L\.L\.C|Corp|Corporation|Ltd|LLP|L\.P|LP|Company|GmbH)\b\.?"
_PART = r"[\w&.'\u2019-]"
_NAME = (
    rf"(?P<name>(?<!\w)[A-Z]{_PART}{{0,30}}(?:,?[ ]{_PART}{{1,30}}){{0,7}}?,?[ ]{_FORM}"
    r"(?:[ ]dba[ ][\w .&'-]{2,40}?)?)"
)
# A cell of a federal form (SF-1449, SF-30), with the contractor's name in the line beneath. What is
# in the next cell may stand beside it: then the name ends at a number, or with its legal form.
_CELL = r"(?i:\bcontractor\s?/\s?offeror|\bname and address of contractor)\b"
_CODES = r"(?: (?:FACILITY )?CODE(?: [A-Z0-9]*\d[A-Z0-9]*)?)*"
_LABEL = r"(?:CODE|FACILITY|TELEPHONE|DELIVER|PAYMENT|ADDRESS|NAME|ISSUED|ADMINISTERED)\b"
_LINE = rf"(?!{_LABEL})(?P<name>{_WORD}(?: (?:&|{_WORD})){{0,7}})"
_VENDORS = tuple(
    re.compile(one)
    for one in (
        rf"{_NAME},?\s*\((?:the\s+)?[\u201c\"]?(?:Contractor|Vendor|Consultant|Supplier|Company|Seller)"
        r"[\u201d\"]?\)",
        rf"(?i:\b(?:contractor|vendor|supplier|payee)(?:'s)?(?:\s+name)?)\s*:\s*{_NAME}",
        rf"\b(?:placed with|awarded to)\s+{_NAME}",
        rf"{_CELL}{_CODES}[^A-Za-z\n]*\n{_LINE} *(?:\n|\Z)",
        rf"{_CELL}[^\n]*\n{_LINE}(?= \S*\d)",
        rf"{_CELL}[^\n]*\n{_NAME}",
    )
)
_INVOICE = re.compile(rf"^{_NAME}(?=\s+Invoice\b|$)", re.MULTILINE)


def agency(pages: Sequence[str]) -> str:
    """Name the agency whose paper a document is, by its full name; "" where that is not sure."""
    if by_number := _by_number(pages):
        return by_number
    first = plain(pages[0]) if pages else ""
    lines = [" ".join(line.split()) for line in first.splitlines() if line.strip()]
    top = lines[:_TOP_LINES]
    if any(map(_COURT.search, top)):
        return ""  # a court's own paper names agencies as parties
    return _of_contract(first) or _of_head(top) or _of_signature(pages)


def _by_number(pages: Sequence[str]) -> str:
    texts = dict(enumerate(pages, start=1))
    own = identifiers.own(found_in(identifiers.identifiers, texts.items()), texts)
    numbers = {one.value for one in own if one.kind == identifiers.REQUEST}
    codes = {
        code
        for pattern, code in _BY_NUMBER.items()
        if any(re.fullmatch(pattern, number) for number in numbers)
    }
    return agencies.name_of(codes.pop()) if len(codes) == 1 else ""


def _of_contract(first: str) -> str:
    """Name the office that a state or city acts through, in the words of its contract."""
    match = _ACTING.search(" ".join(first.split()))
    return match["name"] if match else ""


def _of_head(lines: Sequence[str]) -> str:
    """Name the agency in a letterhead: a part of a department before the department itself."""
    found = [one for line in _headings(lines) if (one := _federal(line))]
    whole = [one for one in found if one.facet == "agency" and not _is_department(one)]
    parts = [one for one in found if one.facet == "subagency"]
    named = {one.name for one in (whole or parts or found)}
    if len(named) == 1:
        return named.pop()
    return "" if named else _local(lines)


def _is_department(one: agencies.Agency) -> bool:
    return one.name.startswith("Department")


def _headings(lines: Sequence[str]) -> Iterator[str]:
    """Walk lines, and two and three of them together: names are broken in narrow letterheads."""
    for place in range(len(lines)):
        for count in (1, 2, 3):
            yield " ".join(lines[place : place + count])


def _federal(line: str) -> agencies.Agency | None:
    """Find the federal agency that a line is the full name of, and nothing else."""
    name = re.sub(r"^(?:the )?united states\b", "U.S.", line.strip(" .,|"), flags=re.IGNORECASE)
    if len(name.split()) < 2 or len(name) > 80:
        return None
    found = agencies.find(name)
    return found[0] if len(found) == 1 else None


def _local(lines: Sequence[str]) -> str:
    """Name the city or the police that heads a paper; the first line that has one counts."""
    for line in lines:
        said = re.sub(r"\bOf\b", "of", line.title()) if line.isupper() else line
        if match := _LOCAL.search(said):
            return match[0]
    return next((line for line in lines if _BODY.fullmatch(line)), "")


def _of_signature(pages: Sequence[str]) -> str:
    for text in pages:
        lines = [" ".join(line.split()) for line in text.splitlines()]
        for place, line in enumerate(lines):
            if _CLOSING.match(line):
                return _local(lines[place + 1 : place + 1 + _SIGNATURE_LINES])
    return ""


def vendor(pages: Sequence[str]) -> str:
    """Name the vendor of a contract or invoice as printed; "" where none, or two, are that."""
    found: dict[str, str] = {}
    for text in map(plain, pages):
        for match in (match for one in _VENDORS for match in one.finditer(text)):
            name = match["name"].strip(" ,")
            found.setdefault(folded(name), name)
    if not found and pages and re.search(r"(?i)\binvoice\b", pages[0]):
        top = "\n".join(plain(pages[0]).splitlines()[:_TOP_LINES])
        found = {match["name"]: match["name"].strip(" ,") for match in _INVOICE.finditer(top)}
    return next(iter(found.values())) if len(found) == 1 else ""
