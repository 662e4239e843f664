"""Vendors: known by identifier, joined where a record ties two of them, old numbers leading on."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from archive.catalogue.tables import award as shown
from archive.catalogue.tables import vendor
from archive.deposit import deposit
from archive.model import Statement
from archive.opening import Archive
from archive.vendors import joined_to
from tests.archive.composed import archive_in, award, captured

UEI, DUNS = "ZZZEXAMPLEZ9", "148508286"


def paid(archive: Archive) -> list[int]:
    with archive.catalogue.reading() as connection:
        return list(connection.scalars(sa.select(shown.c.vendor_id).order_by(shown.c.key)))


def vendors(archive: Archive) -> list[tuple[str, int | None]]:
    with archive.catalogue.reading() as connection:
        rows = connection.execute(sa.select(vendor).order_by(vendor.c.id))
        return [(row.key, row.joined_to) for row in rows]


def by(
    number: int, *, uei: str = "", duns: str = "", name: str = "HALDEN LLC", **more: Any
) -> Statement:
    return award(number, vendor_name=name, vendor_uei=uei, vendor_duns=duns, **more)


def test_a_record_with_both_identifiers_joins_what_was_known_by_the_old_one(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [by(1, duns=DUNS)])
        deposit(archive, captured(archive, "b"), [by(2, uei=UEI)])
        assert paid(archive) == [1, 2]
        deposit(archive, captured(archive, "c"), [by(3, uei=UEI, duns=DUNS)])
        assert paid(archive) == [2, 2, 2]
        assert vendors(archive) == [(f"duns:{DUNS}", 2), (f"uei:{UEI}", None)]
        with archive.catalogue.reading() as connection:
            assert (joined_to(connection, 1), joined_to(connection, 2)) == (2, 2)


def test_a_later_record_with_the_old_identifier_alone_is_of_the_same_vendor(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [by(1, uei=UEI, duns=DUNS)])
        deposit(archive, captured(archive, "b"), [by(2, duns=DUNS)])
        assert paid(archive) == [1, 1]


def test_a_record_is_of_the_vendor_that_another_of_its_batch_joins_it_to(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [by(1, uei=UEI)])
        deposit(archive, captured(archive, "b"), [by(2, duns=DUNS), by(3, uei=UEI, duns=DUNS)])
        assert paid(archive) == [1, 1, 1]


def test_a_placeholder_ties_nobody(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [by(1, duns="123456787", name="A LLC")])
        deposit(archive, captured(archive, "b"), [by(2, uei=UEI, duns="123456787", name="B LLC")])
        assert paid(archive) == [1, 2]
        assert [key for key, _ in vendors(archive)] == ["name:a llc", f"uei:{UEI}"]


def test_the_order_of_records_does_not_change_who_is_one_vendor(tmp_path: Path) -> None:
    said = [by(1, duns=DUNS), by(2, uei=UEI), by(3, uei=UEI, duns=DUNS)]
    for place, order in enumerate(((0, 1, 2), (2, 0, 1), (1, 2, 0), (0, 2, 1))):
        with archive_in(tmp_path / str(place)) as archive:
            for number in order:
                deposit(archive, captured(archive, str(number)), [said[number]])
            assert len(set(paid(archive))) == 1, order


def test_a_person_stays_one_when_two_identifiers_turn_out_to_be_theirs(tmp_path: Path) -> None:
    said = {"duns": DUNS, "name": "HALDEN JO"}
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [by(1, **said, vendor_is_person=True)])
        deposit(archive, captured(archive, "b"), [by(2, uei=UEI, duns=DUNS)])
        with archive.catalogue.reading() as connection:
            (number,) = set(paid(archive))
            wanted = sa.select(vendor.c.is_person).where(vendor.c.id == number)
            assert connection.scalar(wanted) is True
