"""The page of an award."""

import hashlib
import re
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from flask.testing import FlaskClient

from archive import clock
from archive.shown import paying
from archive.shown.award import ShownAward
from archive.shown.related import Modification
from search_app.money import MoneyChart, money_over_time
from tests.search_app.composed import NAME_OF_PERSON, ORDER, PERSON, SCRIPT, VEHICLE


def test_the_first_sentence_says_both_amounts_and_when_work_ends(page: Any) -> None:
    text = page(f"/awards/{ORDER}")
    assert "ICE pays HALDEN BIOMETRICS LLC up to <b>$9,225,000</b>." in text
    assert "<b>$3,750,000</b> is obligated so far" in text
    assert "4\u00a0March 2027" in text
    assert "4\u00a0September 2027 with all options" in text


def test_modifications_stand_newest_first_with_the_running_sum(page: Any) -> None:
    text = page(f"/awards/{ORDER}")
    rows = [text.index(f'<span class="id">{number}</span></th>') for number in ("P00002", "P00001")]
    assert rows == sorted(rows)
    assert "$5,625,000" in text
    assert "\u2212$1,875,000" in text


def test_sub_awards_are_shown_as_reported_and_not_added_up(page: Any) -> None:
    text = page(f"/awards/{ORDER}")
    assert "2 reports, by payee" in text
    assert "reports may repeat" in text
    assert "$824,000" not in text
    assert "The source\u2019s own sum: $538,400" in text


def test_an_edited_description_is_shown_with_both_captures(page: Any) -> None:
    text = page(f"/awards/{ORDER}")
    assert "<del>LICENSES FOR A FACE SEARCH SERVICE</del>" in text
    assert "<ins>LICENSES FOR A FACIAL RECOGNITION SEARCH SERVICE</ins>" in text


def test_the_citation_names_the_capture_and_its_hash(page: Any) -> None:
    sha256 = hashlib.sha256(b"awards").hexdigest()
    cited = f"USAspending, award record, captured 11 Oct 2026, 04:12 UTC, SHA-256 {sha256}, "
    assert cited in page(f"/awards/{ORDER}")


def test_an_order_and_its_vehicle_lead_to_each_other(page: Any) -> None:
    assert f'href="/awards/{VEHICLE}"' in page(f"/awards/{ORDER}")
    assert "1 order</a> placed against it" in page(f"/awards/{VEHICLE}")


def test_a_person_is_no_heading_and_no_link(page: Any) -> None:
    text = page(f"/awards/{PERSON}")
    assert NAME_OF_PERSON not in text
    assert "a sole proprietor, whose name is not shown" in text


def test_a_key_in_small_letters_leads_to_the_one_address(client: FlaskClient) -> None:
    response = client.get(f"/awards/{ORDER.lower()}")
    assert response.status_code == 301
    assert response.location == f"/awards/{ORDER}"


def test_the_twin_gives_versions_and_sums_in_cents(client: FlaskClient) -> None:
    record = client.get(f"/api/awards/{ORDER}").get_json()
    assert record["obligated_cents"] == 375_000_000
    assert [one["obligated_cents"] for one in record["modifications"]] == [
        375_000_000,
        562_500_000,
        375_000_000,
    ]
    assert [one["shows"] for one in record["captures"]] == [
        "the award",
        "the award",
        "3 modifications",
        "2 sub-award reports",
    ]


def test_a_vehicle_shows_the_orders_placed_against_it(page: Any) -> None:
    text = page(f"/awards/{VEHICLE}")
    assert f'href="/awards/{ORDER}"' in text
    assert "Orders with the greatest sums" in text


PAST, COMING = "2020-01-31", "9999-12-31"


@pytest.mark.parametrize(
    ("key", "fields", "cents", "verb"),
    [
        (ORDER, {"ends_on": COMING}, 100, "pays"),
        (ORDER, {"ends_on": PAST}, 100, "paid"),
        (ORDER, {}, 100, "pays"),
        (ORDER, {"ends_on": COMING}, 0, "is to pay"),
        (ORDER, {"ends_on": PAST}, 0, "was to pay"),
        (ORDER, {"ends_on": PAST}, -100, "was to pay"),
        (ORDER, {"ends_on": PAST}, None, "was to pay"),
        (ORDER, {"ends_on": PAST, "potential_ends_on": COMING}, 100, "paid"),
        (VEHICLE, {"potential_ends_on": COMING, "ends_on": PAST}, 0, "may order from"),
        (VEHICLE, {"potential_ends_on": PAST}, 0, "could order from"),
    ],
)
def test_nobody_is_said_to_pay_who_does_not(
    key: str, fields: dict[str, str], cents: int | None, verb: str
) -> None:
    assert paying.verb(key, fields, cents) == verb


def test_an_award_from_which_more_was_taken_back_is_said_so(page: Any) -> None:
    text = page(f"/awards/{SCRIPT}")
    assert "<b>$123,457</b> more was taken back than the actions held here obligated" in text
    assert "is obligated" not in text
    assert "ICE is to pay" in text


def test_a_vehicle_obligates_nothing_itself(page: Any) -> None:
    assert "Nothing is obligated in the vehicle itself." in page(f"/awards/{VEHICLE}")


def test_no_offer_at_all_is_not_counted(page: Any) -> None:
    assert "One offer came in." in page(f"/awards/{ORDER}")
    assert "offers came in" not in page(f"/awards/{SCRIPT}")


def test_a_list_says_as_the_award_does_who_pays(page: Any) -> None:
    text = page("/?q=support&kind=award")
    assert "<b>ICE</b> is to pay <b>TALLOW" in text


def _drawn(today: str, **changes: Any) -> MoneyChart:
    steps = ((0, "2020-01-01", 300_000_000), (1, "2020-07-01", 450_000_000))
    modifications = [
        Modification(
            number=f"P{number}" if number else "0",
            transaction_number="",
            acted_on=day,
            action="",
            description="",
            change_cents=cents,
            obligated_cents=cents,
            potential_change_cents=None,
            potential_cents=None,
            gone_at=None,
        )
        for number, day, cents in steps
    ]
    award = SimpleNamespace(
        modifications=tuple(reversed(modifications)),
        potential_cents=2_200_000_000,
        fields={"ends_on": "2021-06-30"} | changes,
    )
    chart = money_over_time(cast(ShownAward, award), date.fromisoformat(today))
    assert chart is not None
    return chart


def test_the_line_of_a_past_award_stops_where_its_work_did() -> None:
    chart = _drawn("2026-11-25")
    assert chart.now is None
    assert [one.label for one in chart.ends] == ["end"]
    assert chart.end_of_line == chart.ends[0].at == chart.steps[-1].right


def test_the_line_of_an_award_that_goes_on_stops_today_and_its_end_is_shown() -> None:
    chart = _drawn("2021-01-01", potential_ends_on="2023-06-30")
    assert chart.now == chart.end_of_line < chart.ends[0].at < chart.ends[1].at
    assert [one.label for one in chart.ends] == ["end", "options end"]


def test_the_axis_ends_at_a_round_amount_not_far_above_the_greatest() -> None:
    chart = _drawn("2026-11-25")
    assert [one.label for one in chart.grid] == ["5", "10", "15", "20", "$25 million"]


def test_a_technology_that_only_the_vendor_stands_for_is_said_so(page: Any) -> None:
    text = page(f"/awards/{ORDER}")
    assert text.count("<dt>Technology</dt>") == 1
    assert "<dt>PSC, NAICS</dt>" in text
    assert "<dt>Funding agency</dt>" not in text


def test_a_change_stays_a_row_of_a_table_however_it_is_laid_out(page: Any) -> None:
    text = page(f"/awards/{ORDER}")
    assert text.count('role="row"') == 4
    assert "It is an order under a vehicle of FAS." in text


def test_the_chart_of_an_award_ends_by_the_clock_of_the_archive(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn() -> str:
        found = re.search(r"<figure.*?</figure>", page(f"/awards/{ORDER}"), re.DOTALL)
        assert found is not None
        return found[0]

    shown = []
    for moment in ("2026-09-30T00:00:00+00:00", "2031-02-03T00:00:00+00:00"):
        monkeypatch.setattr(clock, "now", lambda moment=moment, **_: moment)
        shown.append(drawn())
    assert shown[0] != shown[1]
