"""One analyser for entries, queries and marking: the same words everywhere, in the same places."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search import analysis
from archive.search.analysis import (
    FILLER,
    GAP,
    WORD_LENGTH_MAX,
    apart,
    fold,
    identifier,
    offsets,
    passage,
    stem,
    words,
)
from archive.search.tree import NEAREST_MAX

any_text = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def test_words_are_runs_of_letters_and_digits() -> None:
    assert words("(b)(7)(E): license-plate_reader's $3.5m") == [
        *["b", "7", "e", "license", "plate", "reader", "s", "3", "5m"]
    ]


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("CAFÉ", "cafe"),
        ("cafe\u0301", "cafe"),
        ("Straße", "strasse"),
        ("ﬁle", "file"),
        ("\u0130stanbul", "istanbul"),
        ("№", "no"),
        ("²", "2"),
    ],
)
def test_folding_drops_accents_case_and_compatibility_forms(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@pytest.mark.parametrize(
    "broken", ["surveil\u00adlance", "surveil\u200blance", "surveil\ufefflance"]
)
def test_invisible_characters_within_a_word_do_not_part_it(broken: str) -> None:
    assert words(broken) == ["surveillance"]


def test_words_with_a_digit_are_their_own_stem() -> None:
    assert (stem("1990s"), stem("70cmsd21c0001s")) == ("1990s", "70cmsd21c0001s")


@pytest.mark.parametrize("inflected", ["camera", "cameras"])
def test_inflections_share_a_stem(inflected: str) -> None:
    assert stem(inflected) == "camera"


def test_overlong_words_are_cut_alike_in_plain_and_accented_text() -> None:
    long = "a" * 200
    expected = ["a" * WORD_LENGTH_MAX, "b"]

    assert words(f"{long} b") == words(f"{long} b é")[:2] == expected
    assert len(list(offsets(f"{long} b"))) == 2


@pytest.mark.parametrize("printed", ["70CMSD-21-C-0001", "70cmsd 21 c 0001", "70CMSD21C0001"])
def test_an_identifier_has_one_form(printed: str) -> None:
    assert identifier(printed) == "70cmsd21c0001"


def test_the_gap_between_passages_is_wider_than_any_near_distance() -> None:
    stems = apart([passage("facial").stems, passage("recognition").stems]).split(" ")

    assert stems[0] == stem("facial")
    assert stems[-1] == stem("recognition")
    assert stems[1:-1] == [FILLER] * GAP
    assert len(stems) - 1 > NEAREST_MAX


def test_nothing_but_punctuation_leaves_nothing() -> None:
    assert passage("—") == passage("  ") == ("", frozenset())


def test_more_words_than_are_remembered_keep_their_stems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_CACHE_SIZE", 3)
    printed = ["cameras", "readers", "letters", "plates", "towers", "drones", "cameras"]
    remembered = analysis._Remembered(analysis._stem_of)

    assert [remembered[word] for word in printed] == [word.removesuffix("s") for word in printed]
    assert len(remembered) <= 3


@any_text
@given(st.text(max_size=60))
def test_words_stand_where_offsets_say(text: str) -> None:
    found = list(offsets(text))

    assert [fold(text[start:end]) for start, end in found] == words(text)
    assert found == sorted(found)


@any_text
@given(st.text(max_size=30))
def test_every_word_is_of_letters_and_digits_and_folded_for_good(text: str) -> None:
    for word in words(text):
        assert word.isalnum()
        assert words(word)[0] == word or not word.isascii()
        assert len(word) <= WORD_LENGTH_MAX


@any_text
@given(st.text(max_size=30))
def test_a_text_and_its_decomposed_form_have_the_same_words(text: str) -> None:
    marked = unicodedata.normalize("NFC", text)

    assert words(unicodedata.normalize("NFD", marked)) == words(marked)


@any_text
@given(st.text(st.characters(codec="ascii"), max_size=60))
def test_plain_text_takes_the_same_way_as_any_other(text: str) -> None:
    assert words(text + " é")[:-1] == words(text)
