import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from crawlers.standin import Fault, StandIn, compose_world
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
    service: StandIn, more: dict, status: int
):
    assert search(service, **more)[0] == status


def test_mixed_groups_are_refused_with_an_object(service: StandIn):
    _, said = search(service, filters={"award_type_codes": ["A", "IDV_A"]})
    assert "one group" in said["detail"]["message"]


def test_only_asked_fields_come_back_and_null_where_a_name_does_not_apply(service: StandIn):
    _, said = search(service, fields=["Award ID", "CFDA Number"])
    assert set(said["results"][0]) == {
        "internal_id", "generated_internal_id", "Award ID", "CFDA Number",
    }  # fmt: skip
    assert said["results"][0]["CFDA Number"] is None


def test_the_cursor_goes_on_past_the_window_and_ends_in_a_text_none(service: StandIn):
    found, more, page = [], {}, 1
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


def test_an_award_is_found_by_its_encoded_key_and_by_nothing_else(service: StandIn):
    status, said = ask(service, f"awards/{urllib.parse.quote(key(1), safe='')}/")
    assert (status, said["piid"]) == (200, said["piid"])
    status, said = ask(service, "awards/CONT_AWD_NO_7012_-NONE-_-NONE-/")
    assert (status, list(said)) == (404, ["detail"])


def test_a_turn_changes_an_award_and_deletes_an_action(service: StandIn):
    body = {"award_id": key(6), "limit": 10}
    service.turn()
    _, said = ask(service, "transactions/", body)
    assert [one["modification_number"] for one in said["results"]] == ["P00002", "0"]
    assert ask(service, f"awards/{key(6)}/")[1]["total_obligation"] == 1040.5


def test_a_fault_is_committed_as_often_as_the_script_says(service: StandIn):
    service.commit([Fault(kind="status", on="last_updated", status=503, times=2)])
    statuses = [ask(service, "awards/last_updated/")[0] for _ in range(3)]
    assert statuses == [503, 503, 200]
