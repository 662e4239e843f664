"""What a complete history no longer holds is gone since then, and stays."""

from pathlib import Path

import sqlalchemy as sa

from archive.catalogue.tables import action, award, record
from archive.deposit import deposit
from archive.opening import Archive
from archive.shown.related import modifications
from archive.tombstones import settle_award, settle_parts
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
