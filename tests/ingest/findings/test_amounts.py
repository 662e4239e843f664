import pytest

from ingest.findings.amounts import amounts
from ingest.findings.finding import found_in


def test_beneath_a_head_in_dollars_numbers_with_cents_are_money() -> None:
    assert cents("NAME AMOUNT ($)\nN. N. 37,499.96 2031 12.5") == [3749996]


def cents(text: str) -> list[int]:
    return [int(one.value) for one in found_in(amounts, [(1, text)])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a fee of $1,234.50.", 123450),
        ("$ 79.8 each", 7980),
        ("US$342,000", 34200000),
        ("USD 12.00", 1200),
        ("902,418.00 US$ 13-Sep-11", 90241800),
        ("$1.2 million", 120000000),
        ("$3M", 300000000),
        ("25 dollars", 2500),
        ("-$400", -40000),
    ],
)
def test_money_is_read_to_the_cent(text: str, expected: int) -> None:
    assert cents(text) == [expected]


@pytest.mark.parametrize("text", ["1,234.50", "$", "$ -", "US$\n13 cameras", "1.5 hours", "$1.2.3"])
def test_a_number_without_its_sign_is_no_money(text: str) -> None:
    assert cents(text) == []
