"""What every engine holds to: beginnings of words, and words spelled alike."""

import pytest

from archive.search.engine import Engine

from .shelf import ask, entry, fill, found


def test_a_prefix_looks_at_words_as_printed(engine: Engine) -> None:
    fill(engine, [entry(1, "surveillance"), entry(2, "surveil"), entry(3, "survey")])

    assert found(engine, "surveillanc*") == {1}
    assert found(engine, "surve*") == {1, 2, 3}


def test_a_prefix_finds_the_word_itself(engine: Engine) -> None:
    fill(engine, [entry(1, "drone")])

    assert found(engine, "drone*") == {1}


@pytest.mark.parametrize("typed", ["palnatir~", "palantr~", "palantirr~", "palentir~", "palantir~"])
def test_a_fuzzy_word_may_differ_in_one_place(engine: Engine, typed: str) -> None:
    fill(engine, [entry(1, "Palantir"), entry(2, "planter")])

    assert found(engine, typed) == {1}


@pytest.mark.parametrize("typed", ["plaantri~", "palant~", "apalntir~"])
def test_a_fuzzy_word_may_not_differ_in_two_places(engine: Engine, typed: str) -> None:
    fill(engine, [entry(1, "Palantir")])

    assert found(engine, typed) == set()


def test_fuzzy_words_are_not_capped(engine: Engine) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    fill(engine, [entry(n, f"clear{letter}iew") for n, letter in enumerate(letters, start=1)])

    assert ask(engine, "clearview~").total == 26


def test_a_prefix_and_a_fuzzy_word_can_be_kept_to_a_field(engine: Engine) -> None:
    fill(engine, [entry(1, "Clearview"), entry(2, vendors=("Clearview AI",))])

    assert found(engine, "vendor:clear*") == {2}
    assert found(engine, "title:clearveiw~") == {1}
