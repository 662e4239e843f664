"""Where an award stood after each action: said by the row, or summed from the first action on."""

from pathlib import Path

from archive.deposit import deposit
from archive.model import Statement
from archive.shown.related import Modification, modifications
from tests.archive.composed import archive_in, award, captured, key, modification


def shown(tmp_path: Path, *said: Statement) -> list[Modification]:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [award(), *said])
        with archive.catalogue.reading() as connection:
            return list(modifications(connection, key()))[::-1]


def test_sums_run_from_the_first_action(tmp_path: Path) -> None:
    found = shown(
        tmp_path,
        modification(name="0", acted_on="2025-01-01", obligated_cents=100, potential_cents=900),
        modification(name="P1", acted_on="2025-02-01", obligated_cents=-30, potential_cents=50),
    )
    assert [(one.obligated_cents, one.potential_cents) for one in found] == [(100, 900), (70, 950)]


def test_without_the_first_action_no_sum_is_made_up(tmp_path: Path) -> None:
    (found,) = shown(tmp_path, modification(name="P9", acted_on="2025-02-01", potential_cents=5))
    assert (found.change_cents, found.obligated_cents, found.potential_cents) == (
        100_00,
        None,
        None,
    )
