"""What every engine holds to: words, AND, OR and NOT, and what counts as the same word."""

import pytest

from archive.search.engine import Engine, Question
from archive.search.language import DEPTH_MAX
from archive.search.tree import And, Node, Not, Nothing, Or, Word

from .shelf import ask, entry, fill, found


def test_an_empty_index_answers_with_nothing(engine: Engine) -> None:
    answer = ask(engine, "camera", facets=("vendor",))

    assert (answer.total, answer.hits, answer.years) == (0, (), ())
    assert answer.facets == {"vendor": ()}


def test_a_word_finds_its_other_inflections(engine: Engine) -> None:
    fill(engine, [entry(1, "surveillance cameras"), entry(2, "a camera"), entry(3, "cameo")])

    assert found(engine, "camera") == {1, 2}


def test_several_words_must_all_be_there(engine: Engine) -> None:
    fill(engine, [entry(1, "drone camera"), entry(2, "drone"), entry(3, "camera")])

    assert found(engine, "drone camera") == {1}


def test_words_may_stand_in_different_places_of_an_entry(engine: Engine) -> None:
    fill(engine, [entry(1, "drone", text=("lease",), vendors=("Skydio",), agencies=("CBP",))])

    assert found(engine, "drone lease skydio cbp") == {1}


def test_words_may_stand_on_different_pages_of_a_document(engine: Engine) -> None:
    fill(engine, [entry(1, "release", pages=("drone flights", "camera logs"))])

    assert found(engine, "drone camera") == {1}


def test_either_word_is_enough_with_or(engine: Engine) -> None:
    fill(engine, [entry(1, "drone"), entry(2, "camera"), entry(3, "paper")])

    assert found(engine, "drone OR camera") == {1, 2}


def test_and_binds_closer_than_or(engine: Engine) -> None:
    fill(engine, [entry(1, "drone"), entry(2, "camera lease"), entry(3, "camera")])

    assert found(engine, "drone OR camera lease") == {1, 2}


def test_brackets_bind_closest(engine: Engine) -> None:
    fill(engine, [entry(1, "drone lease"), entry(2, "camera lease"), entry(3, "drone")])

    assert found(engine, "(drone OR camera) lease") == {1, 2}


def test_an_excluded_word_is_not_there(engine: Engine) -> None:
    fill(engine, [entry(1, "drone"), entry(2, "drone camera")])

    assert found(engine, "drone -camera") == {1}


def test_a_query_that_only_excludes_finds_all_the_rest(engine: Engine) -> None:
    fill(engine, [entry(1, "drone"), entry(2, "camera"), entry(3)])

    assert found(engine, "-camera") == {1, 3}


def test_not_within_or_finds_what_lacks_the_word(engine: Engine) -> None:
    fill(engine, [entry(1, "drone camera"), entry(2, "camera"), entry(3, "paper")])

    assert found(engine, "drone OR NOT camera") == {1, 3}


def test_not_of_brackets_excludes_only_what_satisfies_all_of_it(engine: Engine) -> None:
    fill(engine, [entry(1, "drone camera"), entry(2, "camera"), entry(3, "drone")])

    assert found(engine, "-(drone camera)") == {2, 3}


def test_no_query_finds_everything(engine: Engine) -> None:
    fill(engine, [entry(1, "drone"), entry(2)])

    assert found(engine, "") == {1, 2}


def test_nothing_finds_nothing(engine: Engine) -> None:
    fill(engine, [entry(1, "drone")])

    assert engine.search(Question(tree=Nothing())).total == 0
    assert engine.search(Question(tree=Or(parts=()))).total == 0
    assert engine.search(Question(tree=And(parts=()))).total == 1


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("Café de l\u2019État", "cafe etat"),
        ("CAFE\u0301", "café"),
        ("ﬁle cabinets", "file"),
        ("Straße", "STRASSE"),
        ("\uff26\uff35\uff2c\uff2c width", "full"),
        ("sur\u00adveillance", "surveillance"),
        ("Ελλάδα", "ελλαδα"),
        ("监控 cameras", "监控"),
    ],
)
def test_accents_case_and_compatibility_forms_do_not_count(
    engine: Engine, printed: str, typed: str
) -> None:
    fill(engine, [entry(1, printed), entry(2, "other")])

    assert found(engine, typed) == {1}


def test_a_hyphenated_word_finds_both_ways_of_writing_it(engine: Engine) -> None:
    fill(engine, [entry(1, "e-mail"), entry(2, "email"), entry(3, "e of mail"), entry(4, "mail")])

    assert found(engine, "e-mail") == {1, 2}


def test_an_exemption_is_found_as_it_is_written(engine: Engine) -> None:
    fill(engine, [entry(1, "withheld under (b)(7)(E)"), entry(2, "e, 7 and b")])

    assert found(engine, "(b)(7)(E)") == {1}


def test_brackets_as_deep_as_the_language_allows_are_answered(engine: Engine) -> None:
    fill(engine, [entry(1, "drone lease"), entry(2, "lease"), entry(3, "drone")])
    tree: Node = Word(word="drone")
    for _ in range(DEPTH_MAX):
        tree = Not(part=And(parts=(Word(word="lease"), tree)))
        tree = Or(parts=(Word(word="nothing"), Not(part=tree)))

    assert {hit.number for hit in engine.search(Question(tree=tree)).hits} == {1}
