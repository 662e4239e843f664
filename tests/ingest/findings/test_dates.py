import pytest

from ingest.findings.dates import dates
from ingest.findings.finding import found_in


def days(text: str) -> list[str]:
    return [one.value for one in found_in(dates, [(1, text)])]


@pytest.mark.parametrize(
    "text",
    [
        "September 5, 2025",
        "Sept. 5th, 2025",
        "5 September 2025",
        "the 5th day of September, 2025",
        "05-Sep-2025",
        "05SEP25",
        "2025-09-05",
        "9/5/2025",
        "Filed 09/05/25 Page 1",
        "2025SEP05",
        "SEP 5 2025",
        "September\n5, 2025",
    ],
)
def test_a_day_is_read_in_any_form(text: str) -> None:
    assert days(f"on {text} it") == ["2025-09-05"]


@pytest.mark.parametrize(
    "text",
    [
        "13/45/2020",
        "February 30, 2025",
        "FRI - 08 AUG 10:30A",
        "06-04-25",
        "version 1.2.2025",
        "May 12 cameras",
        "2 \u2013 June 2025",
        "$9/5/2025",
        "1/2/20250",
    ],
)
def test_what_no_calendar_has_and_what_may_be_something_else_is_no_date(text: str) -> None:
    assert days(text) == []


def test_a_year_of_two_digits_is_of_the_century_that_can_be_meant() -> None:
    assert days("7/2/85 and 7/2/25") == ["1985-07-02", "2025-07-02"]
