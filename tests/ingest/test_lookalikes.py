import pytest

from archive.masking import MASK
from ingest.reader.lookalikes import mask_recognised


@pytest.mark.parametrize(
    "printed", ["219-09-9999", "2l9-09-9999", "219-O9-9999", "219-09-999g", "2I9-o9-99S9"]
)
def test_a_number_is_masked_also_where_a_digit_was_read_as_a_letter(printed: str) -> None:
    text, count = mask_recognised(f"His number is {printed} as of May")
    assert count == 1
    assert text == f"His number is {''.join(MASK if s.isalnum() else s for s in printed)} as of May"


@pytest.mark.parametrize(
    "printed",
    [
        "219\u201409\u20149999",
        "219\u201309-9999",
        "219~O9~9999",
        "219--09-9999",
        "219.09.9999",
        "219 \u2014 09-9999",
    ],
)
def test_a_number_is_masked_also_where_a_hyphen_was_read_as_another_sign(printed: str) -> None:
    text, count = mask_recognised(f"His number is {printed} as of May")
    assert count == 1
    assert text == f"His number is {''.join(MASK if s.isalnum() else s for s in printed)} as of May"


@pytest.mark.parametrize("printed", ["|2l9-O9-9999|", ".219-09-9999", "_219-09-9999_"])
def test_dirt_beside_a_number_does_not_keep_it_from_being_masked(printed: str) -> None:
    text, count = mask_recognised(printed)
    assert count == 1
    assert not any(sign.isdigit() for sign in text)


@pytest.mark.parametrize(
    "kept",
    [
        "SOIL-SO-BOSS",
        "Solicitation 70B06C-21-R-0007",
        "Ioolo, Ill. B5 of 12",
        "Request 2025-ICLI-00017 of 3 May",
        "Part 70-219\u201409\u20149999",
        "Part 219\u201409\u20149999-A",
        "Call 541.682.5010 or 219.555.0199",
    ],
)
def test_what_only_looks_a_little_alike_stays(kept: str) -> None:
    assert mask_recognised(kept) == (kept, 0)
