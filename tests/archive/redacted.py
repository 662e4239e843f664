"""Pages from which something was withheld, as a reader says it."""

from dataclasses import replace

from archive.readings import PageReading
from archive.redactions import ExemptionStamp, RedactionBox, Redactions
from tests.archive.scanned import page_of

PLACE = {"left_pt": 72.0, "top_pt": 120.0, "right_pt": 272.0, "bottom_pt": 140.0}


def redacted_page(
    number: int,
    *codes: str,
    percent: int = 20,
    boxes: int = 1,
    text: str = "memo",
    is_withheld: bool = False,
    content_key: str = "",
) -> PageReading:
    """A page with boxes, the first of which bears the stamps."""
    found = Redactions(
        boxes=tuple(
            RedactionBox(**PLACE, look="black", codes=codes if place == 0 else ())
            for place in range(boxes)
        ),
        stamps=tuple(ExemptionStamp(code=code, **PLACE) for code in codes),
        covered_percent=percent,
        is_withheld=is_withheld,
    )
    page = page_of(number, text, text_from="layer")
    return replace(page, redactions=found, content_key=content_key)
