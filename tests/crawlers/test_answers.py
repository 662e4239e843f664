import copy
from typing import Any

import pytest

from crawlers.standin.world import complete
from crawlers.usaspending.award import award_from_detail, with_history
from crawlers.usaspending.history import modifications_from_transactions, subawards_from_answers
from crawlers.usaspending.hits import hits_of
from crawlers.usaspending.values import NotUnderstood
from tests.crawlers.composed import award, key, report


def detail(**members: Any) -> dict[str, Any]:
    made = award(1)
    made["detail"] |= members
    return complete(made).detail


def page(rows: list[Any], *, has_next: bool = False) -> dict[str, Any]:
    return {"results": copy.deepcopy(rows), "page_metadata": {"hasNext": has_next}}


def test_an_award_detail_becomes_one_statement_with_nothing_left_over() -> None:
    read = award_from_detail(detail(base_exercised_options=1200.1))
    assert read.not_understood == ()
    assert read.statement.key == key(1)
    fields = read.statement.fields
    assert (fields["obligated_cents"], fields["exercised_cents"]) == (75025, 120010)
    assert (fields["potential_cents"], fields["type_label"]) == (900000, "DELIVERY ORDER")
    assert fields["awarding_subagency_name"] == "U.S. Immigration and Customs Enforcement"
    assert read.statement.modified_at == "2025-03-05"


def test_officers_addresses_and_telephones_never_become_fields() -> None:
    made = detail(
        executive_details={"officers": [{"name": "JANE ROE", "amount": 1.0}]},
        recipient={"recipient_name": "V", "location": {"address_line1": "1 SECRET ST"}},
    )
    said = str(award_from_detail(made).statement.fields)
    assert "JANE ROE" not in said
    assert "SECRET" not in said


def test_a_missing_member_refuses_the_award_and_names_the_member() -> None:
    made = detail()
    del made["total_obligation"]
    with pytest.raises(NotUnderstood, match="total_obligation is missing"):
        award_from_detail(made)


def test_a_new_member_is_reported_and_the_award_read() -> None:
    made = detail(total_blessings=3)
    assert award_from_detail(made).not_understood == ("total_blessings",)


def test_an_unknown_award_type_is_refused_and_the_known_ones_are_named() -> None:
    made = detail()
    made["type"] = "Q"
    with pytest.raises(NotUnderstood, match=r"unknown award type 'Q' \(known: A B C D IDV_A"):
        award_from_detail(made)


def test_a_key_that_says_another_number_is_refused() -> None:
    made = detail()
    made["piid"] = "70ZZZZ25F99999999"
    with pytest.raises(NotUnderstood, match="does not go with contract"):
        award_from_detail(made)


def test_the_last_day_to_order_from_a_vehicle_is_its_potential_end() -> None:
    made = detail()
    made |= {"type": "IDV_E", "category": "idv"}
    made["generated_unique_award_id"] = f"CONT_IDV_{made['piid']}_7012"
    fields = award_from_detail(made).statement.fields
    assert (fields["ends_on"], fields["potential_ends_on"]) == (None, "2026-01-04")


def test_a_sole_proprietor_is_a_person() -> None:
    made = detail()
    made["recipient"]["business_categories"] = ["Category Business", "Sole Proprietorship"]
    assert award_from_detail(made).statement.fields["vendor_is_person"] is True


def test_an_individual_is_told_from_a_sole_proprietor() -> None:
    made = detail()
    made["recipient"]["business_categories"] = ["Individuals"]
    fields = award_from_detail(made).statement.fields
    assert (fields["vendor_is_person"], fields["vendor_is_individual"]) == (True, True)


def test_the_history_gives_an_award_its_latest_day_and_its_number_of_actions() -> None:
    whole = complete(award(1))
    history = modifications_from_transactions(page(whole.transactions), key(1))
    read = with_history(award_from_detail(whole.detail).statement, history.statements)
    assert (read.fields["acted_on"], read.fields["modification_count"]) == ("2025-03-05", 2)


def test_an_action_is_a_modification_with_its_own_amount() -> None:
    rows = complete(award(1)).transactions
    first, second = modifications_from_transactions(page(rows), key(1)).statements
    assert (first.key, second.key) == (f"{key(1)}|0|0", f"{key(1)}|P00001|0")
    assert second.fields["obligated_cents"] == -25025


def test_one_odd_action_is_refused_and_the_others_go_on() -> None:
    rows = complete(award(1)).transactions
    rows[0]["federal_action_obligation"] = "a lot"
    read = modifications_from_transactions(page(rows), key(1))
    assert len(read.statements) == 1
    assert "federal_action_obligation 'a lot' is not an amount" in read.refused[0].reason


def test_reports_that_are_alike_are_numbered_and_none_is_lost() -> None:
    alike = [report("S-1", 10.0), report("S-1", 10.0) | {"description": "ANOTHER"}]
    rows = complete(award(1, subawards=[*alike, report("S-2", 5.0)])).subawards
    pages = subawards_from_answers([page(rows[:1], has_next=True), page(rows[1:])], key(1))
    keys = [one.key for read in pages for one in read.statements]
    assert len(set(keys)) == 3
    again = subawards_from_answers([page(list(reversed(rows)))], key(1))
    assert {one.key: one.fields for one in again[0].statements} == {
        one.key: one.fields for read in pages for one in read.statements
    }


def test_a_report_that_moved_to_the_next_page_while_paging_counts_once() -> None:
    rows = complete(award(1, subawards=[report("S-1", 10.0), report("S-2", 5.0)])).subawards
    pages = subawards_from_answers([page(rows, has_next=True), page(rows[1:])], key(1))
    assert sum(len(read.statements) for read in pages) == 2


def test_the_last_page_of_a_search_has_no_record_to_go_on_from() -> None:
    metadata = {"hasNext": False, "last_record_unique_id": None, "last_record_sort_value": "None"}
    read = hits_of({"results": [{"generated_internal_id": "K"}], "page_metadata": metadata})
    assert (read.keys, read.last) == (("K",), None)
