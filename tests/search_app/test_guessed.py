"""Addresses that people type before they know ours."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/help", "/about#search"),
        ("/search", "/"),
        ("/search?q=drone", "/?q=drone"),
        (
            "/search?q=%22license+plate%22+agency%3AICE&year=2025&page=1",
            "/?q=%22license+plate%22+agency%3AICE&year=2025&page=1",
        ),
        ("/search?q=https://elsewhere.example/%0d%0aX", "/?q=https://elsewhere.example/%0d%0aX"),
    ],
)
def test_a_guessed_address_leads_to_the_page_that_was_meant(
    client: FlaskClient, typed: str, meant: str
) -> None:
    answer = client.get(typed)
    assert (answer.status_code, answer.headers["Location"].lower()) == (301, meant.lower())
    assert client.get(typed, follow_redirects=True).status_code == 200
