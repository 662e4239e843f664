"""Personal numbers in a text, masked so that every other character keeps its place.

Strict rules, each of them measured at no false hit in 2.5 million words of award rows: a number
needs its full printed form or its label. Unlabelled runs of nine digits are left alone (they are
DUNS, PIIDs and telephone numbers: 13,990 of them in the same rows).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

# Neither letter nor digit, so that no analyser makes a word of it.
MASK = "█"

_DASH = "[-\u2010-\u2015\u2212\u00ad]"
# A line may end beside a dash.
_SEPARATOR = f"(?:[ \n]?{_DASH}[ \n]?)"
# Without a label only a hyphen counts: part numbers of the same form are set with longer dashes.
_HYPHEN = "(?:[ \n]?[-\u2010\u2011\u00ad][ \n]?)"
_BEFORE = rf"(?<![\w.,/$]|{_DASH})"
_AFTER = rf"(?![\w/]|{_DASH}|[.,][0-9])"
# What may stand between a label and its number.
_GAP = r"(?:\s|[:#.=()\[\]]|\bis\b|\bnumber\b|\bnum\b|\bnos?\b|-){0,12}"
_NUMBER_WORD = r"(?:\s*(?:numbers?|nos?|num|id|\#))?"
# Nine digits, however they are spaced.
_NINE = rf"(?:[0-9](?:[ ]|{_SEPARATOR})?){{8}}[0-9]"

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = (
    r"(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}"
    rf"|{_MONTH}\s*[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s*[0-9]{{4}}"
    rf"|[0-9]{{1,2}}[-\s]?{_MONTH}[-,\s]*[0-9]{{2,4}}|[0-9]{{8}})"
)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_DASHED = _compiled(rf"{_BEFORE}(?P<hit>[0-9]{{3}}{_HYPHEN}[0-9]{{2}}{_HYPHEN}[0-9]{{4}}){_AFTER}")
_LABELLED = _compiled(
    r"(?:\bssa?n|\bs\.s\.n\.?|\bss\s?\#|\bsoc(?:ial)?\.?\s+sec(?:urity)?\.?|\bitin|\btaxpayer id)"
    rf"{_NUMBER_WORD}{_GAP}(?P<hit>{_NINE})(?![0-9])"
)
_ALIEN_DASHED = _compiled(
    rf"{_BEFORE}(?P<hit>A[ ]?{_DASH}?[ ]?"
    rf"[0-9]{{2,3}}{_SEPARATOR}[0-9]{{3}}{_SEPARATOR}[0-9]{{3}}){_AFTER}"
)
_ALIEN = _compiled(
    rf"(?:\ba{_DASH}?(?:number|file|\#)|\ba\s?\#|\balien(?:\s+registration)?|\buscis)"
    rf"{_NUMBER_WORD}{_GAP}(?P<hit>A?[ ]?{_DASH}?[ ]?(?:[0-9][ -]?){{7,8}}[0-9])(?![0-9])"
)
# Without a label, in documents only: in an award row "A12345678" may as well be a part or order.
_ALIEN_BARE = _compiled(
    rf"{_BEFORE}(?P<hit>(?-i:A)(?:{_SEPARATOR}?[0-9]{{8,9}}|[ ][0-9]{{9}}"
    rf"|(?:{_SEPARATOR}|[ ])?[0-9]{{2,3}}(?:(?:{_SEPARATOR}|[ ])[0-9]{{3}}){{2}})){_AFTER}"
)
_BIRTH = _compiled(
    rf"(?:\bd\.?o\.?b\b\.?|\bdates?\s+of\s+birth|\bbirth\s?date)(?:\s*\([^()\n]{{0,24}}\))?"
    rf"{_GAP}(?P<hit>{_DATE})(?![0-9])"
)
_CARD = _compiled(
    rf"{_BEFORE}(?P<hit>[0-9]{{13,16}}"
    rf"|[0-9]{{4}}(?:[ ][0-9]{{4}}){{3}}|[0-9]{{4}}(?:{_DASH}[0-9]{{4}}){{3}}"
    rf"|3[47][0-9]{{2}}[ -][0-9]{{6}}[ -][0-9]{{5}}){_AFTER}"
)
_ROUTING = _compiled(
    rf"(?:\brouting(?:\s*(?:/|and)?\s*transit)?|\baba|\brtn|\btransit){_NUMBER_WORD}{_GAP}"
    rf"(?P<hit>{_NINE})(?![0-9])"
)
_ACCOUNT = _compiled(
    r"(?:\b(?:bank|checking|savings|deposit(?:or)?)\s+(?:account|acct)\.?|\biban)"
    rf"{_NUMBER_WORD}{_GAP}(?P<hit>[A-Z]{{0,2}}[0-9](?:[ -]?[0-9]){{3,29}})(?![0-9])"
)
# An account number without the word bank is one only in the company of a routing number.
_ACCOUNT_NEAR = _compiled(
    rf"\b(?:account|acct)\.?{_NUMBER_WORD}{_GAP}(?P<hit>[0-9](?:[ -]?[0-9]){{3,16}})(?![0-9])"
)
_COMPANY = 120
# So far around a masked number another one may come out at once; and how long one is at most.
_REACH = 512
_LONGEST = 64


def _digits(printed: str) -> str:
    return "".join(character for character in printed if "0" <= character <= "9")


def _is_social_security(printed: str) -> bool:
    """Ask whether such a number can be issued, or be a taxpayer number of the same form.

    Source: ssa.gov/employer/randomization.html; IRS Publication 1915 for those from 900 on.
    """
    digits = _digits(printed)
    area, group, serial = digits[:3], int(digits[3:5]), digits[5:]
    if area in ("000", "666") or group == 0 or serial == "0000":
        return False
    return area < "900" or 50 <= group <= 65 or (70 <= group <= 99 and group not in (89, 93))


def _is_card(printed: str) -> bool:
    """Ask for a card issuer's first digits with its length, and for the check digit (Luhn)."""
    digits = _digits(printed)
    lengths = {"34": 15, "37": 15, "30": 14, "36": 14, "38": 14}
    first = digits[:2]
    if first not in lengths and not ("22" <= first <= "27" or "40" <= first <= "65"):
        return False
    if len(digits) != lengths.get(first, 16) or len(set(digits)) == 1:
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _is_routing(printed: str) -> bool:
    """Ask for the check digit of a routing number. Source: ABA, weights 3, 7 and 1."""
    digits = [int(digit) for digit in _digits(printed)]
    return any(digits) and sum(a * b for a, b in zip(digits, (3, 7, 1) * 3, strict=True)) % 10 == 0


def _any(_: str) -> bool:
    return True


class _Rule(NamedTuple):
    """A number's pattern, what else it must fulfil, and what a text must hold to have any.

    The hint is for speed alone: a fast pattern, or words in small letters.
    """

    pattern: re.Pattern[str]
    is_meant: Callable[[str], bool]
    hint: re.Pattern[str] | tuple[str, ...]


_RULES = (
    _Rule(_DASHED, _is_social_security, _compiled(rf"[0-9]{_HYPHEN}[0-9]{{2}}{_HYPHEN}[0-9]")),
    _Rule(_LABELLED, _any, ("ssn", "ssan", "ss#", "ss #", "s.s.n", "soc", "itin", "taxpayer")),
    _Rule(_ALIEN_DASHED, _any, _compiled(rf"[0-9]{_SEPARATOR}[0-9]{{3}}{_SEPARATOR}[0-9]{{3}}")),
    _Rule(_ALIEN, _any, ("number", "file", "a#", "a #", "-#", "alien", "uscis")),
    _Rule(_BIRTH, _any, ("dob", "d.o", "do.b", "birth")),
    _Rule(_CARD, _is_card, _compiled(rf"[0-9]{{4}}(?:{_DASH}|[ ])?[0-9]{{4}}|[0-9] [0-9]{{6}} ")),
    _Rule(_ROUTING, _is_routing, ("routing", "aba", "rtn", "transit")),
    _Rule(_ACCOUNT, _any, ("account", "acct", "iban")),
)
# Alien registration numbers are printed on released pages as they are, A and nine digits.
_OF_DOCUMENTS = (
    *_RULES,
    _Rule(_ALIEN_BARE, _any, re.compile(r"A[^A-Za-z.,/\n]{0,3}[0-9]{2}")),
)


def mask_document(text: str) -> tuple[str, int]:
    """Mask the personal numbers of a page; more forms of them than `mask` does of a field."""
    return _masked(text, _OF_DOCUMENTS)


def mask(text: str) -> tuple[str, int]:
    """Mask the personal numbers of a text; give it with how many there were.

    Letters and digits of a number become `MASK`, everything else stays, so the text keeps its
    length, its white space and thereby its words. Masking twice changes nothing more.
    """
    return _masked(text, _RULES)


def _masked(text: str, rules: Sequence[_Rule]) -> tuple[str, int]:
    count, reach = 0, _REACH
    places = whole = [(0, len(text))]
    while True:
        found = (span for begin, end in places for span in _found(text, begin, end, rules))
        if spans := _merged(sorted(found)):
            # A masked number parts what was glued to it, and may so bring out another one's label.
            text, count = _covered(text, spans), count + len(spans)
            places = _around(spans, reach, len(text))
        elif places == whole:
            return text, count
        else:
            places, reach = whole, 4 * reach


def _around(spans: list[tuple[int, int]], reach: int, length: int) -> list[tuple[int, int]]:
    return _merged([(max(begin - reach, 0), min(end + reach, length)) for begin, end in spans])


def _covered(text: str, spans: list[tuple[int, int]]) -> str:
    parts, done = [], 0
    for begin, end in spans:
        parts.append(text[done:begin])
        parts += [MASK if character.isalnum() else character for character in text[begin:end]]
        done = end
    return "".join((*parts, text[done:]))


def _found(text: str, begin: int, end: int, rules: Sequence[_Rule]) -> Iterator[tuple[int, int]]:
    """Find the numbers in a part of a text, but for those that its end might cut off."""
    last = end if end == len(text) else end - _LONGEST
    for match in _matches(text, begin, end, rules):
        if match.end() <= last:
            yield match.span("hit")


def _matches(text: str, begin: int, end: int, rules: Sequence[_Rule]) -> Iterator[re.Match[str]]:
    small, routing = text[begin:end].lower(), []
    for rule in rules:
        if not _is_hinted(rule.hint, text, small, begin, end):
            continue
        for match in rule.pattern.finditer(text, begin, end):
            if rule.is_meant(match["hit"]):
                yield match
                if rule.pattern is _ROUTING:
                    routing.append(match.start("hit"))
    if routing:
        for match in _ACCOUNT_NEAR.finditer(text, begin, end):
            place = match.start("hit")
            near = bisect_left(routing, place - _COMPANY)
            if near < len(routing) and routing[near] <= place + _COMPANY:
                yield match


def _is_hinted(
    hint: re.Pattern[str] | tuple[str, ...], text: str, small: str, begin: int, end: int
) -> bool:
    if isinstance(hint, tuple):
        return any(word in small for word in hint)
    return hint.search(text, begin, end) is not None


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that overlap: two rules that see one number count it once."""
    merged: list[tuple[int, int]] = []
    for begin, end in spans:
        if merged and begin < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged
