"""The lists of filters beside the results, ready for the template: a page has a hundred links."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.shown.found import Facet, FacetValue
from search_app.addresses import Addresses
from search_app.formats import brief

_FIRST = 5  # values that are seen without opening the rest

Link = tuple[str, str, str, bool]  # address, label, count, whether it is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterList:
    """One facet: its first values and the rest, which is open where one of them is kept.

    `all_address` is that of the page with all values, '' where these are all.
    """

    title: str
    plural: str
    first: list[Link]
    rest: list[Link]
    is_open: bool
    all_address: str


def filter_lists(facets: Iterable[Facet], addresses: Addresses) -> list[FilterList]:
    """Give the lists of facets that have values."""
    return [_list(facet, addresses) for facet in facets if facet.values]


def _list(facet: Facet, addresses: Addresses) -> FilterList:
    links = [_link(facet.name, one, addresses) for one in facet.values]
    return FilterList(
        title=facet.title,
        plural=facet.plural,
        first=links[:_FIRST],
        rest=links[_FIRST:],
        is_open=any(one.kept for one in facet.values[_FIRST:]),
        all_address=addresses.at(f"/facets/{facet.name}") if facet.more else "",
    )


def _link(name: str, one: FacetValue, addresses: Addresses) -> Link:
    return addresses.toggled(name, one.value), brief(one.label), f"{one.count:,}", one.kept
