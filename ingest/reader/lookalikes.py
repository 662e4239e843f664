"""Personal numbers in recognised text, where a 0 may have been read as an O."""

import re

from archive.masking import MASK, mask_document

_LETTERS = str.maketrans("OoQDlI|iZzSsBg", "00001111225589")
# A run of signs with a digit in it, of which at least half of what counts must be digits.
_NUMBER = re.compile(r"\S*[0-9]\S*")


def mask_recognised(text: str) -> tuple[str, int]:
    """Mask the personal numbers of a recognised page, also those with look-alikes in them.

    Gives the text with how many there were; every other character keeps its place.
    """
    masked, count = mask_document(text)
    straight = _NUMBER.sub(_straightened, masked)
    found, more = mask_document(straight)
    if not more:
        return masked, count
    signs = (MASK if new == MASK else old for old, new in zip(masked, found, strict=True))
    return "".join(signs), count + more


def _straightened(match: re.Match[str]) -> str:
    typed = match.group()
    digits, letters = sum(map(str.isdigit, typed)), sum(map(str.isalpha, typed))
    return typed.translate(_LETTERS) if digits >= letters else typed
