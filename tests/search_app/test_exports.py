"""All rows of a search, to take away: complete, streamed, harmless in a spreadsheet."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from archive.commands.search import search
from archive.shown.exporting import COLUMNS, Row, as_csv
from tests.catalogues import set_home
from tests.search_app.composed import HIDDEN_WORD, NAME_OF_PERSON, ORDER, PERSON, SCRIPT, Composed


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _objects(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_csv_holds_every_row_whatever_page_and_size_the_search_has(client: FlaskClient) -> None:
    total = client.get("/api/search?q=").get_json()["total"]
    response = client.get("/search.csv?size=1&page=2")
    rows = _rows(response.text)
    assert len(rows) == total > 20
    assert tuple(rows[0]) == COLUMNS
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="paperwatch.csv"'


def test_a_csv_keeps_only_what_the_search_keeps(client: FlaskClient) -> None:
    rows = _rows(client.get('/search.csv?q="facial recognition"&kind=award').text)
    (row,) = rows
    assert row["key"] == ORDER
    assert row["obligated_dollars"] == "3750000.00"
    assert row["potential_dollars"] == "9225000.00"
    assert row["capture_address"] == "https://api.usaspending.example/awards"
    assert len(row["capture_sha256"]) == 64


def test_a_name_of_an_agency_filters_an_export_as_it_filters_the_page(client: FlaskClient) -> None:
    page = client.get("/api/search?subagency=ICE&kind=award").get_json()["total"]
    assert len(_rows(client.get("/search.csv?subagency=ICE&kind=award").text)) == page > 1


@pytest.mark.parametrize("path", ["/search.csv", "/search.jsonl", "/search.atom"])
@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("q=camera+year:20255", "year:20255"),
        ("q=camera+colour:red", "colour:"),
        ("q=camera&from=9999-99-99", "from=9999-99-99"),
        ("q=camera&year=abc", "year=abc"),
        ("q=camera&vendor=99999", "vendor=99999"),
        ("q=camera&agncy=ICE", "agncy=ICE"),
    ],
)
def test_what_is_not_understood_is_refused_where_nobody_would_read_that_it_was_left_out(
    client: FlaskClient, path: str, asked: str, named: str
) -> None:
    response = client.get(f"{path}?{asked}")
    assert response.status_code == 400
    assert "Not understood" in response.text
    assert named in response.text


def test_the_page_leads_to_files_and_a_feed_of_what_it_shows(client: FlaskClient) -> None:
    page = client.get("/?q=camera+year:20255+(kind:award&vendor=99999&agncy=ICE").text
    links = [unescape(one) for one in re.findall(r'href="(/search\.[^"]+)"', page)]
    assert {urlsplit(one).path for one in links} == {"/search.csv", "/search.jsonl", "/search.atom"}
    for link in links:
        assert client.get(link).status_code == 200, link
    (found,) = {one for one in links if one.startswith("/search.csv")}
    shown = client.get("/api/search?q=camera+kind:award").get_json()["total"]
    assert len(_rows(client.get(found).text)) == shown > 1


def test_json_lines_and_csv_hold_the_same_rows_in_the_same_order(client: FlaskClient) -> None:
    objects = _objects(client.get("/search.jsonl?q=camera").text)
    assert [one["key"] for one in objects] == [
        row["key"] for row in _rows(client.get("/search.csv?q=camera").text)
    ]
    assert len(objects) == 25


def test_a_deobligation_is_a_negative_amount_and_a_missing_one_is_empty(
    client: FlaskClient,
) -> None:
    rows = {row["key"]: row for row in _rows(client.get("/search.csv?kind=award").text)}
    assert rows[SCRIPT]["obligated_dollars"] == "-123456.78"
    assert rows[SCRIPT]["potential_dollars"] == ""


def test_a_person_paid_under_their_own_name_is_not_named_in_an_export(client: FlaskClient) -> None:
    for address in ("/search.csv", "/search.jsonl"):
        text = client.get(f"{address}?kind=award").text
        assert PERSON in text
        assert NAME_OF_PERSON not in text


def test_an_export_shows_no_document_and_no_word_that_readers_may_not_see(
    client: FlaskClient, composed: Composed
) -> None:
    text = client.get("/search.jsonl?kind=document").text
    keys = {one["key"] for one in _objects(text)}
    assert composed.work in keys
    assert not keys & {composed.held, composed.withdrawn}
    assert HIDDEN_WORD not in text
    beneath = next(one for one in _objects(text) if one["key"] == composed.beneath)
    assert beneath["capture_address"] is None


def test_a_cell_that_a_spreadsheet_would_calculate_is_text() -> None:
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]
    rows: list[Row] = [
        {"title": cell, "description": cell, "obligated_dollars": "-5.00"} for cell in cells
    ]
    read = _rows("".join(as_csv(rows)))
    assert [row["title"] for row in read] == [f"'{cell}" for cell in cells]
    assert {row["obligated_dollars"] for row in read} == {"-5.00"}


def test_no_cell_commands_a_terminal() -> None:
    rows: list[Row] = [{"title": "a\x1b[2Jb", "description": "two\nlines"}]
    (row,) = _rows("".join(as_csv(rows)))
    assert (row["title"], row["description"]) == ("a [2Jb", "two\nlines")


def test_rows_are_written_as_they_come() -> None:
    taken: list[int] = []

    def endless() -> Iterator[Row]:
        for number in range(1_000_000):
            taken.append(number)
            yield {"key": str(number)}

    text = as_csv(endless())
    next(text)
    assert len(taken) == 1


def test_an_export_of_nothing_is_a_header_alone(client: FlaskClient) -> None:
    assert _rows(client.get("/search.csv?q=zzzzqqq").text) == []
    assert client.get("/search.csv?q=zzzzqqq").text.startswith("kind,key,address,")


def test_the_command_prints_the_rows_that_the_page_gives(
    client: FlaskClient, composed_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_home(monkeypatch, composed_home)
    ran = CliRunner().invoke(search, ["camera", "--export", "csv"])
    assert ran.exit_code == 0
    assert _rows(ran.stdout) == _rows(client.get("/search.csv?q=camera").text)


def test_the_command_says_what_an_export_leaves_out_beside_the_rows(
    composed_home: Path, composed: Composed, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_home(monkeypatch, composed_home)
    ran = CliRunner().invoke(search, ["camera", "--filter", "vendor=99999", "--export", "csv"])
    assert "This archive lists no vendor with that number." in ran.stderr
    assert len(_rows(ran.stdout)) == 25
