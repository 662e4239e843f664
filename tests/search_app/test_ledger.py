"""What the pages, the interface and the exports say of redactions, poor reading and equal pages."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from archive import states
from archive.indexing import drain
from archive.reading_client import Readers
from archive.readings import PageReading
from search_app.app import create_app
from tests.archive.composed import archive_in
from tests.archive.redacted import redacted_page
from tests.archive.scanned import deposited, page_of

B6, B7E, OREGON = "(b)(6)", "(b)(7)(E)", "ORS 192.345(22)(c)"
PLAIN = page_of(1, "cover sheet", text_from="layer")


@dataclass(frozen=True)
class Shelf:
    """Documents, and a client of the pages that show them."""

    client: FlaskClient
    log: str  # six pages: 20 %, none, 100 %, withheld, 20 % of a state's, none
    again: str  # pages 1 and 3 of the log, in another order, behind a cover
    scan: str  # a page read poorly, one that is not recognised, and one read well
    gone: str  # the log's first page, withdrawn

    def page(self, address: str) -> str:
        response = self.client.get(address)
        assert response.status_code == 200, response.text
        return response.text

    def json(self, address: str) -> Any:
        return self.client.get(f"/api{address}").get_json()


def numbered(*pages: PageReading) -> list[PageReading]:
    return [replace(one, number=number) for number, one in enumerate(pages, start=1)]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    first = redacted_page(1, B6, B7E, boxes=2, text="memo lantern", content_key="0a" * 16)
    third = redacted_page(3, B6, percent=100, text="", content_key="0b" * 16)
    slip = redacted_page(4, B7E, percent=0, boxes=0, text="Page withheld", is_withheld=True)
    oregon = redacted_page(5, OREGON, text="lantern")
    poor = page_of(1, "smudge", text_from="recognised", confidence=60)
    well = page_of(3, "clear", text_from="recognised", confidence=95)
    with archive_in(tmp_path_factory.mktemp("ledger")) as archive, Readers(1) as readers:
        log = numbered(first, PLAIN, third, slip, oregon, PLAIN)
        shelf = Shelf(
            client=create_app(archive, readers).test_client(),
            log=deposited(archive, *log, body=b"%PDF log"),
            again=deposited(archive, *numbered(PLAIN, third, first), body=b"%PDF again"),
            scan=deposited(archive, *numbered(poor, page_of(2), well), body=b"%PDF scan"),
            gone=deposited(archive, first, body=b"%PDF gone"),
        )
        states.hold(archive, shelf.gone, "a name")
        states.withdraw(archive, shelf.gone, "a court")
        drain(archive)
        yield shelf


def rows_of(text: str) -> list[tuple[str, list[str]]]:
    table = re.search(r'<table class="narrow ledger">(.*?)</table>', text, re.DOTALL)
    assert table
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', table[1])
    return [
        (re.sub("<.*?>", "", name), re.findall(r"<td[^>]*>([^<]*)<", cells)) for name, cells in rows
    ]


def test_the_page_counts_redactions_by_exemption_here_and_in_all(shelf: Shelf) -> None:
    text = shelf.page(f"/documents/{shelf.log}/pages/1")
    assert rows_of(text) == [
        (B6, ["1", "2", "2"]),
        (B7E, ["1", "2", "2"]),
        (OREGON, ["0", "1", "1"]),
        ("No stamp", ["1", "1", ""]),
        ("Area redacted", ["20%", "40%", "4"]),
    ]
    head = re.sub(r"<[^>]+>", "", text)
    assert "6 pages, 40% redacted" in head
    assert f"Redacted under {B6}, {B7E} and {OREGON}." in head
    assert "1 page withheld in full: page 4" in head


def test_the_page_list_shows_how_much_of_each_page_is_covered(shelf: Shelf) -> None:
    text = shelf.page(f"/documents/{shelf.log}")
    labels = re.findall(r'aria-label="(Page \d, [^"]+)"', text)
    assert labels == [
        "Page 1, 20% redacted",
        "Page 3, 100% redacted, no text",
        "Page 4, withheld in full",
        "Page 5, 20% redacted",
    ]
    heights = re.findall(r'class="cover" [^>]*height="([\d.]+)"', text)
    assert heights == ["5.6", "28.0", "28.0", "5.6"]


def test_boxes_are_listed_with_their_places_and_outlined_by_a_link(shelf: Shelf) -> None:
    text = shelf.page(f"/documents/{shelf.log}/pages/1")
    assert "2 boxes on this page" in text
    listed = re.findall(r'<li><a href="#(box-\d)">(.*?)</a>, (.*?)</li>', text)
    assert listed == [
        ("box-1", "Black, 72 by 120", f"200 wide, 20 high: {B6}, {B7E}"),
        ("box-2", "Black, 72 by 120", "200 wide, 20 high"),
    ]
    assert re.findall(r'<rect id="(box-\d)"', text) == ["box-1", "box-2"]


def test_an_exemption_leads_to_the_pages_that_have_it(shelf: Shelf) -> None:
    text = shelf.page(f"/documents/{shelf.log}/pages/2")
    link = re.search(r'href="([^"]*\?q=exemption[^"]*)">\(b\)\(7\)', text)
    assert link
    found = shelf.page(link[1].replace("&amp;", "&"))
    begun = shelf.page(f"/documents/{shelf.log}?q=exemption:b7*")
    assert re.findall(r"<span>Page (\d)</span>", begun) == ["1", "4"]
    assert "0 hits" not in begun
    assert re.findall(r"<span>Page (\d)</span>", found) == ["1", "4"]
    assert "2 hits on 2 pages" in found
    assert "Picture of page 1" in found
    assert "No hit on this page" not in found


def test_a_stamp_that_is_asked_for_is_a_hit_and_marked_where_it_stands(shelf: Shelf) -> None:
    text = shelf.page(f"/documents/{shelf.log}/pages/1?q=lantern exemption:b7*")
    assert "Hit 1 of 2" in text
    assert "pages/1?q=lantern+exemption%3Ab7%2A&amp;hit=2#hit" in text
    places = re.findall(r'class="sheet-mark" x="([\d.]+)" y="([\d.]+)"', text)
    assert places[1:] == [("71.0", "119.0")]
    assert "<mark>lantern</mark>" in text


def test_pages_that_nobody_examined_are_said(shelf: Shelf) -> None:
    text = re.sub(r"<[^>]+>", "", shelf.page(f"/documents/{shelf.scan}"))
    assert "No redaction was found on 2 pages." in text
    assert "Nobody looked for boxes on page 2 yet" in text
    assert "1 of 3 pages is a scan that was read poorly" in text


def test_results_say_how_much_is_redacted_and_read_poorly(shelf: Shelf) -> None:
    text = shelf.page("/?q=lantern OR smudge")
    assert 'aria-label="40% of the area redacted"' in text
    assert f"Redacted under {B6}, {B7E} and {OREGON}." in text
    assert "1 of 3 pages read poorly." in text


def test_results_for_an_exemption_show_the_pages_that_have_it(shelf: Shelf) -> None:
    found = shelf.json("/search?q=exemption:b7e")
    hits = {hit["key"]: hit for hit in found["hits"]}
    assert hits[shelf.log]["pages"] == [1, 4]
    assert hits[shelf.again]["pages"] == [3]
    assert hits[shelf.log]["page_hits"] == {"1": 1, "4": 1}
    redacted = shelf.json("/search?q=page:(redacted:100)")["hits"]
    assert {hit["key"]: hit["page_hits"] for hit in redacted} == {shelf.log: {}, shelf.again: {}}
    assert found["read_as"] == f"Read as exemption {B7E}."
    assert found["facets"]["exemption"][0] == {"value": B6, "label": B6, "count": 2}


@pytest.mark.parametrize(
    ("asked", "documents"),
    [
        ("q=redacted:>35", {"log", "again"}),
        ("q=page:(lantern exemption:192.345(22)(c))", {"log"}),
        ("exemption=b7e", {"log", "again"}),
        ("exemption=ORS 192.345(22)(c)", {"log"}),
        ("read=poorly", {"scan"}),
        ("q=read:unread -redacted:0..100", {"scan"}),
    ],
)
def test_a_search_of_the_address_finds_by_redactions(
    shelf: Shelf, asked: str, documents: set[str]
) -> None:
    hits = shelf.json(f"/search?{asked}")["hits"]
    assert {hit["key"] for hit in hits} == {getattr(shelf, name) for name in documents}


def test_the_interface_gives_the_ledger_of_a_document_and_of_a_page(shelf: Shelf) -> None:
    found = shelf.json(f"/documents/{shelf.log}")
    assert found["redactions"]["exemptions"][0] == {"name": B6, "count": 2, "pages": [1, 3]}
    assert (found["redactions"]["redacted_percent"], found["redactions"]["boxes"]) == (40, 4)
    assert found["pages"][3]["is_withheld"]
    page = shelf.json(f"/documents/{shelf.log}/pages/1")["redactions"]
    assert page["boxes"][0]["codes"] == [B6, B7E]
    assert len(page["stamps"]) == 2


def test_an_export_has_share_exemptions_and_poor_pages(shelf: Shelf) -> None:
    answer = shelf.client.get("/search.csv?kind=document")
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    told = ("redacted_percent", "exemptions", "pages_read_poorly")
    assert [rows[shelf.log][name] for name in told] == ["40", f"{B6}; {B7E}; {OREGON}", "0"]
    assert [rows[shelf.scan][name] for name in told] == ["", "", "1"]


def test_a_page_names_the_same_page_in_other_releases(shelf: Shelf) -> None:
    text = shelf.page(f"/documents/{shelf.log}/pages/3")
    section = text[text.index('id="else-h"') : text.index('id="cite"')]
    assert f'href="/documents/{shelf.again}/pages/2"' in section
    assert "This page is page 2 there." in section
    assert shelf.gone not in text
    (found,) = shelf.json(f"/documents/{shelf.log}")["elsewhere"]
    assert (found["sha256"], found["pages"]) == (shelf.again, 2)
    assert found["stretches"] == [
        {"first": 1, "last": 1, "there": 3},
        {"first": 3, "last": 3, "there": 2},
    ]


def test_a_document_whose_pages_are_nowhere_else_says_nothing_of_it(shelf: Shelf) -> None:
    assert "Other releases" not in shelf.page(f"/documents/{shelf.scan}")
