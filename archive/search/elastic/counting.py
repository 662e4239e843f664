"""Count facets and years exactly, each without regard to its own filter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from archive.search.elastic.asking import Search, asked
from archive.search.elastic.fields import Json
from archive.search.elastic.queries import every
from archive.search.engine import Counts, Question

# Values that each shard is asked for. One that has more is asked again, for all of them.
_OF_A_SHARD = 5_000
_ALL = 2**31 - 1
_YEARS = 1_000
_YEAR = "year"
_KEPT = "kept "  # before the name of a facet: its values that are filtered on, alone

Pairs = tuple[tuple[str, int], ...]


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

    def __init__(
        self, client: Elasticsearch, index: str, question: Question, filtered: Filtered
    ) -> None:
        self._client = client
        self._index = index
        self._names = question.facets
        self._size = question.facet_size
        self._kept = filters_of(question)
        self._filtered = filtered

    def counts(self) -> Counts:
        """Count facets by falling count, then value, and years rising, each exact.

        Values that are filtered on always appear.
        """
        found = _found(asked(self._client, self._searches(_OF_A_SHARD)))
        if any(one["doc_count_error_upper_bound"] for one in found.values()):
            found = _found(asked(self._client, self._searches(_ALL)))
        pairs = {name: _pairs(one) for name, one in found.items()}
        return Counts(
            facets={name: self._facet(name, pairs) for name in self._names},
            years=tuple(sorted((int(year), count) for year, count in pairs[_YEAR])),
        )

    def _searches(self, of_a_shard: int) -> list[Search]:
        return [
            Search(
                index=self._index,
                body={
                    "size": 0,
                    "track_total_hits": False,
                    "query": self._filtered.query(without),
                    "aggs": self._countings(without, of_a_shard),
                },
            )
            for without in self._left_out()
        ]

    def _left_out(self) -> Iterator[str | None]:
        """Walk the filters that are left out in turn; None for none."""
        yield None
        yield from (name for name in self._kept if name in self._names or name == _YEAR)

    def _countings(self, without: str | None, of_a_shard: int) -> Json:
        """Give what is counted while a filter is left out: its facet; with none, all others."""
        if without is None:
            names = dict.fromkeys((*self._names, _YEAR))
            return {name: self._most(name, of_a_shard) for name in names if name not in self._kept}
        return {
            without: self._most(without, of_a_shard),
            _KEPT + without: _these(without, self._kept[without]),
        }

    def _most(self, name: str, of_a_shard: int) -> Json:
        size = max(self._size, _YEARS if name == _YEAR else 1)
        # Of values that count alike the first by value come first, as is its way.
        return {"terms": {"field": name, "size": size, "shard_size": max(of_a_shard, size)}}

    def _facet(self, name: str, pairs: Mapping[str, Pairs]) -> Pairs:
        """Give the first values of a facet, and among them those that are filtered on."""
        first = pairs[name][: self._size]
        if name not in self._kept:
            return first
        kept = dict.fromkeys(self._kept[name], 0) | dict(pairs[_KEPT + name])
        more = kept.items() - dict(first).items()
        return tuple(sorted((*first, *more), key=lambda pair: (-pair[1], pair[0])))


def _these(name: str, values: Sequence[str]) -> Json:
    """Count some values of a facet and no others, without which they are never cut off."""
    size = {"size": len(values), "shard_size": len(values)}
    return {"terms": {"field": name, "include": list(values), **size}}


def _found(answers: Sequence[Json]) -> Json:
    return {name: one for answer in answers for name, one in answer.get("aggregations", {}).items()}


def _pairs(found: Json) -> Pairs:
    return tuple((bucket["key"], bucket["doc_count"]) for bucket in found["buckets"])


def total_of(answer: Json) -> int:
    """Read how many match in all."""
    return int(answer["hits"]["total"]["value"])
