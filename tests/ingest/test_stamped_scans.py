"""Stamps that were read in the boxes of a scan, and what is left of the boxes in its picture."""

import numpy as np
import pytest

from ingest.reader.redacted.pixels import Shape
from ingest.reader.redacted.scanned import Marked, Stamp, stamps_of, without_boxes
from ingest.reader.tesseract import Seen


def seen(text: str) -> Seen:
    return Seen(
        text=text, line=1, left=0, top=0, right=90, bottom=20, confidence=90, line_height=20.0
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [("(6)(7)(C)", ["(b)(7)(C)"]), ("(b)(6)(7)(C)", None), ("(b)(7)(C)", ["(b)(7)(C)"])],
)
def test_a_b_misread_as_a_six_is_one_where_none_stands_before(
    text: str, codes: list[str] | None
) -> None:
    found = [one.code for one in stamps_of([seen(text)])[0]]
    assert found == codes if codes else "(b)(6)" in found


def test_of_a_hatched_box_only_its_stamp_stays_to_be_read() -> None:
    picture = np.full((100, 300, 3), 255, np.uint8)
    picture[20:80, 20:280:4] = 0
    stamp = Stamp("(b)(6)", 100, 40, 140, 60)
    box = Marked(Shape(20, 20, 280, 80, "hatched"), (stamp,), 0)
    plain = without_boxes(picture, [box], 2.0)
    assert (plain[40:60, 100:140] == picture[40:60, 100:140]).all()
    plain[40:60, 100:140] = 255
    assert plain.min() == 255
