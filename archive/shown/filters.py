"""What the filters of a search mean: names become codes, and vendors not listed are left out."""

from dataclasses import dataclass, replace

from archive.search.exemptions import written
from archive.search.tree import FieldValues, Node, all_of, any_of
from archive.shown.asking import Asked
from archive.shown.desk import Desk
from archive.shown.labels import vendor_number

_NAMED = ("agency", "subagency", "technology")

_Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A search as the index is asked (`tree`, `asked`), and as readers go on from it (`shown`)."""

    tree: Node
    asked: Asked
    shown: Asked


def meant(desk: Desk, tree: Node, asked: Asked) -> Meant:
    """Turn names of agencies and technologies among the filters into their codes.

    Any value of a facet will do. Names of one facet may mean values of two (ICE an agency, DOJ a
    department); those become part of the query, for between facets all must hold. Then readers go
    on from the names as they were given.
    """
    asked = _of_listed_vendors(desk, asked)
    filters: dict[str, tuple[str, ...]] = {}
    mixed: list[Node] = []
    for name, values in asked.filters.items():
        pairs = [pair for value in values for pair in _pairs(desk, name, value)]
        if len({facet for facet, _ in pairs}) > 1:
            mixed.append(_any_of_pairs(pairs))
            continue
        for facet, code in pairs:
            filters[facet] = tuple(dict.fromkeys((*filters.get(facet, ()), code)))
    coded = replace(asked, filters=filters)
    return Meant(
        tree=all_of((tree, *mixed)) if mixed else tree,
        asked=coded,
        shown=asked if mixed else coded,
    )


def _pairs(desk: Desk, name: str, value: str) -> _Pairs:
    if name == "exemption":
        return [(name, written(value))]
    known = desk.vocabulary.values(name, value) if name in _NAMED else ()
    exact = any((facet, code) == (name, value) for facet, code, _ in known)
    return [(facet, code) for facet, code, _ in known] if known and not exact else [(name, value)]


def _any_of_pairs(pairs: _Pairs) -> Node:
    return any_of(tuple(FieldValues(facet=facet, values=(code,)) for facet, code in pairs))


def _of_listed_vendors(desk: Desk, asked: Asked) -> Asked:
    """Give vendors the number that they have now; leave out strangers, and say so."""
    kept = asked.filters.get("vendor")
    if not kept:
        return asked
    now = {one: _number_now(desk, one) for one in kept}
    with desk.archive.catalogue.reading() as connection:
        listed = desk.labels.of("vendor", list(now.values()), connection, desk.engine())
    numbers = tuple(dict.fromkeys(one for one in now.values() if one in listed))
    filters = {**asked.filters, "vendor": numbers}
    said = (
        f"Ignored: `vendor={one[:40]}` in the address."
        " This archive lists no vendor with that number."
        for one, number in now.items()
        if number not in listed
    )
    return replace(
        asked,
        filters={name: values for name, values in filters.items() if values},
        ignored=(*asked.ignored, *said),
    )


def _number_now(desk: Desk, value: str) -> str:
    number = vendor_number(value)
    return value if number is None else str(desk.vendor_now(number))
