"""The page about ten million awards multiplies rightly."""

import re

import pytest

from .sources import CHECKOUT

PAGE = (CHECKOUT / "docs" / "ten-million-awards.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| ([^|]+) \| ([\d/.,]+) (kB|s|\$) \| ([\d.,]+)( million)? \| ([\d.,]+) (\S+) \|$"
)
ROWS = [found.groups() for line in PAGE.splitlines() if (found := ROW.match(line))]
UNITS = {"kB": 1e3, "s": 1.0, "$": 1.0, "GB": 1e9, "h": 3600.0}


def number(text: str) -> float:
    top, _, below = text.replace(",", "").partition("/")
    return float(top) / float(below or 1)


def test_there_is_something_to_multiply() -> None:
    assert len(ROWS) == 19


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_is_the_product_of_its_figures(row: tuple[str, ...]) -> None:
    _, each, unit, count, million, total, total_unit = row
    product = number(each) * UNITS[unit] * number(count) * (1e6 if million else 1)
    assert product == pytest.approx(number(total) * UNITS[total_unit], rel=0.03)


def test_the_money_is_the_sum_that_is_named() -> None:
    dollars = [number(row[5]) for row in ROWS if row[6] == "$"]
    assert sum(dollars) == pytest.approx(2_000, rel=0.03)


def test_the_disk_is_the_sums_that_are_named() -> None:
    def total(start: str) -> float:
        return sum(number(row[5]) for row in ROWS if row[0].startswith(start) and row[6] == "GB")

    assert total("catalogue") * 1.3 == pytest.approx(147, rel=0.01)
    assert total("files") == pytest.approx(8_500, rel=0.01)
    assert total("index") * 1.23 == pytest.approx(250, rel=0.01)
    assert total("index") * 0.87 == pytest.approx(177, rel=0.01)
    assert total("index") * 1.89 == pytest.approx(383, rel=0.01)
    assert (2 * 250 + 2 * 383) / 0.85 == pytest.approx(1_500, rel=0.01)
