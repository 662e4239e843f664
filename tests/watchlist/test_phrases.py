import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.watchlist.phrases import Phrases, printed, tokens


def found(phrase: str, text: str) -> bool:
    return bool(list(Phrases([(phrase, None)]).find(tokens(text))))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("plate reader*", "Automated License-Plate/Readers"),
        ("body camera", "BODY CAMERAS"),
        ("body", "several bodies"),
        ("cell site simulator", "cell-site simulator"),
        ("risk scor* of individual*", "risk scoring of individuals"),
        ("analyst's notebook", "ANALYST\u2019S NOTEBOOK"),
        ("as&e", "AS&E GANTRY"),
        ("1:n", "A 1:N SEARCH"),
    ],
)
def test_a_phrase_is_found_whatever_its_case_number_and_hyphens(phrase: str, text: str) -> None:
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("face", "surface"),
        ("face", "faced"),
        ("facial recognition", "facial and voice recognition"),
        ("facial recognition", "facial. Recognition of income"),
        ("as&e", "as e-mail"),
        ("igf", "IGF::OT::IGF CAMERAS"),
    ],
)
def test_a_phrase_is_not_found_in_parts_across_sentences_or_markers(phrase: str, text: str) -> None:
    assert not found(phrase, text)


def test_words_are_shown_as_printed() -> None:
    text = "IGF::OT::IGF New License-Plate Readers, 4"
    assert printed(text, 1, 4) == "License-Plate Readers"


@given(st.text(st.sampled_from("aB1é .;!?\n-_/,\t()*&'\u2019:"), max_size=40))
def test_every_token_can_be_shown_as_printed(text: str) -> None:
    for place, word in enumerate(tokens(text)):
        shown = printed(text, place, place + 1)
        assert word in (".", shown.lower().replace("'", "").replace("\u2019", ""))
