import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from archive.errors import NotFound, NotReadable
from archive.reading_client import Readers
from tests.drawn import sheets
from tests.ingest.conftest import Read

Reads = Callable[[bytes], Read]


def test_a_letter_is_read_line_by_line(read: Reads) -> None:
    assert read(sheets.letter()).pages[0].text.splitlines() == list(sheets.LETTER_LINES)


def test_a_letter_has_its_subject_date_and_type(read: Reads) -> None:
    document = read(sheets.letter()).result.document
    assert (document.title, document.dated_on, document.type) == (
        "Request 2025-TEST-00017, license plate readers",
        "2025-09-05",
        "letter",
    )


def test_every_page_has_its_own_words(read: Reads) -> None:
    found = read(sheets.many_pages(30))
    assert [page.number for page in found.pages] == list(range(1, 31))
    assert all(f"leaf{page.number} " in page.text for page in found.pages)


@pytest.mark.parametrize(
    ("degrees", "left", "top", "width"),
    [(0, 20, 273.5, 400), (90, 20, 20.5, 400), (180, 346, 20, 400), (270, 373.5, 246, 400)],
)
def test_boxes_stand_on_the_upright_page(
    read: Reads, degrees: int, left: float, top: float, width: float
) -> None:
    page = read(sheets.turned(degrees)).pages[0]
    assert page.width_pt == width
    assert page.words[0].left_pt == pytest.approx(left, abs=2)
    assert page.words[0].top_pt == pytest.approx(top, abs=2)


def test_what_the_crop_box_cuts_off_is_not_on_the_page(read: Reads) -> None:
    page = read(sheets.cropped()).pages[0]
    assert (page.width_pt, page.height_pt, page.text) == (300, 250, "inside")
    assert page.words[0].left_pt == pytest.approx(20, abs=1.5)


def test_the_largest_line_at_the_top_is_the_title(read: Reads) -> None:
    assert read(sheets.heading()).result.document.title == "Camera Network Retention Rules"


def test_a_word_parted_at_the_end_of_a_line_is_one_word(read: Reads) -> None:
    page = read(sheets.parted_word()).pages[0]
    assert "sur\u00adveillance" in [word.text for word in page.words]


def test_personal_numbers_are_masked_before_anything_is_written(read: Reads) -> None:
    page = read(sheets.personal_numbers()).pages[0]
    assert page.masked == 5
    for printed in ("219-09", "9999", "345 678", "1980", "4111"):
        assert printed not in page.text
    for printed in ("202-555-0123", "70ZZZZ25F00000001", "123456789"):
        assert printed in page.text


def test_personal_numbers_are_painted_over_in_the_picture(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "numbers.pdf"
    path.write_bytes(sheets.personal_numbers())
    picture = Image.open(io.BytesIO(readers.picture(path, 1, 612))).convert("L")
    number, phone = picture.crop((104, 62, 160, 71)), picture.crop((104, 122, 160, 131))
    assert min(number.tobytes()) > 60  # painted grey, no black stroke left
    assert min(phone.tobytes()) < 60


def test_a_picture_is_as_wide_as_was_asked(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    path.write_bytes(sheets.turned(90))
    picture = Image.open(io.BytesIO(readers.picture(path, 1, 600)))
    assert (picture.format, picture.size) == ("PNG", (600, 450))


def test_a_picture_of_a_missing_page_is_not_found(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(sheets.letter())
    with pytest.raises(NotFound, match="no page 2"):
        readers.picture(path, 2, 600)


def test_a_picture_beyond_the_limit_of_pixels_is_refused(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(sheets.letter())
    with pytest.raises(NotReadable, match="pixels"):
        readers.picture(path, 1, 60_000)
