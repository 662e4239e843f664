"""What a reader asks of the search: taken from an address or a command line, within bounds.

Nothing here raises over a mistyped value: it is ignored, quoted, and said what it should be.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from archive.errors import BadRequest
from archive.search.bounds import amount
from archive.search.engine import Sort, Span
from archive.search.entry import FACETS

QUERY_LENGTH_MAX = 4_000
SIZE_DEFAULT, SIZE_MAX = 20, 100
REACH_RELEVANCE, REACH_MAX = 1_000, 10_000  # hits that can be paged to
_VALUES_MAX = 40
_VALUE_LENGTH_MAX = 200
_SHOWN_MAX = 60
_RANGES = ("from", "to", "min", "max")
_KINDS = ("award", "notice", "document")

_YEAR = re.compile(r"[0-9]{4}")

Pair = tuple[str, str]


class NoSuchPage(BadRequest):
    """A page of a list beyond its last one, which it names."""

    status = 404

    def __init__(self, sentence: str, last: int) -> None:
        super().__init__(sentence)
        self.last = last


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search as asked. `filters` are facet values, `ranges` texts by `from`, `to`, `min`, `max`.

    `ignored` are sentences about what was not understood and left out.
    """

    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, str] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    size: int = SIZE_DEFAULT
    page: int = 1
    ignored: tuple[str, ...] = ()

    @property
    def days(self) -> Span:
        """The range of dates, as ordinals."""
        low, high = (self.ranges.get(name) for name in ("from", "to"))
        return Span(
            low=date.fromisoformat(low).toordinal() if low else None,
            high=date.fromisoformat(high).toordinal() if high else None,
        )

    @property
    def cents(self) -> Span:
        """The range of amounts."""
        low, high = (self.ranges.get(name) for name in ("min", "max"))
        return Span(low=_cents(low)[0] if low else None, high=_cents(high)[1] if high else None)

    @property
    def is_open(self) -> bool:
        """Whether nothing at all is asked: the front page."""
        return not (self.query or self.filters or self.ranges)


def asked_from(pairs: Iterable[Pair]) -> Asked:
    """Read the names and values of an address.

    Raises:
        BadRequest: the query is longer than can be read.
    """
    reader = _Reader()
    for name, value in pairs:
        reader.take(name, value.strip())
    return reader.asked()


def pairs_of(asked: Asked) -> list[Pair]:
    """Give what is asked, without page, as the pairs of an address in a fixed order."""
    pairs = [("q", asked.query)] if asked.query else []
    pairs += [(name, value) for name in FACETS for value in asked.filters.get(name, ())]
    pairs += [(name, asked.ranges[name]) for name in _RANGES if name in asked.ranges]
    pairs += [("sort", asked.sort.value)] if asked.sort is not Sort.RELEVANCE else []
    pairs += [("size", str(asked.size))] if asked.size != SIZE_DEFAULT else []
    return pairs


class _Reader:
    """Collects what is understood and what is not."""

    def __init__(self) -> None:
        self._query = ""
        self._filters: dict[str, list[str]] = {}
        self._ranges: dict[str, str] = {}
        self._sort = Sort.RELEVANCE
        self._numbers = {"size": SIZE_DEFAULT, "page": 1}
        self._ignored: dict[str, None] = {}
        self._values = 0

    def take(self, name: str, value: str) -> None:
        """Take one pair; empty values are fields of a form that were left open."""
        if not value:
            return
        match name:
            case "q":
                self._take_query(value)
            case "sort":
                self._take_sort(value)
            case "size" | "page":
                self._take_number(name, value)
            case "from" | "to" | "min" | "max":
                self._take_range(name, value)
            case _ if name in FACETS:
                self._take_filter(name, value)
            case _:
                self._ignore(name, value, f"Filters are {', '.join(FACETS)}.")

    def asked(self) -> Asked:
        """Give what was understood; of a range that runs backwards, nothing."""
        self._refuse_backwards("from", "to", "The first day lies behind the last.")
        self._refuse_backwards("min", "max", "The least amount is above the most.")
        return Asked(
            query=self._query,
            filters={name: tuple(values) for name, values in self._filters.items()},
            ranges=self._ranges,
            sort=self._sort,
            size=self._numbers["size"],
            page=self._numbers["page"],
            ignored=tuple(self._ignored)[:10],
        )

    def _refuse_backwards(self, low: str, high: str, why: str) -> None:
        first, last = self._ranges.get(low), self._ranges.get(high)
        if not (first and last):
            return
        is_backwards = first > last if low == "from" else _cents(first)[0] > _cents(last)[1]
        if is_backwards:
            del self._ranges[low], self._ranges[high]
            self._ignore(low, f"{first}&{high}={last}", why)

    def _ignore(self, name: str, value: str, why: str) -> None:
        shown = f"{name}={value}"
        shown = shown if len(shown) <= _SHOWN_MAX else f"{shown[:_SHOWN_MAX]}…"
        self._ignored[f"Ignored: `{shown}` in the address. {why}"] = None

    def _take_query(self, value: str) -> None:
        if len(value) > QUERY_LENGTH_MAX:
            raise BadRequest(
                f"The query has {len(value):,} characters; {QUERY_LENGTH_MAX:,} can be read."
                " Shorten it."
            )
        self._query = value

    def _take_sort(self, value: str) -> None:
        try:
            self._sort = Sort(value)
        except ValueError:
            self._ignore("sort", value, f"Orders are {', '.join(Sort)}.")

    def _take_number(self, name: str, value: str) -> None:
        most = SIZE_MAX if name == "size" else REACH_MAX
        if value.isascii() and value.isdecimal() and len(value) < 7 and 1 <= int(value) <= most:
            self._numbers[name] = int(value)
        else:
            self._ignore(name, value, f"It is a whole number from 1 to {most:,}.")

    def _take_range(self, name: str, value: str) -> None:
        if name in ("from", "to"):
            if _is_day(value):
                self._ranges[name] = value
            else:
                self._ignore(name, value, "A day is written 2025-09-05.")
        elif amount(value.replace(",", "")):
            self._ranges[name] = value.replace(",", "").replace("$", "")
        else:
            self._ignore(
                name, value, "An amount is a number of dollars, such as 250000, 250k, 1m or -5000."
            )

    def _take_filter(self, name: str, value: str) -> None:
        if self._values >= _VALUES_MAX or len(value) > _VALUE_LENGTH_MAX:
            self._ignore(name, value, f"At most {_VALUES_MAX} values are kept.")
        elif name == "kind" and value not in _KINDS:
            self._ignore(name, value, f"Kinds are {', '.join(_KINDS)}.")
        elif name == "year" and not _YEAR.fullmatch(value):
            self._ignore(name, value, "A fiscal year has four digits.")
        elif value not in self._filters.setdefault(name, []):
            self._filters[name].append(value)
            self._values += 1


def _is_day(value: str) -> bool:
    try:
        return len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _cents(dollars: str) -> tuple[int, int]:
    """Give the cents that an amount covers, read as in a query: 250000, 250k, 1.5m, -5."""
    found = amount(dollars)
    if found is None:
        raise BadRequest(f"{dollars!r} is not an amount in dollars, such as 250000.")
    return found[0], found[1]
