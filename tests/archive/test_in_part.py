"""A sum of some of an award's actions is no sum of the award."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive.catalogue.tables import award as award_table
from archive.deposit import deposit
from archive.model import Deletion, Statement, Value
from archive.opening import Archive
from archive.shown.in_actions import InActions, in_actions
from archive.shown.listing import rows_of_agency
from archive.shown.paid_vendors import paid_vendors
from archive.shown.related import modifications
from archive.shown.sums import Whose
from archive.tombstones import bury
from archive.verifying import verify
from tests.archive.composed import archive_in, award, captured, key, modification
from tests.archive.taken_back import take_back

_DAYS = {"0": "2025-01-01", "P00001": "2025-02-01", "P00002": "2025-03-01", "P00003": "2025-04-01"}


def filed(name: str, cents: int | None, number: int = 1, **fields: Value) -> Statement:
    """State an action as a file of transactions tells of it, with what it says of the award."""
    said = modification(
        number,
        name,
        acted_on=_DAYS.get(name, "2025-05-01"),
        obligated_cents=cents,
        vendor_name="V LLC",
        awarding_agency_code="070",
        awarding_subagency_code="7012",
        **fields,
    )
    return replace(said, view="usaspending.transaction_file", modified_at="2025-06-01")


def obligated(archive: Archive) -> int | None:
    """Give what the composed award obligated as it is shown; its column and fields must agree."""
    with archive.catalogue.reading() as connection:
        row = connection.execute(sa.select(award_table).where(award_table.c.key == key())).one()
    assert json.loads(row.fields).get("obligated_cents") == row.obligated_cents
    cents: int | None = row.obligated_cents
    return cents


@pytest.mark.parametrize(
    ("held", "cents"),
    [
        ([filed("0", 100)], 100),
        ([filed("0", 100), filed("P00001", 50), filed("P00002", -20)], 130),
        ([filed("0", 100), filed("XXX9", -5)], 95),
        ([filed("P00001", 50), filed("P00002", 7)], None),
        ([filed("0", 100), filed("P00002", 7)], None),
        ([filed("0", 100), filed("P00001", None)], None),
    ],
)
def test_actions_are_the_sum_of_their_award_only_where_none_is_missing(
    tmp_path: Path, held: Sequence[Statement], cents: int | None
) -> None:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), held)
        assert obligated(archive) == cents
        assert [one.what for one in verify(archive, lambda *_: None) if not one.is_harmless] == []


def test_an_action_that_fills_the_gap_makes_the_sum_known(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [filed("0", 100), filed("P00002", 7)])
        assert obligated(archive) is None
        deposit(archive, captured(archive, "b"), [filed("P00001", 50)])
        assert obligated(archive) == 157


def test_what_the_latest_row_says_of_the_whole_award_goes_before_any_sum(tmp_path: Path) -> None:
    held = [
        filed("P00001", 50, award_obligated_cents=900),
        filed("P00002", 7, award_obligated_cents=907),
    ]
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), held)
        assert obligated(archive) == 907


def test_what_another_view_says_stands_where_actions_are_missing(tmp_path: Path) -> None:
    older = award(view="usaspending.subaward_file_prime", modified_at="2025-01-01")
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [older, filed("P00002", 7)])
        assert obligated(archive) == older.fields["obligated_cents"]


def test_an_action_that_is_gone_at_its_source_is_not_missing(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        held = [filed("0", 100), filed("P00001", 50), filed("P00002", 7)]
        deposit(archive, captured(archive, "a"), held)
        bury(archive, [Deletion(keys=(f"{key()}|P00001|0",), deleted_on="2025-11-01")])
        assert obligated(archive) == 107


def test_no_running_sum_goes_over_a_gap(tmp_path: Path) -> None:
    held = [filed("0", 100), filed("P00001", 50), filed("P00003", 7)]
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), held)
        with archive.catalogue.reading() as connection:
            found = [one.obligated_cents for one in modifications(connection, key())]
    assert found == [None, 150, 100]


def test_totals_hold_what_actions_obligated_and_say_of_how_many_awards(tmp_path: Path) -> None:
    whole, in_part = [filed("0", 100)], [filed("P00001", 30, 2), filed("P00002", 4, 2)]
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), [*whole, *in_part])
        with archive.catalogue.reading() as connection:
            (row,) = rows_of_agency(connection, "7012", is_department=False)
            (paid,), _ = paid_vendors(connection, Whose(subagency="7012"))
            assert in_actions(connection, [key(2)]) == {key(2): InActions(cents=34, actions=2)}
    assert (row.obligated_cents, row.awards) == (134, 2)
    assert (row.obligated_in_actions_cents, row.awards_in_part) == (34, 1)
    assert paid.obligated_cents == 134


def test_an_archive_that_held_such_sums_for_the_award_is_mended_and_its_index_hears_of_it(
    tmp_path: Path,
) -> None:
    held = [filed("P00001", 50), filed("0", 8, 2), filed("P00001", 1, 2)]
    with archive_in(tmp_path) as archive:
        deposit(archive, captured(archive, "a"), held)
        with archive.catalogue.writing() as connection:
            wrong = {"obligated_cents": 50, "fields": json.dumps({"obligated_cents": 50})}
            is_first = award_table.c.key == key()
            connection.execute(sa.update(award_table).where(is_first).values(wrong))
            connection.exec_driver_sql("DELETE FROM outbox")
        take_back(archive, "0001")
    with archive_in(tmp_path) as archive, archive.catalogue.reading() as connection:
        assert obligated(archive) is None
        amounts = sa.select(award_table.c.obligated_cents).order_by(award_table.c.key)
        assert list(connection.scalars(amounts)) == [None, 9]
        waiting = "SELECT key FROM entry JOIN outbox ON entry_number = number"
        assert list(connection.exec_driver_sql(waiting).scalars()) == [f"awards/{key()}"]
