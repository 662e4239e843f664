"""What readers see of scanned pages: where words come from, how sure they are, what is painted."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from archive import work
from archive.documents import RECOGNISE
from archive.opening import Archive
from archive.reading_client import Readers
from archive.shown.desk import Desk
from archive.shown.document import ShownDocument, load_document
from archive.shown.recognition import read_how
from search_app.app import create_app
from tests.archive.composed import archive_in
from tests.archive.scanned import deposited, masked_page, page_of, store
from tests.drawn import pictures


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with archive_in(tmp_path / "home") as archive:
        yield archive


@pytest.fixture
def client(archive: Archive) -> Iterator[FlaskClient]:
    with Readers(1) as readers:
        yield create_app(archive, readers).test_client()


@pytest.fixture
def scan(archive: Archive) -> str:
    """A document of a typed page, three recognised ones and one that waits."""
    return deposited(
        archive,
        page_of(1, "typed words", text_from="layer"),
        page_of(2, "sure words", text_from="recognised", confidence=95),
        page_of(3, "poor vvords", text_from="recognised", confidence=71),
        page_of(4, text_from="recognised"),
        page_of(5),
        body=pictures.bundle(5),
    )


def text_of(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.text.split())


def test_pages_that_were_read_poorly_are_said_and_linked(client: FlaskClient, scan: str) -> None:
    text = text_of(client, f"/documents/{scan}")
    link = f'<a href="/documents/{scan}/pages/3">3</a>'
    said = "1 of 5 pages is a scan that was read poorly (by OCR); a search may miss words of it"
    assert f"{said}: page {link}." in text
    assert "1 of 5 pages is a picture whose words are not recognised yet; no search finds" in text
    assert "2 have no text that can be searched" in text


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "own text layer"),
        (2, "It was read well, with a confidence of 95 in 100."),
        (3, "It was read poorly, with a confidence of 71 in 100."),
        (4, "No word was recognised in the picture of this page."),
        (5, "This page is a picture whose words are not recognised yet."),
    ],
)
def test_each_page_says_where_its_words_come_from(
    client: FlaskClient, scan: str, number: int, said: str
) -> None:
    assert said in text_of(client, f"/documents/{scan}/pages/{number}")


def test_pages_that_were_given_up_are_not_said_to_be_recognised_yet(
    client: FlaskClient, archive: Archive, scan: str
) -> None:
    with archive.catalogue.writing() as connection:
        work.set_aside(connection, RECOGNISE, scan, "page 5 was not recognised: it hurts")
    for address in (f"/documents/{scan}", f"/documents/{scan}/pages/5"):
        text = text_of(client, address)
        assert "a picture whose words could not be recognised" in text
        assert "not recognised yet" not in text


def test_of_a_scan_with_boxes_that_can_be_taken_off_at_least_so_many_characters_are_told(
    client: FlaskClient, archive: Archive
) -> None:
    boxed = deposited(archive, replace(page_of(1), characters_beneath_boxes=2))
    text = text_of(client, f"/documents/{boxed}")
    assert "beneath the boxes: at least 2 of them" in text
    assert "At least <b>2</b> characters beneath opaque boxes" in text


def test_of_a_page_that_nobody_recognised_it_is_not_said_that_it_has_no_personal_number(
    client: FlaskClient, scan: str
) -> None:
    assert "no personal number" in text_of(client, f"/documents/{scan}/pages/2")
    waiting = text_of(client, f"/documents/{scan}/pages/5")
    assert "no personal number" not in waiting
    assert "nobody looked for personal numbers in its picture" in waiting


def test_a_document_without_scans_says_nothing_of_them(
    client: FlaskClient, archive: Archive
) -> None:
    typed = deposited(archive, page_of(1, "typed", text_from="layer"))
    text = text_of(client, f"/documents/{typed}")
    assert "OCR" not in text
    assert 'class="caveat"' not in text


def test_what_is_lacking_is_said_where_pages_wait(
    client: FlaskClient, scan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacks = "tesserocr is not installed in /srv/secret"
    monkeypatch.setattr("search_app.pages.documents.lacking", lambda _settings: lacks)
    monkeypatch.setattr("archive.standing.lacking", lambda _settings: lacks)
    for address in (f"/documents/{scan}", "/status"):
        text = text_of(client, address)
        assert "can install tesserocr and Tesseract's model eng.traineddata" in text.replace(
            "&#39;", "'"
        )
        assert "/srv/secret" not in text


def test_programs_hear_the_same(client: FlaskClient, scan: str) -> None:
    record: Any = client.get(f"/api/documents/{scan}").json
    said = [(one["text_from"], one["confidence"], one["has_text_layer"]) for one in record["pages"]]
    assert said == [
        ("layer", None, True),
        ("recognised", 95, False),
        ("recognised", 71, False),
        ("recognised", None, False),
        ("picture", None, False),
    ]
    page: Any = client.get(f"/api/documents/{scan}/pages/3").json
    assert (page["text_from"], page["confidence"]) == ("recognised", 71)


@pytest.mark.parametrize(
    ("confidence", "said"),
    [(None, ""), (0, "poorly"), (84, "poorly"), (85, "fairly well"), (90, "well"), (100, "well")],
)
def test_how_sure_it_is_in_words(confidence: int | None, said: str) -> None:
    assert read_how(confidence) == said


def test_a_picture_never_shows_a_personal_number_that_was_recognised_nor_does_its_cache(
    client: FlaskClient, archive: Archive
) -> None:
    sha256 = deposited(archive, page_of(1), body=pictures.bundle(1))
    address = f"/documents/{sha256}/pages/1.png?width=600"
    before = client.get(address)
    words = page_of(1, "a b c").words
    assert {colour(before.data, word) for word in words} != {(96, 96, 96)}
    store(archive, sha256, masked_page(1))
    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    first, number = masked_page(1).words
    assert colour(after.data, number) == (96, 96, 96)
    assert colour(after.data, first) != (96, 96, 96)
    again = client.get(address, headers={"If-None-Match": after.headers["ETag"]})
    assert again.status_code == 304


def colour(png: bytes, word: Any) -> Any:
    """Give the colour in the middle of a word's place."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    scale = picture.width / 612
    across, down = (word.left_pt + word.right_pt) / 2, (word.top_pt + word.bottom_pt) / 2
    return picture.getpixel((round(across * scale), round(down * scale)))


@pytest.mark.parametrize(
    ("module", "address"),
    [
        ("search_app.pages.documents", "/documents/{}"),
        ("search_app.pages.documents", "/documents/{}/pages/1"),
        ("search_app.pages.documents", "/documents/{}/pages/1.png?width=600"),
        ("search_app.api", "/api/documents/{}/pages/1"),
    ],
)
def test_a_reading_that_is_replaced_while_its_page_is_put_together_is_no_error(
    client: FlaskClient,
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
    module: str,
    address: str,
) -> None:
    sha256 = deposited(archive, masked_page(1), body=pictures.bundle(1))
    loaded: list[str] = []

    def load(desk: Desk, sha256: str) -> ShownDocument:
        shown = load_document(desk, sha256)
        if not loaded:
            store(archive, sha256, replace(masked_page(1), confidence=99))
        loaded.append(shown.reading_sha256)
        return shown

    monkeypatch.setattr(f"{module}.load_document", load)
    assert client.get(address.format(sha256)).status_code == 200
    assert len(set(loaded)) == 2
