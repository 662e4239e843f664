from decimal import Decimal

import pytest

from crawlers.usaspending import values
from crawlers.usaspending.values import Members, NotUnderstood


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("421.68", 42168),
        (Decimal("172213419.67"), 17221341967),
        (1234.5600000000002, 123456),
        (-0.5, -50),
        ("", None),
        (None, None),
        ("0", 0),
        ("1E+3", 100000),
    ],
)
def test_dollars_become_whole_cents(printed: object, expected: int | None) -> None:
    assert values.cents(printed, "amount") == expected


@pytest.mark.parametrize("printed", ["1.005", "12,50", "$3", "NaN", "Infinity", True, [], "1e30"])
def test_an_amount_that_is_not_understood_is_refused_with_its_value(printed: object) -> None:
    with pytest.raises(NotUnderstood, match="amount"):
        values.cents(printed, "amount")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2/15/03", "2003-02-15"),
        ("12/1/68 0:00", "2068-12-01"),
        ("12/1/69", "1969-12-01"),
        ("12/22/2017", "2017-12-22"),
        ("2025-03-05 00:00:00", "2025-03-05"),
        ("2025-03-05T10:11:12Z", "2025-03-05"),
        (" ", None),
    ],
)
def test_every_date_style_of_real_files_is_one_day(printed: str, expected: str | None) -> None:
    assert values.day_in(printed, "day") == expected


@pytest.mark.parametrize("printed", ["31/12/2017", "2025-13-01", "15-Feb-03", "0000-00-00", "2025"])
def test_a_date_in_another_style_is_refused(printed: str) -> None:
    with pytest.raises(NotUnderstood, match="is not a date"):
        values.day_in(printed, "day")


def test_a_stamp_keeps_its_hour_where_it_has_one() -> None:
    assert values.stamp("2019-10-27 20:06:44", "stamp") == "2019-10-27T20:06:44"
    assert values.stamp("2019-10-27 00:00:00", "stamp") == "2019-10-27"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("SOCIÃ‰TÃ‰ GÃ‰NÃ‰RALE", "SOCIÉTÉ GÉNÉRALE"),
        ("SOCIÉTÉ GÉNÉRALE", "SOCIÉTÉ GÉNÉRALE"),
        ("VENDORâ€™S TOOLS", "VENDOR\u2019S TOOLS"),
        ("NAÏVE Ã‰", "NAÏVE Ã‰"),
        ("PLAIN", "PLAIN"),
    ],
)
def test_mojibake_is_repaired_only_when_the_whole_text_says_so(printed: str, expected: str) -> None:
    assert values.repaired(printed) == expected


@pytest.mark.parametrize(
    ("printed", "hidden"),
    [
        ("POC JANE ROE 202-555-0143 FOR SERVICE", "202-555-0143"),
        ("CALL (202) 555-0143", "(202) 555-0143"),
        ("TEL: 2025550143", "2025550143"),
        ("MAIL JANE.ROE@ICE.DHS.GOV TODAY", "JANE.ROE@ICE.DHS.GOV"),
    ],
)
def test_contacts_in_descriptions_are_masked_in_place(printed: str, hidden: str) -> None:
    masked = values.without_contacts(printed)
    assert hidden not in masked
    assert len(masked) == len(printed)
    assert masked.split()[0] == printed.split()[0]


def test_a_text_with_a_nul_is_refused_for_no_database_but_one_keeps_it() -> None:
    with pytest.raises(NotUnderstood, match=r"recipient_name 'A.x00B' holds a NUL"):
        values.words("A\0B", "recipient_name")


@pytest.mark.parametrize("printed", ["DUNS 0793312390", "LOT 2025550143", "HSCETE-17-F-00012"])
def test_numbers_that_are_no_contacts_stay(printed: str) -> None:
    assert values.without_contacts(printed) == printed


def test_members_that_nobody_took_are_named_with_their_place() -> None:
    members = Members({"a": 1, "b": {"c": 2, "d": 3}, "e": None}, "")
    inner = members.inside("b")
    assert inner is not None
    inner.take("c")
    assert members.left() == ["a", "e", "b.d"]
    with pytest.raises(NotUnderstood, match=r"b\.x is missing"):
        inner.take("x")
