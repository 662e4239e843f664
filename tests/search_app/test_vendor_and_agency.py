"""The pages of a vendor and of an agency, and their twins."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from archive import indexing
from archive.deposit import deposit
from archive.model import Statement
from archive.opening import Archive, open_archive
from archive.reading_client import Readers
from archive.settings import Settings
from archive.shown.sums import Yearly
from archive.shown.vendor import name_query
from search_app.app import create_app
from search_app.bars import year_chart
from tests.archive.composed import award, captured, modification
from tests.search_app.composed import NAME_OF_PERSON


def _vendor(client: FlaskClient, named: str) -> dict[str, Any]:
    [row] = client.get(f"/api/vendors?named={named}").get_json()["rows"]
    found: dict[str, Any] = row
    return found


def pages_of(settings: Settings, held: Sequence[Statement], *addresses: str) -> dict[str, str]:
    """Give pages of an archive that holds nothing else."""
    with open_archive(settings) as archive, Readers(1) as readers:
        deposit(archive, captured(archive, "held"), held)
        indexing.drain(archive)
        client = create_app(archive, readers).test_client()
        return {address: client.get(address).text for address in addresses}


def test_a_vendor_says_what_was_obligated_to_it_by_whom_and_under_which_names(
    client: FlaskClient, page: Any
) -> None:
    row = _vendor(client, "halden")
    text = page(row["address"])
    assert "HALDEN BIOMETRICS LLC" in text
    assert "<b>$3,750,000</b> obligated in" in text
    assert "ZZZEXAMPLEZ9" in text
    assert f'href="/?vendor={row["number"]}&amp;year=2026"' in text
    assert 'aria-label="Fiscal year 2025: $3,750,000 obligated"' in text


def test_the_table_beside_the_bars_says_the_same(client: FlaskClient, page: Any) -> None:
    row = _vendor(client, "halden")
    twin = client.get(f"/api{row['address']}").get_json()
    assert twin["by_year"] == [
        {"year": 2025, "part": "7012", "name": "ICE", "obligated_cents": 375_000_000},
        {"year": 2026, "part": "7012", "name": "ICE", "obligated_cents": 0},
    ]
    table = re.search(r'<details class="astable">.*?</details>', page(row["address"]), re.DOTALL)
    assert table is not None
    assert "$3,750,000" in table[0]


def test_a_vendor_without_documents_says_which_words_were_looked_for(
    client: FlaskClient, page: Any
) -> None:
    assert "No released page held here prints" in page(_vendor(client, "halden")["address"])


def test_a_name_of_one_short_word_is_not_looked_for_on_pages() -> None:
    assert name_query("A.B. INC.") == ""
    assert name_query("PALANTIR TECHNOLOGIES INC.") == '"palantir technologies"'


def test_an_agency_names_its_vendors_and_its_department_and_no_person(
    client: FlaskClient, page: Any
) -> None:
    text = page("/agencies/7012")
    assert "U.S. Immigration and Customs Enforcement" in text
    assert 'href="/agencies/070"' in text
    assert "HALDEN BIOMETRICS LLC" in text
    assert NAME_OF_PERSON not in text
    assert NAME_OF_PERSON not in client.get("/api/agencies/7012").text


def test_a_department_shows_its_agencies(client: FlaskClient, page: Any) -> None:
    assert 'href="/agencies/7012"' in page("/agencies/070")
    twin = client.get("/api/agencies/070").get_json()
    assert twin["is_department"] is True
    assert {"7012", "4732"} == {one["code"] for one in twin["subagencies"]}


@pytest.mark.parametrize("code", ["7012", "070", "4732"])
def test_the_page_of_an_agency_says_what_the_list_says_of_it(
    client: FlaskClient, code: str
) -> None:
    rows = client.get("/api/agencies").get_json()["agencies"]
    own = [one for one in rows if code in (one["code"], one["department_code"])]
    twin = client.get(f"/api/agencies/{code}").get_json()
    for name in ("awards", "obligated_cents", "documents"):
        assert twin[name] == sum(one[name] for one in own)


def test_the_page_of_an_agency_adds_up_no_awards_of_others(
    client: FlaskClient, archive: Archive
) -> None:
    asked: list[str] = []

    def note(*told: Any) -> None:
        asked.append(str(told[2]))

    engine = archive.catalogue.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    client.get("/api/agencies/4732")
    sa.event.remove(engine, "before_cursor_execute", note)
    grouped = [one for one in asked if "GROUP BY" in one]
    assert len(grouped) > 2
    assert [one for one in grouped if "WHERE" not in one or "WHERE 1 = 1" in one] == []


@pytest.mark.parametrize("code", ["7012", "070", "4732"])
def test_the_vendors_of_each_year_add_up_to_the_year(client: FlaskClient, code: str) -> None:
    by_year = client.get(f"/api/agencies/{code}").get_json()["by_year"]
    for year in {one["year"] for one in by_year}:
        twin = client.get(f"/api/agencies/{code}?year={year}").get_json()
        assert twin["vendors_in"] == year
        assert twin["vendors_total"] == len(twin["vendors"])
        sums = [one["obligated_cents"] for one in twin["vendors"]]
        assert sums == sorted(sums, reverse=True)
        assert sum(sums) == sum(one["obligated_cents"] for one in by_year if one["year"] == year)


def test_the_vendors_of_a_year_are_those_whom_its_actions_paid(
    client: FlaskClient, page: Any
) -> None:
    first, *_ = client.get("/api/agencies/7012?year=2025").get_json()["vendors"]
    assert (first["name"], first["obligated_cents"]) == ("HALDEN BIOMETRICS LLC", 375_000_000)
    text = page("/agencies/7012?year=2025")
    assert "Vendors in fiscal year 2025" in text
    assert '<a href="/agencies/7012?year=2025#vendors" aria-current="true">2025</a>' in text
    assert NAME_OF_PERSON not in page("/agencies/7012?year=2026")
    ever = "to {} vendors."
    count = client.get("/api/agencies/7012").get_json()["vendors_total"]
    assert ever.format(count) in text


def test_a_year_without_actions_says_so_and_what_is_no_year_is_refused(
    client: FlaskClient, page: Any
) -> None:
    assert "No action of fiscal year 1999 is held here." in page("/agencies/7012?year=1999")
    for year in ("20", "abcd", "٢٠١٦", "20160"):
        assert client.get("/agencies/7012", query_string={"year": year}).status_code == 400


def test_an_agency_that_nothing_held_here_names_is_not_found(client: FlaskClient) -> None:
    for address in ("/agencies/9999", "/api/agencies/9999", "/agencies/x", "/vendors/9999"):
        assert client.get(address).status_code == 404


def test_bars_stand_on_each_other_and_a_year_of_deobligation_has_none() -> None:
    chart = year_chart(
        Yearly(
            by_year={(2024, "a"): 300, (2024, "b"): 100, (2025, "a"): -50, (2026, "c"): 10},
            unplaced_awards=0,
            unplaced_cents=0,
        ),
        {"a": "A", "b": "B"},
    )
    assert chart is not None
    bars = {bar.year: bar for bar in chart.bars}
    first, second = bars[2024].pieces
    assert second.y + second.height == first.y
    assert bars[2025].pieces == ()
    assert bars[2025].label == "\u2212$0" or bars[2025].cents == -50
    assert [key.name for key in chart.keys] == ["A", "B", "Other"]
    assert chart.rows[0] == (2024, (300, 100, 0), 400)


def test_nothing_obligated_draws_nothing() -> None:
    assert year_chart(Yearly(by_year={}, unplaced_awards=2, unplaced_cents=5), {}) is None


def test_vendors_are_kept_by_the_name_that_a_search_uses_too(client: FlaskClient) -> None:
    named = client.get("/api/vendors?named=halden").get_json()
    assert named["total"] == 1
    assert client.get("/api/vendors?q=halden").get_json() == named
    assert 'value="halden"' in client.get("/vendors?q=halden").text


def test_a_page_beyond_the_last_is_said_in_right_numbers(client: FlaskClient) -> None:
    one = client.get("/api/vendors?q=halden&page=2").get_json()["error"]
    assert one == "There is no page 2: 1 vendor fills 1 page."
    none = client.get("/api/vendors?q=zzzzqqq&page=2").get_json()["error"]
    assert none == "There is no page 2: there is no vendor at all."


def test_a_chart_of_the_smaller_part_of_a_sum_is_not_drawn_and_both_figures_are_said(
    settings: Settings,
) -> None:
    in_one_year = award(1, obligated_cents=2_210_000, signed_on="2025-01-05", acted_on="2025-02-05")
    in_several = award(2, obligated_cents=2_879_400_000, signed_on="2016-01-05")
    text = pages_of(settings, [in_one_year, in_several], "/vendors/1")["/vendors/1"]
    assert (
        "No chart is drawn: of $28,816,100 obligated, only $22,100 can be put in fiscal years."
        " 1 award with $28,794,000 is in no year"
    ) in text
    assert '<figure class="chart">' not in text
    section = text.partition('id="money"')[2].partition("</section>")[0]
    assert "<table" in section
    assert "$22,100" in section.partition("<table")[2]


def test_a_chart_of_the_larger_part_is_drawn_from_the_first_year_that_is_known(
    settings: Settings,
) -> None:
    placed = award(1, obligated_cents=500, signed_on="2025-01-05", acted_on="2025-02-05")
    unplaced = award(2, obligated_cents=400, signed_on="2016-01-05")
    text = pages_of(settings, [placed, unplaced], "/vendors/1")["/vendors/1"]
    assert '<figure class="chart">' in text
    assert "No chart is drawn" not in text
    assert re.findall(r'text-anchor="middle">(\d{4})</text>', text) == ["2025"]


@pytest.mark.parametrize(
    ("by_year", "unplaced", "missing", "is_mostly"),
    [
        ({(2025, "a"): 50}, 50, 0, True),
        ({(2025, "a"): 50}, 51, 0, False),
        ({(2025, "a"): 50}, 0, -51, False),
        ({(2025, "a"): 50, (2026, "a"): -50}, 60, 0, True),
    ],
)
def test_at_least_half_of_a_sum_in_years_is_most_of_it(
    by_year: dict[tuple[int, str], int], unplaced: int, missing: int, *, is_mostly: bool
) -> None:
    sums = Yearly(
        by_year=by_year, unplaced_awards=1, unplaced_cents=unplaced, missing_cents=missing
    )
    assert sums.is_mostly_placed is is_mostly


def test_head_and_names_of_a_vendor_begin_on_the_same_day(settings: Settings) -> None:
    held = [
        award(1, signed_on="2003-06-15", acted_on="2008-02-19"),
        award(2, signed_on="2010-01-01", acted_on="2017-05-31"),
    ]
    text = pages_of(settings, held, "/vendors/1")["/vendors/1"]
    assert "In awards signed or acted on from 15 Jun 2003 to 31 May 2017" in text
    names = text.partition('id="names"')[2].partition("</section>")[0]
    assert re.findall(r'<td class="nowrap">([^<]*)</td>', names) == ["15 Jun 2003", "31 May 2017"]
    assert "From is the day an award was signed, or of the first action that prints" in names


def _printing(name: str, number: str, acted_on: str) -> Statement:
    plain = modification(name=number, acted_on=acted_on)
    more = {"vendor_name": name, "vendor_uei": "ZZZEXAMPLEZ9"}
    return replace(plain, view="usaspending.transaction_file", fields={**plain.fields, **more})


def test_a_name_is_not_older_than_the_action_that_prints_it(settings: Settings) -> None:
    renamed = award(1, vendor_name="HALDEN ANEW LLC", signed_on="2015-06-15", acted_on="2020-03-01")
    first = _printing("HALDEN BIOMETRICS LLC", "0", "2015-06-15")
    last = _printing("HALDEN ANEW LLC", "P00001", "2020-03-01")
    text = pages_of(settings, [renamed, first, last], "/vendors/1")["/vendors/1"]
    names = text.partition('id="names"')[2].partition("</section>")[0]
    rows = re.findall(r'<th scope="row">([^<]*)</th>.*?<td class="nowrap">([^<]*)</td>', names)
    assert rows == [("HALDEN ANEW LLC", "1 Mar 2020"), ("HALDEN BIOMETRICS LLC", "15 Jun 2015")]


def test_offices_are_counted_also_beyond_those_that_are_listed(settings: Settings) -> None:
    held = [
        award(
            number,
            awarding_office_code=f"70ZZ{number:02d}",
            awarding_office_name=f"OFFICE {number}",
        )
        for number in range(1, 24)
    ]
    found = pages_of(settings, held, "/agencies/7012", "/vendors/1")
    for text in found.values():
        assert 'href="#offices">Offices <span>23</span>' in text
        assert "the first 20 of 23" in text


def test_the_bars_of_an_agency_say_whose_they_are(settings: Settings) -> None:
    placed = award(1, obligated_cents=500, signed_on="2025-01-05", acted_on="2025-02-05")
    unplaced = award(2, obligated_cents=400, signed_on="2016-01-05")
    text = pages_of(settings, [placed, unplaced], "/agencies/7012")["/agencies/7012"]
    assert "To the vendors with most in these years." in text
    assert "The list of vendors below counts also what is in no year." in text
