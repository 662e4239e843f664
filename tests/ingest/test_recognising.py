"""What is recognised in the picture of a page, by the real Tesseract."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.masking import MASK
from archive.reading_client import Readers, RecognisedPage
from archive.readings import PageReading
from archive.recogniser import models
from archive.settings import load
from tests.drawn import pictures
from tests.drawn.pictures import BOXED, COURT, SSN
from tests.drawn.redacted import HIDDEN, HIDDEN_LONGER
from tests.drawn.scans import HIDDEN_PLACES, PROSE, PROSE_PLACES

pytestmark = pytest.mark.ocr

Recognises = Callable[..., RecognisedPage]


@pytest.fixture
def recognise(readers: Readers, tmp_path: Path) -> Recognises:
    """Recognise a page of a document, given by its bytes."""

    def recognising(body: bytes, number: int = 1) -> RecognisedPage:
        path = tmp_path / "document.pdf"
        path.write_bytes(body)
        folder = models(load())
        assert folder is not None
        return readers.recognise(path, number, folder)

    return recognising


def text_of(done: RecognisedPage) -> str:
    assert done.page is not None, done.reason
    return done.page.text


def test_words_are_recognised_where_they_stand(recognise: Recognises) -> None:
    page = recognise(pictures.prose()).page
    assert page is not None
    assert page.text == "\n".join(PROSE)
    assert (page.number, page.text_from) == (1, "recognised")
    assert page.confidence is not None
    assert page.confidence > 90
    for place, word in zip(PROSE_PLACES, page.words, strict=True):
        assert word.text == place.word
        assert word.left_pt == pytest.approx(place.left, abs=1.5)
        assert word.right_pt == pytest.approx(place.left + place.width, abs=2.5)
        assert word.top_pt < place.base < word.bottom_pt + 1


@pytest.mark.slow
@pytest.mark.parametrize("name", BOXED)
def test_what_a_box_covers_is_recognised_by_nobody(recognise: Recognises, name: str) -> None:
    text = text_of(recognise(BOXED[name]())).casefold()
    for word in (HIDDEN, HIDDEN_LONGER):
        assert word.casefold() not in text
    for line in PROSE:
        assert line.casefold() in text


@pytest.mark.parametrize(("ground", "letters"), [(0, 40), (40, 0)])
def test_words_that_shine_through_a_page_that_is_blacked_out_are_recognised_by_nobody(
    recognise: Recognises, ground: int, letters: int
) -> None:
    page = recognise(pictures.blacked_out(ground=ground, letters=letters)).page
    assert page is not None
    assert (page.text, page.confidence) == ("", None)


@pytest.mark.parametrize("is_headed", [False, True])
def test_what_is_marked_for_redaction_on_a_scan_is_recognised_by_nobody(
    recognise: Recognises, *, is_headed: bool
) -> None:
    page = recognise(pictures.marked_on_scan(is_headed=is_headed)).page
    assert page is not None
    lines = page.text.split("\n")
    assert lines == [*([COURT] if is_headed else []), *PROSE]
    assert page.characters_beneath_boxes == len(HIDDEN_PLACES)


@pytest.mark.slow
def test_a_noisy_copy_is_read_with_its_words(recognise: Recognises) -> None:
    found = text_of(recognise(pictures.copied())).split()
    words = " ".join(PROSE).split()
    assert sum(word in found for word in words) >= 0.9 * len(words)


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_and_its_words_stand_where_they_are(
    recognise: Recognises, degrees: int
) -> None:
    page = recognise(pictures.on_its_side(degrees)).page
    assert page is not None
    assert page.text.count("reported to the unit") >= 7
    first = next(word for word in page.words if word.text == "officer")
    across = (first.left_pt + first.right_pt) / 2 / page.width_pt
    down = (first.top_pt + first.bottom_pt) / 2 / page.height_pt
    # Upright it stands to the left in the uppermost line.
    near = {90: (0.13, 0.8), 180: (0.8, 0.87), 270: (0.87, 0.2)}[degrees]
    assert (across, down) == pytest.approx(near, abs=0.06)


def test_a_line_that_a_court_set_over_a_scan_stays_as_it_is_and_is_not_doubled(
    recognise: Recognises,
) -> None:
    text = text_of(recognise(pictures.under_a_court_line()))
    assert text == "\n".join([COURT, *PROSE])


@pytest.mark.slow
def test_small_print_is_looked_at_once_more(recognise: Recognises) -> None:
    assert text_of(recognise(pictures.small_print())).count("kept no plates") >= 15


def test_a_personal_number_is_masked_in_the_words_of_a_scan(recognise: Recognises) -> None:
    page = recognise(pictures.scan_of(f"His number was {SSN} on the form", "of that day.")).page
    assert page is not None
    assert page.masked == 1
    assert SSN not in page.text
    assert page.text.split()[3] == "".join(MASK if sign.isdigit() else sign for sign in SSN)


def test_a_scanned_letter_has_its_title_date_and_type(recognise: Recognises) -> None:
    done = recognise(pictures.letter())
    assert (done.type, done.dated_on) == ("letter", "2025-09-05")
    assert "license plate readers" in done.title


def test_a_page_without_words_is_recognised_as_one_without(recognise: Recognises) -> None:
    page = recognise(pictures.in_outlines()).page
    assert page is not None
    assert (page.text_from, page.confidence, page.text) == ("recognised", None, "")


def test_a_page_that_is_not_there_is_said(recognise: Recognises) -> None:
    done = recognise(pictures.prose(), 2)
    assert (done.page, done.verdict) == (None, "no such page")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> PageReading:
    """A scan, hanging by 1.5 degrees, with boxes of all looks; recognised once for all."""
    folder = models(load())
    assert folder is not None
    path = tmp_path_factory.mktemp("released") / "document.pdf"
    path.write_bytes(pictures.released(degrees=1.5))
    with Readers(1) as readers:
        page = readers.recognise(path, 1, folder).page
    assert page is not None
    return page


@pytest.mark.slow
def test_a_scan_has_its_boxes_with_what_is_stamped_on_them(released: PageReading) -> None:
    found = {(box.look, box.codes) for box in released.redactions.boxes}
    assert found == {
        ("black", ("(b)(6)", "(b)(7)(C)")),
        ("grey", ()),
        ("outlined", ("(b)(7)(E)",)),
    }
    assert {stamp.code for stamp in released.redactions.stamps} == {
        "(b)(6)",
        "(b)(7)(C)",
        "(b)(7)(E)",
    }


@pytest.mark.slow
def test_boxes_and_words_stand_where_they_are_on_a_page_that_hangs(released: PageReading) -> None:
    black = next(box for box in released.redactions.boxes if box.look == "black")
    # The box from (150, 300) to (330, 314) points, turned about the middle of the page.
    assert (black.left_pt, black.top_pt) == pytest.approx((147.6, 299.5), abs=1.5)
    first = next(word for word in released.words if word.text == "officer")
    assert (first.left_pt, first.top_pt) == pytest.approx((91, 97), abs=4)
    assert not released.redactions.is_withheld
    assert 0 < released.redactions.covered_percent < 5


@pytest.mark.slow
def test_a_heading_on_dark_ground_is_no_box_and_is_read(released: PageReading) -> None:
    assert "Section Two Vehicle Seized" in released.text


@pytest.mark.slow
def test_a_page_that_is_black_is_withheld(recognise: Recognises) -> None:
    page = recognise(pictures.blacked_out(ground=0, letters=0)).page
    assert page is not None
    assert page.redactions.is_withheld
    assert page.redactions.covered_percent == 100


@pytest.mark.slow
def test_a_text_that_is_no_language_gives_way_to_what_is_seen(recognise: Recognises) -> None:
    page = recognise(pictures.garbled()).page
    assert page is not None
    assert (page.text_from, page.text) == ("recognised", "\n".join(PROSE))


@pytest.mark.slow
def test_a_text_that_only_seems_to_be_no_language_stays(recognise: Recognises) -> None:
    page = recognise(pictures.consonants()).page
    assert page is not None
    assert (page.text_from, page.confidence) == ("layer", None)
    assert page.text.startswith("HTTP XML")
