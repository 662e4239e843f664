"""Awards by file, without a network: windows, answers, alarms, the choice, deletions."""

from datetime import date
from typing import Any

import pytest

from archive.errors import BadRequest
from crawlers.bulk.alarms import alarms
from crawlers.bulk.answers import agency_numbers, job_of, monthly_files_of, state_of
from crawlers.bulk.choosing import Choice, check_choice, choose, question_by_file
from crawlers.bulk.ledger import ReadFile
from crawlers.bulk.place import CHANGES, Piece, Place
from crawlers.bulk.question import BulkQuestion, Window, awards_body, windows
from crawlers.usaspending.files.actions import ActionLayout
from crawlers.usaspending.question import Period, Question
from crawlers.usaspending.values import NotUnderstood
from tests.crawlers.composed import key, piid
from tests.crawlers.composed_files import HEADER_TODAY, action_row

HERE = "http://127.0.0.1:1"
LIVE = "https://api.usaspending.gov"
TODAY = date(2026, 11, 24)


def test_windows_end_with_the_fiscal_year_and_none_is_longer_than_a_year() -> None:
    cut = list(windows("2022-12-24", "2024-10-05"))
    assert [(one.since, one.until) for one in cut] == [
        ("2022-12-24", "2023-09-30"),
        ("2023-10-01", "2024-09-30"),
        ("2024-10-01", "2024-10-05"),
    ]


def test_the_halves_of_a_window_leave_no_day_out_and_a_day_is_not_halved() -> None:
    window = Window(since="2024-10-01", until="2024-10-04")
    assert [(one.since, one.until) for one in window.halves()] == [
        ("2024-10-01", "2024-10-02"),
        ("2024-10-03", "2024-10-04"),
    ]
    day = Window(since="2024-10-01", until="2024-10-01")
    assert day.halves() == (day,)


def test_sub_awards_are_asked_for_only_when_they_are_wanted() -> None:
    window = Window(since="2024-10-01", until="2025-09-30")
    plain = awards_body(BulkQuestion(agencies=("7012",)), window, "action_date")
    assert "sub_award_types" not in plain["filters"]
    both = awards_body(BulkQuestion(agencies=("7012",), subawards=True), window, "action_date")
    assert both["filters"]["sub_award_types"] == ["procurement"]


def job(address: str) -> dict[str, Any]:
    return {"file_name": "A.zip", "file_url": address, "status_url": "", "download_request": {}}


@pytest.mark.parametrize(
    ("service", "address"),
    [
        (LIVE, "https://files.usaspending.gov/generated_downloads/A.zip"),
        (HERE, f"{HERE}/generated_downloads/A.zip"),
    ],
)
def test_a_job_names_its_file_and_where_it_will_be(service: str, address: str) -> None:
    assert job_of(job(address), service).address == address


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/A.zip",
        "http://files.usaspending.gov/A.zip",
        "file:///etc/passwd",
        "/csv_downloads/A.zip",
        "https://notusaspending.gov/A.zip",
        f"{HERE}/A.zip",
    ],
)
def test_a_file_at_a_strangers_is_not_fetched(address: str) -> None:
    with pytest.raises(NotUnderstood, match="not a place of the service"):
        job_of(job(address), LIVE)


def status(name: str) -> dict[str, Any]:
    return {"status": name, "message": None, "total_rows": None, "total_size": None}


@pytest.mark.parametrize(
    ("name", "is_going"), [("ready", True), ("queued", True), ("finished", False)]
)
def test_a_state_that_is_known_goes_on_or_has_ended(name: str, is_going: bool) -> None:
    assert state_of(status(name)).is_going is is_going


def test_a_state_that_is_not_known_is_refused_by_its_name() -> None:
    with pytest.raises(NotUnderstood, match="status 'frozen' is not known"):
        state_of(status("frozen"))


def test_the_services_own_numbers_are_found_by_code() -> None:
    dhs = {"name": "DHS", "toptier_agency_id": 63, "toptier_code": "070"}
    odd = {"name": "X", "toptier_agency_id": "7", "toptier_code": "1125"}
    answer = {"agencies": {"cfo_agencies": [dhs], "other_agencies": [odd]}, "sub_agencies": []}
    assert agency_numbers(answer) == {"070": 63, "1125": 7}


@pytest.mark.parametrize(
    "answer", [{"agencies": []}, {"agencies": {"cfo_agencies": [{}], "other_agencies": []}}, {}]
)
def test_a_list_of_agencies_in_another_shape_is_refused(answer: Any) -> None:
    with pytest.raises(NotUnderstood):
        agency_numbers(answer)


def listed(**members: Any) -> dict[str, Any]:
    name = "FY2024_070_Contracts_Full_20260906.zip"
    row = {
        "fiscal_year": 2024,
        "agency_name": "Department of Homeland Security",
        "agency_acronym": "DHS",
        "type": "contracts",
        "updated_date": "2026-09-06",
        "file_name": name,
        "url": f"https://files.usaspending.gov/award_data_archive/{name}",
        **members,
    }
    return {"monthly_files": [row]}


def test_a_monthly_file_is_known_by_its_name() -> None:
    (found,) = monthly_files_of(listed(), "070", LIVE)
    assert (found.year, found.made_on) == (2024, "2026-09-06")


def test_the_file_of_changes_has_no_year() -> None:
    name = "FY(All)_070_Contracts_Delta_20260906.zip"
    (found,) = monthly_files_of(listed(file_name=name, fiscal_year=None), "070", LIVE)
    assert found.year == 0


@pytest.mark.parametrize(
    "members",
    [
        {"file_name": "FY2024_070_Assistance_Full_20260906.zip"},
        {"file_name": "FY2024_097_Contracts_Full_20260906.zip"},
        {"updated_date": "2026-08-06"},
        {"url": "https://elsewhere.example/a.zip"},
    ],
)
def test_a_monthly_file_of_another_form_is_refused(members: dict[str, Any]) -> None:
    with pytest.raises(NotUnderstood):
        monthly_files_of(listed(**members), "070", LIVE)


def read(year: int, rows: int, *, size: int = 1000, made_on: str = "2026-10-06") -> ReadFile:
    name = f"FY{year}_070_Contracts_Full_{made_on.replace('-', '')}.zip"
    return ReadFile(
        file=name, sha256="", size_bytes=size, rows=rows, department="070", year=year,
        made_on=made_on,
    )  # fmt: skip


def piece(year: int, rows: int, *, size: int = 1000) -> Piece:
    return Piece(
        department="070",
        year=year,
        file=f"FY{year}_070_Contracts_Full_20261106.zip",
        size_bytes=size,
        counts={"rows": rows},
        is_read=True,
    )


def judged(
    listed: dict[str, str], pieces: list[Piece], before: list[ReadFile], *years: int
) -> list[str]:
    place = Place(period={}, pieces=pieces, listed={"070": listed})
    return alarms(place, years, before, TODAY)


NOVEMBER = "2026-11-06"


@pytest.mark.parametrize(
    ("rows", "size", "is_alarm"), [(50, 500, False), (49, 500, True), (50, 499, True)]
)
def test_half_of_what_was_held_is_enough_and_less_is_not(
    rows: int, size: int, is_alarm: bool
) -> None:
    said = judged({"2026": NOVEMBER}, [piece(2026, rows, size=size)], [read(2026, 100)], 2026)
    assert bool(said) is is_alarm


def test_the_year_that_goes_on_is_not_held_against_the_one_before() -> None:
    said = judged({"2027": NOVEMBER}, [piece(2027, 1)], [read(2026, 100)], 2027)
    assert said == []


def test_a_new_fiscal_year_has_some_days_for_its_first_file() -> None:
    place = Place(period={}, listed={"070": {"2026": "2026-10-06", "2027": ""}})
    assert alarms(place, [2027], [], date(2026, 10, 20)) == []
    (said,) = alarms(place, [2027], [], date(2026, 11, 24))
    assert said == "DHS, fiscal 2027: the monthly archive has no file of it."


def test_a_year_before_the_archive_begins_is_not_missed() -> None:
    assert judged({"2007": "", "2008": ""}, [], [], 2008) == []


def test_the_file_of_changes_can_be_missing_or_old_as_well() -> None:
    place = Place(period={}, listed={"070": {CHANGES: "2026-08-06"}})
    (said,) = alarms(place, [], [], TODAY, wants_changes=True)
    assert said.startswith("DHS, changes: its file was last made on 2026-08-06, 110 days ago")


PERIOD = Period(since="2024-10-01", until="2026-11-24", kind="last_modified_date")
ICE = Question(agencies=("7012",))


def test_few_awards_are_searched_for_without_a_word() -> None:
    chosen = choose(Choice.BEST, ICE, PERIOD, 1000, 1000)
    assert (chosen.is_by_file, chosen.sentence) == (False, "")


def test_many_awards_are_taken_by_file_and_it_is_said_how_long_a_search_would_take() -> None:
    chosen = choose(Choice.BEST, ICE, PERIOD, 1001, 1000)
    assert chosen.is_by_file
    assert chosen.sentence == (
        "1,001 awards take about 33 min by search, asked politely; takes 3 files instead, one for"
        " each fiscal year, with the actions of these days (--by search brings each award with its"
        " whole history). The same as: paperwatch crawl usaspending_bulk --agency ICE --since"
        " 2024-10-01 --until 2026-11-24 --date-kind last_modified_date --subawards"
    )


def test_who_wants_the_search_has_it_and_hears_of_the_files() -> None:
    chosen = choose(Choice.SEARCH, ICE, PERIOD, 5000, 1000)
    assert not chosen.is_by_file
    assert "5,000 awards take about 2.8 h by search" in chosen.sentence
    assert "crawl usaspending_bulk --agency ICE" in chosen.sentence


@pytest.mark.parametrize(
    ("question", "kind", "reason"),
    [
        (Question(agencies=("7012",), keywords=("camera",)), "action_date", "without words"),
        (Question(agencies=("7012",), naics=("541519",)), "action_date", "without words"),
        (Question(recipients=("ZZZEXAMPLEZ9",)), "action_date", "without words"),
        (Question(agencies=("7012",), groups=("grants",)), "action_date", "without grants"),
        (Question(agencies=("7012",), limit=5), "action_date", "no limit"),
        (ICE, "date_signed", "not made by date_signed"),
    ],
)
def test_what_cannot_be_asked_by_file_is_searched_for_and_told(
    question: Question, kind: str, reason: str
) -> None:
    period = Period(since="2024-10-01", until="2026-11-24", kind=kind)
    chosen = choose(Choice.BEST, question, period, 1001, 1000)
    assert not chosen.is_by_file
    assert reason in chosen.sentence
    with pytest.raises(BadRequest, match=reason):
        check_choice(Choice.FILE, question, kind)


def test_by_file_a_question_brings_sub_awards_as_the_search_does() -> None:
    assert question_by_file(ICE) == BulkQuestion(agencies=("7012",), subawards=True)


CHANGE_HEADER = ("correction_delete_ind", *HEADER_TODAY)


def change(indicator: str, **cells: str) -> tuple[ActionLayout, list[str]]:
    row = {"correction_delete_ind": indicator, **action_row(1, "P00001", "2025-03-05", "1")}
    return ActionLayout.of(CHANGE_HEADER, {}), [(row | cells)[name] for name in CHANGE_HEADER]


def deleted(action: str) -> tuple[ActionLayout, list[str]]:
    row = dict.fromkeys(CHANGE_HEADER, "") | {
        "correction_delete_ind": "D",
        "contract_transaction_unique_key": action,
        "last_modified_date": "2026-09-03",
    }
    return ActionLayout.of(CHANGE_HEADER, {}), list(row.values())


def test_a_deletion_is_known_by_its_key_alone_as_an_order_or_as_a_vehicle() -> None:
    layout, row = deleted(f"7012_4730_{piid(1)}_P00001_GS35F0001U_0")
    said = layout.deletion(row)
    assert said is not None
    assert said.deleted_on == "2026-09-03"
    assert said.keys == (
        f"CONT_AWD_{piid(1)}_7012_GS35F0001U_4730|P00001|0",
        f"CONT_IDV_{piid(1)}_7012|P00001|0",
    )


def test_a_deletion_without_parent_or_transaction_number_has_the_key_of_its_award() -> None:
    layout, row = deleted(f"7012_-none-_{piid(1)}_0_-none-_-none-")
    said = layout.deletion(row)
    assert said is not None
    assert said.keys[0] == f"{key(1)}|0|0"


@pytest.mark.parametrize("indicator", ["", "C"])
def test_a_row_that_is_new_or_corrected_is_an_action_like_any_other(indicator: str) -> None:
    layout, row = change(indicator)
    assert layout.deletion(row) is None
    assert layout.statements(row, 1)[0].key == f"{key(1)}|P00001|0"
    assert layout.not_understood == ()


def test_another_indicator_refuses_the_row() -> None:
    layout, row = change("X")
    with pytest.raises(NotUnderstood, match="'X' is neither C nor D"):
        layout.deletion(row)


def test_a_deletion_of_what_cannot_be_told_is_refused() -> None:
    layout, row = deleted("7012_P00001")
    with pytest.raises(NotUnderstood, match="a deletion of '7012_P00001'"):
        layout.deletion(row)
    assert layout.subject(row) == "7012_P00001"
