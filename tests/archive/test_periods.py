"""From when to when a vendor was paid, and an office signed."""

from pathlib import Path
from typing import Any

from archive import indexing
from archive.deposit import deposit
from archive.opening import Archive
from archive.shown.agency import load_agency
from archive.shown.desk import open_desk
from archive.shown.vendor import load_vendor
from tests.archive.composed import archive_in, award, captured, modification

OFFICE: dict[str, Any] = {
    "awarding_office_code": "70CMSD",
    "awarding_office_name": "MISSION SUPPORT DALLAS",
}


def shown(archive: Archive) -> set[tuple[str, str]]:
    """Give the period of the only vendor and of the only office."""
    indexing.drain(archive)
    desk = open_desk(archive)
    vendor = load_vendor(desk, 1, "2025-12-01")
    (office,) = load_agency(desk, "7012").offices
    (same,) = vendor.offices
    return {(one.first_on, one.last_on) for one in (vendor, office, same)}


def test_the_first_day_is_that_of_the_earliest_action_years_before_the_latest(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        first = modification(name="0", acted_on="2019-03-04")
        last = modification(name="P00009", acted_on="2025-09-05")
        deposit(archive, captured(archive, "a"), [award(**OFFICE), first, last])
        assert shown(archive) == {("2019-03-04", "2025-09-05")}


def test_the_first_day_is_the_one_on_which_an_award_was_signed(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        signed = award(**OFFICE, signed_on="2018-10-01")
        same_year = award(2, **OFFICE, signed_on="2019-09-30")
        later = award(3, **OFFICE, signed_on="2024-01-01", acted_on="2025-11-30")
        deposit(archive, captured(archive, "a"), [same_year, signed, later])
        assert shown(archive) == {("2018-10-01", "2025-11-30")}


def test_an_award_without_any_day_has_no_period(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [award(**OFFICE, acted_on="")])
        assert shown(archive) == {("", "")}


def test_offices_without_a_code_are_told_apart_by_their_names(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        names = ("MISSION SUPPORT DALLAS", "MISSION SUPPORT ORLANDO")
        held = [
            award(
                number,
                awarding_office_code="",
                awarding_office_name=name,
                acted_on=f"202{number}-01-31",
            )
            for number, name in enumerate(names, start=1)
        ]
        deposit(archive, captured(archive, "a"), held)
        indexing.drain(archive)
        found = load_agency(open_desk(archive), "7012").offices
        assert {(one.code, one.name, one.first_on) for one in found} == {
            ("", "MISSION SUPPORT DALLAS", "2021-01-31"),
            ("", "MISSION SUPPORT ORLANDO", "2022-01-31"),
        }
