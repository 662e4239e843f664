import pytest

from ingest.evaluating.folding import distance_within, folded, nearly_in


def test_white_space_and_unicode_hyphens_are_folded_and_nothing_else() -> None:
    assert folded(" Case\u00a0No.\n 2014\u20100651\u2013F ") == "Case No. 2014-0651-F"
    assert folded("“Yes”, then") == "“Yes”, then"


@pytest.mark.parametrize(
    ("phrase", "text", "distance"),
    [
        ("camera", "the camera was", 0),
        ("camera", "the camara was", 1),
        ("camera", "the cmera was", 1),
        ("camera", "the camxera was", 1),
        ("camera", "", 6),
        ("camera", "xyz", 6),
    ],
)
def test_the_distance_is_that_of_the_nearest_part(phrase: str, text: str, distance: int) -> None:
    assert distance_within(phrase, text) == distance


def test_one_wrong_character_in_twenty_is_allowed_and_no_more() -> None:
    twenty = "plates of the county"
    assert len(twenty) == 20
    assert nearly_in(twenty, "all plates of tbe county here")
    assert not nearly_in(twenty, "all plates of tbe countv here")
    assert not nearly_in("county", "the countv")
