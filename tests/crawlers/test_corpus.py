"""Real recorded answers and real files, with kept expectations."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from archive.fiscal import fiscal_year
from crawlers.bulk.answers import job_of, state_of
from crawlers.importing.looking import looked_through
from crawlers.importing.parts import Part, open_part
from crawlers.standin import StandIn, compose_world
from crawlers.usaspending.award import award_from_detail
from crawlers.usaspending.history import modifications_from_transactions, subawards_from_answers
from crawlers.usaspending.hits import hits_of
from crawlers.usaspending.values import NotUnderstood
from tests.crawlers.composed import award, idv, key, report
from tests.crawlers.test_standin import ask

pytestmark = pytest.mark.corpus


def recorded(corpus: Path, name: str) -> Any:
    path = corpus / "procurement" / "usaspending_api_responses" / f"{name}.json"
    return json.loads(path.read_text(), parse_float=Decimal)


def documented(corpus: Path, name: str, place: int = -1) -> Any:
    path = corpus / "procurement" / "usaspending_contract_doc_examples.json"
    return json.loads(path.read_text(), parse_float=Decimal)[name]["examples"][place]["body"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "awards_contract",
            ("CONT_AWD_80GSFC18C0008_8000_-NONE-_-NONE-", 17221341967, 17227241967),
        ),
        ("awards_idv", ("CONT_IDV_80JSC019C0012_8000", 277084571963, 1048931461900)),
        ("awards_grant", ("ASST_NON_NNM11AA01A_080", 15672591962, None)),
    ],
)
def test_a_recorded_award_is_understood_to_its_last_member(
    corpus: Path, name: str, expected: tuple[str, int, int | None]
) -> None:
    read = award_from_detail(recorded(corpus, name))
    fields = read.statement.fields
    assert (read.statement.key, fields["obligated_cents"], fields["potential_cents"]) == expected
    assert read.not_understood == ()


def test_a_documented_award_of_2019_is_understood_to_its_last_member(corpus: Path) -> None:
    read = award_from_detail(documented(corpus, "awards/award_id.md", 0))
    assert read.statement.modified_at == "2019-10-27T20:06:44"
    assert read.statement.fields["parent_key"] == "CONT_IDV_SPE2DX16D1500_9700"
    assert read.not_understood == ()


def test_a_recorded_loan_is_refused_by_its_type(corpus: Path) -> None:
    with pytest.raises(NotUnderstood, match="unknown award type '07'"):
        award_from_detail(recorded(corpus, "awards_loan"))


def test_recorded_actions_are_understood(corpus: Path) -> None:
    read = modifications_from_transactions(recorded(corpus, "awards_transactions"), "K")
    said = [(one.key, one.fields["obligated_cents"]) for one in read.statements]
    assert said == [("K|P00065|0", 160000000), ("K|P00064|0", 120000000), ("K|P00063|0", 28204629)]
    assert (read.refused, read.not_understood) == ((), ())


def test_a_recorded_search_page_names_its_awards_and_where_to_go_on(corpus: Path) -> None:
    read = hits_of(recorded(corpus, "spending_by_award_contracts"))
    assert read.keys[1] == "CONT_AWD_80NM0018F0615_8000_80NM0018D0004_8000"
    assert (read.has_next, read.last) == (True, (111963182, "2856157775.98"))


def test_the_documented_sub_award_is_understood(corpus: Path) -> None:
    (page,) = subawards_from_answers([documented(corpus, "subawards.md")], "K")
    assert page.statements[0].key == "K|Z981002|URS GROUP, INC.|2011-10-27|11000000|1"


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("ice_prime_award_summaries", 822),
        ("ice_prime_award_summaries_umn_small", 5),
        ("ice_contract_actions_fy2013_2018", 5672),
        ("ice_contract_subawards_2020_2025", 482),
    ],
)
def test_every_row_of_the_real_files_is_understood(corpus: Path, name: str, rows: int) -> None:
    path = corpus / "procurement" / f"{name}.csv"
    part = Part(name="", size_bytes=1)
    layout = looked_through(path, part, name, 0)
    with open_part(path, part, name) as reader:
        next(reader)
        statements = [layout.statements(row, place)[0] for place, row in enumerate(reader, 1)]
    assert len({one.key for one in statements}) == rows
    assert layout.not_understood == ()


def test_the_days_of_the_real_file_of_2018_stand_day_first(corpus: Path) -> None:
    path = corpus / "procurement" / "ice_contract_actions_fy2013_2018.csv"
    part = Part(name="", size_bytes=1)
    layout = looked_through(path, part, path.name, 0)
    with open_part(path, part, path.name) as reader:
        header = next(reader)
        year = header.index("fiscal_year")
        for place, row in enumerate(reader, 1):
            acted_on = date.fromisoformat(str(layout.statements(row, place)[0].fields["acted_on"]))
            assert fiscal_year(acted_on) == int(row[year]), row


def shape(value: Any) -> Any:
    """Give the keys of an answer with the types of its values; lists by their first element."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value[:1]]
    return "number" if isinstance(value, int | float | Decimal) else type(value).__name__


def differing(ours: Any, real: Any, path: str = "") -> list[str]:
    """Name the places where two shapes differ; null, and an empty list, go with anything."""
    if "NoneType" in (ours, real) or [] in (ours, real):
        return []
    if isinstance(ours, dict) and isinstance(real, dict):
        if {} in (ours, real):
            return []
        found = [f"{path}.{name}" for name in sorted(ours.keys() ^ real.keys())]
        shared = ours.keys() & real.keys()
        return found + [
            one
            for name in sorted(shared)
            for one in differing(ours[name], real[name], f"{path}.{name}")
        ]
    if isinstance(ours, list) and isinstance(real, list):
        return differing(ours[0], real[0], f"{path}[]")
    return [] if ours == real else [f"{path}: {ours} against {real}"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"awards/{key(1)}/", "awards_contract"),
        ("awards/CONT_IDV_70ZZZZ25A00000007_7012/", "awards_idv"),
    ],
)
def test_the_stand_ins_award_has_the_shape_of_the_real_one(
    corpus: Path, path: str, name: str
) -> None:
    with StandIn(compose_world([award(1), idv(7)])) as service:
        ours = ask(service, path)[1]
    # Where the composed award names one code only, the real one has the levels above it, too.
    different = differing(shape(ours), shape(recorded(corpus, name)))
    assert [one for one in different if "hierarchy" not in one] == []


def test_the_stand_ins_search_has_the_shape_of_the_real_one(corpus: Path) -> None:
    real = recorded(corpus, "awards_search_results_contracts")
    unasked = {"internal_id", "generated_internal_id", "awarding_agency_id", "agency_slug"}
    fields = [name for name in real["results"][0] if name not in unasked]
    body = {"filters": {"award_type_codes": ["C"]}, "fields": fields, "sort": "Award ID"}
    with StandIn(compose_world([award(1)])) as service:
        ours = ask(service, "search/spending_by_award/", body)[1]
    assert differing(shape(ours), shape(real)) == []


def test_the_stand_ins_actions_and_reports_have_the_shape_of_the_real_ones(corpus: Path) -> None:
    with StandIn(compose_world([award(1, subawards=[report("S-1", 10.5)])])) as service:
        actions = ask(service, "transactions/", {"award_id": key(1)})[1]
        reports = ask(service, "subawards/", {"award_id": key(1)})[1]
    assert differing(shape(actions), shape(recorded(corpus, "awards_transactions"))) == []
    assert differing(shape(reports), shape(documented(corpus, "subawards.md"))) == []


ICE = {"type": "awarding", "tier": "toptier", "name": "Department of Homeland Security"}


def test_the_stand_in_takes_the_documented_request_and_its_job_has_the_documented_shape(
    corpus: Path,
) -> None:
    name = "bulk_download/awards.md"
    body, real = documented(corpus, name, 0), documented(corpus, name, 1)
    body = json.loads(json.dumps(body, default=str))
    with StandIn(compose_world([award(1)])) as service:
        status, ours = ask(service, "bulk_download/awards/", body)
    assert status == 200
    assert differing(shape(ours), shape(real)) == []
    assert {*recorded(corpus, "download_assistance")} == {*ours}


@pytest.mark.parametrize("polls", [0, 2])
def test_the_stand_ins_status_has_the_shape_of_the_recorded_one(corpus: Path, polls: int) -> None:
    days = {"start_date": "2024-10-01", "end_date": "2025-09-30"}
    filters = {"prime_award_types": ["C"], "agencies": [ICE], "date_range": days}
    with StandIn(compose_world([award(1)])) as service:
        service.downloads.polls = polls
        made = ask(service, "bulk_download/awards/", {"filters": filters})[1]
        ours = ask(service, f"download/status/?file_name={made['file_name']}")[1]
    for real in (recorded(corpus, "download_status"), documented(corpus, "download/status.md")):
        assert differing(shape(ours), shape(real)) == []


def test_a_recorded_job_and_its_status_are_understood(corpus: Path) -> None:
    service = "https://api.usaspending.gov"
    made = job_of(recorded(corpus, "download_assistance"), service)
    state = state_of(recorded(corpus, "download_status"))
    assert made.address == f"https://files.usaspending.gov/generated_downloads/{made.file}"
    assert (state.status, state.rows, state.is_going) == ("finished", 15, False)
