"""Names of files that strangers gave: what of them may be shown, and never a path."""

import re
import unicodedata

from archive.masking import MASK, mask_document

_LENGTH_MAX = 160
_PLACES = re.compile(r"[/\\]")
# Marks that turn the direction of writing can make "fdp.exe" look like "exe.pdf".
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_name(given: str) -> str:
    """Give a name without folders and signs nobody sees, with personal numbers masked.

    '' when nothing is left of it.
    """
    last = _PLACES.split(given[: 10 * _LENGTH_MAX])[-1]
    seen = "".join(" " if unicodedata.category(one) in _UNSEEN else one for one in last)
    name = " ".join(seen.split()).strip(". ")
    # "SSN_219-09-9999.pdf": between words a line is as good as a space.
    masked, _ = mask_document(name.replace("_", " "))
    shown = (MASK if over == MASK else one for one, over in zip(name, masked, strict=True))
    return "".join(shown)[:_LENGTH_MAX].strip()
