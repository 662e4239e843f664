"""The JSON twins, and that they are described."""

import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from archive.shown.document import find_document
from tests.search_app.composed import ORDER, Composed

DOCUMENTED = Path(__file__).parents[2] / "docs" / "api.md"


def _routes(app: Flask) -> set[str]:
    return {re.sub(r"<\w+:", "<", rule.rule) for rule in app.url_map.iter_rules()}


def test_every_route_is_described_and_nothing_else_is(app: Flask) -> None:
    described = set(re.findall(r"^### `GET (\S+)`", DOCUMENTED.read_text("utf-8"), re.MULTILINE))
    assert described == {one for one in _routes(app) if one.startswith("/api/")}


def test_every_page_has_a_twin(app: Flask) -> None:
    routes = _routes(app)
    binary = {
        one
        for one in routes
        if one.endswith((".png", "/original", ".csv", ".jsonl", ".atom", "<filename>"))
    }
    pages = (
        {one for one in routes if not one.startswith("/api/")}
        - binary
        - {"/", "/healthz", "/metrics"}
    )
    pages -= {"/help", "/search"}  # they only lead to another page
    assert {f"/api{one}" for one in pages} <= routes
    assert "/api/search" in routes


def test_a_search_gives_what_the_command_line_promises(client: FlaskClient) -> None:
    found = client.get('/api/search?q="facial recognition"').get_json()
    assert found["total"] == 2
    assert found["read_as"].startswith("Read as the phrase")
    assert found["ignored"] == []
    for hit in found["hits"]:
        assert {
            "kind", "key", "title", "date", "amount_cents", "address", "snippet", "pages"
        } <= hit.keys()  # fmt: skip
    assert found["facets"]["subagency"][0] == {"value": "7012", "label": "ICE", "count": 2}


def test_the_marks_of_a_snippet_are_places_in_it(client: FlaskClient) -> None:
    found = client.get('/api/search?q="facial recognition" kind:award').get_json()
    [hit] = found["hits"]
    [[start, end]] = hit["marks"]
    assert hit["snippet"][start:end] == "FACIAL RECOGNITION"


def test_a_search_that_finds_nothing_says_what_each_term_finds(client: FlaskClient) -> None:
    found = client.get("/api/search?q=maintenance zzzznothing").get_json()
    assert found["terms"] == [
        {"typed": "maintenance", "alone": 25, "without": 0},
        {"typed": "zzzznothing", "alone": 0, "without": 25},
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/api/about",
        "/api/sources",
        "/api/sources/usaspending_awards",
        "/api/agencies",
        "/api/agencies/7012",
        "/api/vendors",
        "/api/vendors?named=merrow",
        "/api/facets/year?q=camera",
        f"/api/awards/{ORDER}",
        "/healthz",
    ],
)
def test_a_twin_answers_in_json(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.is_json


def test_a_document_says_its_state(client: FlaskClient, composed: Composed) -> None:
    assert client.get(f"/api/documents/{composed.beneath}").get_json()["state"] == "held"
    assert client.get(f"/api/documents/{composed.work}").get_json()["state"] == "public"


def test_a_document_with_a_query_is_loaded_once(
    client: FlaskClient, composed: Composed, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def find(connection: sa.Connection, sha256: str) -> sa.Row[Any]:
        loaded.append(sha256)
        return find_document(connection, sha256)

    monkeypatch.setattr("archive.shown.document.find_document", find)
    answer = client.get(f"/api/documents/{composed.work}?q=facial").get_json()
    assert [one["number"] for one in answer["hits"]["pages"]] == [1, 3]
    assert loaded == [composed.work]
