"""What every engine holds to: the orders of hits."""

from typing import Any

import pytest

from archive.search.engine import Engine, Sort

from .shelf import ask, entry, fill, found, listed


def test_newest_first_with_undated_entries_last(engine: Engine) -> None:
    days = ["2024-01-01", "", "2025-01-01", "2024-01-01", ""]
    fill(engine, [entry(n, on=day) for n, day in enumerate(days, start=1)])

    assert listed(engine, Sort.NEWEST) == [3, 4, 1, 5, 2]


def test_oldest_first_with_undated_entries_last(engine: Engine) -> None:
    days = ["2024-01-01", "", "2025-01-01", "2024-01-01", ""]
    fill(engine, [entry(n, on=day) for n, day in enumerate(days, start=1)])

    assert listed(engine, Sort.OLDEST) == [1, 4, 3, 2, 5]


def test_greatest_amount_first_with_unknown_amounts_last(engine: Engine) -> None:
    amounts = [5, None, -7, 10**14, 5, 0, None]
    fill(engine, [entry(n, cents=cents) for n, cents in enumerate(amounts, start=1)])

    assert listed(engine, Sort.AMOUNT) == [4, 5, 1, 6, 3, 7, 2]


def test_last_arrived_first(engine: Engine) -> None:
    fill(engine, [entry(2), entry(30), entry(7)])

    assert listed(engine, Sort.ARRIVED) == [30, 7, 2]


def test_the_better_match_comes_first(engine: Engine) -> None:
    filler = " ".join(["paper"] * 50)
    fill(engine, [entry(1, text=(f"drone {filler}",)), entry(2, "drone drone"), entry(3, filler)])

    assert found(engine, "drone") == {1, 2}
    assert {hit.score is not None for hit in ask(engine, "drone").hits} == {True}


def test_alike_matches_are_in_order_of_arrival_newest_first(engine: Engine) -> None:
    fill(engine, [entry(n, "drone") for n in (4, 9, 1, 6)])

    assert [hit.number for hit in ask(engine, "drone").hits] == [9, 6, 4, 1]


@pytest.mark.parametrize("typed", ["", "drone*", "drnoe~", "kind:award", "-camera"])
def test_without_words_to_weigh_the_newest_comes_first(engine: Engine, typed: str) -> None:
    fill(engine, [entry(n, "drone", on=f"2024-01-0{4 - n}") for n in (1, 2, 3)])

    answer = ask(engine, typed, sort=Sort.RELEVANCE)

    assert [(hit.number, hit.score) for hit in answer.hits] == [(1, None), (2, None), (3, None)]


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("drone", {"text": ("drone drone paper",)}, {"text": ("drone paper paper",)}),
        ("drone", {"title": "drone", "text": ("paper",)}, {"title": "paper", "text": ("drone",)}),
        ("drone OR camera", {"text": ("drone camera",)}, {"text": ("drone paper",)}),
    ],
    ids=["occurs more often", "stands in the title", "has both words"],
)
def test_of_entries_alike_in_all_else_the_one_with_more_of_the_query_comes_first(
    engine: Engine, typed: str, better: dict[str, Any], worse: dict[str, Any]
) -> None:
    rest = [entry(n, "paper", text=("paper paper",)) for n in range(10, 20)]
    fill(engine, [entry(1, **better), entry(2, **worse), *rest])

    assert [hit.number for hit in ask(engine, typed).hits] == [1, 2]
