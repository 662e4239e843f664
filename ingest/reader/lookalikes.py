"""Personal numbers in recognised text, where a 0 may have been read as an O, a hyphen as a dash."""

import re

from archive.masking import MASK, mask_document

_LOOK_ALIKE = "OoQDlI|iZzSsBg"
_LETTERS = str.maketrans(_LOOK_ALIKE, "00001111225589")
# A run of signs with a digit in it, of which at least half of what counts must be digits.
_NUMBER = re.compile(r"\S*[0-9]\S*")
# A number of the form 219-09-9999 whose hyphens were read as something else. Dirt may stand beside
# it, such as the rule of a table; it is not a part of a longer code.
_SIGN = rf"[0-9{_LOOK_ALIKE}]"
_DASHES = "-\u2010-\u2015\u2212\u00ad"
_BETWEEN = rf"[ \n]?[{_DASHES}~_=.\u00b7]{{1,2}}[ \n]?"
_PARTED = re.compile(
    rf"(?<![A-Za-z0-9])(?<![A-Za-z0-9][{_DASHES}.,/])"
    rf"(?P<area>{_SIGN}{{3}}){_BETWEEN}(?P<group>{_SIGN}{{2}}){_BETWEEN}(?P<serial>{_SIGN}{{4}})"
    rf"(?![A-Za-z0-9]|[{_DASHES}.,/][A-Za-z0-9])"
)


def mask_recognised(text: str) -> tuple[str, int]:
    """Mask the personal numbers of a recognised page, also those with look-alikes in them.

    Gives the text with how many there were; every other character keeps its place.
    """
    masked, count = mask_document(text)
    straight = _NUMBER.sub(_straightened, masked)
    found, more = mask_document(straight)
    if more:
        signs = (MASK if new == MASK else old for old, new in zip(masked, found, strict=True))
        masked, count = "".join(signs), count + more
    parted = [match for match in _PARTED.finditer(masked) if _is_number(match)]
    for match in parted:
        covered = "".join(MASK if sign.isalnum() else sign for sign in match.group())
        masked = masked[: match.start()] + covered + masked[match.end() :]
    return masked, count + len(parted)


def _straightened(match: re.Match[str]) -> str:
    typed = match.group()
    return typed.translate(_LETTERS) if _is_mostly_digits(typed) else typed


def _is_number(match: re.Match[str]) -> bool:
    if not _is_mostly_digits(match.group()):
        return False
    straight = "-".join(match.group("area", "group", "serial")).translate(_LETTERS)
    return mask_document(straight)[1] > 0


def _is_mostly_digits(typed: str) -> bool:
    return sum(map(str.isdigit, typed)) >= sum(map(str.isalpha, typed))
