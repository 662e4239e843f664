"""Sums by fiscal year: each action in the year of its day, and nothing in a year by guess."""

from pathlib import Path

import pytest

from archive.deposit import deposit
from archive.opening import Archive
from archive.shown.sums import Whose, Yearly, yearly
from tests.archive.composed import archive_in, award, captured, modification


def sums(archive: Archive, whose: Whose | None = None) -> Yearly:
    with archive.catalogue.reading() as connection:
        return yearly(connection, whose or Whose(subagency="7012"))


def test_an_action_counts_in_the_fiscal_year_of_its_day(tmp_path: Path) -> None:
    said = [
        award(obligated_cents=300, signed_on="2025-09-30", acted_on="2025-10-01"),
        modification(name="0", acted_on="2025-09-30", obligated_cents=100),
        modification(name="P1", acted_on="2025-10-01", obligated_cents=200),
    ]
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), said)
        found = sums(archive)
    assert found.by_year == {(2025, "1"): 100, (2026, "1"): 200}
    assert (found.unplaced_awards, found.missing_cents) == (0, 0)


def test_an_award_without_actions_counts_where_its_first_and_last_lie_in_one_year(
    tmp_path: Path,
) -> None:
    said = [
        award(1, obligated_cents=500, signed_on="2024-11-01", acted_on="2025-09-30"),
        award(2, obligated_cents=70, signed_on="2024-11-01", acted_on="2025-10-01"),
    ]
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), said)
        found = sums(archive)
    assert found.by_year == {(2025, "1"): 500}
    assert (found.unplaced_awards, found.unplaced_cents) == (1, 70)


def test_what_an_award_was_obligated_beyond_the_actions_held_is_in_no_year(
    tmp_path: Path,
) -> None:
    said = [
        award(obligated_cents=1000),
        modification(name="P1", acted_on="2025-10-01", obligated_cents=200),
    ]
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), said)
        found = sums(archive)
    assert found.by_year == {(2026, "1"): 200}
    assert found.missing_cents == 800


@pytest.mark.parametrize(
    ("whose", "part"),
    [(Whose(vendor=1), "7012"), (Whose(subagency="7012"), "1"), (Whose(agency="070"), "7012")],
)
def test_parts_are_agencies_of_a_vendor_and_vendors_of_an_agency(
    tmp_path: Path, whose: Whose, part: str
) -> None:
    said = [award(obligated_cents=5), modification(acted_on="2025-10-01", obligated_cents=5)]
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), said)
        assert sums(archive, whose).by_year == {(2026, part): 5}
