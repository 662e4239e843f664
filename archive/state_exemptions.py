"""How states cite the exemptions of their own laws on redactions: name of the law, and section."""

import re

_PARTS = r"(?:\s?\(\s?[0-9a-z]{1,4}\s?\))"
_SIGN = r"\s{0,2}§{0,2}\s{0,2}"

# Name of a group → the law as we write it before the section, and how it is printed. A law's own
# name may be left out where its sections look like nothing else.
_LAWS: tuple[tuple[str, str, str], ...] = (
    (
        "oregon",
        "ORS",
        rf"\bORS{_SIGN}(?P<oregon_named>(?:192|181A?)\.[0-9]{{3}}{_PARTS}*)"
        rf"|(?<![\w.$])(?P<oregon>(?:192\.(?:3[0-9]{{2}}|50[0-9])|181A\.[0-9]{{3}}){_PARTS}+)",
    ),
    (
        "new_york",
        "POL",
        rf"(?:\b(?:public\s+officers\s+law|P\.?O\.?L\.?|FOIL){_SIGN})?"
        rf"(?<![\w.$(])(?P<new_york>8[79]\s?\(2\)\s?\([a-t]\)(?:\s?\([ivx]{{1,4}}\))?)",
    ),
    ("civil_rights", "CRL", rf"\bcivil\s+rights\s+law{_SIGN}(?P<civil_rights>50-[ab])"),
    (
        "illinois",
        "5 ILCS",
        rf"(?:\b5\s+ILCS\s+|(?<![\w./]))(?P<illinois>140\s?/\s?7(?:\.5)?{_PARTS}+)"
        rf"|(?:\bsec(?:tion|\.){_SIGN})?(?<![\w.$/(\-])(?P<illinois_bare>7\s?\(1\)\s?\([a-z]{{1,2}}\)"
        r"(?:\s?\([ivx]{1,4}\))?)",
    ),
    (
        "california",
        "Gov. Code",
        rf"\b(?:cal\.?\s+)?(?:gov(?:ernment|['\u2019]t|\.)?\s+code|G\.?C\.?){_SIGN}"
        rf"(?P<california>(?:62[0-9]{{2}}|79[2-3][0-9])(?:\.[0-9]{{1,3}})?{_PARTS}*)",
    ),
    (
        "florida",
        "F.S.",
        rf"(?:\b(?:F\.?\s?S\.?|fla\.\s+stat\.|florida\s+statutes){_SIGN}|(?<![\w.$]))"
        rf"(?P<florida>119\.071[0-9]?{_PARTS}*)",
    ),
    (
        "texas",
        "Tex. Gov. Code",
        rf"(?:\b(?:tex(?:\.|as)\s+)?(?:gov(?:ernment|['\u2019]t|\.)?\s+code|sec(?:tion|\.)){_SIGN}"
        rf"|(?<![\w.$]))(?P<texas>552\.1[0-5][0-9]{_PARTS}*)",
    ),
    (
        "washington",
        "RCW",
        rf"(?:\bRCW{_SIGN}|(?<![\w.$]))(?P<washington>42\.56\.[0-9]{{3}}{_PARTS}*)",
    ),
    (
        "pennsylvania",
        "65 P.S.",
        rf"(?:\b65\s+P\.?\s?S\.?{_SIGN}|(?<![\w.$]))(?P<pennsylvania>67\.70[0-9]{_PARTS}+)",
    ),
)
STATE_FORMS: tuple[str, ...] = tuple(f"(?:{form})" for _, _, form in _LAWS)
_GROUPS = tuple(
    (f"{name}{kind}", law)
    for name, law, form in _LAWS
    for kind in ("", "_named", "_bare")
    if f"?P<{name}{kind}>" in form
)
_MARKS = ("", "§ ", "§")
# What each of them has in it, in small letters.
STATE_SIGNS: tuple[str, ...] = (
    *("ors §", *(f"ors {digit}" for digit in range(10)), "192.", "181a."),
    *("87(2", "87 (2", "89(2", "89 (2", "civil rights law", "7(1)", "7 (1)", "140/", "140 /"),
    *(
        f"{name}{sign}{digit}"
        for name in ("code ", "gc ", "g.c. ")
        for sign in _MARKS
        for digit in "67"
    ),
    *("119.071", "552.1", "42.56.", "67.70"),
)
_NAMED_AGAIN = {"illinois_bare": "140/"}


def state_code(match: re.Match[str]) -> str:
    """Give the law and section of what one of STATE_FORMS found; "" when none of them did."""
    for group, law in _GROUPS:
        if section := match[group]:
            return " ".join((law, _NAMED_AGAIN.get(group, "") + "".join(section.split())))
    return ""
