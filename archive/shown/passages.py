"""Fragments for readers: the words of a query marked in stored text, never as markup."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.search.marking import Fragment, snippet, spans
from archive.search.tree import Node

Fragments = tuple[Fragment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of text with the query's words marked, and where it stands ("Page 12")."""

    where: str
    fragments: Fragments
    page: int | None = None


def marked(tree: Node, text: str, *, field: str | None = None) -> Fragments:
    """Give a whole text with the query's words marked."""
    pieces: list[Fragment] = []
    place = 0
    for start, end in spans(tree, text, field=field):
        if start > place:
            pieces.append(Fragment(text=text[place:start], marked=False))
        pieces.append(Fragment(text=text[start:end], marked=True))
        place = end
    if place < len(text) or not pieces:
        pieces.append(Fragment(text=text[place:], marked=False))
    return tuple(pieces)


def unmarked(text: str) -> Fragments:
    """Give a text as one fragment without marks."""
    return (Fragment(text=text, marked=False),)


def best_passage(tree: Node, candidates: Iterable[tuple[str, str]]) -> Passage | None:
    """Give the first of some texts, as (where, text), in which the query's words stand."""
    for where, text in candidates:
        fragments = snippet(tree, text) if text else ()
        if any(fragment.marked for fragment in fragments):
            return Passage(where=where, fragments=fragments)
    return None


def plain(fragments: Fragments) -> str:
    """Give fragments as one text."""
    return "".join(fragment.text for fragment in fragments)


def marks(fragments: Fragments) -> list[tuple[int, int]]:
    """Give where the marked fragments stand in the plain text."""
    found, place = [], 0
    for fragment in fragments:
        end = place + len(fragment.text)
        if fragment.marked:
            found.append((place, end))
        place = end
    return found
