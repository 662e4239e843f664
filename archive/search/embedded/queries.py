"""Compile a query tree to Tantivy queries.

Words as printed and filters score a constant, so that only words, phrases and near phrases rank.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from tantivy import FieldType, Occur, Query, Schema

from archive.search.analysis import stem
from archive.search.embedded.fields import TEXTS
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


def unscored(query: Query) -> Query:
    """Let a query decide without ranking."""
    return Query.const_score_query(query, 0.0)


def every(queries: Sequence[Query]) -> Query:
    """Ask for all of some queries."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def some(queries: Sequence[Query]) -> Query:
    """Ask for any of some queries."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


class Compiler:
    """Compiles trees for one schema.

    `texts` are the fields of text by their name in a tree; `in_page` answers page:( … ), and is
    None where there is nothing below a page. Of facets and numbers a page has few.
    """

    def __init__(
        self,
        schema: Schema,
        *,
        texts: Mapping[str | None, str],
        in_page: Callable[[Node], Query] | None,
    ) -> None:
        self._schema = schema
        self._texts = texts
        self._in_page = in_page

    def query(self, tree: Node) -> Query:
        """Compile a tree."""
        match tree:
            case All():
                return unscored(Query.all_query())
            case Nothing():
                return Query.empty_query()
            case And(parts=parts):
                return self._and(parts)
            case Or(parts=parts):
                return some([self.query(part) for part in parts])
            case Not():
                return self._and((tree,))
            case InPage(part=part):
                return self.query(part) if self._in_page is None else self._in_page(part)
            case FieldValues() | Identified() | Range():
                return self._fact(tree)
            case _:
                return self._text(tree)

    def ranked(self, query: Query, tree: Node) -> Query:
        """Let words of the title, and of page:( … ), count for the rank of a compiled tree."""
        wishes = [Query.boost_query(wish, TITLE_WEIGHT) for wish in self._wishes(tree, "title")]
        wishes += [wish for part in in_pages(tree) for wish in self._wishes(part, None)]
        clauses = [(Occur.Should, wish) for wish in wishes]
        return Query.boolean_query([(Occur.Must, query), *clauses])

    def _wishes(self, tree: Node, field: str | None) -> list[Query]:
        leaves = [leaf for leaf in wanted_text(tree) if isinstance(leaf, Word | Phrase | Near)]
        return [self._leaf(leaf, self._texts[field]) for leaf in leaves if leaf.field is None]

    def values(self, facet: str, values: Sequence[str]) -> Query:
        """Ask for any of some values of a facet, or of keys."""
        terms = [Query.term_query(self._schema, facet, value, "basic") for value in values]
        return unscored(some(terms))

    def between(self, column: str, low: int | None, high: int | None) -> Query:
        """Ask for a number between two bounds, both included."""
        if low is None and high is None:
            return unscored(Query.exists_query(column))
        return unscored(
            Query.range_query(
                self._schema, column, FieldType.Integer, in_reach(low), in_reach(high)
            )
        )

    def _and(self, parts: tuple[Node, ...]) -> Query:
        wanted = [part for part in parts if not isinstance(part, Not)]
        clauses = [(Occur.Must, self.query(part)) for part in wanted or [All()]]
        for part in parts:
            if isinstance(part, Not):
                clauses.append((Occur.MustNot, self.query(part.part)))
        return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)

    def _fact(self, tree: FieldValues | Identified | Range) -> Query:
        if self._in_page is None and not is_of_pages(tree):
            return Query.empty_query()
        match tree:
            case FieldValues(facet=facet, values=values):
                return self.values(facet, values)
            case Identified(field=field, value=value):
                return self.values(f"{field}_words", (value,))
            case Range(column=column, low=low, high=high):
                return self.between(column, low, high)

    def _text(self, leaf: TextLeaf) -> Query:
        field = self._texts.get(leaf.field)
        if leaf.field == "identifier" and isinstance(leaf, Prefix | Fuzzy) and self._in_page:
            field = "identifier"  # identifiers are words as printed only
        if leaf.field == "exemption" and isinstance(leaf, Prefix):
            field = "exemption"  # so are exemptions, which pages have as well
        return Query.empty_query() if field is None else self._leaf(leaf, field)

    def _leaf(self, leaf: TextLeaf, field: str) -> Query:
        match leaf:
            case Word(word=word):
                return self._word(field, word)
            case Phrase(words=words, joined=joined):
                phrase = self._phrase(field, words)
                return some([phrase, self._word(field, "".join(words))]) if joined else phrase
            case Near(words=words, within=within):
                pairs = pairwise(words)
                near = [
                    self._near(field, left, right, within) for left, right in dict.fromkeys(pairs)
                ]
                return every(near) if near else self._phrase(field, words)
            case Prefix(start=start):
                # A folded word is letters and digits only: nothing in it means anything to a regex.
                pattern = Query.regex_query(self._schema, f"{field}_words", f"{start}.*")
                return Query.const_score_query(pattern, 1.0)
            case Fuzzy(word=word):
                alike = Query.fuzzy_term_query(self._schema, f"{field}_words", word, 1)
                return Query.const_score_query(alike, 1.0)

    def _word(self, field: str, word: str) -> Query:
        return Query.term_query(self._schema, f"{field}_stems", stem(word), "freq")

    def _phrase(self, field: str, words: Sequence[str]) -> Query:
        # Tantivy panics on a phrase of a single word.
        if len(words) == 1:
            return self._word(field, words[0])
        if not words:
            return Query.empty_query()
        return self._in_a_row(field, [stem(word) for word in words])

    def _in_a_row(self, field: str, stems: Sequence[str | tuple[int, str]], slop: int = 0) -> Query:
        return Query.phrase_query(self._schema, f"{field}_stems", list(stems), slop)

    def _near(self, field: str, left: str, right: str, within: int) -> Query:
        """Ask for two words at most `within` places apart.

        A phrase with slop s, whose second word is expected k places on, finds places from k - s to
        k + s on. Around k = 0 that is both orders at once.
        """
        first, second = stem(left), stem(right)
        if first != second:
            return self._in_a_row(field, [(0, first), (0, second)], within)
        # One occurrence must not answer for both words: from 1 on only, a range of odd length.
        middle = (within + 1) // 2
        near = [self._in_a_row(field, [(0, first), (middle, first)], middle - 1)]
        if within % 2 == 0:
            near.append(self._in_a_row(field, [(0, first), (within, first)]))
        return some(near)


def entry_compiler(schema: Schema, in_page: Callable[[Node], Query]) -> Compiler:
    """Give the compiler for the index of entries."""
    return Compiler(schema, texts=TEXTS, in_page=in_page)


def page_compiler(schema: Schema) -> Compiler:
    """Give the compiler for the index of pages."""
    return Compiler(schema, texts={None: "whole"}, in_page=None)
