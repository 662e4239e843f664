"""Numbers of federal procurement."""

import pytest

from archive.fiscal import fiscal_year
from archive.identifiers import (
    NotAnAwardKey,
    award_key,
    compact,
    idv_key,
    is_uei,
    modification_key,
    parse_award_key,
    real_duns,
    real_uei,
)


@pytest.mark.parametrize(
    "printed",
    ["70CMSD-21-C-0001", "70CMSD 21 C 0001", "70cmsd21c0001", "70CMSD\u201321\u2013C\u20130001"],
)
def test_a_piid_is_the_same_however_it_is_printed(printed: str) -> None:
    assert compact(printed) == "70CMSD21C0001"


def test_an_order_key_gives_back_its_parts() -> None:
    built = award_key(
        piid="70ZZZZ25F00000001",
        agency="7012",
        parent_piid="47ZZZZ24D0000007",
        parent_agency="4730",
    )
    parts = parse_award_key(built)
    assert built == "CONT_AWD_70ZZZZ25F00000001_7012_47ZZZZ24D0000007_4730"
    assert (parts.category, parts.parent_agency) == ("award", "4730")


def test_an_award_without_a_parent_says_none_in_its_key() -> None:
    built = award_key(piid="70ZZZZ25C00000001", agency="7012")
    assert built == "CONT_AWD_70ZZZZ25C00000001_7012_-NONE-_-NONE-"
    assert parse_award_key(built).parent_piid == ""


def test_a_vehicle_has_a_key_of_its_own_form() -> None:
    assert parse_award_key(idv_key(piid="GS10F0201R", agency="4730")).category == "idv"


@pytest.mark.parametrize("text", ["", "CONT_AWD_X", "CONT_IDV__4730", "../etc/passwd"])
def test_what_is_not_an_award_key_is_refused(text: str) -> None:
    with pytest.raises(NotAnAwardKey):
        parse_award_key(text)


def test_an_empty_transaction_number_is_zero() -> None:
    assert modification_key("K", "p00001", "") == modification_key("K", "P00001", "0")


@pytest.mark.parametrize("uei", ["ZZZEXAMPLEZ9", "ZZZTESTVEND5", "JTAPCFM4NSL4", "S1RUKWWRYFL7"])
def test_the_check_digit_tells_a_uei_from_a_slip(uei: str) -> None:
    assert is_uei(uei) is (uei != "S1RUKWWRYFL7")


def test_placeholders_name_no_vendor() -> None:
    assert (real_uei("TREASU364044"), real_duns("123456787"), real_duns("000000000")) == (
        "",
        "",
        "",
    )


def test_a_duns_keeps_its_leading_zeros() -> None:
    assert real_duns("6254833") == "006254833"


@pytest.mark.parametrize(
    ("day", "year"), [("2025-09-30", 2025), ("2025-10-01", 2026), ("2026-01-01", 2026)]
)
def test_the_fiscal_year_begins_in_october(day: str, year: int) -> None:
    from datetime import date

    assert fiscal_year(date.fromisoformat(day)) == year
