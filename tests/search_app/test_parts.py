"""Small parts: addresses, histogram, picture cache, wording, queries typed anew."""

from pathlib import Path
from typing import cast

import pytest

from archive.reading_client import Readers
from archive.search.language import read
from archive.shown import wording
from archive.shown.asking import asked_from, pairs_of
from archive.shown.retyped import retyped
from search_app.addresses import Addresses
from search_app.histogram import histogram
from search_app.pages.search import page_numbers
from search_app.pictures import Pictures


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (375_000_000, "$3,750,000"),
        (-187_500_000, "\u2212$1,875,000"),
        (0, "$0"),
        (-49, "$0"),
        (None, "No amount given"),
    ],
)
def test_amounts_are_whole_dollars_and_unknown_ones_are_said(
    cents: int | None, written: str
) -> None:
    assert wording.amount(cents) == written


def test_days_and_times_are_written_for_people() -> None:
    assert wording.day("2025-09-05") == "5 Sep 2025"
    assert wording.moment("2026-10-11T04:12:09+00:00") == "11 Oct 2026, 04:12 UTC"
    assert wording.day("") == ""
    assert wording.share(1, 0) is None


@pytest.mark.parametrize(
    "typed",
    [
        "drone camera",
        '"facial recognition"',
        '"flock safety"~3 surveil* clearveiw~',
        "drone -camera (van OR truck)",
        "title:drone vendor:clearview page:(a b)",
        "amount:>1m date:2024 year:2025 ceiling:1000..5000",
        "piid:70CMSD21C0001 piid:70CM*",
        "kind:award technology:face-recognition e-mail",
    ],
)
def test_a_query_typed_anew_is_read_as_the_same_tree(typed: str) -> None:
    tree = read(typed).tree
    assert read(retyped(tree)).tree == tree


def test_an_address_gives_back_what_was_asked() -> None:
    pairs = [("q", "a b&c"), ("kind", "award"), ("year", "2025"), ("from", "2025-01-01")]
    asked = asked_from(pairs)
    assert pairs_of(asked) == pairs
    to = Addresses(asked)
    assert to.here() == "/?q=a+b%26c&kind=award&year=2025&from=2025-01-01"
    assert to.toggled("kind", "award") == "/?q=a+b%26c&year=2025&from=2025-01-01"
    assert to.only("year", "2024").endswith("&from=2025-01-01&year=2024")
    assert to.bare() == "/?q=a+b%26c"


def test_a_histogram_shows_twelve_years_at_most_and_counts_those_before() -> None:
    chart = histogram([(year, 2) for year in range(2005, 2027)], ["2026"])
    assert chart is not None
    assert [bar.year for bar in chart.bars] == list(range(2015, 2027))
    assert chart.earlier == 20
    assert [bar.year for bar in chart.bars if bar.kept] == [2026]


@pytest.mark.parametrize(
    ("page", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 16, [1, 2, 3, 4, None, 16]),
        (8, 16, [1, None, 7, 8, 9, None, 16]),
        (16, 16, [1, None, 15, 16]),
    ],
)
def test_the_numbers_under_a_list_are_the_ends_and_the_neighbours(
    page: int, last: int, numbers: list[int | None]
) -> None:
    assert page_numbers(page, last) == numbers


class _Drawing:
    """Readers that draw nothing, and count how often they are asked."""

    def __init__(self) -> None:
        self.asked = 0

    def picture(self, _path: Path, _page: int, _width: int, _paint: object) -> bytes:
        self.asked += 1
        return b"\x89PNG" + bytes(1_000)


def test_a_picture_is_drawn_once_and_the_cache_stays_below_its_quota(tmp_path: Path) -> None:
    drawing = _Drawing()
    pictures = Pictures(tmp_path, cast(Readers, drawing), quota_bytes=5_000)
    for page in range(1, 102):
        pictures.picture(tmp_path, "a" * 64, page, 600, reader_version="1")
    pictures.picture(tmp_path, "a" * 64, 101, 600, reader_version="1")
    assert drawing.asked == 101
    assert len(list((tmp_path / "pictures").iterdir())) <= 5


def test_a_picture_that_an_older_reader_drew_is_drawn_anew(tmp_path: Path) -> None:
    drawing = _Drawing()
    pictures = Pictures(tmp_path, cast(Readers, drawing))
    for version in ("1", "2", "2"):
        pictures.picture(tmp_path, "a" * 64, 1, 600, reader_version=version)
    assert drawing.asked == 2
