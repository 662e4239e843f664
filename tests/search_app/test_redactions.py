"""What a document prints of its redactions."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.search_app.composed import Composed


def test_the_page_of_a_document_says_which_exemptions_it_prints(
    page: Any, composed: Composed
) -> None:
    text = page(f"/documents/{composed.work}/pages/2")
    rows = re.findall(r'<th scope="row">(\(b\).*?)</th>(.*?)</tr>', text)
    assert [(name, re.findall(r">(\d+)<", cells)) for name, cells in rows] == [
        ("(b)(4)", ["2", "2", "1"]),
        ("(b)(7)(E)", ["1", "1", "1"]),
    ]
    head = re.sub(r"<[^>]+>", "", text)
    assert "It prints (b)(4) and (b)(7)(E) on 1 of them." in head
    assert "No redaction was found on its pages." in head
    assert "Exemptions printed on the pages, not as a stamp" in head


def test_a_document_that_prints_none_says_so_and_counts_what_lies_beneath(
    page: Any, composed: Composed
) -> None:
    text = page(f"/documents/{composed.beneath}")
    assert "No exemption is printed on its page." in text
    assert "characters beneath opaque boxes on 1 page, counted and not kept" in text


def test_the_interface_gives_the_pages_of_each(client: FlaskClient, composed: Composed) -> None:
    found = client.get(f"/api/documents/{composed.work}").get_json()["exemptions"]
    assert found[0] == {"name": "(b)(4)", "count": 2, "pages": [2]}


@pytest.mark.parametrize("state", ["held", "withdrawn"])
def test_of_a_document_that_is_not_for_readers_nothing_is_said(
    client: FlaskClient, composed: Composed, state: str
) -> None:
    assert "exemption" not in client.get(f"/documents/{getattr(composed, state)}").text.lower()
