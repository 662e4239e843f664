"""Files that are broken, or whose words are elsewhere: each is read, or ends with a sentence."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import NotReadable
from archive.kinds import kind_of
from archive.reading_client import Readers
from ingest.reader.geometry import Box, tamed
from tests.drawn import broken, hostile, sheets
from tests.drawn.attached import word_document
from tests.drawn.broken import BROKEN
from tests.ingest.conftest import Read

Reads = Callable[[bytes], Read]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_read_or_ends_with_a_sentence(read: Reads, name: str) -> None:
    draw, (verdict, word) = BROKEN[name]
    found = read(draw())
    assert (found.result.verdict, word in found.text) == (verdict, True)
    assert found.result.is_ok == (found.result.reason == "")


def test_a_repaired_file_says_so_and_its_pages_can_be_drawn(
    readers: Readers, read: Reads, tmp_path: Path
) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(broken.without_table())
    assert read(path.read_bytes()).result.document.remarks == ("repaired",)
    assert readers.picture(path, 1, 200).startswith(b"\x89PNG")


def test_a_whole_file_is_not_said_to_be_repaired(read: Reads) -> None:
    assert read(sheets.letter()).result.document.remarks == ()


def test_a_page_that_was_deleted_does_not_come_back_by_a_repair(read: Reads) -> None:
    loose = b"<< /Type /Page /MediaBox [0 0 300 200] /Contents 4 0 R >>"
    file = hostile.objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        loose,
        hostile.stream(b"0 0 9 9 re f"),
    )
    assert read(file).result.reason == "damaged: no page in it can be found"


@pytest.mark.parametrize(
    ("is_waiting", "is_dynamic", "is_told"),
    [(True, True, True), (True, False, True), (False, True, True), (False, False, False)],
)
def test_a_form_that_its_pages_do_not_show_is_remarked(
    read: Reads, is_waiting: bool, is_dynamic: bool, is_told: bool
) -> None:
    result = read(broken.xfa(is_waiting=is_waiting, is_dynamic=is_dynamic)).result
    assert result.document.remarks == (("unseen form",) if is_told else ())


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (word_document(), "a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Word, Excel, PowerPoint"),
        (b"<!DOCTYPE html><title>Not found</title>", "a web page"),
        (b"From: a@b.example\r\nSubject: records\r\n\r\n", "a message (e-mail)"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a picture (PNG)"),
        (b"{\\rtf1 words}", "text in rich format"),
        (b"name,amount\n", "plain text"),
    ],
)
def test_a_file_of_another_kind_is_named_by_what_it_is(read: Reads, body: bytes, kind: str) -> None:
    reason = read(body).result.reason
    assert reason.startswith("not a PDF: no %PDF- in its first 1,024 bytes, which are those of")
    assert kind in reason


def test_a_file_of_no_kind_that_is_known_is_not_guessed_at() -> None:
    assert kind_of(bytes(range(1, 200))) == "file of an unknown kind"


BOMBS: dict[str, Callable[[], bytes]] = {
    "twice_deflated": lambda: broken.twice_deflated(3 << 30),
    "jbig2": broken.jbig2_bomb,
    "deflated_picture": broken.run_length_bomb,
    "ten_thousand_pages": lambda: broken.many_pages(10_000),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_with_text_or_a_sentence_when_read_and_when_drawn(
    readers: Readers, read: Reads, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(BOMBS[name]())
    result = read(path.read_bytes()).result
    assert result.verdict in {"ok", "damaged", "limit-memory", "limit-cpu", "limit-pages"}
    try:
        drawn = readers.picture(path, 1, 600)[1:4].decode()
    except NotReadable as error:
        drawn = str(error)
    assert drawn == "PNG" or "crashed" not in drawn
    assert read(sheets.letter()).result.is_ok


@pytest.mark.slow
def test_as_many_pages_as_are_read_are_read(read: Reads) -> None:
    assert len(read(broken.many_pages(5_000)).pages) == 5_000


@pytest.mark.parametrize(
    ("edges", "tame"),
    [
        ((1.0, 2.0, 3.0, 4.0), (1.0, 2.0, 3.0, 4.0)),
        ((math.nan, math.nan, math.nan, math.nan), (-1e6, -1e6, 1e6, 1e6)),
        ((-math.inf, 2.0, math.inf, 4.0), (-1e6, 2.0, 1e6, 4.0)),
        ((5e9, 2.0, 6e9, 4.0), (1e6, 2.0, 1e6, 4.0)),
    ],
)
def test_a_box_without_an_end_ends_beyond_all_pages(
    edges: tuple[float, ...], tame: tuple[float, ...]
) -> None:
    assert tamed(Box(*edges)) == tame
