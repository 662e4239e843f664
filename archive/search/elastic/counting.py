"""Count facets and years exactly, each without regard to its own filter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from archive.search.elastic.asking import Search, asked
from archive.search.elastic.fields import Json
from archive.search.elastic.queries import every, values
from archive.search.engine import Question

# Values that each shard is asked for. One that has more is asked again, for all of them.
_OF_A_SHARD = 5_000
_ALL = 2**31 - 1
_YEARS = 1_000
_YEAR = "year"

Counts = tuple[tuple[str, int], ...]
Years = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtered:
    """A compiled query with the filters of facets beside it, so that each can be left out."""

    base: Sequence[Json]
    filters: Mapping[str, Json]

    def query(self, without: str | None = None) -> Json:
        """Give the query with all filters but one."""
        return every([*self.base, *self.kept(without)])

    def kept(self, without: str | None = None) -> list[Json]:
        """Give all filters but one."""
        return [query for facet, query in self.filters.items() if facet != without]


def filters_of(question: Question) -> dict[str, tuple[str, ...]]:
    """Give the facets that a question filters on, with their values, each once."""
    return {name: tuple(dict.fromkeys(held)) for name, held in question.filters.items() if held}


class Counter:
    """Counts the values of facets for one question: one search for each filter, and one for all.

    Nothing is ranked and no hit is fetched, so the cluster keeps these answers until it changes.
    """

    def __init__(self, client: Elasticsearch, index: str, question: Question) -> None:
        self._client = client
        self._index = index
        self._names = question.facets
        self._size = question.facet_size
        self._kept = filters_of(question)

    def searches(self, filtered: Filtered, of_a_shard: int = _OF_A_SHARD) -> list[Search]:
        """Give the searches whose answers `counts` reads, in their order."""
        return [
            Search(
                index=self._index,
                body={
                    "size": 0,
                    "track_total_hits": False,
                    "query": filtered.query(without),
                    "aggs": {
                        name: self._counting(name, of_a_shard) for name in self._counted(without)
                    },
                },
            )
            for without in self._left_out()
        ]

    def _left_out(self) -> Iterator[str | None]:
        """Walk the filters that are left out in turn; None for none."""
        yield None
        yield from (name for name in self._kept if name in self._names or name == _YEAR)

    def _counted(self, without: str | None) -> list[str]:
        """Name what is counted while a filter is left out: the facet itself, or all without one."""
        if without is not None:
            return [without]
        names = dict.fromkeys((*self._names, _YEAR))
        return [name for name in names if name not in self._kept]

    def _counting(self, name: str, of_a_shard: int) -> Json:
        size = max(self._size, _YEARS if name == _YEAR else 1)
        # Of values that count alike the first by value come first, as is its way.
        return {"terms": {"field": name, "size": size, "shard_size": max(of_a_shard, size)}}

    def counts(
        self, filtered: Filtered, answers: Sequence[Json]
    ) -> tuple[dict[str, Counts], Years]:
        """Read facets by falling count, then value, and years rising, each exact.

        Values that are filtered on always appear.
        """
        if any(held["doc_count_error_upper_bound"] for held in _held(answers).values()):
            answers = asked(self._client, self.searches(filtered, _ALL))
        found = {name: _pairs(held) for name, held in _held(answers).items()}
        years = tuple(sorted((int(year), count) for year, count in found[_YEAR]))
        facets = {name: found[name][: self._size] for name in self._names}
        return self._with_kept(filtered, facets), years

    def _with_kept(self, filtered: Filtered, facets: dict[str, Counts]) -> dict[str, Counts]:
        """Add the values that are filtered on and not among the first."""
        hidden = [
            (name, value)
            for name in facets
            for value in self._kept.get(name, ())
            if value not in dict(facets[name])
        ]
        if not hidden:
            return facets
        searches = [
            Search(index=self._index, body=_total(filtered, name, value)) for name, value in hidden
        ]
        for (name, value), answer in zip(hidden, asked(self._client, searches), strict=True):
            more = (*facets[name], (value, total_of(answer)))
            facets[name] = tuple(sorted(more, key=lambda pair: (-pair[1], pair[0])))
        return facets


def _held(answers: Sequence[Json]) -> Json:
    return {
        name: held for answer in answers for name, held in answer.get("aggregations", {}).items()
    }


def _pairs(held: Json) -> Counts:
    return tuple((bucket["key"], bucket["doc_count"]) for bucket in held["buckets"])


def _total(filtered: Filtered, name: str, value: str) -> Json:
    query = every([filtered.query(without=name), values(name, (value,))])
    return {"size": 0, "track_total_hits": True, "query": query}


def total_of(answer: Json) -> int:
    """Read how many match in all."""
    return int(answer["hits"]["total"]["value"])
