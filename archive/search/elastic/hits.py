"""Put hits in order and cut out a page, so that the same page is the same again."""

from hashlib import blake2b
from itertools import islice

from elasticsearch import Elasticsearch

from archive.search.elastic.asking import Search
from archive.search.elastic.fields import Json
from archive.search.elastic.walking import walk
from archive.search.engine import Hit, Question, Sort
from archive.search.limits import RELEVANCE_DEPTH, effective_sort

# So many hits can be jumped over at once; what lies deeper is walked to.
_WINDOW = 10_000

# Each ends in the entry's number, which is unique in the archive.
_NEWEST_NUMBER: Json = {"number": "desc"}
_ORDERS: dict[Sort, list[Json]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, _NEWEST_NUMBER],
    Sort.NEWEST: [{"day": {"order": "desc", "missing": "_last"}}, _NEWEST_NUMBER],
    Sort.OLDEST: [{"day": {"order": "asc", "missing": "_last"}}, {"number": "asc"}],
    Sort.AMOUNT: [{"cents": {"order": "desc", "missing": "_last"}}, _NEWEST_NUMBER],
    Sort.ARRIVED: [_NEWEST_NUMBER],
}
KEYS: Json = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["key", "number"]}


def page_search(index: str, question: Question, query: Json) -> Search:
    """Give the search for a page of hits and for how many match in all.

    A page that lies too deep to be jumped to is counted only; `deep_hits` walks to it.
    """
    start, size = _stretch(question)
    sort = effective_sort(question)
    body = KEYS | {
        "query": query,
        "track_total_hits": True,
        "from": start if size else 0,
        "size": size,
        "sort": _ORDERS[sort],
    }
    return Search(
        index=index,
        body=body,
        is_weighed=size > 0 and sort is Sort.RELEVANCE,
        # Copies of a shard weigh a word a little differently; one reader stays with one of them.
        preference=blake2b(repr(question.tree).encode(), digest_size=8).hexdigest(),
    )


def is_deep(question: Question) -> bool:
    """Tell whether a page must be walked to; hits by relevance end before that."""
    is_ranked = effective_sort(question) is Sort.RELEVANCE
    return not is_ranked and question.page * question.size > _WINDOW


def _stretch(question: Question) -> tuple[int, int]:
    """Give the first hit and how many to fetch at once."""
    if is_deep(question):
        return 0, 0
    start, end = (question.page - 1) * question.size, question.page * question.size
    if effective_sort(question) is Sort.RELEVANCE:
        end = min(end, RELEVANCE_DEPTH)
    return start, max(0, end - start)


def deep_hits(
    client: Elasticsearch, index: str, question: Question, query: Json, total: int
) -> tuple[Hit, ...]:
    """Walk to the hits of a page in its order."""
    start = (question.page - 1) * question.size
    if start >= total:
        return ()
    found = walk(client, index, query, _ORDERS[effective_sort(question)], KEYS)
    return tuple(_hit(one) for one in islice(found, start, min(start + question.size, total)))


def hits_of(answer: Json) -> tuple[Hit, ...]:
    """Read the hits of a page."""
    return tuple(_hit(one) for one in answer["hits"]["hits"])


def _hit(found: Json) -> Hit:
    fields, score = found["fields"], found.get("_score")
    return Hit(key=fields["key"][0], number=int(fields["number"][0]), score=score)
