import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import masking
from archive.masking import MASK, mask, mask_document

MASKED = {
    "SSN: 219-09-9999.": "SSN: ███-██-████.",
    "see 219-09-9999, page 2": "see ███-██-████, page 2",
    "219 - 09 - 9999": "███ - ██ - ████",
    "Social Security No. 219099999": "Social Security No. █████████",
    "SSN 219 09 9999": "SSN ███ ██ ████",
    "SSN: 2 1 9 0 9 9 9 9 9": "SSN: █ █ █ █ █ █ █ █ █",
    "ITIN 912-70-1234": "ITIN ███-██-████",
    "A-number: A012 345 678": "A-number: ████ ███ ███",
    "A# 12345678": "A# ████████",
    "A012-345-678": "████-███-███",
    "Date of Birth: January 5, 1980": "Date of Birth: ███████ █, ████",
    "DOB 1980-01-05": "DOB ████-██-██",
    "D.O.B.: 05JAN1980": "D.O.B.: █████████",
    "card 4111 1111 1111 1111": "card ████ ████ ████ ████",
    "4111-1111-1111-1111": "████-████-████-████",
    "378282246310005": "███████████████",
    "Routing number: 021000021": "Routing number: █████████",
    "Bank account no. 1234-5678": "Bank account no. ████-████",
    "ABA 021000021, Account 55512345": "ABA █████████, Account ████████",
    "SSAN: 219 09 9999": "SSAN: ███ ██ ████",
    "219-09-\n9999": "███-██-\n████",
    "219-\n09-9999": "███-\n██-████",
    "SSN 219-09\n-9999": "SSN ███-██\n-████",
    "A012-345-\n678": "████-███-\n███",
}
# Masked in documents, left in award rows.
OF_DOCUMENTS = {
    "A123456789": "██████████",
    "A-123456789": "█-█████████",
    "A12345678.": "█████████.",
    "A 123456789": "█ █████████",
    "A 123 456 789": "█ ███ ███ ███",
    "(A012 345 678)": "(████ ███ ███)",
    "A 12 345 678": "█ ██ ███ ███",
}
LEFT = [
    "phone 202-555-0123",
    "fax (202) 555-0123",
    "DUNS 123456789",
    "UEI ABCDEFGH1234",
    "PIID 70ZZZZ25F00000001 and 70ZZZZ-25-F-00000001",
    "HSCETE-15-C-00001",
    "NSN 5820-01-451-8250",
    "invoice 123-45-6789-1",
    "part X219-09-9999",
    "bulletin 219\u201309\u20139999",
    "$219-09-9999",
    "000-12-3456",
    "900-12-3456",
    "4111 1111 1111 1112",
    "tracking 1234567890123456",
    "Account No. 55512345",
    "ABA 123456789",
    "contract routing 2025-03215",
    "born in 1980",
    "20743-1234",
    "1st day of 03/04/2025",
    "219-09\n9999",
]
LEFT_IN_DOCUMENTS = [
    *LEFT,
    "Attachment A 20250101",
    "Annex A 123,456,789",
    "a 123 456 789 dollar order",
    "N A123456",
    "A1234567890",
    "BA123456789",
    "A123456789-0001",
    "70A123456789",
    "Part A\n123 456 789",
]


@pytest.mark.parametrize(("text", "expected"), MASKED.items())
def test_a_personal_number_is_masked(text: str, expected: str) -> None:
    assert mask(text) == (expected, mask(text)[1])
    assert mask(text)[1] >= 1


@pytest.mark.parametrize("text", LEFT)
def test_a_number_that_is_not_personal_stays(text: str) -> None:
    assert mask(text) == (text, 0)


@pytest.mark.parametrize(("text", "expected"), [*OF_DOCUMENTS.items(), *MASKED.items()])
def test_a_personal_number_of_a_document_is_masked(text: str, expected: str) -> None:
    assert mask_document(text)[0] == expected


@pytest.mark.parametrize("text", OF_DOCUMENTS)
def test_an_alien_number_without_a_label_is_left_in_award_rows(text: str) -> None:
    assert mask(text) == (text, 0)


@pytest.mark.parametrize("text", LEFT_IN_DOCUMENTS)
def test_a_number_of_a_document_that_is_not_personal_stays(text: str) -> None:
    assert mask_document(text) == (text, 0)


def test_each_number_counts_once() -> None:
    assert mask("SSN 219-09-9999 and 219-09-9998, DOB 1/2/1980")[1] == 3


PIECES = st.sampled_from([*MASKED, *LEFT, "SSN", "DOB:", "\n", " ", "-", "█", "219", "account "])


@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_masking_keeps_length_and_words_and_is_done_at_once(text: str) -> None:
    masked, count = mask(text)
    assert len(masked) == len(text)
    assert [len(word) for word in masked.split()] == [len(word) for word in text.split()]
    assert (masked == text) == (count == 0)
    assert all(old == new or new == MASK for old, new in zip(text, masked, strict=True))
    assert mask(masked)[0] == masked


@given(st.text(alphabet="ABCDEFGHJKLMNPQRSTUVWXYZ", min_size=1, max_size=1), st.integers(0, 10**8))
def test_no_piid_is_masked(letter: str, serial: int) -> None:
    piid = f"70ZZZZ25{letter}{serial:08d}"
    assert mask(f"order {piid}, under {piid[:6]}-{piid[6:8]}-{letter}-{piid[9:]}")[1] == 0


@given(st.integers(2_000_000_000, 9_999_999_999))
def test_no_telephone_number_is_masked(number: int) -> None:
    digits = str(number)
    printed = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    assert mask(f"call {printed} or ({digits[:3]}) {printed[4:]} or {digits}")[1] == 0


def masked_as_a_whole(text: str) -> tuple[str, int]:
    """Mask by looking through the whole text again after each number: slow, and plainly right."""
    count = 0
    rules = masking._RULES
    while spans := masking._merged(sorted(masking._found(text, 0, len(text), rules))):
        text, count = masking._covered(text, spans), count + len(spans)
    return text, count


GLUED = st.sampled_from([*MASKED, *LEFT, "ssn123456789", "219-09-9999", "dob1/2/1980", " ", "x"])


@settings(derandomize=True, max_examples=200)
@given(st.lists(GLUED | st.text(max_size=8), max_size=40).map("".join))
def test_looking_only_around_what_was_masked_masks_the_same(text: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(masking, "_REACH", 320)
        assert mask(text) == masked_as_a_whole(text)


def test_numbers_glued_to_each_other_take_work_by_their_length_not_its_square() -> None:
    read = 0

    def counted(text: str, begin: int, end: int, rules: Any) -> Iterator[re.Match[str]]:
        nonlocal read
        read += end - begin
        return matches(text, begin, end, rules)

    matches, text = masking._matches, "ssn123456789" * 1_000
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(masking, "_matches", counted)
        assert mask(text)[1] == 1_000
    assert read <= 3 * len(text) + 1_000 * (2 * masking._REACH + 12)


def test_many_accounts_beside_many_routing_numbers_are_all_masked() -> None:
    text = "routing 021000021 account 12345678 " * 500
    assert mask(text)[1] == 1_000
