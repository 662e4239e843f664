"""What every engine holds to: ranges of amounts and dates."""

from archive.search.engine import Engine, Question, Span
from archive.search.tree import Range

from .shelf import entry, fill, found


def test_ranges_of_amounts_include_both_bounds(engine: Engine) -> None:
    fill(engine, [entry(n, cents=cents) for n, cents in enumerate([99, 100, 200, 201], start=1)])
    tree = Range(column="cents", low=100, high=200)

    assert {hit.number for hit in engine.search(Question(tree=tree)).hits} == {2, 3}


def test_amounts_can_be_negative(engine: Engine) -> None:
    fill(engine, [entry(1, cents=-50_000), entry(2, cents=50_000), entry(3, cents=0)])

    assert found(engine, "amount:<0") == {1}
    assert found(engine, "amount:-500") == {1}


def test_more_than_an_amount_leaves_that_amount_out(engine: Engine) -> None:
    fill(engine, [entry(1, cents=100_000_000), entry(2, cents=100_000_100), entry(3, cents=100)])

    assert found(engine, "amount:>1m") == {2}
    assert found(engine, "amount:>=1m") == {1, 2}


def test_an_entry_without_an_amount_is_in_no_range(engine: Engine) -> None:
    fill(engine, [entry(1), entry(2, cents=0)])

    assert engine.search(Question(tree=Range(column="cents"))).total == 1
    assert found(engine, "amount:<1m") == {2}


def test_the_potential_value_is_a_field_of_its_own(engine: Engine) -> None:
    fill(engine, [entry(1, cents=100, ceiling_cents=922_500_000), entry(2, cents=922_500_000)])

    assert found(engine, "ceiling:>9m") == {1}


def test_dates_are_found_by_year_month_and_day(engine: Engine) -> None:
    days = ["2023-12-31", "2024-01-01", "2024-05-31", "2025-01-01"]
    fill(engine, [entry(n, on=day) for n, day in enumerate(days, start=1)])

    assert found(engine, "date:2024") == {2, 3}
    assert found(engine, "date:2024-05") == {3}
    assert found(engine, "date:2024-05-31") == {3}
    assert found(engine, "date:<2024") == {1}
    assert found(engine, "date:2024-05-31..2025-01-01") == {3, 4}


def test_the_fiscal_year_begins_in_october(engine: Engine) -> None:
    fill(engine, [entry(1, on="2024-09-30"), entry(2, on="2024-10-01"), entry(3)])

    assert found(engine, "year:2025") == {2}
    assert found(engine, "year:2024..2025") == {1, 2}


def test_amounts_out_of_all_measure_are_no_harm(engine: Engine) -> None:
    fill(engine, [entry(1, cents=5), entry(2, cents=-5)])

    assert found(engine, f"amount:<{'9' * 15}bn") == {1, 2}
    assert found(engine, f"amount:>-{'9' * 15}bn") == {1, 2}
    assert found(engine, cents=Span(low=-(10**40), high=0)) == {2}
