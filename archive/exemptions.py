"""The exemptions that papers print, in the forms they are written in and in ours.

Two questions are asked of a text. `printed`: which exemptions does prose claim? Strictly, for a
rule of court is written like one. `stamped`: which are stamped in a place where nothing else would
stand, such as a redacted box? There "b6", "7(C)" behind another, or a bare "87(2)(b)" is one, too.
Our form of a federal one is "(b)(7)(E)", of the Privacy Act "(k)(2)", of a state's law its name and
section: "ORS 192.345(22)(c)".
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from archive.state_exemptions import STATE_FORMS, STATE_SIGNS, state_code

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


def printed(text: str) -> Counter[str]:
    """Count the exemptions that a text claims, each as we write it."""
    found = Counter(
        name
        for group in _PRINTED.finditer(text)
        if not _is_rule(text, group.start())
        for name in _names(group[0])
    )
    if _STAMPED.search(text):
        found.update(_name(stamp["number"], stamp["letter"]) for stamp in _STAMPS.finditer(text))
    return found


def _is_rule(text: str, begin: int) -> bool:
    return bool(_RULE.search(text, max(begin - _RULE_LENGTH, 0), begin))


def _names(claimed: str) -> Iterator[str]:
    """Name the exemptions of one claim: "(b)(6), (7)(C)" are two."""
    for one in _ONE.finditer(claimed, len("(b)")):
        if one["number"]:
            yield _name(one["number"], one["letter"])
        else:
            yield _name("7", one["alone"])


def _name(number: str, letter: str | None) -> str:
    return f"(b)({number})" + (f"({letter.upper()})" if letter and number == "7" else "")


class Printed(NamedTuple):
    """An exemption in a text: as we write it, and from which character to which it stands."""

    code: str
    begin: int
    end: int


_S = r"\s{0,2}"


def _digit(name: str) -> str:
    """Give the pattern of "(7)(C)", "7(c )", "7C" and "6"; a letter belongs to a 7 alone."""
    return (
        rf"(?:\({_S}(?P<{name}_in>[1-9]){_S}\)|(?P<{name}_bare>[1-9]))"
        rf"(?:(?:(?<=7)|(?<=7\)))(?P<{name}_glued>[A-F])(?![a-z0-9])"
        rf"|(?:(?<=7)|(?<=7\))|(?<=7\ \))){_S}\({_S}(?P<{name}_letter>[A-F]){_S}\))?"
    )


_ENDED = r"(?![a-z0-9]|\.[0-9])"
# Behind a digit a (b) belongs to a rule, but for that of the Act itself.
_NO_RULE = r"(?:\b552|(?<![0-9])(?<![0-9][\w.\-]))"
_FORMS = rf"""
    (?P<privacy>(?<![\w.])(?:
        \({_S}(?P<act>[jkd]){_S}\){_S}\(?{_S}(?P<paragraph>[1-7]){_S}\)? |
        (?P<act_bare>[jk])(?:\({_S})?(?P<paragraph_bare>[1-7])(?:{_S}\))?(?!\w)
    )) |
    (?P<exemption>\bex(?:emptions?\b|\.){_S}(?:\(?b\)?{_S})?{_digit("ex")}{_ENDED}
        (?!\s{{0,3}}(?:at|to|pp?|¶|tab)\b)) |
    (?P<federal>(?:{_NO_RULE}\({_S}b{_S}\)|(?<![\w.\-/])b)
        (?:{_S}(?=\()|(?=[1-9])){_digit("fed")}(?:{_ENDED}|(?=b[1-9(]))
        (?:(?<=[1-9a-f])\s?-\s?[1-9](?![\w.]))?)
"""
_STAMP = re.compile("|".join((*STATE_FORMS, _FORMS)), re.IGNORECASE | re.VERBOSE)
_NEXT = re.compile(
    rf"{_AND}(?:{_digit('next')}{_ENDED}(?!\s?\(b\))|\((?P<alone>(?-i:[A-F]))\)(?!\s?\())",
    re.IGNORECASE,
)
# Glued to one: "B6B7C".
_GLUED = re.compile(rf"b(?:{_S}(?=\()|(?=[1-9])){_digit('fed')}", re.IGNORECASE)
# What each of the forms has in it, in small letters, and how far around that it may reach.
_SIGNS = (
    *("(b)", "( b )", "b(", "b (", *(f"b{number}" for number in range(1, 10))),
    *("(j)", "(k)", "(d)", "( j )", "( k )", "( d )", "j(", "k("),
    *("j1", "j2", *(f"k{number}" for number in range(1, 8)), "exempt", "ex."),
    *STATE_SIGNS,
)
_AROUND = 40
_ACTS = {"j": "12", "k": "1234567", "d": "5"}


def stamped(text: str, *, is_recognised: bool = False) -> list[Printed]:
    """List the exemptions in a text that is known to be a stamp, or is asked to look like one.

    "(b)(6), (7)(C)" are two, "(b)(3):50 U.S.C. § 3024(i)(1)" is one. `is_recognised`: it was read
    in a picture, where brackets and letters may have been taken for others.
    """
    found: list[Printed] = []
    for begin, end in _spots(text):
        place = max(begin, found[-1].end if found else 0)
        while match := _STAMP.search(text, place, end):
            place = match.end()
            one = _stamp(match)
            if one is None or (match["federal"] and _is_other_rule(text, match.start())):
                continue
            found.append(one)
            if match["federal"] or match["exemption"]:
                found += _following(text, place)
                place = found[-1].end
    if is_recognised:
        read = list(_misread(text))
        found = [one for one in found if not any(_is_part(one, other) for other in read)]
        found += [one for one in read if not any(_meet(one, other) for other in found)]
        found = sorted((_lettered(text, one) for one in found), key=lambda one: one.begin)
    return found


def _spots(text: str) -> list[tuple[int, int]]:
    """Give the parts of a text in which there may be any: of most pages there are none.

    To look for these signs takes a fiftieth of the time that the whole pattern takes.
    """
    small = text.lower()
    if len(small) != len(text):  # a few letters are two when small
        return [(0, len(text))]
    places = sorted(place for sign in _SIGNS for place in _places(small, sign))
    spots: list[tuple[int, int]] = []
    for place in places:
        begin, end = max(place - _AROUND, 0), min(place + _AROUND, len(text))
        if spots and begin <= spots[-1][1]:
            spots[-1] = (spots[-1][0], end)
        else:
            spots.append((begin, end))
    return spots


def _places(text: str, sign: str) -> Iterator[int]:
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + 1)


def code_of(typed: str) -> str:
    """Give our form of an exemption that somebody typed ("b7e", "Ex. 6"); "" when it is none."""
    found = stamped(typed.strip())
    is_whole = len(found) == 1 and (found[0].begin, found[0].end) == (0, len(typed.strip()))
    return found[0].code if is_whole else ""


def _is_other_rule(text: str, begin: int) -> bool:
    before = text[max(begin - _RULE_LENGTH, 0) : begin].rstrip()
    return _is_rule(text, begin) and not before.endswith("552")


def _stamp(match: re.Match[str]) -> Printed | None:
    code = state_code(match)
    if match["privacy"]:
        act = (match["act"] or match["act_bare"]).lower()
        paragraph = match["paragraph"] or match["paragraph_bare"]
        code = f"({act})({paragraph})" if paragraph in _ACTS[act] else ""
    elif match["exemption"] or match["federal"]:
        code = _numbered(match, "ex" if match["exemption"] else "fed")
    return Printed(code, match.start(), match.end()) if code else None


def _numbered(match: re.Match[str], kind: str) -> str:
    number = match[f"{kind}_in"] or match[f"{kind}_bare"]
    return _name(number, match[f"{kind}_glued"] or match[f"{kind}_letter"])


def _following(text: str, place: int) -> Iterator[Printed]:
    """Give what goes on behind an exemption: "…, (7)(C), and (E)", "…B7C"."""
    while True:
        if match := _GLUED.match(text, place):
            yield Printed(_numbered(match, "fed"), match.start(), match.end())
        elif match := _NEXT.match(text, place):
            code = _name("7", match["alone"]) if match["alone"] else _numbered(match, "next")
            yield Printed(code, match.start(), match.end())
        else:
            return
        place = match.end()


# Tesseract's: "(bX6)", "{b)(7)(C)", "(bl(6)", "h6", "(b)(7)(0)", "b7G", "(b)(S)".
_MISREAD = re.compile(
    r"(?<!\w)[({\[|]?\s?[bh]\s?[)}\]lIXJ|]{0,2}\s?[({\[]?\s?(?P<number>[1-9SG])\s?[)}\]]?"
    r"(?:(?<=7[)}\]])\s?[({\[|]?\s?(?P<letter>[A-FGO0])\s?[)}\]|]|(?<=7)(?P<glued>[A-FGO0]))?"
    r"(?!\w)",
    re.IGNORECASE,
)
_MEANT = str.maketrans("SGsg", "5656")
_LETTER_MEANT = str.maketrans("GO0©€", "CCCCC")


def _misread(text: str) -> Iterator[Printed]:
    for match in _MISREAD.finditer(text):
        number = match["number"].translate(_MEANT)
        letter = (match["letter"] or match["glued"] or "").upper().translate(_LETTER_MEANT)
        yield Printed(_name(number, letter), match.start(), match.end())


# Behind a 7: a letter whose bracket was lost to the line around a box, "(C", or taken for another
# sign, "(C;"; and one that stands apart where the stamp ends, "b7 C", "b7-E".
_LETTER_CUT = re.compile(
    r"\s?[({\[|]\s?(?P<open>[A-FGO0©€])(?!\w)[)}\]|;:]?|[ -](?P<apart>[A-F])(?=\s*(?:[,;]|$))",
    re.IGNORECASE,
)


def _lettered(text: str, one: Printed) -> Printed:
    """Give an exemption with the letter that its sign was cut off from, if there is one."""
    cut = _LETTER_CUT.match(text, one.end) if one.code == "(b)(7)" else None
    if cut is None:
        return one
    letter = (cut["open"] or cut["apart"]).upper().translate(_LETTER_MEANT)
    return Printed(_name("7", letter), one.begin, cut.end())


def _is_part(one: Printed, other: Printed) -> bool:
    return one.begin == other.begin and one.end < other.end


def _meet(one: Printed, other: Printed) -> bool:
    return one.begin < other.end and other.begin < one.end
