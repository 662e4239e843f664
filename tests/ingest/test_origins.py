"""Which pages are pictures that are to be recognised, and where the text of the others is from."""

from collections.abc import Callable

import pytest

from tests.drawn import pictures, scans, sheets
from tests.ingest.conftest import Read

Reads = Callable[[bytes], Read]


@pytest.mark.parametrize(
    ("draw", "origin"),
    [
        (sheets.letter, "layer"),
        (pictures.prose, "picture"),
        (pictures.in_outlines, "picture"),
        (pictures.under_a_court_line, "picture"),
        (pictures.under_stamps, "picture"),
        (
            lambda: scans.scanned(scans.picture(scans.PROSE_PLACES), scans.PROSE_PLACES),
            "scan_layer",
        ),
        (scans.slide, "picture"),  # few words on a picture that fills the page
        (scans.anchored, "layer"),
        (lambda: sheets.drawn(lambda canvas: None), "none"),
    ],
)
def test_where_the_text_of_a_page_comes_from(
    read: Reads, draw: Callable[[], bytes], origin: str
) -> None:
    done = read(draw())
    assert [page.text_from for page in done.pages] == [origin]
    assert [page.text_from for page in done.result.document.pages] == [origin]


def test_each_page_is_judged_alone(read: Reads) -> None:
    done = read(pictures.typed_and_scanned())
    assert [page.text_from for page in done.pages] == ["layer", "picture", "none"]
