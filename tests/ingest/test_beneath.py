import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from archive.reading_client import Readers
from tests.drawn import hostile, pictures, redacted
from tests.drawn.redacted import BADLY, DECOYS, HIDDEN
from tests.drawn.scans import HIDDEN_PLACES
from tests.ingest.conftest import Read

Reads = Callable[[bytes], Read]


@pytest.mark.parametrize("name", BADLY)
def test_a_word_beneath_a_box_is_counted_and_in_no_text(read: Reads, name: str) -> None:
    found = read(BADLY[name]())
    page = found.pages[0]
    assert page.characters_beneath_boxes == len(HIDDEN)
    assert HIDDEN not in page.text
    assert HIDDEN not in found.result.document.title
    assert "The officer named" in page.text


@pytest.mark.parametrize("name", DECOYS)
def test_what_only_looks_like_a_failed_redaction_stays(read: Reads, name: str) -> None:
    page = read(redacted.decoy(name)).pages[0]
    assert page.characters_beneath_boxes == 0
    assert DECOYS[name][1] in page.text


@pytest.mark.parametrize("stamp", ["(b)(7)(E)", "(b)(6)"])
def test_a_stamp_printed_on_a_box_stays_in_the_text(read: Reads, stamp: str) -> None:
    assert stamp in read(redacted.boxed(0, stamp=stamp)).pages[0].text


def test_a_word_marked_for_redaction_counts_and_is_in_no_picture(
    read: Reads, readers: Readers, tmp_path: Path
) -> None:
    body = hostile.redact_annotation(HIDDEN)
    page = read(body).pages[0]
    assert (page.text, page.characters_beneath_boxes) == ("Seen", len(HIDDEN))
    path = tmp_path / "marked.pdf"
    path.write_bytes(body)
    picture = Image.open(io.BytesIO(readers.picture(path, 1, 300))).convert("L")
    seen, marked = picture.crop((20, 90, 50, 101)), picture.crop((101, 90, 130, 99))
    assert min(seen.tobytes()) < 60
    assert min(marked.tobytes()) > 60


def test_only_the_page_with_the_box_is_named(read: Reads) -> None:
    pages = read(redacted.two_pages()).result.document.pages
    assert [page.characters_beneath_boxes > 0 for page in pages] == [False, True]


@pytest.mark.parametrize("is_headed", [False, True])
def test_what_is_marked_for_redaction_on_a_scan_is_in_no_picture_and_counts(
    read: Reads, readers: Readers, tmp_path: Path, *, is_headed: bool
) -> None:
    body = pictures.marked_on_scan(is_headed=is_headed)
    page = read(body).pages[0]
    assert (page.text_from, page.characters_beneath_boxes) == ("picture", len(HIDDEN_PLACES))
    path = tmp_path / "marked.pdf"
    path.write_bytes(body)
    picture = Image.open(io.BytesIO(readers.picture(path, 1, 612))).convert("L")
    for place in HIDDEN_PLACES:
        left, right = round(place.left), round(place.left + place.width)
        part = picture.crop((left, round(place.base) - 8, right, round(place.base) + 1))
        assert len(set(part.tobytes())) == 1


def test_a_box_over_a_scan_that_can_be_taken_away_again_counts(read: Reads) -> None:
    page = read(pictures.boxed_over_scan()).pages[0]
    assert (page.text_from, page.characters_beneath_boxes) == ("picture", 1)


@pytest.mark.parametrize(
    "body",
    [pictures.boxed_in_scan, pictures.copied, pictures.BOXED["black"], pictures.BOXED["stamped"]],
)
def test_a_scan_beneath_whose_boxes_nothing_is_left_is_not_held(
    read: Reads, body: Callable[[], bytes]
) -> None:
    page = read(body()).pages[0]
    assert (page.text_from, page.characters_beneath_boxes) == ("picture", 0)
