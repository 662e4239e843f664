import pytest

from archive.search.language import read
from archive.shown.labels import source_label, type_label
from archive.watchlist.vocabulary import WatchlistVocabulary


@pytest.mark.parametrize(
    ("field", "typed", "values"),
    [
        ("agency", "ICE", ["7012"]),
        ("agency", "DHS", ["070"]),
        ("subagency", "DHS", []),
        ("subagency", "FBI", ["1549"]),
        ("technology", "alpr", ["alpr"]),
        ("technology", "face recognition", ["face-recognition"]),
        ("technology", "facial recognition", ["face-recognition"]),
        ("technology", "stingray", ["cell-site-simulator"]),
        ("technology", "drone", ["drones", "counter-drone"]),
        ("technology", "catering", []),
        ("kind", "Awards", ["award"]),
        ("state", "virginia", ["VA"]),
        ("state", "va", ["VA"]),
        ("type", "IDIQ", ["IDV_B", "IDV_B_B"]),
        ("type", "letters", ["letter"]),
        ("source", "USAspending", ["usaspending_awards", "usaspending_file", "usaspending_bulk"]),
        ("vendor", "Palantir", []),
        ("agency", "", []),
    ],
)
def test_a_value_is_known_by_what_people_call_it(field: str, typed: str, values: list[str]) -> None:
    assert [value for _, value, _ in WatchlistVocabulary().values(field, typed)] == values


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", "usaspending_awards"),
        ("source", "usaspending_file"),
        ("source", "usaspending_bulk"),
        ("source", "sam_opportunities"),
        ("source", "added"),
        ("type", "IDV_B"),
        ("type", "C"),
        ("type", "letter"),
    ],
)
def test_a_value_is_found_by_the_words_that_pages_show_for_it(field: str, value: str) -> None:
    shown = source_label(value) if field == "source" else type_label(value)
    known = WatchlistVocabulary().values(field, shown)
    assert (field, value, shown) in known


def test_the_query_language_reads_an_abbreviation_as_the_agency() -> None:
    reading = read("agency:ICE drone", WatchlistVocabulary())
    assert "U.S. Immigration and Customs Enforcement" in reading.read_as
    assert reading.ignored == ()
