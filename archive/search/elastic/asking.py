"""Sends searches, and takes no part of an answer for the whole of it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from elastic_transport import ConnectionTimeout
from elasticsearch import Elasticsearch

from archive.errors import IndexOutdated, IndexUnavailable, PaperwatchError
from archive.search.elastic.connecting import BUSY, REBUILD, partial, refusal, translated
from archive.search.elastic.fields import Json

# A shard whose node was lost is taken over by its copy within a second or two.
PAUSES_S = (0.2, 0.5, 1.0, 2.0)


class PointLost(IndexUnavailable):
    """A point in time is no longer kept: its node ended, or nobody asked for too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One search: of which index (None: of the point in time in its body), and how.

    `is_weighed`: scores are compared across shards, so all must weigh a word alike.
    """

    index: str | None
    body: Json
    is_weighed: bool = False
    routing: str | None = None
    preference: str | None = None

    def lines(self) -> tuple[Json, Json]:
        """Give it as the two lines of a request for several."""
        head: Json = {"allow_partial_search_results": False}
        if self.index is not None:
            head["index"] = self.index
        if self.is_weighed:
            head["search_type"] = "dfs_query_then_fetch"
        if self.routing is not None:
            head["routing"] = self.routing
        if self.preference is not None:
            head["preference"] = self.preference
        return head, self.body


def asked(client: Elasticsearch, searches: Sequence[Search]) -> list[Json]:
    """Give the answers to searches, asked in one request; each is whole.

    What comes in part, or not at all, is asked again for some seconds.

    Raises:
        IndexUnavailable: it stayed so.
        IndexOutdated: there is no such index.
    """
    lines = [line for search in searches for line in search.lines()]
    pauses = iter(PAUSES_S)
    while True:
        try:
            with translated():
                return [whole(one) for one in client.msearch(searches=lines)["responses"]]
        except IndexUnavailable as error:
            pause_s = next(pauses, None)
            # The client itself has waited for an answer, and more than once.
            has_waited = isinstance(error.__cause__, ConnectionTimeout)
            if pause_s is None or has_waited or isinstance(error, PointLost):
                raise
            time.sleep(pause_s)


def whole(answer: Json) -> Json:
    """Give an answer back if nothing is missing from it.

    Raises:
        IndexUnavailable: it is a part.
        IndexOutdated: there is no such index.
    """
    if "error" in answer:
        raise _said(answer["status"], answer["error"])
    shards = answer["_shards"]
    if shards["failed"]:
        raise partial(f"{shards['failed']} of {shards['total']} shards did not")
    if answer["timed_out"]:
        raise partial("it ran out of time")
    return answer


def _said(status: int, error: Json) -> PaperwatchError:
    cause = (error.get("root_cause") or [error])[0]
    reason = str(cause.get("reason") or error.get("reason") or error.get("type"))
    if cause.get("type") == "search_context_missing_exception":
        return PointLost(f"The search index let go of a reading ({reason}). Begin it again.")
    if status == 404:
        return IndexOutdated(f"search index is missing on Elasticsearch. {REBUILD}")
    if status in BUSY and error.get("type") == "search_phase_execution_exception":
        return partial(str(error.get("reason")))
    return refusal(status, reason, str(cause.get("type")))
