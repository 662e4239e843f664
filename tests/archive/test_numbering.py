"""Whether the numbers of an award's actions show that one is missing."""

import pytest

from archive.numbering import Numbers


@pytest.mark.parametrize(
    "numbers",
    [
        ("0",),
        ("0", "P00001", "P00002"),
        ("P00002", "0", "P00001", "P00001"),
        ("0", "P00001", "A00001", "A00002"),
        ("0", "1", "2"),
        ("0", "01", "02"),
        ("0", "P00001", "XXX9"),
    ],
)
def test_from_the_award_itself_on_without_a_gap_they_are_whole(numbers: tuple[str, ...]) -> None:
    assert Numbers(numbers).are_whole


@pytest.mark.parametrize(
    "numbers",
    [
        (),
        ("P00001",),
        ("P00001", "XXX9"),
        ("0", "P00002"),
        ("0", "P00001", "P00003"),
        ("0", "P00001", "A00002"),
        ("0", "RCN002"),
        ("0", "P0000A"),
        ("0", "P-1"),
    ],
)
def test_without_the_award_itself_with_a_gap_or_of_another_form_they_are_not(
    numbers: tuple[str, ...],
) -> None:
    assert not Numbers(numbers).are_whole
