"""The search page."""

import html
import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from archive import documents, indexing
from archive.catalogue import tables
from archive.model import Answer
from archive.opening import open_archive
from archive.reading_client import Readers
from archive.release_statements import Released
from archive.settings import Settings
from search_app.app import create_app
from tests.search_app.composed import HIDDEN_WORD, NAME_OF_PERSON, ORDER, Composed


def test_a_result_shows_who_pays_whom_how_much_and_the_words_that_matched(page: Any) -> None:
    text = page('/?q="facial recognition" kind:award')
    assert f'href="/awards/{ORDER}"' in text
    assert "<b>ICE</b> pays <b>HALDEN BIOMETRICS LLC</b>" in text
    assert "<mark>FACIAL RECOGNITION</mark>" in text
    assert "$3,750,000" in text
    assert "41% of a potential value of $9,225,000" in text


def test_a_document_is_shown_with_the_pages_on_which_the_words_stand(
    page: Any, composed: Composed
) -> None:
    text = page('/?q="facial recognition"&kind=document')
    assert f"/documents/{composed.work}/pages/1?q=" in text
    assert f"/documents/{composed.work}/pages/3?q=" in text
    assert f"/documents/{composed.work}/pages/2?q=" not in text


def test_the_reading_of_the_query_and_what_was_ignored_are_said(page: Any) -> None:
    text = page("/?q=camera year:20255&colour=b12")
    assert "Read as the word “camera”" in text
    assert "<code>year:20255</code>" in text
    assert "<code>colour=b12</code> in the address" in text


def test_words_that_stand_only_in_a_modification_are_shown_from_there(page: Any) -> None:
    text = page("/?q=training kind:award")
    assert "Modification P00001" in text
    assert "<mark>TRAINING</mark>" in text


def test_a_kept_filter_becomes_a_chip_that_removes_it(page: Any) -> None:
    text = page("/?q=maintenance&year=2017&subagency=7012")
    assert 'class="chip" href="/?q=maintenance&amp;year=2017"' in text
    assert 'class="chip" href="/?q=maintenance&amp;subagency=7012"' in text
    assert "Remove both" in text


def test_a_filter_may_be_given_by_the_name_of_an_agency(page: Any) -> None:
    assert "Awarding or releasing body: ICE" in page("/?agency=ICE&q=maintenance")


def test_names_of_an_agency_and_a_department_are_kept_by_links_chips_and_pages(page: Any) -> None:
    text = page("/?q=maintenance&agency=ICE&agency=DOJ&size=10")
    assert "Department: ICE" in text
    assert 'class="chip" href="/?q=maintenance&amp;agency=DOJ&amp;size=10"' in text
    assert "/?q=maintenance&amp;agency=ICE&amp;agency=DOJ&amp;size=10&amp;page=2" in text


def test_names_of_an_agency_and_a_department_are_kept_when_a_search_is_taken_apart(
    client: FlaskClient, page: Any
) -> None:
    kept = "agency=CBP&agency=DOJ"
    assert "Without them: 25 records." in page(f"/?q=maintenance&{kept}")
    terms = client.get(f"/api/search?q=maintenance zzzznothing&{kept}").get_json()["terms"]
    assert [one["without"] for one in terms] == [0, 0]


def test_a_facet_is_let_go_under_the_code_that_its_name_means(page: Any) -> None:
    text = page("/facets/subagency?q=maintenance&subagency=ICE")
    assert '<a href="/?q=maintenance" aria-current="true">ICE</a>' in text


def test_facets_ignore_their_own_filter(page: Any) -> None:
    text = page("/?kind=award")
    assert "<span>Documents</span> <span>5</span>" in text


def test_a_date_and_amount_range_keeps_what_lies_in_it(client: FlaskClient) -> None:
    both = client.get("/api/search?q=maintenance&min=50000&max=70000").get_json()
    assert sorted(hit["amount_cents"] for hit in both["hits"]) == [5_000_000, 6_000_000, 7_000_000]


def test_the_histogram_has_a_link_for_each_year_and_a_table_that_says_the_same(page: Any) -> None:
    text = page("/?q=maintenance")
    bars = re.findall(r'aria-label="Fiscal year (\d{4}): (\d+) record', text)
    assert bars
    for year, count in bars:
        assert f'{year}</a></th><td class="num">{count}</td>' in text


def test_the_day_of_a_capture_is_no_date_of_a_document(client: FlaskClient, page: Any) -> None:
    def keys(address: str) -> list[str]:
        return [hit["title"] for hit in client.get(address).get_json()["hits"]]

    ponds = "A leaflet about ponds"
    assert keys("/api/search?q=ponds") == [ponds]
    assert client.get("/api/search?q=ponds").get_json()["hits"][0]["date"] is None
    assert keys("/api/search?q=ponds date:1990..2100") == []
    for sort in ("newest", "oldest"):
        assert keys(f"/api/search?kind=document&sort={sort}")[-1] == ponds
    assert 'captured <time datetime="2026-10-11' in page("/?q=ponds")


def test_the_chart_says_how_many_records_no_year_counts(page: Any) -> None:
    assert "1 record has no date of its own and is not in it." in page("/")
    assert "of its own and" not in page("/?year=2026")


def test_pages_of_results_follow_each_other_without_gap_or_repetition(client: FlaskClient) -> None:
    keys = [
        hit["key"]
        for number in (1, 2, 3)
        for hit in client.get(f"/api/search?q=maintenance&size=10&page={number}").get_json()["hits"]
    ]
    assert len(keys) == len(set(keys)) == 25


@pytest.mark.parametrize(
    ("sort", "first"),
    [("amount", 25), ("newest", 15), ("arrived", 25)],
)
def test_an_order_puts_its_greatest_first(client: FlaskClient, sort: str, first: int) -> None:
    found = client.get(f"/api/search?q=maintenance&sort={sort}").get_json()
    assert found["hits"][0]["title"].endswith(f"lot {first}")


def test_what_is_not_found_is_taken_apart_term_by_term(page: Any) -> None:
    text = page('/?q="facial recogniton" maintenance')
    assert "Nothing found" in text
    assert "Term by term" in text
    assert "<code>&#34;facial recogniton&#34;</code>" in text
    assert ">25</a>" in text


def test_filters_that_exclude_everything_are_named_as_the_cause(page: Any) -> None:
    text = page("/?q=maintenance&kind=notice")
    assert "Without them: 25 records." in text


def test_the_front_page_shows_the_newest_records_and_examples(page: Any) -> None:
    text = page("/")
    assert "For example" in text
    assert "records" in text


def test_all_values_of_a_facet_have_a_page(page: Any) -> None:
    text = page("/facets/vendor?q=maintenance")
    assert "<h1>25 vendors</h1>" in text
    assert "VENDOR 01 LLC" in text


@pytest.mark.parametrize(
    "address", ["/?q=interpreting", "/facets/vendor", "/vendors", "/?q=hearing&sort=newest"]
)
def test_a_person_paid_under_their_own_name_is_no_heading_facet_or_listing(
    page: Any, address: str
) -> None:
    assert NAME_OF_PERSON not in page(address)


def test_a_withdrawn_or_held_document_is_in_no_result(
    client: FlaskClient, composed: Composed
) -> None:
    for words in ("lanterns", "sundials"):
        found = client.get(f"/api/search?q={words}").get_json()
        assert found["total"] == 0
        assert found["hits"] == []


def test_text_beneath_a_box_is_in_no_page(client: FlaskClient, composed: Composed) -> None:
    assert client.get(f"/api/search?q={HIDDEN_WORD}").get_json()["total"] == 0
    for address in (
        f"/documents/{composed.beneath}",
        f"/api/documents/{composed.beneath}",
        f"/api/documents/{composed.beneath}/pages/1",
    ):
        assert HIDDEN_WORD not in client.get(address).text


def _linked_searches(text: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'href="(/\?q=[^"]+)"><code>', text)]


@pytest.mark.parametrize("address", ["/", "/about"])
def test_every_example_finds_something(client: FlaskClient, page: Any, address: str) -> None:
    searches = _linked_searches(page(address))
    assert len(searches) >= 3
    found = {
        one: client.get(one.replace("/?", "/api/search?")).get_json()["total"] for one in searches
    }
    assert all(found.values()), found


def test_syntax_that_finds_nothing_here_is_taught_without_a_link(page: Any) -> None:
    table = page("/about").partition('id="search"')[2].partition("</tbody>")[0]
    rows = table.split("<tr>")[2:]
    assert len(rows) == 16
    for row in rows:
        assert ("finds nothing in this archive" in row) != ("<a href=" in row)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("from=2025-05-01&to=2024-05-01", "The first day lies behind the last."),
        ("min=500&max=20", "The least amount is above the most."),
        ("kind=person", "Kinds are award, notice, document."),
        ("vendor=99999", "This archive lists no vendor with that number."),
        ("vendor=abc", "This archive lists no vendor with that number."),
        ("max=1e9", "An amount is a number of dollars, such as 250000, 250k, 1m or -5000."),
        ("sort=wrong", "Orders are relevance, newest, oldest, amount, arrived."),
    ],
)
def test_what_cannot_be_in_an_address_is_said_and_left_out(
    client: FlaskClient, address: str, said: str
) -> None:
    found = client.get(f"/api/search?q=maintenance&{address}").get_json()
    assert found["total"] == 25
    assert [one for one in found["ignored"] if said in one]


def test_all_values_of_a_facet_leave_out_an_unknown_vendor_as_the_page_does(
    client: FlaskClient, page: Any
) -> None:
    address = "facets/kind?q=maintenance&vendor=99999"
    found = client.get(f"/api/{address}").get_json()
    assert found["values"] == [{"value": "award", "label": "Awards", "count": 25}]
    assert "This archive lists no vendor with that number." in found["ignored"][0]
    assert "This archive lists no vendor with that number." in page(f"/{address}")


@pytest.mark.parametrize(
    ("address", "total"), [("min=50k&max=70k", 3), ("min=-5&max=1m", 25), ("max=-5", 0)]
)
def test_an_amount_in_an_address_is_read_as_in_a_query(
    client: FlaskClient, address: str, total: int
) -> None:
    assert client.get(f"/api/search?q=maintenance&{address}").get_json()["total"] == total


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("kind=award", ("Awarding agency", "Award type")),
        ("kind=document", ("Releasing body",)),
        ("", ("Awarding or releasing body", "Award or document type")),
    ],
)
def test_a_filter_is_named_for_the_kinds_that_it_counts(
    page: Any, query: str, titles: tuple[str, ...]
) -> None:
    text = page(f"/?{query}")
    for title in titles:
        assert f"<h3>{title}</h3>" in text


def test_a_document_without_a_releasing_body_says_so(settings: Settings, page: Any) -> None:
    assert "body not stated" not in page("/?q=ponds")  # somebody released it
    with open_archive(settings) as archive, Readers(1) as readers:
        answer = Answer(
            source="added",
            method="FILE",
            address="2019-lanterns.pdf",
            body=b"%PDF-1.4 and nothing else",
            fetched_at="2026-10-11T12:00:00+00:00",
        )
        documents.deposit_document(archive, answer, Released())
        client = create_app(archive, readers).test_client()
        indexing.drain(archive)
        assert '<p class="entry-who">Releasing body not stated</p>' in client.get("/").text
        with archive.catalogue.writing() as connection:
            read = {"title": "A leaflet about lanterns", "verdict": "read"}
            connection.execute(sa.update(tables.document).values(read))
        said = '<p class="entry-who">File <span class="id">2019-lanterns.pdf</span>; releasing body'
        assert f"{said} not stated</p>" in client.get("/").text
