"""Tables: they can be reached and scrolled by keyboard, and have no column without a value."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

import search_app
from archive.shown.offices import Office

TEMPLATES = sorted((Path(search_app.__file__).parent / "templates").glob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_what_scrolls_can_be_reached_and_has_a_name(template: Path) -> None:
    frames = re.findall(r'<div class="scroll"[^>]*>', template.read_text(encoding="utf-8"))
    assert [
        frame
        for frame in frames
        if not re.search(r'tabindex="0" role="region" aria-label=".+, table"', frame)
    ] == []


def _offices(app: Flask, *codes: str) -> str:
    rows = [
        Office(code=code, name="OFFICE", first_on="", last_on="", awards=1, obligated_cents=1)
        for code in codes
    ]
    with app.test_request_context():
        module: Any = app.jinja_env.get_template("years.html").module
        return str(module.office_table(rows, len(rows)))


def test_offices_have_a_column_of_codes_only_where_one_has_a_code(app: Flask) -> None:
    assert ">Code</th>" not in _offices(app, "", "")
    assert ">Code</th>" in _offices(app, "", "70CMSD")


def test_names_have_a_column_of_an_identifier_only_where_one_has_it(
    client: FlaskClient, page: Any
) -> None:
    [vendor] = client.get("/api/vendors?named=halden").get_json()["rows"]
    assert vendor["uei"]
    assert not vendor["duns"]
    names = re.search(r'id="names".*?</section>', page(vendor["address"]), re.DOTALL)
    assert names is not None
    assert '<th scope="col">UEI</th>' in names[0]
    assert '<th scope="col">DUNS</th>' not in names[0]
