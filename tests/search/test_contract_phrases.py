"""What every engine holds to: phrases and near phrases."""

import pytest

from archive.search.engine import Engine, Question
from archive.search.tree import Near

from .shelf import entry, fill, found


def test_a_phrase_is_found_in_its_order_only(engine: Engine) -> None:
    fill(engine, [entry(1, "facial recognition"), entry(2, "recognition facial")])

    assert found(engine, '"facial recognition"') == {1}


def test_a_phrase_does_not_skip_a_word(engine: Engine) -> None:
    fill(engine, [entry(1, "no responsive records"), entry(2, "no such responsive records")])

    assert found(engine, '"no responsive records"') == {1}


def test_a_phrase_may_repeat_a_word(engine: Engine) -> None:
    fill(engine, [entry(1, "knock knock"), entry(2, "knock")])

    assert found(engine, '"knock knock"') == {1}


def test_a_phrase_finds_inflections(engine: Engine) -> None:
    fill(engine, [entry(1, "license plate readers")])

    assert found(engine, '"licensed plates reader"') == {1}


def test_a_phrase_does_not_cross_from_one_passage_into_the_next(engine: Engine) -> None:
    fill(
        engine,
        [entry(1, "facial", text=("recognition",)), entry(2, text=("facial", "recognition"))],
    )

    assert found(engine, '"facial recognition"') == set()


def test_a_phrase_does_not_cross_from_one_page_into_the_next(engine: Engine) -> None:
    fill(engine, [entry(1, pages=("about facial", "recognition of"))])

    assert found(engine, '"facial recognition"') == set()


def test_a_phrase_does_not_cross_from_one_vendor_into_the_next(engine: Engine) -> None:
    fill(engine, [entry(1, vendors=("Flock", "Safety Inc")), entry(2, vendors=("Flock Safety",))])

    assert found(engine, 'vendor:"flock safety"') == {2}


def test_near_words_do_not_cross_from_one_passage_into_the_next(engine: Engine) -> None:
    fill(
        engine,
        [entry(1, text=("facial", "recognition")), entry(2, pages=("facial", "recognition"))],
    )

    assert found(engine, '"facial recognition"~30') == set()


@pytest.mark.parametrize("text", ["facial recognition", "recognition facial"])
def test_near_words_stand_in_either_order(engine: Engine, text: str) -> None:
    fill(engine, [entry(1, text)])

    assert found(engine, '"facial recognition"~1') == {1}


@pytest.mark.parametrize(("within", "matches"), [(1, False), (2, False), (3, True), (4, True)])
@pytest.mark.parametrize("text", ["a one two b", "b one two a"])
def test_near_counts_places_alike_in_both_directions(
    engine: Engine, text: str, within: int, matches: bool
) -> None:
    fill(engine, [entry(1, text)])
    tree = Near(words=("a", "b"), within=within)

    assert bool(engine.search(Question(tree=tree)).total) is matches


def test_near_asks_every_pair_of_neighbours_to_be_near(engine: Engine) -> None:
    fill(engine, [entry(1, "a b x x x c"), entry(2, "c b a"), entry(3, "a x b x c")])

    assert found(engine, '"a b c"~2') == {2, 3}


def test_one_word_is_not_near_itself(engine: Engine) -> None:
    fill(
        engine,
        [entry(1, "knock once"), entry(2, "knock, then knock"), entry(3, "knock a b c knock")],
    )

    assert found(engine, '"knock knock"~2') == {2}
