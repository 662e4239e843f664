"""What every engine holds to: filters, and the counts of facets and years."""

from typing import Any

import pytest

from archive.errors import BadRequest
from archive.search.engine import Engine, Span

from .shelf import ask, entry, fill, found, vendors_and_states


def test_values_of_one_filter_are_alternatives_and_filters_add_up(engine: Engine) -> None:
    vendors_and_states(engine)

    assert found(engine, filters={"vendor": ("A", "C")}) == {1, 2, 5}
    assert found(engine, filters={"vendor": ("A", "C"), "state": ("TX",)}) == {2, 5}


def test_a_filter_without_values_filters_nothing(engine: Engine) -> None:
    vendors_and_states(engine)

    assert ask(engine, filters={"vendor": ()}).total == 5


def test_facets_count_by_falling_number_then_by_value(engine: Engine) -> None:
    vendors_and_states(engine)

    assert ask(engine, facets=("vendor",)).facets["vendor"] == (("A", 2), ("B", 2), ("C", 1))


def test_a_facet_ignores_its_own_filter(engine: Engine) -> None:
    vendors_and_states(engine)

    answer = ask(engine, filters={"vendor": ("A",)}, facets=("vendor", "state"))

    assert answer.total == 2
    assert answer.facets["vendor"] == (("A", 2), ("B", 2), ("C", 1))
    assert answer.facets["state"] == (("TX", 1), ("VA", 1))


def test_a_facet_heeds_the_filters_of_the_others(engine: Engine) -> None:
    vendors_and_states(engine)

    answer = ask(engine, filters={"vendor": ("A",), "state": ("TX",)}, facets=("vendor", "state"))

    assert answer.facets["vendor"] == (("A", 1), ("C", 1))
    assert answer.facets["state"] == (("TX", 1), ("VA", 1))


def test_a_facet_counts_only_what_the_query_finds(engine: Engine) -> None:
    fill(
        engine,
        [entry(1, "drone", facets={"psc": ("1",)}), entry(2, "camera", facets={"psc": ("2",)})],
    )

    assert ask(engine, "drone", facets=("psc",)).facets["psc"] == (("1", 1),)


def test_a_facet_shows_no_more_values_than_asked(engine: Engine) -> None:
    fill(engine, [entry(n, facets={"vendor": (f"{n:03}",)}) for n in range(1, 60)])

    shown = ask(engine, facets=("vendor",), facet_size=3).facets["vendor"]

    assert shown == (("001", 1), ("002", 1), ("003", 1))


def test_a_value_that_is_filtered_on_is_always_shown(engine: Engine) -> None:
    fill(engine, [entry(n, facets={"vendor": (f"{n:03}",)}) for n in range(1, 60)])

    kept = {"vendor": ("050", "nobody")}
    shown = ask(engine, filters=kept, facets=("vendor",), facet_size=2).facets["vendor"]

    assert shown == (("001", 1), ("002", 1), ("050", 1), ("nobody", 0))


def test_an_entry_with_several_values_counts_once_for_each(engine: Engine) -> None:
    values = ("drone", "camera", "drone")
    fill(engine, [entry(1, facets={"technology": values}), entry(2, facets={"technology": ()})])

    answer = ask(engine, facets=("technology",))

    assert answer.facets["technology"] == (("camera", 1), ("drone", 1))
    assert answer.total == 2


def test_years_are_counted_without_regard_to_the_year_that_is_filtered_on(engine: Engine) -> None:
    days = ["2023-05-01", "2024-05-01", "2024-06-01", "2024-10-01"]
    fill(engine, [entry(n, on=day) for n, day in enumerate(days, start=1)] + [entry(9)])

    answer = ask(engine, filters={"year": ("2024",)})

    assert answer.years == ((2023, 1), (2024, 2), (2025, 1))
    assert answer.total == 2


def test_years_are_complete_however_few_values_of_facets_are_asked_for(engine: Engine) -> None:
    fill(engine, [entry(n, on=f"20{n:02}-01-01") for n in range(10, 25)])

    answer = ask(engine, filters={"year": ("2020",)}, facets=("year",), facet_size=2)

    assert answer.years == tuple((2000 + n, 1) for n in range(10, 25))
    assert answer.facets["year"] == (("2010", 1), ("2011", 1), ("2020", 1))


def test_values_that_count_alike_beyond_the_last_are_ordered_by_value(engine: Engine) -> None:
    vendors = ["9", "9", "9", "8", "8", "7", "5", "5", "6", "6", "1", "2"]
    fill(engine, [entry(n, facets={"vendor": (v,)}) for n, v in enumerate(vendors, start=1)])

    assert ask(engine, facets=("vendor",), facet_size=3).facets["vendor"] == (
        ("9", 3),
        ("5", 2),
        ("6", 2),
    )


def test_days_and_amounts_filter_and_are_counted(engine: Engine) -> None:
    fill(engine, [entry(1, on="2024-01-01", cents=5), entry(2, on="2024-01-02", cents=6), entry(3)])
    day = entry(0, on="2024-01-02").day

    assert found(engine, days=Span(low=day)) == {2}
    assert found(engine, cents=Span(high=5)) == {1}
    assert ask(engine, cents=Span(low=5, high=6)).years == ((2024, 2),)


def test_counts_alone_can_be_asked_for(engine: Engine) -> None:
    vendors_and_states(engine)

    answer = ask(engine, size=0, facets=("state",))

    assert (answer.total, answer.hits) == (5, ())
    assert answer.facets["state"] == (("VA", 3), ("TX", 2))


@pytest.mark.parametrize(
    "asked",
    [{"page": 0}, {"size": -1}, {"facets": ("colour",)}, {"filters": {"colour": ("red",)}}],
)
def test_what_makes_no_sense_is_refused(engine: Engine, asked: dict[str, Any]) -> None:
    with pytest.raises(BadRequest):
        ask(engine, **asked)
