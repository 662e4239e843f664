"""What a reader remarks of a document that it could read, and what people are told of it."""

from collections.abc import Iterable
from typing import Final

REPAIRED: Final = "repaired"
UNSEEN_FORM: Final = "unseen form"

_SENTENCES = {
    REPAIRED: (
        "The structure of this file is damaged. It was put together again to be read, and some of"
        " it may be missing; the original is as it was released."
    ),
    UNSEEN_FORM: (
        "This is a form (XFA) that draws itself only in programs of its maker. What was filled in"
        " is not in its pages, so no search finds it and no picture shows it. Ask the releasing"
        " body for it printed to PDF."
    ),
}


def packed(remarks: Iterable[str]) -> str:
    """Write remarks as the catalogue keeps them, '' for none."""
    return ",".join(one for one in _SENTENCES if one in set(remarks))


def unpacked(kept: str) -> tuple[str, ...]:
    """Give the remarks that the catalogue keeps so."""
    return tuple(filter(None, kept.split(",")))


def sentences(remarks: Iterable[str]) -> tuple[str, ...]:
    """Give the sentence of each remark."""
    return tuple(_SENTENCES[one] for one in remarks if one in _SENTENCES)
