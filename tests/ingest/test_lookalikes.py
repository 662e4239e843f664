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
    "kept",
    [
        "SOIL-SO-BOSS",
        "Solicitation 70B06C-21-R-0007",
        "Ioolo, Ill. B5 of 12",
        "Request 2025-ICLI-00017 of 3 May",
    ],
)
def test_what_only_looks_a_little_alike_stays(kept: str) -> None:
    assert mask_recognised(kept) == (kept, 0)
