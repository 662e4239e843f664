"""Find pages: those to show under a document, and the documents that page:( … ) asks for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from elasticsearch import Elasticsearch

from archive.search.elastic.asking import Search, asked
from archive.search.elastic.fields import Json
from archive.search.elastic.queries import every, page_compiler, values
from archive.search.engine import PageHits
from archive.search.tree import Node, any_of, page_part, wanted_of_page

_compiler = page_compiler()
_WINDOW = 10_000
# Pages fetched at once for all documents of a list; one whose pages are not among them is asked
# for by itself. A search for each document took five times as long.
_FETCHED = 400


def documents_with_page(
    client: Elasticsearch, index: str, part: Node, most: int
) -> tuple[list[int], bool]:
    """List the numbers of documents with a page that satisfies a query, and whether these are all.

    At most so many are listed.
    """
    terms = {"field": "number", "size": most + 1, "shard_size": most + 1}
    body: Json = {
        "size": 0,
        "track_total_hits": False,
        "query": every([_compiler.query(part)]),
        "aggs": {"documents": {"terms": terms}},
    }
    (answer,) = asked(client, [Search(index=index, body=body)])
    numbers = [int(one["key"]) for one in answer["aggregations"]["documents"]["buckets"]]
    return numbers[:most], len(numbers) <= most


class PageFinder:
    """Finds the pages to show under documents."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client = client
        self._index = index

    def pages(self, tree: Node, keys: Sequence[str], limit: int) -> dict[str, PageHits]:
        """Give those that satisfy a query, else the best for its words; none = left out.

        Both are asked for at once: a second request would take longer than a second search.
        """
        part = page_part(tree)
        if part is None or not keys:
            return {}
        wanted = dict.fromkeys((part, any_of(tuple(wanted_of_page(part)))))
        queries = [_compiler.query(one) for one in wanted]
        answers = asked(self._client, [self._search(one, keys, _FETCHED) for one in queries])
        found: dict[str, PageHits] = {}
        for query, answer, whole in zip(queries, answers, (True, False), strict=False):
            left = {key: total for key, total in _totals(answer).items() if key not in found}
            pages = self._pages(query, answer, left, limit)
            found |= {
                key: PageHits(numbers=tuple(pages[key][:limit]), total=total, whole=whole)
                for key, total in left.items()
            }
        return found

    def _pages(
        self, query: Json, answer: Json, totals: Mapping[str, int], limit: int
    ) -> Mapping[str, list[int]]:
        """Read the pages of documents; where an answer held too few of one, ask for its alone."""
        pages = _by_document(answer)
        short = [key for key, total in totals.items() if len(pages[key]) < min(limit, total)]
        if short:
            alone = [self._search(query, [key], limit) for key in short]
            for one in asked(self._client, alone):
                pages |= _by_document(one)
        return pages

    def _search(self, query: Json, keys: Sequence[str], size: int) -> Search:
        """Ask for pages of documents. Those of one lie on one shard, which weighs them alike."""
        counted = {"terms": {"field": "key", "size": len(keys), "shard_size": len(keys)}}
        body: Json = {
            "query": {"bool": {"must": [query], "filter": [values("key", keys)]}},
            "sort": [{"_score": "desc"}, {"page": "asc"}],
            "size": min(size, _WINDOW),
            "track_total_hits": False,
            "aggs": {"documents": counted},
            "_source": False,
            "stored_fields": "_none_",
            "docvalue_fields": ["key", "page"],
        }
        return Search(index=self._index, body=body, routing=keys[0] if len(keys) == 1 else None)


def _totals(answer: Json) -> dict[str, int]:
    buckets = answer["aggregations"]["documents"]["buckets"]
    return {str(one["key"]): int(one["doc_count"]) for one in buckets}


def _by_document(answer: Json) -> defaultdict[str, list[int]]:
    pages: defaultdict[str, list[int]] = defaultdict(list)
    for one in answer["hits"]["hits"]:
        pages[one["fields"]["key"][0]].append(int(one["fields"]["page"][0]))
    return pages
