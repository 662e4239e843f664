"""Damage to what readers see is found in every column, and written again from versions."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from archive import indexing
from archive.announce import announce
from archive.catalogue import tables
from archive.deposit import deposit
from archive.mending import mend
from archive.opening import Archive
from archive.shown.asking import Asked
from archive.shown.desk import open_desk
from archive.shown.search import search
from archive.verifying import verify
from tests.archive.composed import archive_in, award, captured, key, modification, report
from tests.catalogues import IS_POSTGRES

pytestmark = pytest.mark.slow

PERSON: dict[str, Any] = {
    "vendor_name": "QUILLERBY JONATHAN",
    "vendor_uei": "",
    "vendor_is_person": True,
}
DUNS = "148508286"


def filled(archive: Archive) -> None:
    """Deposit a company that was joined to, a person, an action and a report to the person."""
    said: dict[str, Any] = {"vendor_uei": "", "vendor_duns": DUNS}
    deposit(archive, captured(archive, "a"), [award(1, **said)])
    statements = [award(2, vendor_duns=DUNS), award(3, **PERSON), modification(2)]
    reported = report(2, vendor_name=PERSON["vendor_name"], vendor_uei="")
    deposit(archive, captured(archive, "b"), [*statements, reported])
    indexing.drain(archive)


def findings(archive: Archive) -> list[str]:
    found = verify(archive, lambda _subject, _number: None)
    return [f"{one.what} {one.mend}" for one in found if not one.is_harmless]


def everything(archive: Archive) -> list[list[tuple[object, ...]]]:
    """Give all rows that are made of versions."""
    made = (tables.vendor, tables.award, tables.action, tables.subaward)
    with archive.catalogue.reading() as connection:
        return [
            [tuple(row) for row in connection.execute(sa.select(one).order_by(*one.primary_key))]
            for one in made
        ]


WITHOUT_KEYS = (
    "SET LOCAL session_replication_role = replica" if IS_POSTGRES else "PRAGMA foreign_keys = OFF"
)


def planted(archive: Archive, statement: str) -> None:
    """Change rows behind the archive's back, whatever they refer to."""
    with archive.catalogue.engine.connect() as connection:
        connection.exec_driver_sql(WITHOUT_KEYS)
        connection.exec_driver_sql(statement)
        connection.commit()


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("UPDATE award SET obligated_cents = 12345", "(obligated_cents)"),
        ("UPDATE award SET potential_cents = NULL", "(potential_cents)"),
        ("UPDATE award SET acted_year = 1999, signed_year = 1999", "(acted_year, signed_year)"),
        ("UPDATE award SET agency_code = '999'", "(agency_code)"),
        ("UPDATE award SET agency_name = 'X', subagency_name = 'X'", "subagency_name)"),
        ("UPDATE award SET office_code = 'X', office_name = 'X'", "(office_code, office_name)"),
        ("UPDATE award SET parent_key = 'X', subagency_code = 'X'", "(parent_key, subagency_code)"),
        ("UPDATE award SET acted_on = '1999-01-01'", "(acted_on)"),
        ("UPDATE award SET fields = '{}'", "(fields)"),
        ("UPDATE award SET vendor_id = 2 WHERE record_id = 1", "(vendor_id)"),
        ("UPDATE award SET vendor_id = NULL", "(vendor_id)"),
        ("UPDATE award SET key = 'X' WHERE record_id = 1", "(key)"),
        ("DELETE FROM award WHERE record_id = 1", "award CONT_AWD_70ZZZZ25F00000001"),
        ("UPDATE action SET obligated_cents = 1", "(obligated_cents)"),
        ("UPDATE action SET vendor_id = 1", "(vendor_id)"),
        ("UPDATE action SET year = 1999, award_key = 'X'", "(award_key, year)"),
        ("DELETE FROM action", "its row is missing"),
        ("UPDATE subaward SET vendor_name = 'X'", "sub-award report CONT_AWD"),
        ("UPDATE subaward SET vendor_uei = 'X', award_key = 'X'", "(award_key, vendor_uei)"),
        ("DELETE FROM subaward", "its row is missing"),
        ("UPDATE vendor SET is_person = FALSE", "is shown, though a version calls it a person"),
        ("UPDATE vendor SET is_person = TRUE", "is hidden, though no version calls it a person"),
        ("UPDATE vendor SET name = 'X' WHERE id = 2", "no version prints its name"),
        ("UPDATE vendor SET name = 'X' WHERE id = 1", "no version prints its name"),
        ("UPDATE vendor SET name = 'X' WHERE id = 3", "no version prints its name"),
        ("UPDATE vendor SET key = 'uei:X' WHERE id = 2", "its key does not go with"),
        ("UPDATE vendor SET key = 'name:x' WHERE id = 3", "its key does not go with"),
        ("UPDATE vendor SET uei = 'X' WHERE id = 2", "its key does not go with"),
        ("UPDATE vendor SET duns = '021504876' WHERE id = 3", "no version prints its DUNS"),
        ("UPDATE vendor SET joined_to = 2 WHERE id = 1", "no version joins it to vendor 2"),
        ("UPDATE vendor SET joined_to = NULL WHERE id = 1", "its vendor has two rows"),
        ("UPDATE vendor SET joined_to = 2 WHERE id = 3", "no version joins it to vendor 2"),
    ],
)
def test_damage_to_what_readers_see_is_found_and_mended(
    tmp_path: Path, damage: str, what: str
) -> None:
    with archive_in(tmp_path) as archive:
        filled(archive)
        assert findings(archive) == []
        before = everything(archive)
        planted(archive, damage)
        assert [one for one in findings(archive) if what in one and "verify --mend" in one]
        assert mend(archive, lambda _subject, _number: None) > 0
        indexing.drain(archive)
        assert findings(archive) == []
        assert everything(archive) == before


def test_a_person_who_was_shown_by_damage_leaves_the_index_when_it_is_mended(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        filled(archive)
        planted(archive, "UPDATE vendor SET is_person = FALSE")
        with archive.catalogue.writing() as connection:
            announce(connection, [f"awards/{key(2)}"])
        indexing.drain(archive)
        desk = open_desk(archive)
        assert search(desk, Asked(query="quillerby")).total == 1
        mend(archive, lambda _subject, _number: None)
        indexing.drain(archive)
        assert search(open_desk(archive), Asked(query="quillerby")).total == 0


def test_an_award_of_which_no_version_tells_is_left_to_a_backup(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        filled(archive)
        planted(archive, "DELETE FROM version WHERE record_id = 1")
        (said,) = (one for one in findings(archive) if "no version tells of it" in one)
        assert "backup" in said


def test_whom_an_older_statement_calls_a_person_is_one(tmp_path: Path) -> None:
    said: dict[str, Any] = {"vendor_name": "QUILLERBY JONATHAN", "vendor_uei": ""}
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [award(1, **said, modified_at="2025-10-01")])
        older = award(1, **said, vendor_is_person=True, modified_at="2025-09-01")
        deposit(archive, captured(archive, "b"), [older])
        with archive.catalogue.reading() as connection:
            assert connection.scalar(sa.select(tables.vendor.c.is_person)) is True
        indexing.drain(archive)
        assert findings(archive) == []
