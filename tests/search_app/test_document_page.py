"""The pages of a document."""

import hashlib
from typing import Any

import pytest
from flask.testing import FlaskClient

from archive.readings import PageReading
from archive.shown.flowing import flowing
from archive.words import Word
from search_app.pictures import WIDTHS, Pictures
from tests.search_app.composed import Composed

ASKED = 'q="facial recognition"'


def test_a_document_opens_at_the_first_page_with_a_hit(page: Any, composed: Composed) -> None:
    text = page(f"/documents/{composed.work}?q=logged")
    assert "Picture of page 3" in text
    assert "Hit 1 of 1" in text


def test_hits_are_marked_in_the_text_and_over_the_picture(page: Any, composed: Composed) -> None:
    text = page(f"/documents/{composed.work}/pages/1?{ASKED}")
    assert text.count("<mark>facial recognition</mark>") == 2
    assert text.count('class="sheet-mark"') == 2
    assert text.count('class="sheet-here"') == 1


def test_the_next_hit_stands_on_this_page_and_then_on_the_next_that_has_one(
    page: Any, composed: Composed
) -> None:
    first = page(f"/documents/{composed.work}/pages/1?{ASKED}")
    assert "Hit 1 of 3" in first
    assert "pages/1?q=%22facial+recognition%22&amp;hit=2#hit" in first
    second = page(f"/documents/{composed.work}/pages/1?{ASKED}&hit=2")
    assert "pages/3?q=%22facial+recognition%22&amp;hit=1#hit" in second


def test_a_page_number_of_the_form_leads_to_that_page(
    client: FlaskClient, composed: Composed
) -> None:
    response = client.get(f"/documents/{composed.work}?page=2")
    assert response.location == f"/documents/{composed.work}/pages/2"


def test_a_picture_is_a_png_of_an_offered_width(client: FlaskClient, composed: Composed) -> None:
    response = client.get(f"/documents/{composed.work}/pages/1.png?width={WIDTHS[0]}")
    assert response.mimetype == "image/png"
    assert response.data.startswith(b"\x89PNG")
    assert int.from_bytes(response.data[16:20], "big") == WIDTHS[0]
    again = client.get(
        f"/documents/{composed.work}/pages/1.png?width={WIDTHS[0]}",
        headers={"If-None-Match": response.headers["ETag"]},
    )
    assert again.status_code == 304


def test_a_kept_picture_is_asked_for_again_and_not_drawn_again(
    client: FlaskClient, composed: Composed, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/documents/{composed.work}/pages/1.png?width={WIDTHS[0]}"
    response = client.get(address)
    assert response.headers["Cache-Control"] == "private, no-cache"

    def drawn(*_words: object, **_named: object) -> bytes:
        raise AssertionError("drawn again")

    monkeypatch.setattr(Pictures, "picture", drawn)
    again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"


def test_whoever_keeps_a_picture_is_refused_once_the_document_is_held(
    client: FlaskClient, composed: Composed
) -> None:
    address = f"/documents/{composed.held}/pages/1.png?width={WIDTHS[0]}"
    assert client.get(address, headers={"If-None-Match": "*"}).status_code == 403


@pytest.mark.parametrize("width", ["1", "99999999", "601", "abc", "6e2", "-600", "9" * 5000])
def test_a_picture_of_another_width_is_refused(
    client: FlaskClient, composed: Composed, width: str
) -> None:
    response = client.get(f"/documents/{composed.work}/pages/1.png?width={width}")
    assert response.status_code == 400


def test_the_original_is_the_exact_bytes_as_a_download(
    client: FlaskClient, composed: Composed
) -> None:
    response = client.get(f"/documents/{composed.work}/original", buffered=True)
    assert hashlib.sha256(response.data).hexdigest() == composed.work
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.mimetype == "application/pdf"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_failed_redaction_is_shown_but_its_original_is_refused(
    client: FlaskClient, page: Any, composed: Composed
) -> None:
    text = page(f"/documents/{composed.beneath}")
    assert "words under its redactions can be read" in text
    assert f"/documents/{composed.beneath}/original" not in text
    assert "evaluation.pdf" not in text
    assert client.get(f"/documents/{composed.beneath}/original").status_code == 403


@pytest.mark.parametrize("ending", ["", "/pages/1", "/pages/1.png", "/original"])
@pytest.mark.parametrize("prefix", ["", "/api"])
@pytest.mark.parametrize(("state", "status"), [("held", 403), ("withdrawn", 410)])
def test_a_held_or_withdrawn_document_answers_with_its_reason_everywhere(
    client: FlaskClient, composed: Composed, prefix: str, ending: str, state: str, status: int
) -> None:
    if prefix and ending in ("/pages/1.png", "/original"):
        return
    response = client.get(f"{prefix}/documents/{getattr(composed, state)}{ending}")
    assert response.status_code == status
    reason = {"held": "home address on page 1", "withdrawn": "court order of 3 Mar 2026"}[state]
    assert reason in response.text
    assert "second line" not in response.text


def test_a_document_that_could_not_be_read_says_why(page: Any, composed: Composed) -> None:
    assert "This document could not be read" in page(f"/documents/{composed.refused}")


def test_a_document_that_waits_says_so(page: Any, composed: Composed) -> None:
    assert "This document is not read yet" in page(f"/documents/{composed.waiting}")


def test_the_twin_of_a_page_gives_words_with_boxes_and_what_to_mark(
    client: FlaskClient, composed: Composed
) -> None:
    record = client.get(f"/api/documents/{composed.work}/pages/1?{ASKED}").get_json()
    assert record["words"][0]["text"] == "STATEMENT"
    assert record["words"][0]["left_pt"] == pytest.approx(72, abs=2)
    assert len(record["marks"]) == 2
    assert record["characters_beneath_boxes"] == 0


def test_the_twin_of_a_document_names_the_pages_that_match(
    client: FlaskClient, composed: Composed
) -> None:
    hits = client.get(f"/api/documents/{composed.work}?{ASKED}").get_json()["hits"]
    assert hits["pages"] == [{"number": 1, "hits": 2}, {"number": 3, "hits": 1}]


@pytest.mark.parametrize("number", ["0", "4", "999999999"])
def test_a_page_that_does_not_exist_is_not_found(
    client: FlaskClient, composed: Composed, number: str
) -> None:
    for ending in ("", ".png"):
        response = client.get(f"/documents/{composed.work}/pages/{number}{ending}")
        assert response.status_code == 404


def test_a_document_without_pages_offers_no_citation_of_one_and_says_what_to_do(
    page: Any, composed: Composed
) -> None:
    text = page(f"/documents/{composed.refused}")
    assert 'href="#cite"' not in text
    assert "Ask the releasing body for a whole copy." in text


def _set(*lines: tuple[float, float, float, str]) -> PageReading:
    """A page of lines, each as top, left, right and its words."""
    words = [
        Word(
            text=word,
            left_pt=left if place == 0 else left + 1,
            top_pt=top,
            right_pt=right,
            bottom_pt=top + 10,
        )
        for top, left, right, text in lines
        for place, word in enumerate(text.split())
    ]
    return PageReading(
        number=1,
        width_pt=612,
        height_pt=792,
        text="\n".join(text for _, _, _, text in lines),
        words=words,
        characters_beneath_boxes=0,
        masked=0,
        text_from="layer",
    )


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not() -> None:
    page = _set(
        (100, 72, 540, "The first paragraph goes on"),
        (114, 72, 200, "and ends here."),
        (128, 72, 540, "The second one stands apart"),
        (142, 72, 540, "from the third"),
        (180, 72, 540, "by a larger gap."),
    )
    joined = flowing(page)
    assert joined.split("\n") == [
        "The first paragraph goes on and ends here.",
        "The second one stands apart from the third",
        "by a larger gap.",
    ]
    assert len(joined) == len(page.text)


def test_a_table_keeps_its_lines() -> None:
    page = _set(
        (100, 72, 140, "06/22/2015 Acme"),
        (114, 72, 130, "06/30/2015 Bolt"),
        (100, 300, 540, "Closed for good"),
    )
    assert flowing(page) == page.text


def test_a_result_leads_to_the_hit_itself(page: Any, composed: Composed) -> None:
    text = page('/?q="facial recognition"&kind=document')
    asked = "q=%22facial+recognition%22&amp;hit=1#hit"
    assert f'href="/documents/{composed.work}/pages/3?{asked}"' in text
    assert f'href="/documents/{composed.work}?{asked}"' in text


def test_what_became_of_a_withdrawn_document_is_told_and_nothing_of_what_it_says(
    client: FlaskClient, composed: Composed
) -> None:
    answer = client.get(f"/documents/{composed.withdrawn}")
    assert answer.status_code == 410
    assert answer.text.index("Court order of 3 Mar 2026") < answer.text.index("The agency asked")
    assert "sundials" not in answer.text
    told = client.get(f"/api/documents/{composed.withdrawn}").get_json()
    assert set(told) == {
        "status", "error", "state", "state_at", "state_reason", "state_changes",
    }  # fmt: skip
    assert [one["state"] for one in told["state_changes"]] == ["withdrawn", "held"]


def test_the_page_of_a_document_whose_original_is_held_says_since_when(
    page: Any, client: FlaskClient, composed: Composed
) -> None:
    text = page(f"/documents/{composed.beneath}")
    assert "Its state over time" in text
    assert "<b>Original held back</b>" in text
    (change,) = client.get(f"/api/documents/{composed.beneath}").get_json()["state_changes"]
    assert (change["state"], change["held_part"]) == ("held", "original")
    assert "Its state over time" not in page(f"/documents/{composed.work}")


def test_a_release_says_which_request_it_answers_and_of_which_kind(
    page: Any, client: FlaskClient, composed: Composed
) -> None:
    text = page(f"/documents/{composed.undated}")
    assert 'request <span class="id">24-117</span>, requester type: media' in text
    answer: Any = client.get(f"/api/documents/{composed.undated}").json
    (told,) = answer["releases"]
    assert (told["case_number"], told["requester_type"]) == ("24-117", "media")
    found: Any = client.get("/api/search?q=id:24-117").json
    assert [one["key"] for one in found["hits"]] == [composed.undated]
