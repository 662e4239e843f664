"""The margin of a result says of what its day is."""

import re
from typing import Any

import pytest
from flask import Flask

from archive.shown.found import DocumentEntry
from archive.shown.passages import unmarked


def _margin(app: Flask, **days: str) -> str:
    entry = DocumentEntry(
        **{  # type: ignore[arg-type]
            "key": "0" * 64,
            "address": "/documents/" + "0" * 64,
            "title": unmarked("A letter"),
            "day": "",
            "type": "letter",
            "file_name": "",
            "released_by": ("ICE",),
            "released_on": "",
            "page_count": 1,
            "is_held": False,
            "beneath": 0,
            "redacted_percent": None,
            "exemptions": (),
            "poor_pages": 0,
            "unread_pages": 0,
            "verdict": "read",
            "passages": (),
            "pages": (),
            "pages_total": 0,
            "whole": True,
            "source": "Added by hand",
            "captured_at": "2026-10-11T04:12:00+00:00",
            **days,
        }
    )
    with app.test_request_context():
        shown = app.jinja_env.get_template("entries.html").module.document_entry(entry, "")  # type: ignore[attr-defined]
    found = re.search(r'<div class="entry-kind">(.*?)</div>', shown, re.DOTALL)
    assert found is not None
    return re.sub(r"<[^>]+>", "", found[1])


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"day": "2025-02-03", "released_on": "2026-03-03"}, "Document dated 3 Feb 2025"),
        ({"day": "2026-03-03", "released_on": "2026-03-03"}, "Document released 3 Mar 2026"),
        ({}, "Document captured 11 Oct 2026"),
    ],
)
def test_a_document_is_dated_released_or_captured(
    app: Flask, days: dict[str, str], said: str
) -> None:
    assert _margin(app, **days) == said


def test_the_day_of_an_award_is_that_of_its_latest_action(page: Any) -> None:
    text = page('/?q="facial recognition" kind:award')
    assert 'latest action <time datetime="2026-09-03">3 Sep 2026</time>' in text
