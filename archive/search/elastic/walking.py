"""Read to the end of what matches, in a fixed order, as it was when the reading began."""

import contextlib
from collections.abc import Iterator, Sequence

from elasticsearch import Elasticsearch

from archive.errors import IndexUnavailable, PaperwatchError
from archive.search.elastic.asking import Search, asked
from archive.search.elastic.connecting import translated
from archive.search.elastic.fields import Json

STEP = 5_000  # hits fetched at a time
# A point in time outlives the longest pause of a reader who takes an export away.
_KEPT = "10m"


def walk(
    client: Elasticsearch, index: str, query: Json, sort: Sequence[Json], fetched: Json
) -> Iterator[Json]:
    """Walk all hits in an order whose last key is unique; flat in memory.

    Where a point in time is lost, with its node or for being left alone too long, the walk goes on
    behind the last hit over what is there now.
    """
    body = fetched | {"query": query, "sort": list(sort), "size": STEP, "track_total_hits": False}
    with _Point(client, index) as point:
        while True:
            hits = point.ask(body)["hits"]["hits"]
            yield from hits
            if len(hits) < STEP:
                return
            body["search_after"] = hits[-1]["sort"]


def buckets(client: Elasticsearch, index: str, field: str) -> Iterator[tuple[str, int]]:
    """Walk the values of a field in their order, each with how many have it."""
    source = {"value": {"terms": {"field": field}}}
    composite: Json = {"size": STEP, "sources": [source]}
    body: Json = {"size": 0, "track_total_hits": False, "aggs": {"all": {"composite": composite}}}
    with _Point(client, index) as point:
        while True:
            found = point.ask(body)["aggregations"]["all"]
            yield from ((one["key"]["value"], one["doc_count"]) for one in found["buckets"])
            if "after_key" not in found:
                return
            composite["after"] = found["after_key"]


class _Point:
    """A point in time of one index, opened when first asked and let go at the end."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client = client
        self._index = index
        self._id: str | None = None

    def __enter__(self) -> "_Point":
        return self

    def __exit__(self, *_: object) -> None:
        self._let_go()

    def ask(self, body: Json) -> Json:
        """Give the answer to a search at this point, or at a new one where it was lost."""
        if self._id is not None:
            with contextlib.suppress(IndexUnavailable):
                return self._ask(body)
            self._let_go()
        with translated():
            self._id = self._client.open_point_in_time(index=self._index, keep_alive=_KEPT)["id"]
        return self._ask(body)

    def _ask(self, body: Json) -> Json:
        at = {"pit": {"id": self._id, "keep_alive": _KEPT}}
        (answer,) = asked(self._client, [Search(index=None, body=body | at)])
        self._id = answer.get("pit_id", self._id)
        return answer

    def _let_go(self) -> None:
        """Free it; a cluster that cannot do so does it by itself later."""
        if self._id is not None:
            with contextlib.suppress(PaperwatchError), translated():
                self._client.close_point_in_time(id=self._id)
            self._id = None
