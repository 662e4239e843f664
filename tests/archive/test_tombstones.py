"""What a complete history no longer holds is gone since then, and stays."""

import json
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from archive import clock
from archive.catalogue.tables import action, award, record
from archive.deposit import deposit
from archive.model import Deletion
from archive.opening import Archive
from archive.shown.related import modifications
from archive.tombstones import bring_back, bury, settle_award, settle_parts
from archive.verifying import verify
from tests.archive.composed import archive_in, captured, key, modification
from tests.archive.composed import award as stated


def filled(archive: Archive) -> None:
    said = [
        stated(),
        modification(name="0", acted_on="2025-09-05", obligated_cents=100),
        modification(name="P00001", acted_on="2025-10-01", obligated_cents=50),
    ]
    deposit(archive, captured(archive, "a"), said)


def gone(archive: Archive) -> set[str]:
    with archive.catalogue.reading() as connection:
        return set(connection.scalars(sa.select(record.c.key).where(record.c.gone_at.is_not(None))))


def test_a_modification_that_is_missing_from_a_complete_history_is_gone_and_counts_no_more(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        filled(archive)
        assert settle_parts(archive, key(), "modification", {f"{key()}|0|0"}) == 1
        assert gone(archive) == {f"{key()}|P00001|0"}
        with archive.catalogue.reading() as connection:
            newest, first = modifications(connection, key())
            assert connection.scalar(sa.select(sa.func.sum(action.c.obligated_cents))) == 100
        assert newest.gone_at
        assert (newest.obligated_cents, first.obligated_cents) == (100, 100)


def test_one_that_comes_back_loses_its_tombstone(tmp_path: Path) -> None:
    both = {f"{key()}|0|0", f"{key()}|P00001|0"}
    with archive_in(tmp_path) as archive:
        filled(archive)
        settle_parts(archive, key(), "modification", {f"{key()}|0|0"})
        assert settle_parts(archive, key(), "modification", both) == 1
        assert settle_parts(archive, key(), "modification", both) == 0
        assert gone(archive) == set()
        with archive.catalogue.reading() as connection:
            assert connection.scalar(sa.select(sa.func.sum(action.c.obligated_cents))) == 150


def test_an_award_that_its_source_no_longer_has_stays_with_the_day(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        filled(archive)
        assert settle_award(archive, key(), is_gone=True)
        assert not settle_award(archive, key(), is_gone=True)
        assert gone(archive) == {key()}
        with archive.catalogue.reading() as connection:
            assert connection.scalar(sa.select(award.c.key)) == key()
        assert settle_award(archive, key(), is_gone=False)
        assert gone(archive) == set()


def said_by_file(archive: Archive, name: str, acted_on: str, dollars: int) -> None:
    """Deposit an action that a file tells of, with what it says of the award."""
    said = replace(
        modification(name=name, acted_on=acted_on, obligated_cents=dollars, vendor_name="V LLC"),
        view="usaspending.transaction_file",
        modified_at=f"{acted_on}T10:00:00",
    )
    deposit(archive, captured(archive, name), [said])


def as_shown(archive: Archive) -> dict[str, object]:
    with archive.catalogue.reading() as connection:
        fields = connection.scalar(sa.select(award.c.fields).where(award.c.key == key()))
    shown: dict[str, object] = json.loads(fields or "{}")
    return shown


def deletion(name: str, on: str) -> Deletion:
    other = f"{key().replace('AWD', 'IDV')}|{name}|0"
    return Deletion(keys=(f"{key()}|{name}|0", other), deleted_on=on)


def findings(archive: Archive) -> list[str]:
    return [one.what for one in verify(archive, lambda _what, _number: None) if not one.is_harmless]


def test_an_action_that_its_source_deleted_is_gone_and_speaks_for_its_award_no_more(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        said_by_file(archive, "0", "2025-09-05", 100)
        said_by_file(archive, "P00001", "2025-10-01", 50)
        assert as_shown(archive)["obligated_cents"] == 150
        assert bury(archive, [deletion("P00001", "2025-11-03")]) == 1
        assert bury(archive, [deletion("P00001", "2025-11-03")]) == 0
        assert gone(archive) == {f"{key()}|P00001|0"}
        assert (as_shown(archive)["obligated_cents"], as_shown(archive)["acted_on"]) == (
            100,
            "2025-09-05",
        )
        assert findings(archive) == []


def test_an_award_all_of_whose_actions_are_deleted_is_shown_as_it_stood_last(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        said_by_file(archive, "0", "2025-09-05", 100)
        bury(archive, [deletion("0", "2025-11-03")])
        assert as_shown(archive)["obligated_cents"] == 100
        with archive.catalogue.reading() as connection:
            assert connection.scalar(sa.select(sa.func.count()).select_from(action)) == 0
        assert findings(archive) == []


def test_an_action_changed_after_the_day_of_its_deletion_was_made_anew_and_stays(
    tmp_path: Path,
) -> None:
    with archive_in(tmp_path) as archive:
        said_by_file(archive, "P00001", "2025-10-01", 50)
        assert bury(archive, [deletion("P00001", "2025-09-30")]) == 0
        assert bury(archive, [deletion("P00002", "2025-11-03")]) == 0
        assert gone(archive) == set()


def test_a_deleted_action_comes_back_only_with_a_day_after_it_was_gone(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        said_by_file(archive, "P00001", "2025-10-01", 50)
        bury(archive, [deletion("P00001", "2025-11-03")])
        name = f"{key()}|P00001|0"
        assert bring_back(archive, {name: "2025-11-03"}) == 0
        assert bring_back(archive, {name: clock.now(later_s=2 * 86_400)[:10]}) == 1
        assert gone(archive) == set()
        assert findings(archive) == []


def test_a_missing_action_of_a_file_speaks_for_its_award_no_more(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        said_by_file(archive, "0", "2025-09-05", 100)
        said_by_file(archive, "P00001", "2025-10-01", 50)
        settle_parts(archive, key(), "modification", {f"{key()}|0|0"})
        assert as_shown(archive)["obligated_cents"] == 100
        assert findings(archive) == []
