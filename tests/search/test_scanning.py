"""Scanning gives what matching gives, only sooner; and words begin as their stems do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.analysis import beginning, offsets, plain, stem, words
from archive.search.language import read
from archive.search.marking import spans
from archive.search.matching import matcher
from archive.search.scanning import scanner
from archive.search.tree import Fuzzy, Near, Node, Or, Phrase, Prefix, Word

often = settings(max_examples=150, deadline=None, derandomize=True, database=None)

_ENDINGS = (
    " s ed ing ies ied y ly er ational tional enci anci izer bli alli entli eli ousli ization ation"
    " ator alism iveness fulness ousness aliti iviti biliti ogi fulli lessli alize icate iciti ical"
    " ness ement ment ion ism ive able ible ability ably edly ingly sses us eedly ying dies"
)
_IRREGULAR = "skies dying lying tying idly gently ugly early only singly ability news"

spelled = st.sampled_from(["a", "ab", "ba", "aba", "bab", "abab", "abbas", "abbing", "abbed", "a1"])
parting = st.sampled_from([" ", "-", "_", "\n", "\u2019", " \u2014 ", "\u00a0", "(", ""])
texts = st.lists(st.tuples(spelled, parting), max_size=12).map(
    lambda pairs: "".join(word + sign for word, sign in pairs)
)
leaves = st.one_of(
    st.builds(Word, word=spelled),
    st.builds(Prefix, start=spelled),
    st.builds(Fuzzy, word=spelled.filter(lambda word: len(word) > 1)),
    st.builds(
        Phrase,
        words=st.lists(spelled, min_size=2, max_size=3).map(tuple),
        joined=st.booleans(),
    ),
)


def matched(tree: Node, text: str) -> set[tuple[int, int, int]]:
    """What matching finds, in characters."""
    at = list(offsets(text))
    hits = matcher(tree, None).hits(words(text))
    return {(at[first][0], at[last][1], part) for first, last, part in hits}


@often
@given(st.lists(leaves, min_size=1, max_size=3).map(tuple), texts)
def test_scanning_finds_what_matching_finds(parts: tuple[Node, ...], text: str) -> None:
    tree, lower = Or(parts=parts), plain(text)
    assert lower is not None
    scan = scanner(tree, None)

    assert scan.is_able
    assert matched(tree, text) <= set(scan.marks(lower))
    assert {(a, b) for a, b, _ in scan.marks(lower)} == {(a, b) for a, b, _ in matched(tree, text)}


@often
@given(
    st.text("abcdeghilmnoprstuvyz", min_size=1, max_size=8), st.sampled_from(_ENDINGS.split(" "))
)
def test_a_word_begins_as_its_stem_does(start: str, ending: str) -> None:
    for word in (start + ending, f"{start}{ending}s"):
        assert word.startswith(beginning(stem(word)))
        assert stem(word).startswith(beginning(stem(word)))


@pytest.mark.parametrize("word", _IRREGULAR.split())
def test_an_irregular_word_begins_as_its_stem_does(word: str) -> None:
    assert word.startswith(beginning(stem(word)))


def test_near_words_are_left_to_matching() -> None:
    assert not scanner(Near(words=("a", "b"), within=2), None).is_able


def test_signs_of_the_printer_part_words_and_keep_their_places() -> None:
    text = "the agency\u2019s drone\u2014camera"

    assert plain(text) == "the agency s drone camera"
    assert [text[a:b] for a, b in spans(read("camera agency").tree, text)] == ["agency", "camera"]


def test_a_text_with_other_letters_is_not_plain() -> None:
    assert plain("Café") is None
    assert plain("sur\u00adveillance") is None


def test_a_run_of_letters_counts_by_its_first_64() -> None:
    run = "a" * 63 + "bcd"

    assert spans(Word(word="a" * 63 + "b"), run) == [(0, 66)]
    assert spans(Word(word=run), run) == []
