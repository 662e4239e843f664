"""Persons paid under their own name: sticky, and named nowhere."""

from pathlib import Path

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
    said = {"vendor_name": NAME, "vendor_uei": ""}
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
    said = {
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
        assert page.vendor == plain(listed.vendor) == row["vendor"] == persons.PERSON
        assert page.vendor_number is listed.vendor_number is row["vendor_uei"] is None
