"""What every engine holds to: several questions answered at one go."""

from typing import Any

import pytest

from archive.errors import BadRequest
from archive.search.engine import Engine, Question, Span
from archive.search.language import read
from archive.search.tree import All

from .shelf import entry, fill, vendors_and_states

QUERIES = ("drone", "drone -camera", "page:(drone camera)", "page:(drone)", "zzzz", "")


def asking(typed: str, **asked: Any) -> Question:
    return Question(tree=read(typed).tree, size=0, **asked)


def totals(engine: Engine, *questions: Question) -> list[int]:
    return [one.total for one in engine.answers(questions)]


def test_totals_are_those_of_searches_in_their_order(engine: Engine) -> None:
    pages = [("drone", "camera"), ("drone camera",), ("camera",), ("drone", "drone")]
    fill(engine, [entry(n, pages=one) for n, one in enumerate(pages, start=1)])
    questions = [asking(typed) for typed in QUERIES]

    found = totals(engine, *questions)

    assert found == [3, 1, 1, 3, 0, 4]
    assert found == [engine.search(one).total for one in questions]


def test_totals_heed_filters_and_ranges(engine: Engine) -> None:
    vendors_and_states(engine)
    kept = {"vendor": ("A", "C"), "state": ("TX",)}

    asked = (asking("drone", filters=kept), asking("drone", cents=Span(low=1)), asking("drone"))

    assert totals(engine, *asked) == [2, 0, 5]


def test_each_answer_has_its_own_hits_facets_and_years(engine: Engine) -> None:
    fill(
        engine,
        [entry(n, f"{n} drone", on="2024-01-02", facets={"vendor": (f"V{n}",)}) for n in (1, 2)],
    )
    asked = [Question(tree=read(f"{n} drone").tree, facets=("vendor",)) for n in (2, 1)]

    answers = engine.answers([*asked, Question(tree=All(), size=1)])

    assert [[hit.number for hit in one.hits] for one in answers] == [[2], [1], [2]]
    assert [one.facets for one in answers[:2]] == [{"vendor": ((f"V{n}", 1),)} for n in (2, 1)]
    assert [one.years for one in answers] == [((2024, 1),), ((2024, 1),), ((2024, 2),)]


def test_no_questions_have_no_answers(engine: Engine) -> None:
    assert engine.answers([]) == []


def test_questions_of_which_one_filters_on_a_facet_that_does_not_exist_are_refused(
    engine: Engine,
) -> None:
    with pytest.raises(BadRequest, match="facet"):
        engine.answers([Question(tree=All()), asking("drone", filters={"colour": ("red",)})])
