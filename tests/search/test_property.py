"""Whatever is in the archive and whatever is asked, the engine and the naive engine agree."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.search.engine import Engine, Question, Sort, Span
from archive.search.entry import FACETS, Entry
from archive.search.language import read
from archive.search.tree import Node

from .composed import FACET_VALUES, FIRST_DAY, shelves, trees, typed_queries
from .conftest import ELASTIC, opened
from .reference import ReferenceEngine

quick = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module", params=["embedded", *ELASTIC])
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """One index for all examples: each example takes away what the last one wrote."""
    with opened(request.param, request, tmp_path_factory.mktemp("shared")) as engine:
        yield engine


def both(shared: Engine, shelf: list[Entry]) -> tuple[Engine, Engine]:
    shared.write(shelf, gone=[key for key, _ in shared.versions()])
    naive = ReferenceEngine()
    naive.write(shelf)
    return shared, naive


filters = st.dictionaries(
    st.sampled_from(sorted(FACET_VALUES)),
    st.lists(st.sampled_from(["1", "2", "VA", "drones", "none"]), max_size=2).map(tuple),
    max_size=2,
)
spans = st.builds(Span, low=st.none() | st.integers(-2, 2), high=st.none() | st.integers(-2, 2))


@st.composite
def questions(draw: st.DrawFn, tree: Node) -> Question:
    kept = draw(filters)
    if draw(st.booleans()):
        kept["year"] = ("2024",)
    return Question(
        tree=tree,
        filters=kept,
        days=Span(low=draw(st.none() | st.just(FIRST_DAY + 100))),
        cents=draw(st.just(Span()) | spans),
        sort=draw(st.sampled_from(list(Sort))),
        size=draw(st.integers(1, 5)),
        page=draw(st.integers(1, 3)),
        facets=FACETS,
        facet_size=draw(st.integers(1, 4)),
    )


def assert_same_answer(engine: Engine, naive: Engine, question: Question) -> None:
    answer, expected = engine.search(question), naive.search(question)
    assert answer.total == expected.total
    assert answer.facets == expected.facets
    assert answer.years == expected.years
    if expected.hits and expected.hits[0].score is None:
        assert answer.hits == expected.hits
    else:
        assert len(answer.hits) == len(expected.hits)
    assert set(engine.walk(question)) == set(naive.walk(question))


def assert_same_pages(engine: Engine, naive: Engine, tree: Node) -> None:
    keys = [key for key, _ in naive.versions()]
    pages, expected = engine.pages(tree, keys), naive.pages(tree, keys)
    assert {key: set(shown.numbers) for key, shown in pages.items()} == {
        key: set(shown.numbers) for key, shown in expected.items()
    }
    assert {key: (shown.total, shown.whole) for key, shown in pages.items()} == {
        key: (shown.total, shown.whole) for key, shown in expected.items()
    }


@quick
@given(data=st.data(), shelf=shelves())
def test_any_tree_over_any_archive_has_the_naive_answer(
    shared: Engine, data: st.DataObject, shelf: list[Entry]
) -> None:
    engine, naive = both(shared, shelf)
    for tree in data.draw(st.lists(trees, min_size=8, max_size=8)):
        assert_same_answer(engine, naive, data.draw(questions(tree)))
        assert_same_pages(engine, naive, tree)


@quick
@given(data=st.data(), shelf=shelves())
def test_any_typed_query_over_any_archive_has_the_naive_answer(
    shared: Engine, data: st.DataObject, shelf: list[Entry]
) -> None:
    engine, naive = both(shared, shelf)
    for typed in data.draw(st.lists(typed_queries, min_size=8, max_size=8)):
        tree = read(typed).tree
        assert_same_answer(engine, naive, data.draw(questions(tree)))
        assert_same_pages(engine, naive, tree)


@quick
@given(shelf=shelves(), tree=trees)
def test_relevance_pages_hold_every_match_once(
    shared: Engine, shelf: list[Entry], tree: Node
) -> None:
    engine, naive = both(shared, shelf)
    pages = [engine.search(Question(tree=tree, size=4, page=page)).hits for page in (1, 2, 3)]

    assert sorted(hit.key for hits in pages for hit in hits) == sorted(
        naive.walk(Question(tree=tree))
    )


@quick
@given(first=shelves(), second=shelves())
def test_versions_are_those_last_written(
    shared: Engine, first: list[Entry], second: list[Entry]
) -> None:
    engine, naive = both(shared, first)
    for written in (engine, naive):
        written.write(second, gone=[entry.key for entry in first[:3]])

    assert list(engine.versions()) == list(naive.versions())
