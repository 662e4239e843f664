"""Addresses of searches: with one more filter, one less, another order, another page."""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote_plus

from archive.search.engine import Sort
from archive.shown.asking import Asked, Pair, pairs_of


class Addresses:
    """The addresses around one search; pairs are encoded once, for a page has hundreds."""

    def __init__(self, asked: Asked, path: str = "/") -> None:
        self.path = path
        self.pairs = pairs_of(asked)
        self._encoded = [_encoded(*pair) for pair in self.pairs]
        self._base = "&".join(self._encoded)

    def here(self) -> str:
        """Give this search, first page."""
        return self._with("")

    def at(self, path: str) -> str:
        """Give this search at another path."""
        return f"{path}?{self._base}" if self._base else path

    def toggled(self, name: str, value: str) -> str:
        """Give this search with a filter more, or without it when it is kept."""
        if (name, value) in self.pairs:
            return self._without(lambda pair: pair == (name, value))
        return self._with(_remembered(name, value))

    def only(self, name: str, value: str) -> str:
        """Give this search with one value of a facet in place of all others."""
        kept = self._kept(lambda pair: pair[0] == name)
        return f"{self.path}?{'&'.join([*kept, _remembered(name, value)])}"

    def without(self, *names: str) -> str:
        """Give this search without some names."""
        return self._without(lambda pair: pair[0] in names)

    def bare(self) -> str:
        """Give this search without all filters and ranges."""
        return self._without(lambda pair: pair[0] not in ("q", "sort", "size"))

    def sorted_by(self, sort: str) -> str:
        """Give this search in another order."""
        kept = self._kept(lambda pair: pair[0] == "sort")
        more = [] if sort == Sort.RELEVANCE else [_encoded("sort", sort)]
        return self._joined([*kept, *more])

    def page(self, number: int) -> str:
        """Give another page of this search."""
        return self._with(f"page={number}") if number > 1 else self.here()

    def hidden(self, *names: str) -> list[Pair]:
        """Give the pairs that a form must carry on, but for some names."""
        return [pair for pair in self.pairs if pair[0] not in names]

    def _with(self, more: str) -> str:
        query = f"{self._base}&{more}" if self._base and more else self._base or more
        return f"{self.path}?{query}" if query else self.path

    def _kept(self, left_out: Callable[[Pair], bool]) -> list[str]:
        return [
            text for pair, text in zip(self.pairs, self._encoded, strict=True) if not left_out(pair)
        ]

    def _without(self, left_out: Callable[[Pair], bool]) -> str:
        return self._joined(self._kept(left_out))

    def _joined(self, encoded: list[str]) -> str:
        return f"{self.path}?{'&'.join(encoded)}" if encoded else self.path


def address_of(asked: Asked, path: str = "/") -> str:
    """Give the address of a search."""
    return Addresses(asked, path).here()


def _encoded(name: str, value: str) -> str:
    return f"{name}={quote_plus(value)}"


# Of values that the archive itself offers: a page has a hundred, mostly those of the one before.
# What a reader asked for is not remembered.
_remembered = lru_cache(maxsize=4_096)(_encoded)
