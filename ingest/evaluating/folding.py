"""Texts as they are compared: white space and hyphens folded, and nothing else."""

import re

import numpy as np

_HYPHENS = str.maketrans(
    dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-")
)
# Of so many characters, one may be wrong where a picture was read.
CHARACTERS_A_SLIP = 20


def folded(text: str) -> str:
    """Fold white space of any kind and length to one space, and Unicode hyphens to "-"."""
    return re.sub(r"\s+", " ", text.translate(_HYPHENS)).strip()


def nearly_in(phrase: str, text: str) -> bool:
    """Ask whether a phrase stands in a text, one wrong character in twenty allowed.

    Both are folded. A wrong, a missing and a superfluous character count one each.
    """
    allowed = len(phrase) // CHARACTERS_A_SLIP
    return phrase in text or (allowed > 0 and distance_within(phrase, text) <= allowed)


def distance_within(phrase: str, text: str) -> int:
    """Give the edit distance of a phrase from that part of a text which is nearest to it.

    Sellers' algorithm, a row of all the text at a time. Source: P. H. Sellers, The theory and
    computation of evolutionary distances, Journal of Algorithms 1 (1980).
    """
    letters = np.array([ord(one) for one in text], np.int32)
    places = np.arange(letters.size + 1)
    row = np.zeros(letters.size + 1, np.int64)  # a phrase may begin anywhere
    for number, letter in enumerate(phrase, start=1):
        step = np.empty_like(row)
        step[0] = number
        step[1:] = np.minimum(row[:-1] + (letters != ord(letter)), row[1:] + 1)
        # What comes from the left costs one a character: the least of all that stand there.
        row = np.minimum.accumulate(step - places) + places
    return int(row.min())
