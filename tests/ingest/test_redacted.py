"""Boxes, stamps and pages withheld in full, of pages with a text layer."""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.drawn import ledger, pictures, redacted, scans
from tests.drawn.ledger import BOXES, DECOYS, PLACE
from tests.drawn.redacted import HIDDEN
from tests.ingest.conftest import Read

Reads = Callable[[bytes], Read]


def codes(read: Read) -> Counter[str]:
    return Counter(stamp.code for stamp in read.pages[0].redactions.stamps)


@pytest.mark.parametrize("name", BOXES)
def test_a_box_is_found_with_its_place_its_look_and_its_exemptions(read: Reads, name: str) -> None:
    _, look, stamped = BOXES[name]
    found = read(ledger.boxed(name)).pages[0].redactions
    assert [(box.look, box.codes) for box in found.boxes] == [(look, stamped)]
    box = found.boxes[0]
    place = (box.left_pt, box.top_pt, box.right_pt, box.bottom_pt)
    assert place == pytest.approx(PLACE, abs=1)
    assert found.codes == stamped
    assert not found.is_withheld


@pytest.mark.parametrize("name", DECOYS)
def test_what_only_looks_like_a_box_is_none(read: Reads, name: str) -> None:
    found = read(ledger.decoy(name)).pages[0].redactions
    assert not found.boxes
    assert found.codes == (("(b)(6)",) if name == "cells" else ())


@pytest.mark.parametrize("name", redacted.BADLY)
def test_a_box_that_hides_words_is_one_and_says_nothing_of_them(read: Reads, name: str) -> None:
    found = read(redacted.BADLY[name]()).pages[0].redactions
    assert len(found.boxes) == 1
    assert HIDDEN not in repr(found)


def test_a_comma_beneath_a_box_tells_nobody_anything(read: Reads) -> None:
    page = read(ledger.beside_a_comma()).pages[0]
    assert page.characters_beneath_boxes == 0
    assert len(page.redactions.boxes) == 1


def test_stamps_on_a_hatched_box_are_seen_and_no_letter_below_them_is(read: Reads) -> None:
    page = read(ledger.hidden_beneath_hatching("(b)(7)(E)", HIDDEN)).pages[0]
    # A letter that a stamp repeats in the same place may count as printed twice.
    assert len(HIDDEN) - 2 <= page.characters_beneath_boxes <= len(HIDDEN)
    assert set(page.text.split()) - ledger.WORDS == {"(b)(7)(E)"}
    assert [box.look for box in page.redactions.boxes] == ["hatched"]


def test_an_exemption_beneath_a_box_is_no_stamp(read: Reads) -> None:
    assert not codes(read(redacted.boxed(0, word="(b)(7)(D)")))


def test_each_exemption_of_a_stamp_counts_and_has_a_place_of_its_own(read: Reads) -> None:
    found = read(ledger.in_a_box_and_beside_one("(b)(6), (b)(7)(C)", "b6 -1")).pages[0].redactions
    assert [stamp.code for stamp in found.stamps] == ["(b)(6)", "(b)(7)(C)", "(b)(6)"]
    first, second, _ = found.stamps
    assert first.right_pt <= second.left_pt
    assert found.boxes[0].codes == ("(b)(6)", "(b)(7)(C)")


@pytest.mark.parametrize(
    "stamps",
    [
        ("k5 -1", "b7E -1", "b6 -2"),
        ("(b)(3):50 U.S.C. § 3024(i)(1)", "(b)(6)", "(b)(5) DPP", "(b)(6)"),
    ],
)
def test_a_stamp_in_a_margin_counts_with_what_stands_behind_it(
    read: Reads, stamps: tuple[str, ...]
) -> None:
    found = read(ledger.outlined_with_margin(*stamps)).pages[0].redactions
    assert [len(box.codes) for box in found.boxes] == [1] * len(stamps)
    assert len(found.stamps) == len(stamps)


def test_an_exemption_typed_in_place_of_a_value_is_a_stamp(read: Reads) -> None:
    page = read(ledger.typed("From: (b)(6), (b)(7)(C)", "Subject: cameras"))
    assert codes(page) == {"(b)(6)": 1, "(b)(7)(C)": 1}


@pytest.mark.parametrize(
    "text",
    [
        "We withheld names pursuant to Exemptions (b)(6) and (b)(7)(C) of the Act.",
        "The motion under Rule 12(b)(6) was denied.",
        "The provision at 52.212-3(b)(6) applies.",
        "It is exempt from disclosure pursuant to ORS 192.345(23).",
        "Answered (Ex. 1 at p. 61 of 68; Ex. 2 at p. 45).",
    ],
)
def test_an_exemption_that_a_page_speaks_of_is_no_stamp(read: Reads, text: str) -> None:
    assert not codes(read(ledger.typed(text)))


@pytest.mark.parametrize(
    ("texts", "stamped"),
    [
        (["Page 12 redacted for the following reason:", "(b)(7)(E)"], {"(b)(7)(E)": 1}),
        (["Withheld pursuant to exemption", "(b)(5)"], {"(b)(5)": 1}),
        (["Page(s) 12-18 Withheld in Full", "b6 b7C"], {"(b)(6)": 1, "(b)(7)(C)": 1}),
        (["Duplicate"], {}),
        (["DELETED PAGE INFORMATION SHEET", "Page 4 ~ b6; b7C;"], {"(b)(6)": 1, "(b)(7)(C)": 1}),
    ],
)
def test_a_slip_sheet_stands_for_a_page_withheld(
    read: Reads, texts: list[str], stamped: dict[str, int]
) -> None:
    page = read(ledger.slip_sheet(*texts))
    assert page.pages[0].redactions.is_withheld
    assert codes(page) == stamped


def test_a_letter_that_tells_of_pages_withheld_is_no_slip_sheet(read: Reads) -> None:
    tells = ["Dear Ms. Quarrywood:", "Seven pages are withheld in full", "under Exemption (b)(5)."]
    assert not read(ledger.slip_sheet(*tells)).pages[0].redactions.is_withheld


@pytest.mark.parametrize("stamp", ["", "(b)(1)"])
def test_a_black_page_is_withheld_and_covered(read: Reads, stamp: str) -> None:
    found = read(ledger.black_page(stamp)).pages[0].redactions
    assert (found.is_withheld, found.covered_percent) == (True, 82)
    assert found.codes == ((stamp,) if stamp else ())


def test_a_box_over_a_scan_is_one(read: Reads) -> None:
    page = read(pictures.boxed_over_scan()).pages[0]
    assert [box.look for box in page.redactions.boxes] == ["black"]
    assert page.text_from == "picture"


def test_a_box_in_a_scan_with_a_text_layer_is_one(read: Reads) -> None:
    picture = scans.picture(scans.PROSE_PLACES, scans.HIDDEN_PLACES, scans.Covered())
    page = read(scans.scanned(picture, scans.PROSE_PLACES)).pages[0]
    assert page.text_from == "scan_layer"
    assert [box.look for box in page.redactions.boxes] == ["black"]
