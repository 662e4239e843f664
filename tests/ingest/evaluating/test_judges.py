from pathlib import Path
from typing import Any

import pytest

from archive.redactions import ExemptionStamp, RedactionBox, Redactions
from ingest.evaluating.judges import boxes, hiding, labels, phrases, scans
from tests.ingest.evaluating.composed import gold_of, page, seen

SCAN = page(is_scan=True)


def test_a_phrase_counts_on_its_page_alone(tmp_path: Path) -> None:
    facts = {"phrases": [{"page": 1, "text": "a unit"}, {"page": 3, "text": "a unit"}]}
    score = phrases.typed(gold_of(tmp_path, facts), seen(page("of a\nunit"), page("a unit")))
    assert score.counts() == {"n": 2, "found": 1, "missed": 1, "false": 0}
    assert [note.page for note in score.missing] == [3]


def test_a_phrase_that_holds_covered_words_is_missed_and_said_to_be_so_rightly(
    tmp_path: Path,
) -> None:
    facts = {"phrases": [{"page": 1, "text": "abcdef"}], "hidden_text": ["def"]}
    score = phrases.typed(gold_of(tmp_path, facts), seen(page("abc")))
    assert "rightly" in score.missing[0].what
    assert "def" not in score.missing[0].what  # covered words are repeated nowhere


@pytest.mark.parametrize(
    ("entry", "is_scan"),
    [
        ({"text_layer": "none", "pages_without_text": [1], "chars_per_page": [0]}, True),
        ({"text_layer": "partial", "pages_without_text": [1]}, True),
        ({"text_layer": "header_only", "pages_without_text": [1], "chars_per_page": [62]}, True),
        ({"text_layer": "garbled", "pages_without_text": []}, True),
        ({"text_layer": "full", "pages_without_text": []}, False),
        ({"text_layer": "ocr", "pages_without_text": []}, False),
        ({"text_layer": "full", "drawn": {"boxes": {}, "scanned_pages": [1]}}, True),
        ({"text_layer": "none", "drawn": {"boxes": {}, "scanned_pages": []}}, False),
    ],
)
def test_what_the_gold_calls_a_scanned_page(
    tmp_path: Path, entry: dict[str, Any], is_scan: bool
) -> None:
    known = gold_of(tmp_path, {}, pages=1, **entry)
    expected = {"n": int(is_scan), "found": 0, "missed": int(is_scan), "false": 0}
    assert scans.scanned(known, seen(page("typed"))).counts() == expected
    expected = {"n": int(is_scan), "found": int(is_scan), "missed": 0, "false": int(not is_scan)}
    assert scans.scanned(known, seen(SCAN)).counts() == expected


def test_an_empty_page_is_no_scan_and_one_that_only_looks_so_is(tmp_path: Path) -> None:
    known = gold_of(
        tmp_path, {}, pages=1, text_layer="none", pages_without_text=[1], chars_per_page=[0]
    )
    assert scans.scanned(known, seen(page(is_blank=True))).n == 0
    assert scans.scanned(known, seen(page())).missed == 1


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ({}, (0, 0)),
        ({"phrases": [{"page": 1, "text": "abc"}]}, (0, 1)),
        ({"phrases_image": [{"page": 1, "text": "abc"}]}, (1, 0)),
    ],
)
def test_a_page_of_few_letters_is_told_by_its_phrases(
    tmp_path: Path, facts: dict[str, Any], counts: tuple[int, int]
) -> None:
    entry = {"pages": 1, "text_layer": "none", "pages_without_text": [1], "chars_per_page": [9]}
    score = scans.scanned(gold_of(tmp_path, facts, **entry), seen(SCAN))
    assert (score.n, score.false) == counts


def box(left: float, top: float, right: float, bottom: float) -> RedactionBox:
    return RedactionBox(left_pt=left, top_pt=top, right_pt=right, bottom_pt=bottom, look="black")


def boxed(count: int) -> Redactions:
    return Redactions(boxes=tuple(box(0, 20 * one, 50, 20 * one + 10) for one in range(count)))


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        ((14, 0), {"n": 14, "found": 14, "missed": 0, "false": 0}),
        ((12, 0), {"n": 14, "found": 14, "missed": 0, "false": 0}),
        ((11, 0), {"n": 14, "found": 11, "missed": 3, "false": 0}),
        ((17, 0), {"n": 14, "found": 14, "missed": 0, "false": 3}),
        ((14, 1), {"n": 14, "found": 14, "missed": 0, "false": 1}),
    ],
)
def test_boxes_are_counted_within_the_tolerance_of_pages_that_are_named(
    tmp_path: Path, found: tuple[int, int], counts: dict[str, int]
) -> None:
    known = gold_of(tmp_path, {"redaction_boxes": {"1": 14}, "box_tolerance": 2})
    pages = [page(redactions=boxed(count)) for count in found]
    assert boxes.boxes(known, seen(*pages)).counts() == counts


def test_where_the_gold_has_no_boxes_none_is_right_or_false(tmp_path: Path) -> None:
    score = boxes.boxes(gold_of(tmp_path, {}), seen(page(redactions=boxed(3))))
    assert (score.n, score.false, score.is_countable) == (0, 0, False)


def test_boxes_whose_places_are_known_are_matched_one_to_one(tmp_path: Path) -> None:
    wanted = [
        {"left": 0, "top": 0, "right": 100, "bottom": 10, "look": "black"},
        {"left": 0, "top": 50, "right": 100, "bottom": 60, "look": "black"},
    ]
    drawn = {"boxes": {"1": wanted}, "scanned_pages": []}
    found = (box(0, 0, 90, 10), box(0, 1, 100, 10), box(0, 56, 100, 66), box(300, 0, 400, 10))
    known = gold_of(tmp_path, {"redaction_boxes": {"1": 4}}, drawn=drawn)
    score = boxes.boxes(known, seen(page(redactions=Redactions(boxes=found))))
    assert score.counts() == {"n": 2, "found": 1, "missed": 1, "false": 3}


def stamped(*codes: str) -> Redactions:
    return Redactions(
        stamps=tuple(
            ExemptionStamp(code=code, left_pt=0, top_pt=0, right_pt=9, bottom_pt=9)
            for code in codes
        )
    )


def test_labels_are_counted_by_exemption_on_the_pages_that_the_gold_counted(
    tmp_path: Path,
) -> None:
    known = gold_of(tmp_path, {"exemption_label_counts": {"1": {"(b)(6)": 2, "(b)(7)(C)": 1}}})
    pages = [page(redactions=stamped("(b)(6)", "(b)(5)")), page(redactions=stamped("(b)(6)"))]
    score = labels.labels(known, seen(*pages))
    assert score.counts() == {"n": 3, "found": 1, "missed": 2, "false": 1}
    assert [note.what for note in score.wrong] == ["(b)(5)"]


def test_what_was_drawn_has_no_labels_on_pages_that_are_not_named(tmp_path: Path) -> None:
    known = gold_of(
        tmp_path, {"exemption_label_counts": {}}, drawn={"boxes": {}, "scanned_pages": []}
    )
    assert labels.labels(known, seen(page(redactions=stamped("(b)(6)")))).false == 1


BAD = {"bad_redaction": True, "hidden_text": ["zorblatt"]}


@pytest.mark.parametrize(
    ("facts", "read", "counts"),
    [
        (BAD, page("the officer", beneath=8), (1, 1, 0, 0)),
        (BAD, page("the officer"), (1, 0, 1, 0)),
        (BAD, page("the officer Zorblatt zorblatt", beneath=8), (1, 0, 1, 0)),
        ({"bad_redaction": False}, page(beneath=8), (0, 0, 0, 1)),
        ({"bad_redaction": False}, page(), (0, 0, 0, 0)),
        ({}, page(beneath=8), (0, 0, 0, 0)),
    ],
)
def test_a_failed_redaction_is_judged_by_document(
    tmp_path: Path, facts: dict[str, Any], read: Any, counts: tuple[int, ...]
) -> None:
    score = hiding.failed(gold_of(tmp_path, facts), seen(read))
    assert tuple(score.counts().values()) == counts


def test_covered_words_in_the_text_are_grave_and_never_repeated(tmp_path: Path) -> None:
    score = hiding.failed(gold_of(tmp_path, BAD), seen(page("x"), page("zorblatt", beneath=8)))
    assert [note.page for note in score.grave] == [2]
    assert "zorblatt" not in score.grave[0].what
