"""Find pages: those to show under a document, and the documents that page:( … ) asks for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tantivy import DocAddress, Query, Searcher

from archive.search.embedded.counting import count_of
from archive.search.embedded.queries import Compiler, every, unscored
from archive.search.engine import PageHits

_FETCHED = 400


def documents_with_page(searcher: Searcher, query: Query, most: int) -> list[int]:
    """List the numbers of documents with a page that satisfies a query, at most so many."""
    terms = {"terms": {"field": "number", "size": most, "segment_size": most}}
    answer = searcher.aggregate(query, {"documents": terms})
    return [int(bucket["key"]) for bucket in answer["documents"]["buckets"]]


class PageFinder:
    """Finds the pages of documents that satisfy one query."""

    def __init__(self, searcher: Searcher, compiler: Compiler, query: Query) -> None:
        self._searcher = searcher
        self._compiler = compiler
        self._query = query

    def of(self, keys: Mapping[int, str], limit: int, *, whole: bool) -> dict[str, PageHits]:
        """Give the pages of some documents (number → key), best first; none = left out."""
        if not keys:
            return {}
        query = self._within(tuple(keys.values()))
        found = self._searcher.search(query, _FETCHED, count=True)
        pages = self._by_document([address for _, address in found.hits])
        totals = {number: len(held) for number, held in pages.items()}
        if count_of(found) > len(found.hits):
            totals = self._totals(query, len(keys))
        for number, total in totals.items():
            if len(pages[number]) < min(limit, total):
                pages[number] = self._alone(keys[number], limit)
        return {
            keys[number]: PageHits(numbers=tuple(pages[number][:limit]), total=total, whole=whole)
            for number, total in totals.items()
        }

    def _within(self, keys: Sequence[str]) -> Query:
        return every([self._query, self._compiler.values("key", keys)])

    def _by_document(self, addresses: list[DocAddress]) -> defaultdict[int, list[int]]:
        numbers = self._searcher.fast_field_values("number", addresses)
        places = self._searcher.fast_field_values("page", addresses)
        pages: defaultdict[int, list[int]] = defaultdict(list)
        for number, page in zip(numbers, places, strict=True):
            pages[int(number or 0)].append(int(page or 0))
        return pages

    def _totals(self, query: Query, documents: int) -> dict[int, int]:
        terms = {"terms": {"field": "number", "size": documents, "segment_size": documents}}
        answer = self._searcher.aggregate(unscored(query), {"documents": terms})
        return {
            int(bucket["key"]): int(bucket["doc_count"])
            for bucket in answer["documents"]["buckets"]
        }

    def _alone(self, key: str, limit: int) -> list[int]:
        found = self._searcher.search(self._within((key,)), max(limit, 1), count=False)
        return next(iter(self._by_document([address for _, address in found.hits]).values()))
