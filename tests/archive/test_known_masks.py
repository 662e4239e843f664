"""What was masked in a scan stays covered while the scan waits to be recognised anew."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from archive.catalogue import tables
from archive.known_masks import with_known_masks
from archive.masking import MASK
from archive.opening import Archive
from archive.outcomes import PageSummary, ReadDocument
from archive.readings import PageReading, Reading, pack
from tests.archive.composed import archive_in
from tests.archive.scanned import deposited, masked_page, page_of


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with archive_in(tmp_path / "home") as archive:
        yield archive


def read_anew(folder: Path, *pages: PageReading) -> tuple[Path, ReadDocument]:
    path = folder / "anew"
    with path.open("wb") as file:
        pack(pages, file)
    summaries = [PageSummary.of(page) for page in pages]
    return path, ReadDocument(reader_version="7", title="", dated_on="", type="", pages=summaries)


def test_a_number_masked_before_is_covered_on_a_page_that_is_a_picture_again(
    archive: Archive, tmp_path: Path
) -> None:
    sha256 = deposited(archive, page_of(1), masked_page(2))
    path, read = read_anew(tmp_path, page_of(1), page_of(2))
    known = with_known_masks(archive, sha256, path, read)
    assert [(one.text_from, one.words, one.masked) for one in known.pages] == [
        ("picture", 0, 0),
        ("picture", 1, 1),
    ]
    with Reading.open(path) as reading:
        first, second = reading.pages()
    assert (first.text, second.text, second.masked) == ("", MASK, 1)
    (word,), number = second.words, masked_page(2).words[1]
    assert (word.left_pt, word.right_pt) == (number.left_pt, number.right_pt)


def test_a_cover_stays_however_often_a_scan_is_read_anew(archive: Archive, tmp_path: Path) -> None:
    again = replace(page_of(1, MASK), masked=1)
    sha256 = deposited(archive, again)
    path, read = read_anew(tmp_path, page_of(1))
    assert with_known_masks(archive, sha256, path, read).pages[0].masked == 1


def test_a_page_with_text_of_its_own_gets_no_cover(archive: Archive, tmp_path: Path) -> None:
    sha256 = deposited(archive, masked_page(1))
    path, read = read_anew(tmp_path, page_of(1, "typed", text_from="layer"))
    before = path.read_bytes()
    assert with_known_masks(archive, sha256, path, read) is read
    assert path.read_bytes() == before


def test_a_number_of_several_words_counts_once(archive: Archive, tmp_path: Path) -> None:
    before = replace(page_of(1, f"{MASK} {MASK}", text_from="recognised"), masked=1)
    sha256 = deposited(archive, before)
    path, read = read_anew(tmp_path, page_of(1))
    known = with_known_masks(archive, sha256, path, read).pages[0]
    assert (known.words, known.masked) == (2, 1)


def test_where_the_former_reading_is_missing_the_new_one_is_stored_as_it_is(
    archive: Archive, tmp_path: Path
) -> None:
    sha256 = deposited(archive, masked_page(1))
    with archive.catalogue.reading() as connection:
        former = connection.execute(sa.select(tables.document.c.reading_sha256)).scalar_one()
    archive.files.remove(former)
    path, read = read_anew(tmp_path, page_of(1))
    before = path.read_bytes()
    assert with_known_masks(archive, sha256, path, read) is read
    assert path.read_bytes() == before
