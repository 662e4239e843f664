"""What of a page a query asks for: its words, and the stamps of exemptions."""

from collections.abc import Sequence

from archive.redactions import ExemptionStamp, Redactions
from archive.search.exemptions import exemption_words
from archive.search.marking import hit_count
from archive.search.tree import Identified, Node, Prefix, has_page_words, wanted_of_page


def is_markable(tree: Node) -> bool:
    """Say whether a query asks for anything that has its place on a page."""
    return has_page_words(tree) or bool(_exemptions(tree))


def stamps_asked(tree: Node, found: Redactions) -> list[ExemptionStamp]:
    """List the stamps of a page whose exemption a query asks for."""
    asked = _exemptions(tree)
    return [one for one in found.stamps if _is_asked(one.code, asked)] if asked else []


def hits_on_page(tree: Node, text: str, found: Redactions) -> int:
    """Count the words and stamps on a page that a query asks for."""
    return hit_count(tree, text) + len(stamps_asked(tree, found))


def _exemptions(tree: Node) -> list[Identified | Prefix]:
    return [
        one
        for one in wanted_of_page(tree)
        if isinstance(one, Identified | Prefix) and one.field == "exemption"
    ]


def _is_asked(code: str, asked: Sequence[Identified | Prefix]) -> bool:
    words = exemption_words([code])
    return any(
        one.value in words
        if isinstance(one, Identified)
        else any(word.startswith(one.start) for word in words)
        for one in asked
    )
