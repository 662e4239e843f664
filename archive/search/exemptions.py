"""Exemptions as one word each, so that every way to write one finds it.

"(b)(7)(E)", "b7e", "b(7)(e)" and "7(E)" are one. Of a citation of a law its first and its last part
are words as well: "ORS 192.345(22)(c)" is found by its section alone, and by the law.
"""

from collections.abc import Iterable

from archive.exemptions import code_of
from archive.search.analysis import identifier

_LENGTH_MAX = 80  # of what may be one exemption


def folded(typed: str) -> str:
    """Give an exemption as one word: "b7e"; '' for what has neither letter nor digit."""
    return identifier(written(typed))


def written(typed: str) -> str:
    """Write an exemption as we do: "(b)(7)(E)"; what is none that we know stays as it was typed.

    A number alone is one of the Freedom of Information Act.
    """
    plain = " ".join(typed.split())
    if len(plain) > _LENGTH_MAX:
        return plain
    return code_of(plain) or code_of(f"Ex. {plain}") or plain


def exemption_words(codes: Iterable[str]) -> list[str]:
    """Give the words that some exemptions in their normal form are found by, each once."""
    found: dict[str, None] = {}
    for code in codes:
        parts = code.split()
        found |= dict.fromkeys(map(identifier, (code, *parts[:1], *parts[-1:])))
    return [word for word in found if word]
