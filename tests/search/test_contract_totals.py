"""What every engine holds to: how many match each of several questions, told at one go."""

import pytest

from archive.errors import BadRequest
from archive.search.engine import Engine, Question, Span
from archive.search.language import read
from archive.search.tree import All

from .shelf import entry, fill, vendors_and_states

QUERIES = ("drone", "drone -camera", "page:(drone camera)", "page:(drone)", "zzzz", "")


def asking(typed: str, **asked: object) -> Question:
    return Question(tree=read(typed).tree, size=0, **asked)


def test_totals_are_those_of_searches_in_their_order(engine: Engine):
    pages = [("drone", "camera"), ("drone camera",), ("camera",), ("drone", "drone")]
    fill(engine, [entry(n, pages=one) for n, one in enumerate(pages, start=1)])
    questions = [asking(typed) for typed in QUERIES]

    totals = engine.totals(questions)

    assert totals == [3, 1, 1, 3, 0, 4]
    assert totals == [engine.search(one).total for one in questions]


def test_totals_heed_filters_and_ranges(engine: Engine):
    vendors_and_states(engine)
    kept = {"vendor": ("A", "C"), "state": ("TX",)}

    assert engine.totals(
        [asking("drone", filters=kept), asking("drone", cents=Span(low=1)), asking("drone")]
    ) == [2, 0, 5]


def test_no_questions_have_no_totals(engine: Engine):
    assert engine.totals([]) == []


def test_totals_of_a_facet_that_does_not_exist_are_refused(engine: Engine):
    with pytest.raises(BadRequest, match="facet"):
        engine.totals([Question(tree=All()), asking("drone", filters={"colour": ("red",)})])
