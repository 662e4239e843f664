"""A search as readers see it: read, asked of the index, its rows loaded, its words marked."""

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from archive.errors import BadRequest
from archive.search.engine import Counts, Engine, Question, Sort
from archive.search.entry import FACETS
from archive.search.language import read
from archive.search.tree import Node, is_scored
from archive.shown.asking import REACH_MAX, REACH_RELEVANCE, Asked, NoSuchPage
from archive.shown.desk import Desk
from archive.shown.entries import load_entries
from archive.shown.filters import Meant, meant
from archive.shown.found import Facet, FacetValue, Found, WholeFacet
from archive.shown.labels import PLURALS, TITLES, facet_title
from archive.shown.wording import filled

FACET_SIZE = 15
FACET_SIZE_ALL = 500
Searched = tuple[Asked, Node]  # a search, and how its query was read
_ALL_KINDS = ("award", "notice", "document")
_COUNTED = tuple(name for name in FACETS if name != "year")


def search(desk: Desk, asked: Asked) -> Found:
    """Answer a search.

    Raises:
        NoSuchPage: a page beyond the last that can be asked.
    """
    reading = read(asked.query, desk.vocabulary)
    what = meant(desk, reading.tree, asked)
    asked = what.shown
    engine = desk.engine()
    answer = engine.search(_question(what, _COUNTED, FACET_SIZE + 1))
    last_page = _last_page(asked, reading.tree, answer.total)
    with desk.archive.catalogue.reading() as connection:
        entries = load_entries(desk, connection, engine, reading.tree, answer.hits)
        # Only now: a cluster counted while the entries were loaded.
        counts = answer.counts()
        facets = _facets(desk, connection, engine, asked, counts)
    can_rank = is_scored(reading.tree)
    return Found(
        asked=asked,
        tree=reading.tree,
        read_as=reading.read_as,
        ignored=(*reading.ignored, *asked.ignored),
        total=answer.total,
        entries=entries,
        facets=facets,
        years=counts.years,
        undated=_undated(asked, answer.total, counts.years),
        notes=answer.notes,
        sort=Sort.NEWEST if asked.sort is Sort.RELEVANCE and not can_rank else asked.sort,
        can_rank=can_rank,
        last_page=last_page,
    )


def whole_facet(desk: Desk, asked: Asked, name: str) -> WholeFacet:
    """Give all values of one facet of a search, to a cap of 500.

    Raises:
        BadRequest: there is no such facet.
    """
    if name not in FACETS:
        raise BadRequest(f"There is no facet {name!r}. Facets are {', '.join(FACETS)}.")
    reading = read(asked.query, desk.vocabulary)
    what = meant(desk, reading.tree, replace(asked, size=0, page=1))
    engine = desk.engine()
    question = _question(what, tuple(dict.fromkeys((name, "kind"))), FACET_SIZE_ALL)
    counts = engine.search(question).counts()
    shown = replace(what.shown, size=asked.size)
    with desk.archive.catalogue.reading() as connection:
        facet = (
            _years(shown, counts)
            if name == "year"
            else _facet(desk, connection, engine, shown, counts, name, FACET_SIZE_ALL)
        )
    ignored = (*reading.ignored, *shown.ignored)
    return WholeFacet(asked=shown, read_as=reading.read_as, ignored=ignored, facet=facet)


def count_all(desk: Desk, searches: Sequence[Searched]) -> list[int]:
    """Count what each of some searches finds, at one go, and nothing else."""
    questions = [
        _question(meant(desk, tree, replace(asked, size=0, page=1)), (), 0)
        for asked, tree in searches
    ]
    return [one.total for one in desk.engine().answers(questions)] if questions else []


def question_of(desk: Desk, asked: Asked, tree: Node) -> Question:
    """Give the question to the engine that a search stands for, without counting its facets."""
    return _question(meant(desk, tree, asked), (), 0)


def _question(what: Meant, facets: tuple[str, ...], facet_size: int) -> Question:
    asked = what.asked
    return Question(
        tree=what.tree,
        filters=asked.filters,
        days=asked.days,
        cents=asked.cents,
        sort=asked.sort,
        size=asked.size,
        page=asked.page,
        facets=facets,
        facet_size=facet_size,
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
    if not ends_early:
        return f"There is no page {asked.page:,}: {filled(total, 'record', last)}."
    further = " Order by date to go further." if ranked else ""
    return (
        f"There is no page {asked.page:,}: of {total:,} records the first {last:,} pages are shown."
        f"{further} Narrow the search by a word, a filter or a range of dates."
    )


def _facets(
    desk: Desk, connection: sa.Connection, engine: Engine, asked: Asked, counts: Counts
) -> dict[str, Facet]:
    found = {
        name: _facet(desk, connection, engine, asked, counts, name, FACET_SIZE)
        for name in TITLES
        if name != "year"
    }
    return {**found, "year": _years(asked, counts)}


def _facet(
    desk: Desk,
    connection: sa.Connection,
    engine: Engine,
    asked: Asked,
    counts: Counts,
    name: str,
    size: int,
) -> Facet:
    pairs = counts.facets.get(name, ())
    kept = asked.filters.get(name, ())
    shown = [pair for place, pair in enumerate(pairs) if place < size or pair[0] in kept]
    labels = desk.labels.of(name, [value for value, _ in shown], connection, engine)
    values = tuple(
        FacetValue(value=value, label=labels[value], count=number, kept=value in kept)
        for value, number in shown
        if value in labels
    )
    kinds = _kinds(asked, counts, name)
    return Facet(
        name=name,
        title=facet_title(name, kinds),
        plural=facet_title(name, kinds, plural=True),
        values=values,
        more=len(pairs) > len(shown),
    )


def _kinds(asked: Asked, counts: Counts, name: str) -> frozenset[str]:
    """Give the kinds of records among which a facet is counted, as far as that is known.

    A facet passes over its own filter, and the counts of kinds do not: then it may be any kind.
    """
    if kept := asked.filters.get("kind"):
        return frozenset(kept)
    if name in asked.filters:
        return frozenset(_ALL_KINDS)
    return frozenset(kind for kind, count in counts.facets.get("kind", ()) if count)


def _undated(asked: Asked, total: int, years: Sequence[tuple[int, int]]) -> int:
    """Count what no year counts; 0 with a filter on years, which their counts pass over."""
    if "year" in asked.filters:
        return 0
    return max(0, total - sum(count for _, count in years))


def _years(asked: Asked, counts: Counts) -> Facet:
    kept = asked.filters.get("year", ())
    values = tuple(
        FacetValue(value=str(year), label=str(year), count=number, kept=str(year) in kept)
        for year, number in reversed(counts.years)
    )
    return Facet(
        name="year", title=TITLES["year"], plural=PLURALS["year"], values=values, more=False
    )
