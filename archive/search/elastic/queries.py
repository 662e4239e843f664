"""Compile a query tree to Elasticsearch's query language.

Words as printed and filters score a constant, so that only words, phrases and near phrases rank.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from archive.search.analysis import stem
from archive.search.elastic.fields import TEXTS, Json
from archive.search.limits import TITLE_WEIGHT, in_reach, is_of_pages
from archive.search.tree import (
    All,
    And,
    FieldValues,
    Fuzzy,
    Identified,
    InPage,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Range,
    TextLeaf,
    Word,
    in_pages,
    wanted_text,
)

# Elasticsearch reads 30 levels of a query and no more. One that is wrapped counts from 1 again.
_LEVELS_UNWRAPPED = 10

NOTHING: Json = {"match_none": {}}


def unscored(query: Json) -> Json:
    """Let a query decide without ranking."""
    return {"constant_score": {"filter": query, "boost": 0.0}}


def every(queries: Sequence[Json]) -> Json:
    """Ask for all of some queries, without ranking."""
    return {"bool": {"filter": list(queries)}} if queries else {"match_all": {}}


def some(queries: Sequence[Json]) -> Json:
    """Ask for any of some queries."""
    if len(queries) < 2:
        return queries[0] if queries else NOTHING
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}


def values(field: str, held: Sequence[str] | Sequence[int]) -> Json:
    """Ask for any of some values of a facet, or of keys or numbers."""
    return unscored({"terms": {field: list(held)}})


def between(column: str, low: int | None, high: int | None) -> Json:
    """Ask for a number between two bounds, both included."""
    if low is None and high is None:
        return unscored({"exists": {"field": column}})
    bounds = {"gte": in_reach(low), "lte": in_reach(high)}
    return unscored({"range": {column: {name: n for name, n in bounds.items() if n is not None}}})


class Compiler:
    """Compiles trees for one of the two indexes.

    `texts` are the fields of text by their name in a tree; `in_page` answers page:( … ), and is
    None where there is nothing below a page. Of facets and numbers a page has few.
    """

    def __init__(
        self, *, texts: Mapping[str | None, str], in_page: Callable[[Node], Json] | None
    ) -> None:
        self._texts = texts
        self._in_page = in_page

    def query(self, tree: Node, level: int = 1) -> Json:
        """Compile a tree that stands `level` deep in another."""
        if level > _LEVELS_UNWRAPPED:
            inner = json.dumps(self.query(tree)).encode()
            return {"wrapper": {"query": b64encode(inner).decode()}}
        match tree:
            case All():
                return unscored({"match_all": {}})
            case Nothing():
                return NOTHING
            case And(parts=parts):
                return self._and(parts, level + 1)
            case Or(parts=parts):
                return some([self.query(part, level + 1) for part in parts])
            case Not():
                return self._and((tree,), level + 1)
            case InPage(part=part):
                return self.query(part, level) if self._in_page is None else self._in_page(part)
            case FieldValues() | Identified() | Range():
                return self._fact(tree)
            case _:
                return self._text(tree)

    def ranked(self, tree: Node) -> Json:
        """Compile a tree of which words of the title, and of page:( … ), count for the rank."""
        wishes = [
            {"bool": {"must": [wish], "boost": TITLE_WEIGHT}}
            for wish in self._wishes(tree, "title")
        ]
        wishes += [wish for part in in_pages(tree) for wish in self._wishes(part, None)]
        return {"bool": {"must": [self.query(tree)], "should": wishes}}

    def _wishes(self, tree: Node, field: str | None) -> list[Json]:
        leaves = [leaf for leaf in wanted_text(tree) if isinstance(leaf, Word | Phrase | Near)]
        return [_leaf(leaf, self._texts[field]) for leaf in leaves if leaf.field is None]

    def _and(self, parts: tuple[Node, ...], level: int) -> Json:
        wanted = [part for part in parts if not isinstance(part, Not)]
        queries = [self.query(part, level) for part in wanted or [All()]]
        excluded = [self.query(part.part, level) for part in parts if isinstance(part, Not)]
        if len(queries) == 1 and not excluded:
            return queries[0]
        return {"bool": {"must": queries, "must_not": excluded}}

    def _fact(self, tree: FieldValues | Identified | Range) -> Json:
        if self._in_page is None and not is_of_pages(tree):
            return NOTHING
        match tree:
            case FieldValues(facet=facet, values=held):
                return values(facet, held)
            case Identified(field=field, value=value):
                return values(f"{field}_words", (value,))
            case Range(column=column, low=low, high=high):
                return between(column, low, high)

    def _text(self, leaf: TextLeaf) -> Json:
        field = self._texts.get(leaf.field)
        if leaf.field == "identifier" and isinstance(leaf, Prefix | Fuzzy) and self._in_page:
            field = "identifier"  # identifiers are words as printed only
        if leaf.field == "exemption" and isinstance(leaf, Prefix):
            field = "exemption"  # so are exemptions, which pages have as well
        return NOTHING if field is None else _leaf(leaf, field)


def _leaf(leaf: TextLeaf, field: str) -> Json:
    match leaf:
        case Word(word=word):
            return _word(field, word)
        case Phrase(words=words, joined=joined):
            phrase = _phrase(field, words)
            return some([phrase, _word(field, "".join(words))]) if joined else phrase
        case Near(words=words, within=within):
            pairs = dict.fromkeys(pairwise(words))
            near = [_near(field, left, right, within) for left, right in pairs]
            return {"bool": {"must": near}} if near else _phrase(field, words)
        case Prefix(start=start):
            return {"prefix": {f"{field}_words": {"value": start}}}
        case Fuzzy(word=word):
            # With a constant score every word alike is looked up, however many there are.
            alike = {"value": word, "fuzziness": 1, "rewrite": "constant_score"}
            return {"fuzzy": {f"{field}_words": alike}}


def _word(field: str, word: str) -> Json:
    return {"term": {f"{field}_stems": {"value": stem(word)}}}


def _phrase(field: str, words: Sequence[str]) -> Json:
    if len(words) < 2:
        return _word(field, words[0]) if words else NOTHING
    return {"match_phrase": {f"{field}_stems": " ".join(stem(word) for word in words)}}


def _near(field: str, left: str, right: str, within: int) -> Json:
    """Ask for two words at most `within` places apart, in either order.

    One occurrence must not answer for both words: where they are the same, one comes first.
    """
    spans = [{"span_term": {f"{field}_stems": stem(word)}} for word in (left, right)]
    in_order = stem(left) == stem(right)
    return {"span_near": {"clauses": spans, "slop": within - 1, "in_order": in_order}}


def entry_compiler(in_page: Callable[[Node], Json]) -> Compiler:
    """Give the compiler for the index of entries."""
    return Compiler(texts=TEXTS, in_page=in_page)


def page_compiler() -> Compiler:
    """Give the compiler for the index of pages."""
    return Compiler(texts={None: "whole"}, in_page=None)
