"""The search page, the page that says that nothing was found, and the first page of all."""

from flask import Blueprint, render_template, request

from archive.search.engine import Sort
from archive.shown.asking import REACH_RELEVANCE, Asked, asked_from
from archive.shown.found import Found
from archive.shown.loosened import loosened
from archive.shown.retyped import understood
from archive.shown.search import search
from archive.shown.wording import amount, day
from search_app.addresses import Addresses, address_of
from search_app.filter_lists import filter_lists
from search_app.histogram import histogram
from search_app.services import desk, services

blueprint = Blueprint("search", __name__)

_SORTS = (
    (Sort.RELEVANCE, "Best match"),
    (Sort.NEWEST, "Newest"),
    (Sort.OLDEST, "Oldest"),
    (Sort.AMOUNT, "Most obligated"),
    (Sort.ARRIVED, "Newest in the archive"),
)


@blueprint.get("/")
def results() -> str:
    """Answer a search."""
    asked = asked_from(request.args.items(multi=True))
    if asked.is_open and services().holdings().is_empty:
        return render_template("first_run.html")
    found = search(desk(), asked)
    if not found.total:
        return _nothing(found)
    addresses = Addresses(found.asked)
    return render_template(
        "search.html",
        found=found,
        examples=services().examples().front if found.asked.is_open else (),
        asked=found.asked,
        to=addresses,
        away=Addresses(understood(found.asked, found.tree, has_ignored=bool(found.ignored))),
        kinds=_kinds(found),
        facets=filter_lists(found.facets.values(), addresses),
        chips=chips(found, addresses),
        chart=histogram(found.years, found.asked.filters.get("year", ())),
        sorts=[
            (sort, label) for sort, label in _SORTS if found.can_rank or sort is not Sort.RELEVANCE
        ],
        first=(found.asked.page - 1) * found.asked.size + 1,
        numbers=page_numbers(found.asked.page, found.last_page),
        ends_early=found.total > found.last_page * found.asked.size,
        reach=REACH_RELEVANCE,
    )


def _nothing(found: Found) -> str:
    addresses = Addresses(found.asked)
    return render_template(
        "nothing.html",
        found=found,
        asked=found.asked,
        to=addresses,
        chips=chips(found, addresses),
        loosened=loosened(desk(), found),
        address_of=address_of,
    )


def _kinds(found: Found) -> list[tuple[str, int]]:
    """Give how many of each kind there are among what is kept."""
    values = found.facets["kind"].values
    has_kept = any(one.kept for one in values)
    return [(one.value, one.count) for one in values if one.kept or not has_kept]


def chips(found: Found, addresses: Addresses) -> list[tuple[str, str]]:
    """Give what is kept as (label, address without it)."""
    kept = []
    for name, values in found.asked.filters.items():
        facet = found.facets[name]
        labels = {one.value: one.label for one in facet.values}
        for value in values:
            label = f"{facet.title}: {labels.get(value, value)}"
            kept.append((label, addresses.toggled(name, value)))
    return [*kept, *_range_chips(found.asked, addresses)]


def _range_chips(asked: Asked, addresses: Addresses) -> list[tuple[str, str]]:
    least, most = amount(asked.cents.low), amount(asked.cents.high)
    words = {"from": "From", "to": "To", "min": f"At least {least}", "max": f"At most {most}"}
    return [
        (f"{words[name]} {day(value)}" if name in ("from", "to") else words[name], address)
        for name, value in asked.ranges.items()
        for address in [addresses.without(name)]
    ]


def page_numbers(page: int, last: int) -> list[int | None]:
    """Give the numbers under a list: first, last, and those around this one; None is a gap."""
    wanted = sorted(
        {1, last, *range(max(1, page - 1), min(last, page + 1) + 1)}
        | set(range(1, min(last, 4) + 1) if page < 4 else ())
    )
    numbers: list[int | None] = []
    for before, number in zip([0, *wanted], wanted, strict=False):
        if number > before + 1:
            numbers.append(None)
        numbers.append(number)
    return numbers
