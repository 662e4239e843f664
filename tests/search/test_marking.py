"""Marking finds in stored text what the engine found in the index."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.engine import Question
from archive.search.language import read
from archive.search.marking import Fragment, hit_count, snippet, spans
from archive.search.matching import is_alike
from archive.search.tree import Node, Phrase, Prefix, Word

from .composed import WORDS, trees
from .reference import ReferenceEngine, alike
from .shelf import entry

any_text = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def marked(typed: str, text: str, **where: str) -> list[str]:
    return [text[start:end] for start, end in spans(read(typed).tree, text, **where)]


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("camera", "Cameras, a camera.", ["Cameras", "camera"]),
        ("drone camera", "camera only", ["camera"]),
        ('"facial recognition"', "facial\n recognition; facial", ["facial\n recognition"]),
        ('"facial recognition"~2', "recognition of facial", ["recognition", "facial"]),
        ('"facial recognition"~1', "recognition of facial", []),
        ('"knock knock"~1', "knock knock knock", ["knock", "knock", "knock"]),
        ("surveill*", "surveil surveillance", ["surveillance"]),
        ("palnatir~", "Palantir planter", ["Palantir"]),
        ("e-mail", "e-mail, email, mail", ["e-mail", "email"]),
        ("(b)(7)(E)", "see (b)(7)(E).", ["b)(7)(E"]),
        ("cafe", "Cafe\u0301 CAFÉ", ["Cafe\u0301", "CAFÉ"]),
        ("drone -camera", "drone camera", ["drone"]),
        ("page:(drone)", "a drone", ["drone"]),
        ("drone OR kind:award", "a drone", ["drone"]),
        ("kind:award amount:>5", "award 5", []),
        ("", "anything", []),
        ("drone", "", []),
    ],
)
def test_what_matches_is_marked(typed: str, text: str, expected: list[str]) -> None:
    assert marked(typed, text) == expected


def test_a_word_of_a_field_is_marked_in_that_field_only() -> None:
    assert marked("title:drone", "a drone") == []
    assert marked("title:drone", "a drone", field="title") == ["drone"]
    assert marked("drone", "a drone", field="title") == ["drone"]


def test_overlapping_marks_become_one() -> None:
    assert marked('"a b" "b c"', "a b c") == ["a b c"]


def test_marks_are_counted() -> None:
    assert hit_count(read("drone").tree, "drone drones dron") == 2


def shown(typed: str, text: str, width: int = 60) -> str:
    return "".join(
        f"[{piece.text}]" if piece.marked else piece.text
        for piece in snippet(read(typed).tree, text, width=width)
    )


def test_a_short_text_is_shown_whole() -> None:
    assert shown("drone", "A  drone\nflies.") == "A [drone] flies."


def test_a_long_text_is_cut_at_words_around_the_match() -> None:
    text = "lorem ipsum " * 30 + "the drone flew " + "dolor amet " * 30

    assert shown("drone", text).startswith("…")
    assert "the [drone] flew" in shown("drone", text)
    assert shown("drone", text).endswith("…")
    assert {"lorem", "ipsum", "the", "flew", "dolor", "amet"} >= {
        *shown("drone", text).replace("[drone]", "").strip("…").split()
    }


def test_the_window_with_most_of_the_query_is_chosen() -> None:
    text = "drone drone drone " + "x " * 100 + "drone camera " + "y " * 100

    assert "[drone] [camera]" in shown("drone camera", text)


def test_without_a_match_the_beginning_is_shown() -> None:
    assert shown("drone", "word " * 50) == "word " * 11 + "word…"


def test_a_snippet_of_nothing_is_nothing() -> None:
    assert snippet(Word(word="a"), "") == ()
    assert snippet(Word(word="a"), " \n ") == ()


def test_markup_in_a_text_is_left_as_it_is() -> None:
    assert snippet(Word(word="b"), "<b>&amp;") == (
        Fragment(text="<", marked=False),
        Fragment(text="b", marked=True),
        Fragment(text=">&amp;", marked=False),
    )


@any_text
@given(trees, st.text(max_size=400), st.integers(1, 80))
def test_a_snippet_is_a_piece_of_its_text(tree: Node, text: str, width: int) -> None:
    pieces = "".join(piece.text for piece in snippet(tree, text, width=width))

    assert " ".join(pieces.strip("…").split()) in " ".join(text.split()) or "…" in text


@any_text
@given(trees, st.lists(st.sampled_from(WORDS), max_size=12))
def test_text_that_satisfies_words_is_marked(tree: Node, printed: list[str]) -> None:
    if not isinstance(tree, Word | Phrase | Prefix) or tree.field:
        tree = Word(word="drone")
    engine = ReferenceEngine()
    engine.write([entry(1, " ".join(printed))])
    matches = engine.search(Question(tree=tree)).total == 1

    assert bool(spans(tree, " ".join(printed))) is matches


@any_text
@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_likeness_is_that_of_the_naive_engine(word: str, other: str) -> None:
    assert is_alike(word, other) is alike(word, other)
