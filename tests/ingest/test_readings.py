import io
import struct
import zlib
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import Damaged
from archive.readings import PageReading, Reading, pack
from archive.redactions import ExemptionStamp, RedactionBox, Redactions
from archive.words import Word, Words

EDGE = st.integers(min_value=-20_000, max_value=200_000).map(lambda tenths: tenths / 10)
TEXT = st.text(st.characters(codec="utf-8"), max_size=200)


def page(number: int, text: str, edges: list[tuple[float, float, float, float]]) -> PageReading:
    words = [
        Word(text=word, left_pt=left, top_pt=top, right_pt=left + wide, bottom_pt=top + high)
        for word, (left, top, wide, high) in zip(text.split(), edges, strict=True)
    ]
    return PageReading(
        number=number,
        width_pt=612.0,
        height_pt=792.0,
        text=text,
        words=words,
        characters_beneath_boxes=number,
        masked=2,
        text_from="layer" if words else "none",
    )


def packed(tmp_path: Path, *pages: PageReading) -> Path:
    path = tmp_path / "reading"
    with path.open("wb") as file:
        assert pack(pages, file) == len(pages)
    return path


@given(st.data(), st.lists(TEXT, max_size=4))
def test_what_was_packed_is_read_to_a_tenth_of_a_point(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, texts: list[str]
) -> None:
    pages = []
    for number, text in enumerate(texts, start=1):
        count = len(text.split())
        edges = data.draw(st.lists(st.tuples(*[EDGE] * 4), min_size=count, max_size=count))
        pages.append(page(number, text, edges))
    path = packed(tmp_path_factory.mktemp("readings"), *pages)
    with Reading.open(path) as reading:
        assert reading.page_count == len(pages)
        for written, found in zip(pages, reading.pages(), strict=True):
            assert (found.text, found.masked) == (written.text, 2)
            for one, other in zip(written.words, found.words, strict=True):
                assert one.text == other.text
                assert one.left_pt == pytest.approx(other.left_pt, abs=0.051)
                assert one.bottom_pt == pytest.approx(other.bottom_pt, abs=0.101)


def test_a_page_says_where_its_text_came_from_and_how_sure_it_is(tmp_path: Path) -> None:
    one = replace(page(1, "a", [(1, 2, 3, 4)]), text_from="recognised", confidence=0)
    other = replace(page(2, "", []), text_from="picture")
    with Reading.open(packed(tmp_path, one, other)) as reading:
        found = [(one.text_from, one.confidence) for one in reading.pages()]
    assert found == [("recognised", 0), ("picture", None)]


@pytest.mark.parametrize("form", [b"PWREAD01", b"PWREAD02", b"PWREAD03"])
def test_a_reading_of_a_format_before_is_read(tmp_path: Path, form: bytes) -> None:
    written = [page(1, "some words", [(1, 2, 3, 4)] * 2), page(2, "", [])]
    path = packed(tmp_path, *written)
    path.write_bytes(_as_before(path.read_bytes(), form))
    with Reading.open(path) as reading:
        pages = list(reading.pages())
        assert [one.text for one in pages] == ["some words", ""] == [reading.text(1), ""]
    assert [(one.text_from, one.confidence) for one in pages] == [("layer", None), ("none", None)]
    assert pages[0].words[1].left_pt == 1
    assert [one.content_key for one in pages] == ["", ""]


def test_a_page_keeps_its_key_and_whether_anybody_looked_for_redactions(tmp_path: Path) -> None:
    keyed = replace(page(1, "a", [(1, 2, 3, 4)]), content_key="0f" * 16)
    unknown = replace(page(2, "", []), is_looked_at=False)
    with Reading.open(packed(tmp_path, keyed, unknown)) as reading:
        found = [(one.content_key, one.is_known_redacted) for one in reading.pages()]
    assert found == [("0f" * 16, True), ("", False)]


def _as_before(body: bytes, form: bytes) -> bytes:
    """Take out of each page's head what a format before did not have: its last bytes."""
    table_at, _, count = struct.unpack("<QII", body[-16:])
    begins = struct.unpack(f"<{count + 1}Q", body[table_at : table_at + 8 * (count + 1)])
    heads = {b"PWREAD01": "<IffIIIBII", b"PWREAD02": "<IffIIIBIIBB", b"PWREAD03": "<IffIIIBIIBBI"}
    kept, now = struct.calcsize(heads[form]), struct.calcsize("<IffIIIBIIBBI16s")
    blocks = [
        body[begin : begin + kept] + body[begin + now : end] for begin, end in pairwise(begins)
    ]
    ends = list(accumulate([8, *map(len, blocks)]))
    table = struct.pack(f"<{count + 1}Q", *ends)
    tail = struct.pack("<QII", ends[-1], zlib.crc32(table), count)
    return b"".join([form, *blocks, table, tail])


def test_a_page_is_read_without_the_pages_before_it(tmp_path: Path) -> None:
    path = packed(tmp_path, page(1, "first", [(1, 2, 3, 4)]), page(2, "second", [(5, 6, 7, 8)]))
    body = bytearray(path.read_bytes())
    body[70] ^= 0xFF
    path.write_bytes(body)
    with Reading.open(path) as reading:
        assert reading.page(2).text == "second"
        with pytest.raises(Damaged, match="page 1 cannot be unpacked"):
            reading.page(1)


@pytest.mark.parametrize("place", [0, 7, -1, -8, -20, -40])
def test_a_changed_head_or_table_is_damaged(tmp_path: Path, place: int) -> None:
    path = packed(tmp_path, page(1, "a b", [(1, 2, 3, 4)] * 2), page(2, "c", [(1, 2, 3, 4)]))
    body = bytearray(path.read_bytes())
    body[place] ^= 0xFF
    path.write_bytes(body)
    with pytest.raises(Damaged, match="Run: paperwatch verify"):
        Reading.open(path)


@pytest.mark.parametrize("keep", [0, 5, 30, 80])
def test_a_reading_cut_short_is_damaged(tmp_path: Path, keep: int) -> None:
    path = packed(tmp_path, page(1, "some words", [(1, 2, 3, 4)] * 2))
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(Damaged):
        Reading.open(path)


def test_a_missing_reading_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="missing"):
        Reading.open(tmp_path / "nothing")


def test_words_that_are_not_those_of_the_text_are_not_packed() -> None:
    wrong = page(1, "one two", [(0, 0, 1, 1)] * 2)
    wrong = PageReading(
        **{name: getattr(wrong, name) for name in wrong.__slots__} | {"text": "one three"}
    )
    with pytest.raises(ValueError, match="not those of its text"):
        pack([wrong], io.BytesIO())


def test_words_by_columns_are_packed_as_words_one_by_one(tmp_path: Path) -> None:
    one = page(
        1, "a masked\n███ b", [(1.04, 2, 3, 4), (-5, 6.26, 7, 8), (9, 1e7, 2, 3), (4, 5, 6, 7)]
    )
    columns = Words.of(one.words)
    packed_one, packed_other = io.BytesIO(), io.BytesIO()
    pack([one], packed_one)
    pack([replace(one, words=columns)], packed_other)
    assert packed_one.getvalue() == packed_other.getvalue()
    assert list(columns) == list(one.words)
    assert list(columns[1:3]) == list(one.words[1:3])


def test_a_box_that_is_no_number_is_kept_as_nought(tmp_path: Path) -> None:
    edges = [(float("nan"), 1.0, float("inf"), 2.0)]
    with Reading.open(packed(tmp_path, page(1, "a", edges))) as reading:
        (word,) = reading.page(1).words
    assert (word.left_pt, word.top_pt, word.bottom_pt) == (0, 1, 3)


def test_words_without_a_box_each_are_refused() -> None:
    with pytest.raises(ValueError, match="2 words cannot have boxes of the shape"):
        Words(["a", "b"], np.zeros((1, 4)))


REDACTED = Redactions(
    boxes=[
        RedactionBox(
            left_pt=72.5,
            top_pt=100.0,
            right_pt=300.1,
            bottom_pt=120.0,
            look="outlined",
            codes=("(b)(6)", "(b)(7)(C)"),
        )
    ],
    stamps=[
        ExemptionStamp(code="(b)(6)", left_pt=73.0, top_pt=101.0, right_pt=90.0, bottom_pt=110.0)
    ],
    covered_percent=12,
    is_withheld=True,
)


def test_what_was_withheld_from_a_page_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = replace(page(1, "released", [(1.0, 2.0, 3.0, 4.0)]), redactions=REDACTED)
    path = packed(tmp_path, written, page(2, "", []))
    with Reading.open(path) as reading:
        found = reading.page(1).redactions
        assert reading.text(1) == "released"
        assert (list(found.boxes), list(found.stamps)) == (REDACTED.boxes, REDACTED.stamps)
        assert (found.covered_percent, found.is_withheld) == (12, True)
        assert reading.page(2).redactions == Redactions()
