"""A search as readers see it: read, asked of the index, its rows loaded, its words marked."""

from dataclasses import replace

import sqlalchemy as sa

from archive.errors import BadRequest
from archive.search.engine import Answer, Engine, Question, Sort
from archive.search.entry import FACETS
from archive.search.language import Reading, read
from archive.search.tree import FieldValues, Node, all_of, any_of, is_scored
from archive.shown.asking import REACH_MAX, REACH_RELEVANCE, Asked, NoSuchPage
from archive.shown.desk import Desk
from archive.shown.entries import load_entries
from archive.shown.found import Facet, FacetValue, Found
from archive.shown.labels import TITLES
from archive.shown.wording import counted

FACET_SIZE = 15
FACET_SIZE_ALL = 500
_COUNTED = tuple(name for name in FACETS if name != "year")
_DIGITS_MAX = 9  # of a vendor's number
_CODED = ("agency", "subagency", "technology")


def search(desk: Desk, asked: Asked) -> Found:
    """Answer a search.

    Raises:
        NoSuchPage: a page beyond the last that can be asked.
    """
    reading = read(asked.query, desk.vocabulary)
    tree, asked = _coded(desk, reading.tree, asked)
    asked = _without_strangers(desk, asked)
    engine = desk.engine()
    answer = engine.search(_question(asked, tree, _COUNTED, FACET_SIZE + 1))
    last_page = _last_page(asked, reading.tree, answer.total)
    with desk.archive.catalogue.reading() as connection:
        entries = load_entries(desk, connection, engine, reading.tree, answer.hits)
        facets = _facets(desk, connection, engine, asked, answer)
    can_rank = is_scored(reading.tree)
    return Found(
        asked=asked,
        tree=reading.tree,
        read_as=reading.read_as,
        ignored=(*reading.ignored, *asked.ignored),
        total=answer.total,
        entries=entries,
        facets=facets,
        years=answer.years,
        undated=_undated(asked, answer),
        notes=answer.notes,
        sort=Sort.NEWEST if asked.sort is Sort.RELEVANCE and not can_rank else asked.sort,
        can_rank=can_rank,
        last_page=last_page,
    )


def whole_facet(desk: Desk, asked: Asked, name: str) -> tuple[Reading, Facet]:
    """Give all values of one facet of a search, to a cap of 500.

    Raises:
        BadRequest: there is no such facet.
    """
    if name not in FACETS:
        raise BadRequest(f"There is no facet {name!r}. Facets are {', '.join(FACETS)}.")
    reading = read(asked.query, desk.vocabulary)
    tree, asked = _coded(desk, reading.tree, replace(asked, size=0, page=1))
    engine = desk.engine()
    answer = engine.search(_question(asked, tree, (name,), FACET_SIZE_ALL))
    with desk.archive.catalogue.reading() as connection:
        if name == "year":
            return reading, _years(asked, answer)
        return reading, _facet(desk, connection, engine, asked, answer, name, FACET_SIZE_ALL)


def count(engine: Engine, asked: Asked, tree: Node) -> int:
    """Count what a search finds, and nothing else."""
    return engine.search(_question(replace(asked, size=0, page=1), tree, (), 0)).total


def question_of(desk: Desk, asked: Asked, tree: Node) -> Question:
    """Give the question to the engine that a search stands for, without counting its facets."""
    tree, asked = _coded(desk, tree, asked)
    return _question(asked, tree, (), 0)


def _question(asked: Asked, tree: Node, facets: tuple[str, ...], facet_size: int) -> Question:
    return Question(
        tree=tree,
        filters=asked.filters,
        days=asked.days,
        cents=asked.cents,
        sort=asked.sort,
        size=asked.size,
        page=asked.page,
        facets=facets,
        facet_size=facet_size,
    )


def _coded(desk: Desk, tree: Node, asked: Asked) -> tuple[Node, Asked]:
    """Turn names of agencies and technologies among the filters into their codes.

    Any value of a facet will do. Names of one facet may mean values of two (ICE an agency, DOJ a
    department); those become part of the query, for between facets all must hold.
    """
    filters: dict[str, tuple[str, ...]] = {}
    for name, values in asked.filters.items():
        meant = [pair for value in values for pair in _meant(desk, name, value)]
        facets = {facet for facet, _ in meant}
        if len(facets) > 1:
            parts = (FieldValues(facet=facet, values=(code,)) for facet, code in meant)
            tree = all_of((tree, any_of(tuple(parts))))
            continue
        for facet, code in meant:
            filters[facet] = tuple(dict.fromkeys((*filters.get(facet, ()), code)))
    return tree, replace(asked, filters=filters)


def _meant(desk: Desk, name: str, value: str) -> list[tuple[str, str]]:
    if name == "vendor" and value.isascii() and value.isdecimal() and len(value) <= _DIGITS_MAX:
        return [(name, str(desk.vendor_now(int(value))))]
    known = desk.vocabulary.values(name, value) if name in _CODED else ()
    exact = any((facet, code) == (name, value) for facet, code, _ in known)
    return [(facet, code) for facet, code, _ in known] if known and not exact else [(name, value)]


def _without_strangers(desk: Desk, asked: Asked) -> Asked:
    """Leave out vendors whose number this archive does not list, and say so."""
    kept = asked.filters.get("vendor")
    if not kept:
        return asked
    with desk.archive.catalogue.reading() as connection:
        listed = desk.labels.of("vendor", kept, connection, desk.engine())
    filters = {**asked.filters, "vendor": tuple(one for one in kept if one in listed)}
    said = (
        f"Ignored: `vendor={one[:40]}` in the address."
        " This archive lists no vendor with that number."
        for one in kept
        if one not in listed
    )
    return replace(
        asked,
        filters={name: values for name, values in filters.items() if values},
        ignored=(*asked.ignored, *said),
    )


def _last_page(asked: Asked, tree: Node, total: int) -> int:
    """Give the last page that can be asked; complain about one beyond it."""
    ranked = asked.sort is Sort.RELEVANCE and is_scored(tree)
    reach = min(total, REACH_RELEVANCE if ranked else REACH_MAX)
    last = max(1, -(-reach // asked.size))
    if asked.page > last:
        raise NoSuchPage(_beyond(asked, total, last, ends_early=total > reach, ranked=ranked), last)
    return last


def _beyond(asked: Asked, total: int, last: int, *, ends_early: bool, ranked: bool) -> str:
    """Say what pages there are; only where they end before the records do, what to do about it."""
    fill = "fill 1 page" if last == 1 else f"fill {last:,} pages"
    if not ends_early:
        return f"There is no page {asked.page:,}: {counted(total, 'record')} {fill}."
    further = " Order by date to go further." if ranked else ""
    return (
        f"There is no page {asked.page:,}: of {total:,} records the first {last:,} pages are shown."
        f"{further} Narrow the search by a word, a filter or a range of dates."
    )


def _facets(
    desk: Desk, connection: sa.Connection, engine: Engine, asked: Asked, answer: Answer
) -> dict[str, Facet]:
    found = {
        name: _facet(desk, connection, engine, asked, answer, name, FACET_SIZE)
        for name in TITLES
        if name != "year"
    }
    return {**found, "year": _years(asked, answer)}


def _facet(
    desk: Desk,
    connection: sa.Connection,
    engine: Engine,
    asked: Asked,
    answer: Answer,
    name: str,
    size: int,
) -> Facet:
    counts = answer.facets.get(name, ())
    kept = asked.filters.get(name, ())
    shown = [pair for place, pair in enumerate(counts) if place < size or pair[0] in kept]
    labels = desk.labels.of(name, [value for value, _ in shown], connection, engine)
    values = tuple(
        FacetValue(value=value, label=labels[value], count=number, kept=value in kept)
        for value, number in shown
        if value in labels
    )
    return Facet(name=name, title=TITLES[name], values=values, more=len(counts) > len(shown))


def _undated(asked: Asked, answer: Answer) -> int:
    """Count what no year counts; 0 with a filter on years, which their counts pass over."""
    if "year" in asked.filters:
        return 0
    return max(0, answer.total - sum(count for _, count in answer.years))


def _years(asked: Asked, answer: Answer) -> Facet:
    kept = asked.filters.get("year", ())
    values = tuple(
        FacetValue(value=str(year), label=str(year), count=number, kept=str(year) in kept)
        for year, number in reversed(answer.years)
    )
    return Facet(name="year", title=TITLES["year"], values=values, more=False)
