"""Exemptions as one word each, so that every way to write one finds it.

"(b)(7)(E)", "b7e", "b(7)(e)" and "7(E)" are one. Of a citation of a law its first and its last part
are words as well: "ORS 192.345(22)(c)" is found by its section alone, and by the law.
"""

import re
from collections.abc import Iterable

from archive.search.analysis import identifier

_SPOKEN = re.compile(r"^ex(?:emption)?(?=[b-k]?\d)")
# Without a letter before it is one of the Freedom of Information Act; the Privacy Act has others.
_FEDERAL = re.compile(r"([bdjk])?([1-9])([a-f])?")


def folded(typed: str) -> str:
    """Give an exemption as one word: "b7e"; '' for what has neither letter nor digit."""
    word = _SPOKEN.sub("", identifier(typed))
    is_bare = _FEDERAL.fullmatch(word) and word[0].isdecimal()
    return f"b{word}" if is_bare else word


def written(typed: str) -> str:
    """Write an exemption as we do: "(b)(7)(E)"; what is no federal one stays as it was typed."""
    found = _FEDERAL.fullmatch(folded(typed))
    if not found:
        return " ".join(typed.split())
    letter = f"({found[3].upper()})" if found[3] else ""
    return f"({found[1]})({found[2]}){letter}"


def exemption_words(codes: Iterable[str]) -> list[str]:
    """Give the words that some exemptions in their normal form are found by, each once."""
    found: dict[str, None] = {}
    for code in codes:
        parts = code.split()
        found |= dict.fromkeys((folded(code), *map(identifier, (*parts[:1], *parts[-1:]))))
    return [word for word in found if word]
