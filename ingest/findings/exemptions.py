"""Exemptions that a letter cites: in its sentences, or checked in a grid; in their normal form.

`(b)(6)` alone is no exemption: contract clauses, rules of courts and paragraphs of regulations have
that form, too. So a law, or a word of withholding, must stand near, and no other law before it.
"""

import re
from collections.abc import Iterator

# In scans a bracket is read as another, or as a letter: "(bX6)", "(b}(6)". Only 7 has letters.
_NUMBER = r"(?P<number>[1-9])\s*[)}](?:(?<=7[)}])\s?[({]\s*(?P<letter>[A-Fa-f])\s*[)}])?"
_CODE = re.compile(rf"[({{]b[)}}X]?\s*[({{]?\s*{_NUMBER}")
_SPELT = re.compile(
    r"\bExemptions?\s+(?P<list>[1-9](?:\([A-F]\))?(?:(?:,?\s+and\s+|,\s*)[1-9](?:\([A-F]\))?)*)"
    r"(?![\d(])"
)
_ITEM = re.compile(r"(?P<number>[1-9])(?:\((?P<letter>[A-F])\))?")
# What stands in a grid, between boxes to be checked, whose edges may be lost in a scan.
_ANY = re.compile(r"\([bdjk]\)\s*\(\d\)(?:\s?\([A-F]\))?")
_WORD = re.compile(r"[^\W_]{3,}")
_CHECKED = re.compile(r"[\[({|]?\s*[Xx\u2611\u2612\u2713\u2714]\s*[\])}|]?\s*$")
_GRID_LINES = 3
_NEAR = re.compile(r"exempt|\b552\b|withh[eo]ld|freedom of information|\bfoia\b", re.IGNORECASE)
_REACH = 200
# Another law's paragraph, rule or clause right before it.
_ELSEWHERE = re.compile(
    r"(?:\bRules?\s*[\d.]+|C\.?F\.?R\.?\s*(?:§\s*)?[\d.]+|\d\.\d[\d-]*|§+\s*(?!552)\d[\w.]*)\s*$"
)
_ORS = r"(?:ORS\s*)?\d{2,3}[A-Z]?\.\d{3}(?:\(\w{1,2}\))*"
_STATE = re.compile(
    r"exempt(?:ed)?\s+from\s+(?:public\s+)?disclosure[^.]{0,60}?\b(?:pursuant\s+to|under|by)\s+"
    rf"(?P<list>ORS\s*{_ORS}(?:(?:,?\s+(?:and|or)\s+|,\s*){_ORS})*)"
)


def cited(text: str) -> list[str]:
    """List the exemptions that a letter cites, each once, sorted; its lines must be kept."""
    lines = text.splitlines()
    boxes = [line for line in lines if _CODE.search(line) and not _WORD.search(_ANY.sub(" ", line))]
    if len(boxes) < _GRID_LINES:
        boxes = []
    said = "\n".join(line for line in lines if line not in boxes)
    checked = (code for line in boxes for code in _checked(line))
    return sorted({*checked, *_codes(said), *_spelt(said), *_of_state(said)})


def _checked(line: str) -> Iterator[str]:
    """Give the exemptions whose box is checked; where no mark can be read, none is."""
    done = 0
    for match in _CODE.finditer(line):
        if _CHECKED.search(line[done : match.start()]):
            yield _normal(match)
        done = match.end()


def _codes(text: str) -> Iterator[str]:
    for match in _CODE.finditer(text):
        if _is_cited(text, match):
            yield _normal(match)


def _is_cited(text: str, match: re.Match[str]) -> bool:
    before = text[max(match.start() - _REACH, 0) : match.start()]
    after = text[match.end() : match.end() + _REACH]
    return not _ELSEWHERE.search(before) and bool(_NEAR.search(before) or _NEAR.search(after))


def _normal(match: re.Match[str]) -> str:
    letter = match["letter"]
    return f"(b)({match['number']})" + (f"({letter.upper()})" if letter else "")


def _spelt(text: str) -> Iterator[str]:
    for match in _SPELT.finditer(text):
        yield from map(_normal, _ITEM.finditer(match["list"]))


def _of_state(text: str) -> Iterator[str]:
    for match in _STATE.finditer(text):
        for law in re.finditer(_ORS, match["list"]):
            yield "ORS " + law[0].removeprefix("ORS").strip()
