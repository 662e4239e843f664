"""Where and when documents were made public, and what of that readers are told."""

from pathlib import Path

import pytest

from archive import indexing, states
from archive.documents import deposit_document
from archive.model import Answer
from archive.opening import Archive
from archive.outcomes import PageSummary, ReadDocument, refuse_document, store_reading
from archive.release_statements import Released
from archive.shown import exporting
from archive.shown.asking import Asked
from archive.shown.desk import open_desk
from archive.shown.document import load_document
from archive.shown.passages import plain
from archive.shown.search import search
from tests.archive.composed import NOVEMBER, OCTOBER, SEPTEMBER, archive_in

NAME = "zanzibar-payments.pdf"


def added(archive: Archive, address: str, *, at: str = SEPTEMBER, released_on: str = "") -> str:
    answer = Answer(
        source="added",
        method="FILE",
        address=address,
        body=archive.files.put_bytes(b"%PDF composed"),
        fetched_at=at,
    )
    return deposit_document(archive, answer, Released(released_on=released_on)).sha256


def read(archive: Archive, sha256: str) -> None:
    """Store a reading that found no title."""
    path = archive.settings.home / "reading"
    path.write_bytes(b"reading")
    page = PageSummary(number=1, words=3, text_from="layer", characters_beneath_boxes=0, masked=0)
    made = ReadDocument(reader_version="1", title="", dated_on="", type="letter", pages=[page])
    store_reading(archive, sha256, path, made)


def told(archive: Archive, sha256: str) -> dict[str, str | None]:
    """Give the title of the only document by each way in which readers meet it."""
    indexing.drain(archive)
    desk = open_desk(archive)
    (entry,) = search(desk, Asked()).entries
    (row,) = exporting.rows(desk, Asked())
    return {
        "page": load_document(desk, sha256).title,
        "list": plain(entry.title),
        "export": str(row["title"]),
        "index": NAME if search(desk, Asked(query="title:zanzibar")).total else None,
    }


def test_a_document_without_a_title_is_named_by_its_file(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive, f"https://foia.example/{NAME}")
        read(archive, sha256)
        assert set(told(archive, sha256).values()) == {NAME}


@pytest.mark.parametrize("why", ["held", "waiting", "refused"])
def test_the_name_of_a_file_that_is_held_back_is_no_title_anywhere(
    tmp_path: Path, why: str
) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive, f"https://foia.example/{NAME}")
        if why == "held":
            read(archive, sha256)
            states.hold(archive, sha256, "the name is that of a person", part="original")
        elif why == "refused":
            refuse_document(archive, sha256, "1", "damaged")
        without = "Document without a title"
        assert told(archive, sha256) == {
            "page": without,
            "list": without,
            "export": without,
            "index": None,
        }


def test_the_name_of_a_file_commands_no_terminal_in_an_export(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        read(archive, added(archive, "a\n=1+1\x1b[2J.pdf"))
        indexing.drain(archive)
        (row,) = exporting.rows(open_desk(archive), Asked())
    assert row["capture_address"] == "a%0A=1+1%1B[2J.pdf"


def test_page_list_and_export_name_the_same_first_release_and_the_same_day(tmp_path: Path) -> None:
    with archive_in(tmp_path) as archive:
        sha256 = added(archive, "https://foia.example/first.pdf", released_on="2025-09-01")
        added(archive, "https://foia.example/undated.pdf", at=OCTOBER)
        added(archive, "https://foia.example/late.pdf", at=NOVEMBER, released_on="2024-01-01")
        read(archive, sha256)
        indexing.drain(archive)
        desk = open_desk(archive)
        shown = load_document(desk, sha256)
        (entry,) = search(desk, Asked()).entries
        (row,) = exporting.rows(desk, Asked())
        assert {shown.title, plain(entry.title), row["title"]} == {"first.pdf"}
        assert {shown.captured_at, entry.captured_at, row["captured_at"]} == {SEPTEMBER}
        assert {shown.released_on, entry.day, row["date"]} == {"2024-01-01"}
