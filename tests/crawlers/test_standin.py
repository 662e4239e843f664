import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from crawlers.standin import Fault, StandIn, compose_world
from crawlers.standin.files import SUBAWARD_COLUMNS, TRANSACTION_COLUMNS
from tests.crawlers.composed import action, award, idv, key, report

CONTRACTS = ["A", "B", "C", "D"]


@pytest.fixture
def service() -> Iterator[StandIn]:
    turns = [{"turn": 1, "add": [action("P00002", "2025-09-05", 40.0)], "delete": ["P00001"]}]
    awards = [award(number) for number in range(1, 6)]
    awards.append(award(6, turns=turns, subawards=[report("S-1", 1.0)]))
    with StandIn(compose_world([*awards, idv(7)]), window=4) as running:
        yield running


def ask(service: StandIn, path: str, body: Any = None) -> tuple[int, Any]:
    sent = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(f"{service.address}/api/v2/{path}", data=sent)  # noqa: S310 (our own server)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            said = error.read()
        return error.code, json.loads(said) if said.startswith(b"{") else said


def search(service: StandIn, **more: Any) -> tuple[int, Any]:
    body = {"filters": {"award_type_codes": CONTRACTS}, "fields": ["Award ID"], "limit": 2, **more}
    return ask(service, "search/spending_by_award/", {"order": "asc", **body})


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"limit": 101}, 422),
        ({"filters": {"award_type_codes": ["A", "IDV_A"]}}, 422),
        ({"filters": {}}, 422),
        ({"sort": "Last Modified Date"}, 400),
        ({"page": 3}, 422),
        ({"last_record_unique_id": 1}, 500),
        ({"limit": "ten"}, 400),
    ],
)
def test_a_question_that_the_service_refuses_is_refused_alike(
    service: StandIn, more: dict[str, Any], status: int
) -> None:
    assert search(service, **more)[0] == status


def test_mixed_groups_are_refused_with_an_object(service: StandIn) -> None:
    _, said = search(service, filters={"award_type_codes": ["A", "IDV_A"]})
    assert "one group" in said["detail"]["message"]


def test_only_asked_fields_come_back_and_null_where_a_name_does_not_apply(service: StandIn) -> None:
    _, said = search(service, fields=["Award ID", "CFDA Number"])
    assert set(said["results"][0]) == {
        "internal_id", "generated_internal_id", "Award ID", "CFDA Number",
    }  # fmt: skip
    assert said["results"][0]["CFDA Number"] is None


def test_the_cursor_goes_on_past_the_window_and_ends_in_a_text_none(service: StandIn) -> None:
    found: list[str] = []
    more: dict[str, Any] = {}
    page = 1
    while True:
        _, said = search(service, page=page, **more)
        found += [one["Award ID"] for one in said["results"]]
        paging = said["page_metadata"]
        if not paging["hasNext"]:
            break
        page += 1
        more = {name: paging[name] for name in ("last_record_unique_id", "last_record_sort_value")}
    assert len(set(found)) == len(found) == 6
    assert (paging["last_record_unique_id"], paging["last_record_sort_value"]) == (None, "None")


def test_an_award_is_found_by_its_encoded_key_and_by_nothing_else(service: StandIn) -> None:
    status, said = ask(service, f"awards/{urllib.parse.quote(key(1), safe='')}/")
    assert (status, said["piid"]) == (200, said["piid"])
    status, said = ask(service, "awards/CONT_AWD_NO_7012_-NONE-_-NONE-/")
    assert (status, list(said)) == (404, ["detail"])


def test_a_turn_changes_an_award_and_deletes_an_action(service: StandIn) -> None:
    body = {"award_id": key(6), "limit": 10}
    service.turn()
    _, said = ask(service, "transactions/", body)
    assert [one["modification_number"] for one in said["results"]] == ["P00002", "0"]
    assert ask(service, f"awards/{key(6)}/")[1]["total_obligation"] == 1040.5


def test_a_fault_is_committed_as_often_as_the_script_says(service: StandIn) -> None:
    service.commit([Fault(kind="status", on="last_updated", status=503, times=2)])
    statuses = [ask(service, "awards/last_updated/")[0] for _ in range(3)]
    assert statuses == [503, 503, 200]


def asked_for(**filters: Any) -> dict[str, Any]:
    days = {"start_date": "2024-10-01", "end_date": "2025-09-30"}
    usual = {"prime_award_types": CONTRACTS, "agencies": [ICE], "date_range": days}
    return {"filters": usual | filters}


ICE = {
    "type": "awarding",
    "tier": "subtier",
    "name": "U.S. Immigration and Customs Enforcement",
    "toptier_name": "Department of Homeland Security",
}


def fetch(address: str, **headers: str) -> tuple[int, bytes, Any]:
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 (our own server)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), error.headers


def test_a_file_is_ready_then_running_then_finished_and_not_there_before(service: StandIn) -> None:
    _, made = ask(service, "bulk_download/awards/", asked_for())
    assert fetch(made["file_url"])[0] == 403
    path = f"download/status/?file_name={made['file_name']}"
    states = [ask(service, path)[1]["status"] for _ in range(3)]
    assert states == ["ready", "running", "finished"]
    status, content, headers = fetch(made["file_url"])
    assert (status, content[:2]) == (200, b"PK")
    rest = fetch(made["file_url"], Range="bytes=100-")
    assert (rest[0], rest[1]) == (206, content[100:])
    other = fetch(made["file_url"], **{"Range": "bytes=100-", "If-Range": '"another"'})
    assert (other[0], other[1]) == (200, content)
    assert fetch(made["file_url"], Range=f"bytes={len(content)}-")[0] == 416
    assert headers["ETag"]


def test_the_same_request_gives_the_same_job(service: StandIn) -> None:
    names = [ask(service, "bulk_download/awards/", asked_for())[1]["file_name"] for _ in range(2)]
    assert names[0] == names[1]


@pytest.mark.parametrize(
    ("filters", "status", "said"),
    [
        (
            {"date_range": {"start_date": "2024-10-01", "end_date": "2025-10-02"}},
            400,
            "Invalid Parameter: date_range total days must be within a year",
        ),
        ({"prime_award_types": None}, 400, "prime_award_types or sub_award_types"),
        ({"agencies": []}, 422, "filters|agencies"),
    ],
)
def test_a_request_for_a_file_that_the_service_refuses_is_refused_alike(
    service: StandIn, filters: dict[str, Any], status: int, said: str
) -> None:
    answer = ask(service, "bulk_download/awards/", asked_for(**filters))
    assert answer[0] == status
    assert said in answer[1]["detail"]


def test_a_leap_year_is_within_a_year(service: StandIn) -> None:
    days = {"start_date": "2023-10-01", "end_date": "2024-09-30"}
    assert ask(service, "bulk_download/awards/", asked_for(date_range=days))[0] == 200


def test_a_status_needs_a_name_that_is_known(service: StandIn) -> None:
    assert ask(service, "download/status/")[0] == 400
    assert ask(service, "bulk_download/status/?file_name=none.zip")[0] == 404


def test_a_job_that_fails_says_so_and_is_made_anew_when_asked_again(service: StandIn) -> None:
    service.commit([Fault(kind="fails", on="bulk_download/awards", body="No room.")])
    _, made = ask(service, "bulk_download/awards/", asked_for())
    path = f"download/status/?file_name={made['file_name']}"
    states = [ask(service, path)[1] for _ in range(3)]
    assert (states[-1]["status"], states[-1]["message"]) == ("failed", "No room.")
    assert ask(service, "bulk_download/awards/", asked_for())[1]["file_name"] != made["file_name"]


def test_the_columns_of_a_file_are_those_of_today() -> None:
    assert len(TRANSACTION_COLUMNS) == 297
    assert len(SUBAWARD_COLUMNS) == 118


def test_the_archive_of_a_department_is_listed_by_the_services_own_number(service: StandIn) -> None:
    listed = ask(service, "bulk_download/list_agencies/", {"type": "award_agencies"})[1]
    numbers = {
        one["toptier_code"]: one["toptier_agency_id"] for one in listed["agencies"]["cfo_agencies"]
    }
    body = {"agency": numbers["070"], "fiscal_year": 2025, "type": "contracts"}
    (row,) = ask(service, "bulk_download/list_monthly_files/", body)[1]["monthly_files"]
    assert row["file_name"].startswith("FY2025_070_Contracts_Full_")
    assert fetch(row["url"])[0] == 200
    assert ask(service, "bulk_download/list_monthly_files/", body | {"agency": 7})[0] == 400
