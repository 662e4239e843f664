"""Persons paid under their own name: sticky, and named nowhere."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from archive import indexing, persons
from archive.catalogue.tables import outbox, vendor
from archive.deposit import deposit
from archive.shown import exporting
from archive.shown.asking import Asked
from archive.shown.award import load_award
from archive.shown.desk import open_desk
from archive.shown.found import AwardEntry
from archive.shown.passages import plain
from archive.shown.search import search
from tests.archive.composed import archive_in, award, captured, key

NAME = "QUILLERBY JONATHAN"


def test_a_vendor_that_any_row_calls_a_person_is_one_from_then_on(tmp_path: Path) -> None:
    said: dict[str, Any] = {"vendor_name": NAME, "vendor_uei": ""}
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [award(1, **said)])
        indexing.drain(archive)
        flagged = award(2, **said, vendor_is_person=True)
        deposit(archive, captured(archive, "b"), [flagged])
        deposit(archive, captured(archive, "c"), [award(3, **said, vendor_is_person=False)])
        with archive.catalogue.reading() as connection:
            assert list(connection.scalars(sa.select(vendor.c.is_person))) == [True]
            # The award that was indexed with the name is to be indexed without it.
            assert connection.scalar(sa.select(sa.func.count()).select_from(outbox)) == 3


@pytest.mark.parametrize(
    "name",
    [
        "HARROW'S ARMAMENT COMPANY",
        "QUILLERBY, INC., J.",
        "GO & QUILLERBY INC.",
        "HARROW PROPERTIES, II L.L.C.",
        "HARROW SCALE CO., LLC",
        "Harrow Consulting, Llc",
        "HARROW L L C",
        "HARROW CORPORATION (2496)",
        "HARROW LIMITED",
    ],
)
def test_a_printed_legal_form_outweighs_that_a_source_says_sole_proprietorship(name: str) -> None:
    assert not persons.says_person({"vendor_name": name, "vendor_is_person": True})


@pytest.mark.parametrize(
    "name",
    [
        "",
        NAME,
        "QUILLERBY, JONATHAN PHD, LP",  # a licensed psychologist
        "JONATHAN QUILLERBY CO",  # of Colorado, or anything else
        "JONATHAN QUILLERBY PC",
        "JONATHAN QUILLERBY DBA HARROW INC",
        "JONATHAN QUILLERBY D/B/A HARROW LLC",
        "VINCENT LIMITED-QUILLERBY",
    ],
)
def test_what_may_be_a_persons_own_name_stays_hidden(name: str) -> None:
    assert persons.says_person({"vendor_name": name, "vendor_is_person": True})


def test_an_individual_is_a_person_whatever_the_name_looks_like() -> None:
    fields = {"vendor_name": "QUILLERBY INC", "vendor_is_individual": True}
    assert persons.says_person(fields)
    assert persons.called(fields) == persons.PERSON


def test_a_company_is_shown_although_a_source_says_sole_proprietorship(tmp_path: Path) -> None:
    said: dict[str, Any] = {"vendor_name": "HARROW'S ARMAMENT COMPANY", "vendor_is_person": True}
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [award(1, **said)])
        indexing.drain(archive)
        desk = open_desk(archive)
        assert search(desk, Asked(query="armament")).total == 1
        page = load_award(desk, key(1))
        assert page.vendor == "HARROW'S ARMAMENT COMPANY"
        assert page.vendor_number == 1


def test_a_name_printed_once_without_its_legal_form_hides_the_vendor(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        for number, name in enumerate(("QUILLERBY LLC", "QUILLERBY", "QUILLERBY LLC"), 1):
            said = award(number, vendor_name=name, vendor_is_person=True)
            deposit(archive, captured(archive, name + str(number)), [said])
        assert load_award(open_desk(archive), key(1)).vendor == persons.SOLE_PROPRIETOR


def test_fields_without_names_keep_everything_else() -> None:
    fields = {
        "piid": "X",
        "vendor_name": NAME,
        "vendor_uei": "U",
        "parent_vendor_name": NAME,
        "vendor_is_person": True,
    }
    assert persons.without_names(fields) == {"piid": "X", "vendor_is_person": True}


def test_every_face_shows_an_award_of_a_known_person_alike(tmp_path: Path) -> None:
    said: dict[str, Any] = {
        "vendor_name": NAME,
        "vendor_uei": "",
        "description": f"SERVICES OF {NAME} AT A HEARING",
    }
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [award(1, **said, vendor_is_person=True)])
        deposit(archive, captured(archive, "b"), [award(2, **said)])
        indexing.drain(archive)
        desk = open_desk(archive)
        wanted = Asked(query=f"piid:{award(2).fields['piid']}")
        (listed,) = search(desk, wanted).entries
        (row,) = exporting.rows(desk, wanted)
        page = load_award(desk, key(2))
        assert isinstance(listed, AwardEntry)
        assert page.title == plain(listed.title) == row["title"]
        assert page.vendor == plain(listed.vendor) == row["vendor"]
        assert page.vendor == persons.SOLE_PROPRIETOR
        assert page.vendor_number is listed.vendor_number is row["vendor_uei"] is None
