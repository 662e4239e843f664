"""What the door writes, and what it leaves alone."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive import settings
from archive.catalogue import tables
from archive.deposit import deposit
from archive.model import Tally
from archive.opening import Archive
from archive.status import counts
from archive.views import UndeclaredField
from tests.archive.composed import (
    NOVEMBER,
    OCTOBER,
    archive_in,
    award,
    captured,
    key,
    modification,
)
from tests.catalogues import home_settings


def shown(archive: Archive, number: int = 1) -> dict[str, object]:
    """Give the fields of an award as it is shown."""
    wanted = sa.select(tables.award.c.fields).where(tables.award.c.key == key(number))
    with archive.catalogue.reading() as connection:
        fields: dict[str, object] = json.loads(connection.execute(wanted).scalar_one())
    return fields


def test_the_same_statement_again_writes_nothing(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        kept = captured(archive, "one")
        deposit(archive, kept, [award()])
        before = counts(archive)
        assert deposit(archive, captured(archive, "one"), [award()]) == Tally(unchanged=1)
        assert counts(archive) == before


def test_a_changed_amount_is_a_new_version_that_names_its_capture(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "one"), [award()])
        second = captured(archive, "two", at=OCTOBER)
        tally = deposit(
            archive, second, [award(obligated_cents=562_500_000, modified_at="2025-10-04")]
        )
        assert tally == Tally(changed=1)
        assert shown(archive)["obligated_cents"] == 562_500_000
        with archive.catalogue.reading() as connection:
            captures = list(connection.scalars(sa.select(tables.version.c.capture_id)))
        assert captures == [1, second.id]


def test_an_older_file_imported_later_adds_history_and_never_becomes_current(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "new"), [award(modified_at="2025-10-04")])
        older = award(obligated_cents=100, modified_at="2025-01-01")
        tally = deposit(archive, captured(archive, "old", at=NOVEMBER), [older])
        assert tally == Tally(older=1)
        assert shown(archive)["obligated_cents"] == 375_000_000
        assert counts(archive)["versions"] == 2


def test_words_that_return_after_others_are_a_change_of_their_own(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        for body, words, stamp in (
            ("a", "FACE SEARCH", "2025-09-01"),
            ("b", "PICTURE SEARCH", "2025-10-01"),
            ("c", "FACE SEARCH", "2025-11-01"),
        ):
            deposit(archive, captured(archive, body), [award(description=words, modified_at=stamp)])
        assert counts(archive)["versions"] == 3
        assert shown(archive)["description"] == "FACE SEARCH"


def test_a_later_stamp_on_the_same_fields_keeps_older_data_from_becoming_current(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [award(modified_at="2025-01-01")])
        deposit(archive, captured(archive, "b"), [award(modified_at="2025-05-01")])
        between = award(obligated_cents=1, modified_at="2025-03-01")
        assert deposit(archive, captured(archive, "c"), [between]) == Tally(older=1)
        assert shown(archive)["obligated_cents"] == 375_000_000


def test_two_views_of_one_award_are_one_record(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [award()])
        other = award(view="usaspending.summary_file", city="WASHINGTON")
        assert deposit(archive, captured(archive, "b"), [other]) == Tally(new=1)
        assert counts(archive)["awards"] == 1
        assert shown(archive)["city"] == "WASHINGTON"


def test_a_modification_tells_the_index_that_its_award_changed(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [award()])
        deposit(archive, captured(archive, "b"), [modification()])
        with archive.catalogue.reading() as connection:
            numbers = list(connection.scalars(sa.select(tables.entry.c.changed_no)))
        assert numbers == [2]


def test_an_award_is_announced_once_whether_or_not_an_action_of_a_file_alone_speaks_of_it(
    tmp_path: Path,
) -> None:
    said = [
        replace(modification(number, vendor_name="V LLC"), view="usaspending.transaction_file")
        for number in (1, 2)
    ]
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [award(2)])
        deposit(archive, captured(archive, "b"), said)
        with archive.catalogue.reading() as connection:
            wanted = sa.select(tables.entry.c.key, tables.entry.c.changed_no)
            changes = {row.key: row.changed_no for row in connection.execute(wanted)}
        assert changes == {f"awards/{key()}": 1, f"awards/{key(2)}": 2}


def test_vendors_with_one_uei_are_one_vendor(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        second = award(2, vendor_name="HALDEN BIOMETRICS, LLC")
        deposit(archive, captured(archive, "a"), [award(), second])
        assert counts(archive)["vendors"] == 1


def test_a_placeholder_identifier_never_makes_two_vendors_one(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        strangers = [
            award(1, vendor_uei="TREASU364044", vendor_duns="123456787", vendor_name="OSIER"),
            award(2, vendor_uei="TREASU364044", vendor_duns="123456787", vendor_name="PELL"),
        ]
        deposit(archive, captured(archive, "a"), strangers)
        assert counts(archive)["vendors"] == 2


def test_a_field_that_its_view_does_not_declare_is_refused(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive, pytest.raises(UndeclaredField, match="officer_pay"):
        deposit(archive, captured(archive, "a"), [award(officer_pay=1)])


def test_many_statements_are_deposited_in_portions(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        statements = (award(number, place=number) for number in range(1, 1202))
        assert deposit(archive, captured(archive, "a"), statements) == Tally(new=1201)
        assert counts(archive)["outbox"] == 1201


def test_a_second_archive_in_the_same_folder_sees_what_the_first_wrote(tmp_path: Path) -> None:
    with archive_in(tmp_path) as first, archive_in(tmp_path) as second:
        deposit(first, captured(first, "a"), [award()])
        assert counts(second)["awards"] == 1
    assert settings.load(home_settings(tmp_path)).home == tmp_path
