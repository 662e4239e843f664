"""Files of transactions, of today and of 2018, and of sub-awards, from row to award."""

import csv
from pathlib import Path

import pytest

from archive.model import Statement
from crawlers.importing.looking import looked_through
from crawlers.importing.parts import Part
from crawlers.standin import StandIn, compose_world
from crawlers.usaspending.files import layout_of
from crawlers.usaspending.files.days import Order, day_orders
from crawlers.usaspending.values import NotUnderstood, day_in
from tests.crawlers.composed import action, award, key, piid, report, row, write_file
from tests.crawlers.composed_files import HEADER_2018, action_row, old_row, report_row
from tests.crawlers.crawling import counted, crawl, held, is_whole, rows_of, shown
from tests.crawlers.test_import import imported


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def statements(cells: dict[str, str]) -> tuple[Statement, ...]:
    orders = dict.fromkeys(["action_date", "last_modified_date"], Order.DAY_FIRST)
    return layout_of(list(cells), orders).statements(list(cells.values()), 1)


def test_an_action_of_today_is_a_modification_with_its_own_change_and_words() -> None:
    (said,) = statements(action_row(1, "P00001", "2025-03-05", "-250.25"))
    assert said.key == f"{key(1)}|P00001|0"
    assert said.fields["obligated_cents"] == -25025
    assert said.fields["description"] == "ACTION P00001"
    assert said.fields["award_obligated_cents"] == 75025
    assert said.modified_at == "2025-03-06T10:00:00"


def test_an_action_of_2018_builds_its_awards_key_and_reads_the_day_first() -> None:
    (said,) = statements(
        old_row(
            1,
            "P00001",
            "05/03/2016",
            "10",
            parent_award_id="GS35F0001U",
            parent_award_agency_id="4730",
        )
    )
    assert said.award_key == "CONT_AWD_70ZZZZ25F00000001_7012_GS35F0001U_4730"
    assert said.fields["acted_on"] == "2016-03-05"
    assert said.fields["awarding_agency_code"] == "070"
    assert said.modified_at == "2018-03-27T23:04:00"


def test_a_zero_that_a_spreadsheet_dropped_is_put_back_in_the_keys_of_award_and_vehicle() -> None:
    order = {"parent_award_id": "LC12D0001", "parent_award_agency_id": "300"}
    (said,) = statements(old_row(1, "P00001", "05/03/2016", "10", **order))
    assert said.award_key.endswith("_LC12D0001_0300")
    assert said.fields["parent_key"] == "CONT_IDV_LC12D0001_0300"


def test_a_vehicle_of_2018_gets_a_key_of_its_own_form() -> None:
    vehicle = {"award_or_idv_flag": "IDV", "award_type_code": "", "idv_type_code": "E"}
    (said,) = statements(old_row(1, "", "05/03/2016", "0", transaction_number="", **vehicle))
    assert said.award_key == "CONT_IDV_70ZZZZ25F00000001_7012"
    assert said.key.endswith("|0|0")
    assert said.fields["type_code"] == "IDV_E"


def test_one_day_beyond_the_twelfth_shows_how_a_column_writes_all_of_them() -> None:
    rows = [["05/06/2013", "7/4/13"], ["25/07/2013", "7/4/13"]]
    orders = day_orders(rows, {"acted": 0, "modified": 1})
    assert orders == {"acted": Order.DAY_FIRST, "modified": Order.DAY_FIRST}
    assert day_in("05/06/2013", "acted", orders["acted"]) == "2013-06-05"


def test_where_no_day_shows_it_the_month_stands_first() -> None:
    assert day_orders([["05/06/2013"]], {"acted": 0}) == {"acted": Order.MONTH_FIRST}


def test_a_day_that_reads_two_ways_in_a_column_that_writes_both_is_refused() -> None:
    orders = day_orders([["25/07/2013"], ["07/25/2013"]], {"acted": 0})
    assert day_in("25/07/2013", "acted", orders["acted"]) == "2013-07-25"
    assert day_in("07/25/2013", "acted", orders["acted"]) == "2013-07-25"
    assert day_in("06/06/2013", "acted", orders["acted"]) == "2013-06-06"
    with pytest.raises(NotUnderstood, match="reads two ways"):
        day_in("05/06/2013", "acted", orders["acted"])


def test_an_award_that_only_actions_speak_of_is_shown_as_the_last_of_them_leaves_it(
    home: Path, tmp_path: Path
) -> None:
    rows = [
        old_row(1, "P00002", "25/09/2016", "-20.5", recipient_name="NEW NAME LLC"),
        old_row(1, "0", "05/10/2015", "1000"),
        old_row(1, "P00001", "05/03/2016", "500"),
    ]
    assert imported(write(tmp_path / "actions.csv", rows))["new"] == 3
    fields = shown(home, key(1))
    assert fields["obligated_cents"] == 147950
    assert fields["vendor_name"] == "NEW NAME LLC"
    assert (fields["signed_on"], fields["acted_on"]) == ("2015-10-05", "2016-09-25")
    assert fields["description"] == "WORDS OF 0"
    assert fields["potential_cents"] == 900000


def test_a_newer_summary_speaks_for_the_award_and_actions_fill_in_what_it_lacks(
    home: Path, tmp_path: Path
) -> None:
    imported(write(tmp_path / "old.csv", [old_row(1, "0", "25/01/2015", "1000")]))
    imported(write_file(tmp_path / "summary.csv", [row(1)]))
    fields = shown(home, key(1))
    assert fields["obligated_cents"] == 75025
    assert fields["vendor_duns"] == "74108176"


def test_an_old_file_imported_after_a_summary_never_becomes_current(
    home: Path, tmp_path: Path
) -> None:
    imported(write_file(tmp_path / "summary.csv", [row(1)]))
    imported(write(tmp_path / "old.csv", [old_row(1, "0", "25/01/2015", "1000")]))
    assert shown(home, key(1))["obligated_cents"] == 75025


@pytest.mark.slow
def test_import_crawl_import_crawl_of_the_same_actions_writes_each_version_once(
    home: Path, tmp_path: Path
) -> None:
    actions = write(
        tmp_path / "actions.csv",
        [
            action_row(1, "0", "2025-01-05", "1000.5"),
            action_row(1, "P00001", "2025-03-05", "-250.25"),
        ],
    )
    reports = write(tmp_path / "reports.csv", [report_row(1, "S-1", "10.5")])
    with StandIn(compose_world([award(1, subawards=[report("S-1", 10.5)])])) as service:
        imported(actions)
        imported(reports)
        assert crawl(home, service).code == 0
        before = counted(home, "version", "record", "action")
        # The same rows again in a file of another name and hash.
        again = write(
            tmp_path / "again.csv", [*_rows(actions), action_row(2, "0", "2025-01-05", "1")]
        )
        assert imported(again)["new"] == 1
        crawl(home, service, "usaspending_awards", "--keyword", "face recognition", "--json")
    after = counted(home, "version", "record", "action")
    # One modification and one award came; the award has no version of its own.
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 2, 1]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_a_report_in_the_file_is_the_one_that_the_service_tells_of(
    home: Path, tmp_path: Path
) -> None:
    world = compose_world([award(1, subawards=[report("S-1", 10.5), report("S-1", 10.5)])])
    rows = [
        report_row(1, "S-1", "10.5", subaward_fsrs_report_id="B"),
        report_row(1, "S-1", "10.5", subaward_fsrs_report_id="A"),
    ]
    with StandIn(world) as service:
        assert crawl(home, service).code == 0
    assert imported(write(tmp_path / "reports.csv", rows))["new"] == 2
    reports = held(home, "subaward")
    assert {name[-2:] for name in reports} == {"|1", "|2"}
    assert all(len(versions) == 2 for versions in reports.values())


def test_the_number_of_a_report_among_its_equals_does_not_hang_on_the_order_of_rows(
    tmp_path: Path,
) -> None:
    rows = [report_row(1, "S-1", "5", subaward_fsrs_report_id=name) for name in "CAB"]
    rows.insert(1, report_row(1, "S-2", "5"))

    def numbers(ordered: list[dict[str, str]]) -> dict[str, str]:
        path = write(tmp_path / "reports.csv", ordered)
        layout = looked_through(path, Part(name="", size_bytes=1), path.name, 0)
        read = [
            layout.statements(list(one.values()), place)[0] for place, one in enumerate(ordered, 1)
        ]
        return {str(one.fields["report_id"]): one.key for one in read}

    assert numbers(rows) == numbers(rows[::-1])
    assert numbers(rows)["B"].endswith("|2")


def test_a_prime_award_that_nothing_else_tells_of_is_held_by_its_sub_awards(
    home: Path, tmp_path: Path
) -> None:
    imported(
        write(tmp_path / "reports.csv", [report_row(1, "S-1", "10"), report_row(1, "S-2", "1")])
    )
    assert shown(home, key(1))["obligated_cents"] == 75025
    assert counted(home, "record", "version") == [3, 3]


def test_mojibake_set_in_capitals_is_undone(home: Path, tmp_path: Path) -> None:
    words = "THE CRC\u00c3\u00a2\u00c2\u201a\u00ac\u00c2\u201e\u00a2S WORK"
    imported(write(tmp_path / "r.csv", [report_row(1, "S-1", "1", subaward_description=words)]))
    ((only,),) = held(home, "subaward").values()
    assert only["description"] == "THE CRC\u2019S WORK"


def test_columns_of_the_old_layout_that_nobody_declared_are_told(
    home: Path, tmp_path: Path
) -> None:
    odd = old_row(1, "0", "25/01/2015", "1") | {"aura_of_vendor": "x"}
    said = imported(write(tmp_path / "old.csv", [odd]))
    assert said["files"][0]["columns_not_understood"] == ["aura_of_vendor"]
    assert "aura_of_vendor" not in HEADER_2018


@pytest.mark.slow
def test_a_sum_by_fiscal_year_counts_each_action_in_the_year_of_its_day(
    home: Path, tmp_path: Path
) -> None:
    world = compose_world([award(1, transactions=[action("0", "2025-09-30", 1.0)])])
    with StandIn(world) as service:
        assert crawl(home, service).code == 0
    imported(write(tmp_path / "a.csv", [action_row(1, "P00001", "2025-10-01", "2")]))
    assert sorted(_years(home)) == [(2025, 100), (2026, 200)]


def _years(home: Path) -> list[tuple[int, int]]:
    return [(one.year, one.obligated_cents) for one in rows_of(home, "action")]


def test_a_file_of_changes_by_hand_takes_away_what_it_says_is_deleted(
    home: Path, tmp_path: Path
) -> None:
    rows = [action_row(1, "0", "2025-01-05", "1000"), action_row(1, "P00001", "2025-03-05", "5")]
    imported(write(tmp_path / "actions.csv", rows))
    names = ("correction_delete_ind", "agency_id", *rows[0])
    gone = dict.fromkeys(names, "") | {
        "correction_delete_ind": "D",
        "contract_transaction_unique_key": f"7012_-NONE-_{piid(1)}_P00001_-NONE-_0",
        "last_modified_date": "2025-04-01",
    }
    corrected = {"correction_delete_ind": "C", "agency_id": "7012", **rows[0]}
    corrected |= {"recipient_name": "RENAMED LLC", "last_modified_date": "2025-03-20 10:00:00"}
    said = imported(write(tmp_path / "FY(All)_070_Contracts_Delta.csv", [corrected, gone]))
    assert (said["changed"], said["files"][0]["vanished"]) == (1, 1)
    assert said["files"][0]["columns_not_understood"] == []
    assert {one.key for one in rows_of(home, "record") if one.gone_at} == {f"{key(1)}|P00001|0"}
    assert shown(home, key(1))["vendor_name"] == "RENAMED LLC"
    assert is_whole(home)


def test_an_old_file_by_hand_does_not_bring_a_deleted_action_back(
    home: Path, tmp_path: Path
) -> None:
    test_a_file_of_changes_by_hand_takes_away_what_it_says_is_deleted(home, tmp_path)
    imported(write(tmp_path / "old.csv", [action_row(1, "P00001", "2025-03-05", "6")]))
    assert {one.key for one in rows_of(home, "record") if one.gone_at} == {f"{key(1)}|P00001|0"}


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ("FOR-PROFIT ORGANIZATION,SOLE PROPRIETORSHIP,WOMAN-OWNED BUSINESS", True),
        ("For Profit Organization,Sole Proprietorship", True),
        ("FOR-PROFIT ORGANIZATION,LIMITED LIABILITY COMPANY", None),
        ("", None),
    ],
)
def test_a_report_says_by_its_business_types_that_its_payee_is_a_sole_proprietor(
    kinds: str, said: bool | None
) -> None:
    cells = report_row(1, "S-1", "5", subawardee_business_types=kinds)
    reported, prime = statements(cells)
    assert reported.fields["vendor_is_person"] is said
    assert prime.fields["vendor_is_person"] is None
