"""Whether the text of a page is words at all, by its letters alone.

A font may say wrongly which letters its shapes are: "The District" reads "7KH 'LVWULFW", or as
signs of no script. In every language of our letters vowels are a third to a half of them, and two
of the five most frequent ones. Other scripts are left as they are: nothing here could read them
better.
"""

import codecs
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]

# Looked up here, or each child would load it anew.
_NUMBERED = codecs.lookup("utf-32-le")
# Letters of a text that tell anything.
_LEAST = 80
_VOWELS = np.array([ord(vowel) - ord("a") for vowel in "aeiouy"])
# Of the letters: less or more of them are vowels in no language.
_FEW_VOWELS, _MANY_VOWELS = 0.29, 0.65
# The same where hardly one of the most frequent letters is a vowel.
_SURE_VOWELS, _SURE_VOWELS_MOST = 0.315, 0.6
_MOST_FREQUENT, _VOWELS_AMONG = 5, 2
# Of the letters: so many with marks, and what is counted by ours says nothing.
_MARKED = 0.08
# Of all signs but spaces: those of no script.
_ODD = 0.15
# Of the words in our letters: those that go on with a capital, "tHe".
_CAPITALS = 0.12
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
_IN_BRACKETS = re.compile(r"\(\w{1,3}\)")
# Of the words that were recognised: so many are in the text as well when it is right.
_SAME = 0.4
_LONG, _ENOUGH = 4, 8


def is_garbled(text: str) -> bool:
    """Ask whether a text is likely to be none; what is recognised in its place must say so too."""
    if len(text) < _LEAST:
        return False
    codes = np.frombuffer(_NUMBERED.encode(text, "surrogatepass")[0], np.uint32)
    signs = codes[codes > 32]
    small = signs | 32
    ours = signs[(small >= 97) & (small <= 122)]
    marked = int(((signs >= 0xC0) & (signs < 0x250) | (signs >= 0x1E00) & (signs < 0x1F00)).sum())
    others = int(((signs >= 0x250) & ~_is_odd(signs) & (signs > 0x2BFF)).sum())
    if int(_is_odd(signs).sum()) > _ODD * len(signs):
        return True
    if others > _MARKED * len(signs):
        return False
    if len(ours) < _LEAST or marked > _MARKED * len(ours):
        return False
    if _is_spread_oddly(ours):
        # A page of "(b)(6), (b)(7)(C)" has few vowels, and the rest of it is words.
        words = _IN_BRACKETS.sub("", text)
        letters = [ord(sign) | 32 for sign in words if sign.isascii() and sign.isalpha()]
        return len(letters) >= _LEAST and _is_spread_oddly(np.array(letters, np.uint32))
    return _has_capitals_within(text)


def _is_odd(signs: Codes) -> npt.NDArray[np.bool_]:
    """Mark signs of private use, those of nothing, arrows and drawings."""
    return (
        (signs < 32)
        | (signs >= 0x7F) & (signs < 0xA0)
        | (signs >= 0xE000) & (signs < 0xF900)
        | (signs >= 0xFFF0) & (signs < 0x10000)
    )


def _is_spread_oddly(letters: Codes) -> bool:
    """Ask whether vowels are as few, or as many, among letters as in no language."""
    small = letters | 32
    counts = np.bincount(small - ord("a"), minlength=26)
    share = float(counts[_VOWELS].sum() / len(letters))
    among = int(np.isin(counts.argsort()[-_MOST_FREQUENT:], _VOWELS).sum())
    if among < _VOWELS_AMONG:
        return not _SURE_VOWELS <= share <= _SURE_VOWELS_MOST
    return not _FEW_VOWELS <= share <= _MANY_VOWELS


def _has_capitals_within(text: str) -> bool:
    words = text.split()
    return sum(bool(_INNER_CAPITAL.search(word)) for word in words) > _CAPITALS * len(words)


def is_other_text(recognised: Sequence[str], text: str) -> bool:
    """Ask whether what was recognised on a page are words, and others than its text has."""
    known = Counter(_bare(word) for word in text.split())
    found = Counter(bare for word in recognised if len(bare := _bare(word)) >= _LONG)
    same = sum((found & known).values())
    return sum(found.values()) >= _ENOUGH and same < _SAME * sum(found.values())


def _bare(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())
