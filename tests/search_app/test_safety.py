"""What keeps readers and the archive safe."""

import logging
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.errors import Busy
from tests.search_app.composed import NAME_OF_PERSON, ORDER, PERSON, SCRIPT, Composed

SECRET = "unmentionablequery"


@pytest.mark.parametrize(
    "address", ["/", "/?q=camera", "/about", "/nowhere", "/api/search?q=camera", "/?page=9999"]
)
def test_every_answer_forbids_scripts_and_what_comes_from_elsewhere(
    client: FlaskClient, address: str
) -> None:
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?q=service",
        "/about",
        "/vendors",
        "/sources",
        "/status",
        "/sources/added",
        f"/awards/{ORDER}",
    ],
)
def test_no_page_has_a_script_or_an_inline_style(page: Any, address: str) -> None:
    text = page(address)
    assert "<script" not in text
    assert "style=" not in text
    assert "javascript:" not in text
    assert "onload" not in text


def test_markup_in_a_record_is_only_text(page: Any) -> None:
    for address in ("/?q=support", f"/awards/{SCRIPT}", "/vendors"):
        text = page(address)
        assert "<script>" not in text
        assert "<i>STREET</i>" not in text
    assert "&lt;script&gt;" in page(f"/awards/{SCRIPT}")


def test_markup_in_a_page_of_a_document_is_only_text(page: Any, composed: Composed) -> None:
    text = page(f"/documents/{composed.work}/pages/3?q=alert")
    assert "&lt;script&gt;<mark>alert</mark>(1)&lt;/script&gt;" in text


@pytest.mark.parametrize(
    "address",
    [
        "/?q=<script>alert(1)</script>",
        '/?q="><script>alert(1)</script>',
        "/?vendor=<script>alert(1)</script>",
        "/?<script>alert(1)</script>=1",
        "/vendors?named=<script>alert(1)</script>",
        "/facets/<script>alert(1)<",
        "/awards/<script>alert(1)<",
        "/sources/<script>alert(1)<",
        "/documents/<script>alert(1)<",
    ],
)
def test_markup_in_an_address_is_only_text(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (200, 400, 404)
    assert "<script" not in response.text


@pytest.mark.parametrize(
    "address",
    [
        "/documents/../../etc/passwd",
        "/documents/..%2f..%2fetc%2fpasswd/original",
        "/documents/" + "0" * 63 + "g/original",
        "/documents/" + "A" * 64,
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/awards/..%2f..%2fcatalogue.sqlite",
        "/agencies/..%2f",
        "/documents/" + "0" * 64 + "/pages/1.png",
        "/documents/" + "0" * 64 + "/pages/-1.png",
    ],
)
def test_no_path_of_an_address_leads_to_a_file(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_what_is_asked_stands_in_no_log(
    client: FlaskClient, composed: Composed, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="search_app"):
        client.get(f"/?q={SECRET}")
        client.get(f"/api/search?q={SECRET}")
        client.get(f"/documents/{composed.work}?q={SECRET}")
        client.get(f"/{SECRET}")
    assert "route=/ " in caplog.text
    assert SECRET not in caplog.text
    assert composed.work not in caplog.text


def test_a_failure_is_logged_without_what_was_asked(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture, monkeypatch: Any
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("search_app.pages.search.search", broken)
    response = client.get(f"/?q={SECRET}")
    assert response.status_code == 500
    assert "Something failed in this archive" in response.text
    assert f"Its number there is {response.headers['X-Request-ID']}." in response.text
    assert "RuntimeError" in caplog.text
    assert SECRET not in caplog.text
    assert SECRET not in response.text


def test_a_busy_catalogue_is_said_in_words(app: Flask, monkeypatch: Any) -> None:
    def busy(*_: object) -> None:
        raise Busy("The catalogue is in use by another process. Try again later.")

    monkeypatch.setattr("search_app.services.holdings", busy)
    monkeypatch.setattr(app.extensions["paperwatch"], "_counted", None)
    response = app.test_client().get("/about")
    assert response.status_code == 503
    assert "in use by another process" in response.text


def test_a_query_that_is_too_long_is_refused_in_words(client: FlaskClient) -> None:
    response = client.get("/?q=" + "a" * 4_001)
    assert response.status_code == 400
    assert "4,000 can be read" in response.text


@pytest.mark.parametrize("size", ["0", "101", "-5", "1e9", "١٢"])
def test_a_page_size_beyond_a_hundred_is_ignored_and_said(client: FlaskClient, size: str) -> None:
    found = client.get(f"/api/search?q=camera&size={size}").get_json()
    assert found["size"] == 20
    assert "from 1 to 100" in found["ignored"][0]


def test_a_page_beyond_the_last_is_refused_in_words(client: FlaskClient) -> None:
    response = client.get("/?q=maintenance&page=500&size=10")
    assert response.status_code == 404
    assert "There is no page 500: 25 records fill 3 pages." in response.text
    assert (
        'href="/?q=maintenance&amp;size=10&amp;page=3">The last page of the list' in response.text
    )


def test_a_document_that_is_kept_away_says_since_when_and_why_in_words(
    client: FlaskClient, composed: Composed
) -> None:
    text = client.get(f"/documents/{composed.held}").text
    assert '<p class="label">Held back</p>' in text
    assert "<b>Reason</b> home address on page 1." in text
    assert not re.search(r"\d{4}-\d\d-\d\d|…", text.partition("<main")[2])


def test_nothing_can_be_sent(client: FlaskClient) -> None:
    response = client.post("/", data={"q": "camera"})
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("status", [403, 404, 410])
def test_an_error_of_the_twin_is_json(client: FlaskClient, composed: Composed, status: int) -> None:
    sha256 = {403: composed.held, 404: "0" * 64, 410: composed.withdrawn}[status]
    answer = client.get(f"/api/documents/{sha256}")
    assert answer.get_json()["status"] == answer.status_code == status


@pytest.mark.parametrize(
    "address",
    [
        "/?vendor=99999999999999999999",
        '/?q="a b"~0001999999999999999999',
        '/?q="a b"~99999',
        "/api/search?vendor=99999999999999999999",
    ],
)
def test_a_number_that_nothing_has_is_no_failure(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/vendors/99999999999999999999", "/api/vendors/99999999999999999999"],
)
def test_a_row_that_no_table_can_have_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_an_export_that_cannot_be_asked_is_refused_with_its_own_status(
    client: FlaskClient,
) -> None:
    assert client.get(f"/search.csv?q={'x' * 5000}").status_code == 400


def test_phrases_beyond_what_a_query_may_cost_are_ignored_and_said(client: FlaskClient) -> None:
    typed = " OR ".join(f'"face {number}"' for number in range(40))
    said = client.get("/api/search", query_string={"q": typed}).get_json()
    assert any("at most 32 phrases" in one for one in said["ignored"])


def test_the_name_of_a_person_stands_in_no_answer_about_their_award(client: FlaskClient) -> None:
    surname = NAME_OF_PERSON.split()[0]
    for address in (
        f"/awards/{PERSON}",
        f"/api/awards/{PERSON}",
        f"/?q={surname}",
        f"/api/search?q={surname}",
        "/vendors",
        "/api/vendors",
        "/api/facets/vendor",
    ):
        text = client.get(address).text.replace(f"q={surname}", "").replace(surname.lower(), "")
        assert NAME_OF_PERSON not in text, address
    assert client.get(f"/api/search?q={surname}").get_json()["total"] == 0
