"""Drawn documents are the same every time, and what they say of themselves is so."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pypdfium2
import pytest
from PIL import Image

from archive.redactions import BoxLook
from tests.drawn.released import Released, document
from tests.drawn.released.__main__ import main
from tests.drawn.released.binding import pdf
from tests.drawn.released.codes import FORMS, STACKED_FORMS, STATE_FORMS
from tests.drawn.released.covers import Cover
from tests.drawn.released.documents import KINDS, planned
from tests.drawn.released.leaf import BLACK, Box, Leaf
from tests.drawn.released.marking import StampPlace, marking
from tests.drawn.released.scanning import Scanner, scanned
from tests.drawn.released.seeds import MEASURING, TUNING
from tests.drawn.released.writer import Writer, style
from tests.house.sources import CHECKOUT

_TYPED = [
    seed
    for kind in sorted(set(KINDS))
    for seed in [seed for seed in TUNING if planned(seed) == (kind, "typed")][:3]
]


@pytest.fixture(
    scope="module", params=["typed", pytest.param("first forty", marks=pytest.mark.slow)]
)
def few(request: pytest.FixtureRequest) -> Sequence[Released]:
    """A typed document of each kind; the first forty of all kinds and manners."""
    return [document(seed) for seed in (_TYPED if request.param == "typed" else TUNING[:40])]


def texts(drawn: Released) -> list[str]:
    """Read the text layer of each page."""
    document = pypdfium2.PdfDocument(drawn.content)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def rendered(content: bytes) -> list[Image.Image]:
    """Look at each page, at a dot a point."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.render(scale=1).to_pil().convert("L") for page in document]
    finally:
        document.close()


def test_a_seed_gives_the_same_bytes_and_the_same_truth() -> None:
    seed = _TYPED[-1]
    assert document(seed) == document(seed)


def test_seeds_for_tuning_are_none_of_those_for_measuring() -> None:
    assert not set(TUNING) & set(MEASURING)
    assert len(MEASURING) >= 500


def test_phrases_stand_in_the_text_of_their_page(few: Sequence[Released]) -> None:
    for drawn in few:
        read = texts(drawn)
        said = drawn.gold["facts"]["phrases"]
        assert [one for one in said if one["text"] not in read[one["page"] - 1]] == [], drawn.name


def test_phrases_of_pictures_stand_in_no_text(few: Sequence[Released]) -> None:
    for drawn in few:
        read = texts(drawn)
        said = drawn.gold["facts"]["phrases_image"]
        assert [one for one in said if one["text"] in read[one["page"] - 1]] == [], drawn.name


def test_each_page_has_a_phrase_or_was_withheld(few: Sequence[Released]) -> None:
    for drawn in few:
        facts, own = drawn.gold["facts"], drawn.gold["drawn"]
        said = {phrase["page"] for phrase in [*facts["phrases"], *facts["phrases_image"]]}
        pages = set(range(1, drawn.gold["pages"] + 1))
        assert len(pages - said - set(own["withheld_pages"])) <= 1, drawn.name


def test_hidden_words_are_drawn_and_nowhere_to_be_seen() -> None:
    drawn = document(next(seed for seed in TUNING if planned(seed) == ("failed", "typed")))
    hidden = [word for words in drawn.gold["facts"]["hidden_text"] for word in words.split()]
    assert hidden
    written = " ".join(texts(drawn))
    assert [word for word in hidden if word not in written] == []
    seen = json.dumps(drawn.gold["facts"]["phrases"])
    assert not [word for word in hidden if word in seen]


def test_boxes_lie_on_their_page(few: Sequence[Released]) -> None:
    for drawn in few:
        sizes = [picture.size for picture in rendered(drawn.content)]
        for page, boxes in drawn.gold["drawn"]["boxes"].items():
            wide, high = sizes[int(page) - 1]
            for box in boxes:
                assert 0 <= box["left"] < box["right"] <= wide + 1, (drawn.name, page, box)
                assert 0 <= box["top"] < box["bottom"] <= high + 1, (drawn.name, page, box)


def test_black_boxes_are_black_where_they_are_said_to_be(few: Sequence[Released]) -> None:
    looked_at = 0
    for drawn in few:
        if drawn.gold["drawn"]["skew"]:
            continue
        for number, picture in enumerate(rendered(drawn.content), start=1):
            for box in drawn.gold["drawn"]["boxes"].get(str(number), []):
                if box["look"] == "black":
                    edges = tuple(round(box[edge]) for edge in ("left", "top", "right", "bottom"))
                    shades = picture.crop(edges).histogram()
                    assert sum(shades[:140]) > 0.5 * sum(shades), (drawn.name, number, box)
                    looked_at += 1
    assert looked_at


def test_pages_count_as_said(few: Sequence[Released]) -> None:
    for drawn in few:
        read = texts(drawn)
        assert len(read) == drawn.gold["pages"]
        silent = [number for number, text in enumerate(read, start=1) if not text]
        assert silent == drawn.gold["pages_without_text"], drawn.name


def test_labels_of_boxes_are_labels_of_their_page(few: Sequence[Released]) -> None:
    for drawn in few:
        counts = drawn.gold["facts"]["exemption_label_counts"]
        for page, boxes in drawn.gold["drawn"]["boxes"].items():
            claimed = {code for box in boxes for code in box["codes"]}
            assert claimed <= set(counts.get(page, {})), (drawn.name, page)


def test_a_letter_or_a_court_paper_has_no_label() -> None:
    for kind in ("letter", "court", "memo"):
        drawn = document(next(seed for seed in TUNING if planned(seed) == (kind, "typed")))
        assert not drawn.gold["facts"]["exemption_label_counts"]
        assert not drawn.gold["facts"]["redaction_boxes"]


@pytest.mark.parametrize(("cover", "count"), [("annotation", 0), ("mark", 0), ("box", 1)])
def test_a_stamp_beneath_an_annotation_is_no_label(cover: Cover, count: int) -> None:
    chance = random.Random(1)
    own = marking(chance, "law", look="outlined", place="middle")
    writer = Writer(chance, style(chance), own, failing=1.0, failing_cover=cover)
    writer.box(Box(left=90, top=90, right=250, bottom=110), ("(b)(6)",), base=105)
    assert writer.leaf.hidden
    assert writer.leaf.labels.total() == count
    assert writer.leaf.boxes[0].codes == ("(b)(6)",) * count


def test_a_folder_is_written_with_its_gold(tmp_path: Path) -> None:
    main([str(tmp_path), "--seeds", "0:1"])
    files = json.loads((tmp_path / "gold.json").read_text())["files"]
    assert list(files) == ["drawn-00000.pdf"]
    assert (tmp_path / "drawn-00000.pdf").read_bytes() == document(0).content
    assert files["drawn-00000.pdf"]["facts"] == document(0).gold["facts"]


_STRAIGHT = Scanner(
    dpi=72,
    depth="grey",
    skew=0.0,
    noise=0.0,
    blur=0.0,
    quality=90,
    paper=255,
    has_holes=False,
    has_edges=False,
    turn=0,
    is_turn_declared=False,
)


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_fax_shows_the_same_packed_or_not(is_packed: bool) -> None:
    leaf = Leaf(size=(400, 600))
    leaf.fill(Box(left=100, top=80, right=320, bottom=110), BLACK)
    machine = replace(_STRAIGHT, depth="fax", strips=3, is_packed=is_packed)
    content = pdf([scanned(leaf, machine, random.Random(1))])
    (picture,) = rendered(content)
    assert picture.point(lambda shade: 255 - shade).getbbox() == (100, 80, 320, 110)
    assert (b"CCITTFaxDecode" in content) is is_packed


@pytest.mark.parametrize("skew", [0.0, 1.5, -2.0])
@pytest.mark.parametrize(("turn", "is_declared"), [(0, False), (1, False), (2, False), (3, True)])
def test_a_box_goes_with_its_picture(skew: float, turn: int, is_declared: bool) -> None:
    place = Box(left=100, top=80, right=320, bottom=110)
    leaf = Leaf(size=(400, 600), boxes=[place])
    leaf.fill(place, BLACK, is_over=True)
    machine = replace(_STRAIGHT, skew=skew, turn=turn, is_turn_declared=is_declared)
    scan = scanned(leaf, machine, random.Random(1))
    (picture,) = rendered(pdf([scan]))
    found = picture.point(lambda shade: 255 if shade < 120 else 0).getbbox()
    box = scan.boxes[0]
    assert found == pytest.approx((box.left, box.top, box.right, box.bottom), abs=2)


def test_only_the_command_that_measures_names_the_seeds_for_measuring() -> None:
    named = {
        path.relative_to(CHECKOUT).as_posix()
        for path in CHECKOUT.rglob("*.py")
        if not {".venv", "build"} & set(path.parts) and "MEASURING" in path.read_text("utf-8")
    }
    known = {"tests/drawn/released/seeds.py", "tests/drawn/test_released.py"}
    assert [path for path in named - known if not path.startswith("bench/")] == []


def test_all_kinds_and_manners_are_planned_for_tuning() -> None:
    planned_for = [planned(seed) for seed in TUNING]
    assert {kind for kind, _ in planned_for} == set(KINDS)
    manners = Counter(manner for _, manner in planned_for)
    assert min(manners[one] for one in ("typed", "scanned", "mixed", "layered")) >= 20


@pytest.mark.slow
def test_tuning_documents_are_marked_in_all_ways() -> None:
    drawn = [document(seed).gold for seed in TUNING if planned(seed)[1] == "typed"]
    boxes = [box for one in drawn for boxes in one["drawn"]["boxes"].values() for box in boxes]
    assert {box["look"] for box in boxes} == set(get_args(BoxLook))
    said = {one["drawn"]["stamps"] for one in drawn if "stamps" in one["drawn"]}
    assert said == set(get_args(StampPlace))
    forms = {one["drawn"]["form"] for one in drawn if "form" in one["drawn"]}
    assert forms == {form.name for form in (*FORMS, *STACKED_FORMS, *STATE_FORMS)}
    assert {one["drawn"]["cover"] for one in drawn if "cover" in one["drawn"]} == set(
        get_args(Cover)
    )
