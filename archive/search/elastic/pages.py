"""Find pages: those to show under a document, and the documents that page:( … ) asks for."""

from collections.abc import Sequence

from elasticsearch import Elasticsearch

from archive.search.elastic.asking import Search, asked
from archive.search.elastic.counting import total_of
from archive.search.elastic.fields import Json
from archive.search.elastic.queries import every, page_compiler, values
from archive.search.engine import PageHits
from archive.search.tree import Node, any_of, page_part, wanted_text

_compiler = page_compiler()
_WINDOW = 10_000


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
        """Give those that satisfy a query, else the best for its words; none = left out."""
        part = page_part(tree)
        if part is None:
            return {}
        found = self._of(part, keys, limit, whole=True)
        left = [key for key in keys if key not in found]
        best = any_of(tuple(wanted_text(part)))
        return found | self._of(best, left, limit, whole=False)

    def _of(
        self, part: Node, keys: Sequence[str], limit: int, *, whole: bool
    ) -> dict[str, PageHits]:
        if not keys:
            return {}
        query = _compiler.query(part)
        answers = asked(self._client, [self._search(query, key, limit) for key in keys])
        return {
            key: PageHits(numbers=_numbers(answer), total=total_of(answer), whole=whole)
            for key, answer in zip(keys, answers, strict=True)
            if total_of(answer)
        }

    def _search(self, query: Json, key: str, limit: int) -> Search:
        """Ask for the pages of one document: they lie on one shard, which weighs them alike."""
        body: Json = {
            "query": {"bool": {"must": [query], "filter": [values("key", (key,))]}},
            "sort": [{"_score": "desc"}, {"page": "asc"}],
            "size": min(limit, _WINDOW),
            "track_total_hits": True,
            "_source": False,
            "stored_fields": "_none_",
            "docvalue_fields": ["page"],
        }
        return Search(index=self._index, body=body, routing=key)


def _numbers(answer: Json) -> tuple[int, ...]:
    return tuple(int(one["fields"]["page"][0]) for one in answer["hits"]["hits"])
