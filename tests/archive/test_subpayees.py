"""Persons among the payees of sub-awards: on no face, in no index, whenever they become known."""

import json
from pathlib import Path
from typing import Any

import pytest

from archive import indexing, persons
from archive.deposit import deposit
from archive.model import Statement, Value
from archive.opening import Archive
from archive.shown import exporting
from archive.shown.asking import Asked
from archive.shown.award import load_award
from archive.shown.desk import open_desk
from archive.shown.record import plain
from archive.shown.search import search
from tests.archive.composed import archive_in, award, captured, key, report
from tests.archive.taken_back import take_back

pytestmark = pytest.mark.slow

NAME, UEI, DUNS = "QUILLERBY JONATHAN", "ZZZEXAMPLEZ9", "148508286"
FIRM: dict[str, Any] = {"vendor_name": "HARROW LLC", "vendor_uei": ""}
SAID: dict[str, Any] = {"vendor_name": NAME, "vendor_uei": UEI, "vendor_dba": "QUILLERBY AIR"}


def person(**fields: Value) -> Statement:
    """State an award to the person, by which the archive knows who they are."""
    said: dict[str, Any] = {"vendor_name": NAME, "vendor_uei": UEI, "vendor_is_person": True}
    return award(2, **said | fields)


def deposited(archive: Archive, *said: Statement) -> None:
    """Deposit statements one by one, and index after each."""
    for place, one in enumerate(said):
        deposit(archive, captured(archive, f"{place}{one}"), [one])
        indexing.drain(archive)


def faces(archive: Archive) -> str:
    """Give all that readers see of the award with the report, as one text."""
    desk = open_desk(archive)
    asked = Asked(query="hosting")
    return json.dumps(
        [
            plain(load_award(desk, key(1))),
            plain(search(desk, asked).entries),
            # Words of the query itself stand in no passage.
            plain(search(desk, Asked(query=f"hosting OR {NAME.split()[0]}")).entries),
            list(exporting.rows(desk, asked)),
        ],
        default=str,
    )


def hits(archive: Archive) -> list[str]:
    """Give the awards that are found by what names the person."""
    desk = open_desk(archive)
    queries = ("quillerby", f"id:{UEI}", f"vendor:{NAME.split()[0]}")
    return [one.key for asked in queries for one in search(desk, Asked(query=asked)).entries]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (person(), SAID),
        (person(vendor_duns=DUNS), {"vendor_name": NAME, "vendor_duns": DUNS}),
        (person(), {"vendor_name": NAME}),
    ],
    ids=["by UEI", "by DUNS", "by name alone"],
)
@pytest.mark.parametrize("is_late", [False, True])
def test_a_report_to_a_known_person_names_nobody(
    tmp_path: Path, known: Statement, said: dict[str, Any], is_late: bool
) -> None:
    reported = [award(1, **FIRM), report(1, **said)]
    with archive_in(tmp_path) as archive:
        deposited(archive, *([*reported, known] if is_late else [known, *reported]))
        (group,) = load_award(open_desk(archive), key(1)).subawards
        assert (group.vendor, group.uei, group.is_person) == (persons.SOLE_PROPRIETOR, "", True)
        assert "QUILLERBY" not in faces(archive)
        assert UEI not in faces(archive)
        assert key(1) not in hits(archive)


def test_a_vendor_that_is_later_called_a_person_leaves_the_reports_that_name_them(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        deposited(archive, person(vendor_is_person=False), award(1, **FIRM), report(1, **SAID))
        assert key(1) in hits(archive)
        deposited(archive, person(modified_at="2025-10-09"))
        assert key(1) not in hits(archive)
        assert "QUILLERBY" not in faces(archive)


def test_an_identifier_that_turns_out_to_be_a_persons_hides_the_reports_by_it(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        by_duns = report(1, vendor_name="QUILLERBY AIR", vendor_duns=DUNS)
        deposited(archive, person(), award(1, **FIRM), by_duns)
        assert key(1) in hits(archive)
        deposited(archive, award(3, vendor_name=NAME, vendor_uei=UEI, vendor_duns=DUNS))
        assert key(1) not in hits(archive)
        assert "QUILLERBY" not in faces(archive)


def test_a_report_may_say_itself_that_its_payee_is_a_sole_proprietor(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        silent = report(1, name="S2", **SAID)
        flagged = report(3, **SAID, vendor_is_person=True)
        deposited(archive, award(1, **FIRM), silent, award(3, **FIRM), flagged)
        assert hits(archive) == []
        assert "QUILLERBY" not in faces(archive)


def test_a_company_keeps_its_name_in_reports(tmp_path: Path) -> None:
    said: dict[str, Any] = {
        "vendor_name": "QUILLERBY LLC",
        "vendor_uei": UEI,
        "vendor_is_person": True,
    }
    with archive_in(tmp_path) as archive:
        deposited(archive, award(1, **FIRM), report(1, **said))
        (group,) = load_award(open_desk(archive), key(1)).subawards
        assert (group.vendor, group.is_person) == ("QUILLERBY LLC", False)
        assert key(1) in hits(archive)


def test_another_vendor_of_the_same_name_with_its_own_identifier_is_shown(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        named = report(1, vendor_name=NAME, vendor_duns="021504876")
        deposited(archive, person(), award(1, **FIRM), named)
        (group,) = load_award(open_desk(archive), key(1)).subawards
        assert group.vendor == NAME


def test_an_older_archive_learns_who_is_named_in_its_reports(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        deposited(archive, person(), award(1, **FIRM), report(1, **SAID))
        take_back(archive, "0001")
    with archive_in(tmp_path) as archive:
        assert indexing.depth(archive) == 1
        (group,) = load_award(open_desk(archive), key(1)).subawards
        assert group.is_person
