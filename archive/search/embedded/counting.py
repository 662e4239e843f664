"""Count facets and years exactly, each without regard to its own filter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from tantivy import Query, Searcher, SearchResult

from archive.search.embedded.queries import Compiler, every, unscored

# Values looked at per segment. Tantivy's counts are exact only if no segment holds more.
_SEGMENT_SIZE = 10_000_000
_YEARS = 1_000
# Values asked for at least: costs nothing more, and mostly reaches beyond those that count alike.
_AHEAD = 64

Pairs = tuple[tuple[str, int], ...]
Years = tuple[tuple[int, int], ...]


def count_of(found: SearchResult) -> int:
    """Give how many match in all, which the binding's stubs forget."""
    return int(found.count)  # type: ignore[attr-defined]


def counted(searcher: Searcher, query: Query) -> int:
    """Count what matches a query."""
    return count_of(searcher.search(unscored(query), 1, count=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtered:
    """A compiled query with the filters of facets beside it, so that each can be left out."""

    base: Query
    filters: Mapping[str, Query]

    def query(self, without: str | None = None) -> Query:
        """Give the query with all filters but one."""
        filters = [query for facet, query in self.filters.items() if facet != without]
        return every([self.base, *filters])


class Counter:
    """Counts the values of facets for one question."""

    def __init__(self, searcher: Searcher, compiler: Compiler, asked: Filtered) -> None:
        self._searcher = searcher
        self._compiler = compiler
        self._asked = asked
        self._seen: dict[str, Any] = {}

    def counts(
        self, names: Sequence[str], kept: Mapping[str, Sequence[str]], size: int
    ) -> tuple[dict[str, Pairs], Years]:
        """Count facets, and by fiscal year.

        Facets by falling count, then value; values that are filtered on always appear. Years
        rising, whatever year is filtered on.
        """
        free = [name for name in names if name not in self._asked.filters]
        found = self._top(None, free, size)
        for name in names:
            if name in self._asked.filters:
                top = self._top(name, [name], size)[name]
                found[name] = self._with_kept(name, top, kept[name])
        return {name: found[name] for name in names}, self._years()

    def _years(self) -> Years:
        if "year" not in self._seen:
            without = "year" if "year" in self._asked.filters else None
            self._ask(without, {"year": _terms("year", _YEARS)})
        buckets = self._seen["year"]["buckets"]
        return tuple(sorted((int(bucket["key"]), bucket["doc_count"]) for bucket in buckets))

    def _top(self, without: str | None, names: Sequence[str], size: int) -> dict[str, Pairs]:
        """Count the first values of facets: in a second look, where very many count alike."""
        ahead = max(size + 1, _AHEAD)
        asked = {name: _terms(name, _YEARS if name == "year" else ahead) for name in names}
        if without is None and "year" not in self._asked.filters:
            asked["year"] = _terms("year", _YEARS)  # counted in any case, and here on the way
        counts = {name: _sorted_counts(held) for name, held in self._ask(without, asked).items()}
        tied = {
            name: _terms(name, size, least=held[-1][1])
            for name, held in counts.items()
            if len(held) >= ahead and held[-1][1] == held[max(size, 1) - 1][1] and name != "year"
        }
        for name, held in self._ask(without, tied).items():
            least = counts[name][-1][1]
            above = [pair for pair in counts[name] if pair[1] > least]
            alike = [pair for pair in _sorted_counts(held) if pair[1] == least]
            counts[name] = [*above, *alike]
        return {name: tuple(held[:size]) for name, held in counts.items()}

    def _ask(self, without: str | None, terms: Mapping[str, Any]) -> dict[str, Any]:
        if not terms:
            return {}
        answer: dict[str, Any] = self._searcher.aggregate(self._asked.query(without), dict(terms))
        self._seen = answer | self._seen
        return answer

    def _with_kept(self, name: str, top: Pairs, kept: Sequence[str]) -> Pairs:
        query = self._asked.query(without=name)
        shown = {value for value, _ in top}
        hidden = [value for value in dict.fromkeys(kept) if value not in shown]
        more = tuple((value, self._count(query, name, value)) for value in hidden)
        return tuple(sorted(top + more, key=_by_count)) if more else top

    def _count(self, query: Query, name: str, value: str) -> int:
        both = every([query, self._compiler.values(name, (value,))])
        return counted(self._searcher, both)


def _sorted_counts(answer: Mapping[str, Any]) -> list[tuple[str, int]]:
    pairs = [(bucket["key"], bucket["doc_count"]) for bucket in answer["buckets"]]
    pairs.sort()
    pairs.sort(key=itemgetter(1), reverse=True)  # which leaves those that count alike in order
    return pairs


def _by_count(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _terms(name: str, size: int, *, least: int | None = None) -> dict[str, Any]:
    """Ask for the values that count most; with `least`, for the first by value that count so much.

    Tantivy leaves open which of the values that count alike it gives. So they are asked for once
    more, in their own order: among the first `size` of all that count as much or more are those.
    """
    terms: dict[str, Any] = {"field": name, "size": size, "segment_size": _SEGMENT_SIZE}
    if least is not None:
        terms |= {"order": {"_key": "asc"}, "min_doc_count": least}
    return {"terms": terms}
