"""The judgement of statements beside what is held."""

import pytest

from archive.history import Held, Meaning, judge


def held(fingerprint: str, stamp: str, *, fetched: str = "1", capture: int = 1) -> Held:
    """Make a version."""
    return Held(
        id=capture,
        fingerprint=fingerprint,
        modified_until=stamp,
        fetched_at=fetched,
        capture_id=capture,
    )


@pytest.mark.parametrize(
    ("statement", "meaning"),
    [
        (held("a", "3", capture=9), Meaning.SAME),
        (held("a", "4", capture=9), Meaning.CONFIRMED),
        (held("a", "2", capture=9), Meaning.SAME),
        (held("b", "4", capture=9), Meaning.NEWER),
        (held("b", "2", capture=9), Meaning.OLDER),
        (held("b", "", capture=9), Meaning.OLDER),
    ],
)
def test_a_statement_is_judged_by_its_stamp_and_its_words(
    statement: Held, meaning: Meaning
) -> None:
    assert judge([held("a", "3")], statement) is meaning


def test_a_first_statement_is_new() -> None:
    assert judge([], held("a", "")) is Meaning.FIRST


def test_without_stamps_the_later_fetch_is_newer() -> None:
    assert judge([held("a", "", fetched="1")], held("b", "", fetched="2", capture=2)) is (
        Meaning.NEWER
    )


def test_the_same_row_of_the_same_capture_is_never_a_change() -> None:
    versions = [held("a", "", fetched="1", capture=1), held("b", "", fetched="2", capture=2)]
    assert judge(versions, held("a", "", fetched="1", capture=1)) is Meaning.SAME


def test_old_words_that_come_back_later_are_a_change() -> None:
    versions = [held("a", "1", capture=1), held("b", "2", capture=2)]
    assert judge(versions, held("a", "3", capture=3)) is Meaning.NEWER
