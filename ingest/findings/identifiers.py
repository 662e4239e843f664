"""Identifiers: numbers of requests, contracts, solicitations, court cases and papers.

Two ways: by a grammar so narrow that nothing else has its form, or beside a label that says what
the number is. Sources: FAR 4.16 for contracts; the numbering of agencies as their letters show it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from archive.identifiers import compact
from ingest.findings.finding import Finding, Spans, apart, plain

REQUEST, CONTRACT, SOLICITATION = "foia_case", "contract", "solicitation"
COURT, OTHER = "court_case", "other"

_B, _E = r"(?<![\w/.-])", r"(?![\w/]|-\w|\.\d)"
_YEAR = r"20\d\d"
# Components of Homeland Security: two letters, then FO (request), LI (court), AP (appeal), RO.
_REQUESTS = (
    rf"{_YEAR}-[A-Z]{{2}}(?:FO|LI|AP|RO)-\d{{5}}",
    rf"CBP-(?:FO-|OPR-|AP-)?{_YEAR}-\d{{6}}",
    r"(?:NRC|COW|MSC)\d{10}",
    rf"(?:DOJ|EOUSA)-{_YEAR}-\d{{6}}",
    rf"FOIA-{_YEAR}-\d{{5}}",
    rf"{_YEAR}-[A-Z]{{2,6}}-\d{{5}}-F",
    rf"DOC-(?:[A-Z]{{2,6}}-)?{_YEAR}-\d{{6}}",
    rf"F[LA]?-{_YEAR}-\d{{5}}",
    r"\d\d-F-\d{4}",
    r"FA-\d\d-\d{4}",
    rf"FOIL-{_YEAR}-\d{{3}}-\d{{5}}",
    rf"{_YEAR}-PL-\d{{3,6}}",
)
_PRINTED = r"(?P<token>[A-Z0-9][A-Z0-9./-]{0,38}[A-Z0-9])"
_NUMBER = r"(?:numbers?|nos?\b\.?|num\.?|\#)"
_LABEL_GAP = r"\s{0,3}[:#]?\s{0,3}(?:\bis\b\s{0,3})?"
_OF_REQUESTS = (
    r"(?:foi?pa?|foil|prr|rtk|ouip|foia/pa|privacy act|public records?|freedom of information act)"
)
_PIID = (
    r"(?:70[0-9A-Z]{4}|HS[A-Z0-9]{4}|15[0-9A-Z]{4}|47[A-Z]{4}|DJ[A-Z]\w{2,3})"
    r"[- ]?\d{2}[- ]?[A-Z]{1,4}[- ]?\d{4,8}"
)
# Any office's six signs, its hyphens printed: year, letter of the kind, serial.
_HYPHENED = r"(?=[A-Z0-9]{0,5}[A-Z])(?=[A-Z0-9]{0,5}\d)[A-Z0-9]{6}-\d{2}-[A-HK-MP-V]-[0-9A-Z]{4,8}"
_SCHEDULE = r"GS-?\d{2}[A-Z]-?\d{3,4}[A-Z0-9]{1,3}"
_COURT = r"(?:\d:)?\d\d-(?:cv|cr|mc|mj|ec|misc|civ|bk|gj)-\d{3,5}(?:-[A-Z]{2,4})*(?:-\d{1,2})?"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _labelled(label: str, token: str = _PRINTED) -> re.Pattern[str]:
    return re.compile(rf"(?i:\b{label}){_LABEL_GAP}{token}{_E}")


_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (COURT, re.compile(rf"{_B}(?P<token>{_COURT})(?![\w]|-[A-Za-z0-9])", re.IGNORECASE)),
    (REQUEST, _compiled(rf"{_B}(?P<token>{'|'.join(_REQUESTS)}){_E}")),
    (
        REQUEST,
        _labelled(
            rf"{_OF_REQUESTS}(?:\s{{1,3}}(?:case|request|appeal|control|reference|tracking|file))*"
            rf"\s{{0,3}}{_NUMBER}?"
        ),
    ),
    (SOLICITATION, _compiled(rf"{_B}(?P<token>[A-Z]{{2,8}}-BAA-\d\d-\d\d(?:-\d\d)?){_E}")),
    (
        SOLICITATION,
        _labelled(
            rf"solicitation\s{{1,3}}{_NUMBER}",
            r"(?P<token>(?:RF[IPQ]|IFB|BAA)?[ -]?[A-Z0-9][A-Z0-9-]*\d)",
        ),
    ),
    (
        SOLICITATION,
        _labelled(
            rf"(?:rf[ipq]|ifb|request for (?:information|proposals?|quotations?|quotes?)"
            rf"(?:\s{{0,3}}\(rf[ipq]\))?)\s{{0,3}}{_NUMBER}"
        ),
    ),
    (CONTRACT, _compiled(rf"{_B}(?P<token>{_PIID}|{_SCHEDULE}|{_HYPHENED}){_E}")),
    (
        CONTRACT,
        _labelled(
            rf"(?:contract|agreement|grant|award|(?:task|delivery)\s{{1,3}}order|piid)\s{{0,3}}{_NUMBER}"
        ),
    ),
    (
        OTHER,
        _labelled(
            rf"(?:invoice|inv\.?|purchase (?:order|request)|po|p\.o\.|order)\s{{0,3}}{_NUMBER}"
        ),
    ),
    (
        OTHER,
        _labelled(
            rf"(?:policy|(?:administrative|executive|general|special)\s{{1,3}}order)(?:\s{{0,3}}{_NUMBER})?"
        ),
    ),
    (OTHER, _labelled(rf"application(?:\s{{1,3}}id|\s{{0,3}}{_NUMBER})")),
    (OTHER, _labelled(r"docusign envelope id")),
    (OTHER, _labelled(r"transaction id", r"(?P<token>[A-Za-z0-9_-]{12,})")),
    (OTHER, _compiled(r"(?i:\bfr doc\.)\s{0,3}(?P<token>20\d\d-\d{4,5})\b")),
    (OTHER, _compiled(r"(?i:\bmisc\.? no\.?)\s{0,3}(?P<token>[A-Z0-9:-]{4,})\b")),
    (OTHER, _compiled(r"(?P<token>\bVol\.\s{0,3}\d+,\s{0,3}No\.\s{0,3}\d+)\b")),
)
# Cases and files have numbers anywhere; on a page that answers a request they are the request's.
_OF_AN_ANSWER = (
    REQUEST,
    _labelled(rf"(?<!purchase )(?:request|case|file|control|tracking)\s{{1,3}}{_NUMBER}"),
)
_ANSWERS = re.compile(
    r"\b(?:FOI[PL]?A?|(?i:privacy\s{1,3}act|public\s{1,3}records"
    r"|records\s{1,3}(?:request|law|act)))\b|(?i:freedom\s{1,3}of\s{1,3}information)"
)
_DIGITS_MIN = 4
# A letter names so many requests at most: its own, its appeal, that of a court case.
_MOST_OWN = 3
# The ninth place of a number that asks for offers, and is no award.
_ASKING = frozenset("BQRTU")


def identifiers(text: str) -> Spans:
    """Find the identifiers of a page."""
    folded = plain(text)
    rules = [*_RULES, _OF_AN_ANSWER] if _ANSWERS.search(folded) else _RULES
    spans = [
        (*_told(kind, match["token"]), match.start("token"), match.end("token"))
        for kind, rule in rules
        for match in rule.finditer(folded)
        if sum(letter.isdigit() for letter in match["token"]) >= _DIGITS_MIN
    ]
    yield from apart(spans)


def _told(kind: str, token: str) -> tuple[str, str]:
    """Give kind and normal form; the ninth sign of a federal number says whether it asks."""
    bare = compact(token)
    if kind == CONTRACT and re.fullmatch(f"{_PIID}|{_HYPHENED}", token):
        return (SOLICITATION if bare[8] in _ASKING else CONTRACT), bare
    return kind, " ".join(token.split()).upper() if kind != COURT else token


def own(found: Sequence[Finding], texts: Mapping[int, str]) -> list[Finding]:
    """Leave out numbers of requests that are misprints, or only part of a stamp on each page.

    `texts` are those of the pages. A release is stamped with the number of its own request, or of
    another, and a serial: it counts where no other number is printed.
    """
    requests = [one for one in found if one.kind == REQUEST]
    stamps = {id(one) for one in requests if _is_stamp(one, texts[one.page])}
    if len(stamps) == len(requests):
        stamps = set()
    return list(_without_misprints([one for one in found if id(one) not in stamps]))


def _is_stamp(one: Finding, text: str) -> bool:
    begin, end = text.rfind("\n", 0, one.begin) + 1, text.find("\n", one.end)
    before, after = text[begin : one.begin], text[one.end : end if end >= 0 else None]
    return not before.strip() and bool(re.fullmatch(r"[\s-]+\d{1,6}\s*", plain(after)))


def _without_misprints(found: Sequence[Finding]) -> Iterator[Finding]:
    """Leave out numbers of requests that differ in one sign from another, printed more or earlier.

    Letters misprint their own number. A list of requests has many that are alike, and loses none.
    """
    often = Counter(one.value for one in found if one.kind == REQUEST)
    ranked = [value for value, _ in often.most_common()]  # the earlier first, where as many
    is_list = len(ranked) > _MOST_OWN
    wrong = {
        value
        for place, value in enumerate(() if is_list else ranked)
        if any(_is_alike(value, better) for better in ranked[:place])
    }
    yield from (one for one in found if one.kind != REQUEST or one.value not in wrong)


def _is_alike(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
