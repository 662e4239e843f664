"""Captures: the same answer as before is one; a source that goes back says something new."""

from pathlib import Path

import sqlalchemy as sa

from archive.catalogue.tables import award as shown
from archive.catalogue.tables import capture
from archive.deposit import deposit
from archive.opening import Archive
from tests.archive.composed import NOVEMBER, OCTOBER, SEPTEMBER, archive_in, award, captured


def count(archive: Archive) -> int:
    with archive.catalogue.reading() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(capture)) or 0


def test_the_same_answer_again_is_the_same_capture(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        first = captured(archive, "a", at=SEPTEMBER)
        assert captured(archive, "a", at=OCTOBER) == first
        assert count(archive) == 1


def test_a_source_that_goes_back_to_an_earlier_answer_is_believed(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        for body, at, cents in (
            ("first", SEPTEMBER, 15_000),
            ("second", OCTOBER, 10_000),
            ("first", NOVEMBER, 15_000),
        ):
            kept = captured(archive, body, at=at)
            tally = deposit(archive, kept, [award(obligated_cents=cents, modified_at="2025-09-01")])
        assert tally.changed == 1
        assert count(archive) == 3
        with archive.catalogue.reading() as connection:
            assert connection.scalar(sa.select(shown.c.obligated_cents)) == 15_000
