"""What every engine holds to: pages of hits, how far they reach, and walks over all of them."""

import pytest

from archive.search.engine import Engine, Question, Sort
from archive.search.tree import All, Word

from .shelf import ask, entry, fill, vendors_and_states


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_of_hits_join_without_gap_or_overlap(engine: Engine, sort: Sort) -> None:
    shelf = [entry(n, "drone", on=f"2024-01-0{n % 3 + 1}", cents=n % 4) for n in range(1, 24)]
    fill(engine, shelf)
    at_once = [hit.key for hit in ask(engine, "drone", sort=sort, size=23).hits]

    pages = [ask(engine, "drone", sort=sort, size=5, page=page).hits for page in range(1, 6)]

    assert [hit.key for page in pages for hit in page] == at_once
    assert len(set(at_once)) == 23


@pytest.mark.parametrize("sort", list(Sort))
def test_a_page_beyond_the_last_is_empty_and_still_counts(engine: Engine, sort: Sort) -> None:
    fill(engine, [entry(1, "drone")])

    answer = ask(engine, "drone", sort=sort, page=9)

    assert (answer.total, answer.hits) == (1, ())


@pytest.mark.parametrize("asked", [{"page": 10**15}, {"page": 10**30}, {"size": 10**12}])
@pytest.mark.parametrize("sort", list(Sort))
def test_pages_out_of_all_measure_are_no_harm(
    engine: Engine, sort: Sort, asked: dict[str, object]
) -> None:
    fill(engine, [entry(1, "drone"), entry(2, "drone")])

    assert ask(engine, "drone", sort=sort, **asked).total == 2


@pytest.fixture
def long_list(engine: Engine) -> Engine:
    fill(engine, [entry(n, "drone") for n in range(1, 1_041)])
    return engine


def test_relevance_ends_at_a_thousand_and_says_so(long_list: Engine) -> None:
    last, beyond = (ask(long_list, "drone", page=page, size=30) for page in (34, 35))

    assert (last.total, len(last.hits), len(beyond.hits)) == (1_040, 10, 0)
    assert ["1,000" in note for answer in (last, beyond) for note in answer.notes] == [True, True]
    assert ask(long_list, "drone", page=33, size=30).notes == ()


def test_other_orders_have_no_end(long_list: Engine) -> None:
    answer = ask(long_list, "drone", page=104, size=10, sort=Sort.ARRIVED)

    assert [hit.number for hit in answer.hits] == list(range(10, 0, -1))
    assert answer.notes == ()


def test_a_walk_gives_everything_by_rising_number(long_list: Engine) -> None:
    keys = list(long_list.walk(Question(tree=Word(word="drone"), size=1, page=3)))

    assert keys == [f"awards/{n:04}" for n in range(1, 1_041)]


def test_a_walk_heeds_filters_and_ranges(engine: Engine) -> None:
    vendors_and_states(engine)
    question = Question(tree=All(), filters={"state": ("TX",)})

    assert list(engine.walk(question)) == ["awards/0002", "awards/0005"]
