"""Attachments on the pages of documents, and what a reader remarked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient

from archive import settings as settings_of
from archive import states
from archive.documents import deposit_document
from archive.model import Answer
from archive.opening import Archive, open_archive
from archive.reading_client import Readers
from archive.reading_work import read_waiting
from archive.release_statements import Released
from search_app.app import create_app
from tests.catalogues import home_settings
from tests.drawn import attached, broken
from tests.search_app.composed import FETCHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An archive of its own, its documents by name, and a client."""

    archive: Archive
    client: FlaskClient
    sha256: dict[str, str]

    def page(self, name: str) -> str:
        return self.client.get(f"/documents/{self.sha256[name]}").text


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    home = tmp_path_factory.mktemp("attached") / "home"
    bodies = {
        "bundle": attached.portfolio(),
        "pinned": attached.pinned(),
        "guarded": attached.guarded(),
        "repaired": broken.without_table(),
        "form": broken.xfa(),
    }
    with (
        open_archive(settings_of.load(home_settings(home))) as archive,
        Readers(1) as readers,
    ):
        sha256 = {name: _added(archive, name, body) for name, body in bodies.items()}
        read_waiting(archive, readers)
        sha256["exhibit"] = archive.files.put_bytes(attached.exhibit()).sha256
        client = create_app(archive, readers).test_client()
        yield Held(archive=archive, client=client, sha256=sha256)


def _added(archive: Archive, name: str, body: bytes) -> str:
    kept = archive.files.put_stream(iter([body]))
    answer = Answer(
        source="added", method="FILE", address=f"{name}.pdf", body=kept, fetched_at=FETCHED
    )
    return deposit_document(archive, answer, Released(agency_code="7012")).sha256


def test_a_document_lists_what_is_attached_to_it(held: Held) -> None:
    text = held.page("bundle")
    assert f'href="/documents/{held.sha256["exhibit"]}"' in text
    assert "Exhibit A.pdf" in text
    assert "Notes.docx" in text
    assert "Not read: it is a Word document." in text


def test_an_attachment_says_what_it_came_attached_to_and_who_released_that(held: Held) -> None:
    text = held.page("exhibit")
    assert "Attached to" in text
    assert f'href="/documents/{held.sha256["bundle"]}"' in text
    assert "Released by ICE" in text


def test_an_attachment_of_a_page_leads_to_that_page(held: Held) -> None:
    assert f'href="/documents/{held.sha256["pinned"]}/pages/1"' in held.page("pinned")


def test_an_attachment_that_cannot_be_read_says_why(held: Held) -> None:
    assert "Protected: it cannot be opened without its password." in held.page("guarded")


def test_a_repaired_document_and_an_unseen_form_say_so(held: Held) -> None:
    assert "was put together again to be read" in held.page("repaired")
    assert "What was filled in is not in its pages" in held.page("form")
    assert "put together again" not in held.page("bundle")


def test_the_twin_gives_attachments_holders_and_remarks(held: Held) -> None:
    def record(name: str) -> dict[str, Any]:
        found: dict[str, Any] = held.client.get(f"/api/documents/{held.sha256[name]}").get_json()
        return found

    listed = [
        (one["name"], one["kind"], bool(one["address"])) for one in record("bundle")["attachments"]
    ]
    assert listed == [
        ("Exhibit A.pdf", "PDF", True),
        ("Letter.pdf", "PDF", True),
        ("Notes.docx", "Word document", False),
    ]
    assert [one["name"] for one in record("exhibit")["attached_to"]] == ["Exhibit A.pdf"]
    assert record("repaired")["remarks"] == ["repaired"]


def test_where_the_original_is_held_back_no_name_of_what_it_holds_is_shown(held: Held) -> None:
    bundle, exhibit = held.sha256["bundle"], held.sha256["exhibit"]
    states.hold(held.archive, bundle, "a name in it", part="original")
    try:
        text = held.page("bundle")
        assert "3 attachments, held back with the original" in text
        assert "Exhibit A.pdf" not in text
        assert held.client.get(f"/documents/{exhibit}").status_code == 403
        assert "Exhibit A.pdf" not in held.client.get(f"/api/documents/{bundle}").text
    finally:
        states.lift(held.archive, bundle, "looked at")
    assert held.client.get(f"/documents/{exhibit}").status_code == 200
