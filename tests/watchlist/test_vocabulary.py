import pytest

from archive.search.language import read
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


def test_the_query_language_reads_an_abbreviation_as_the_agency() -> None:
    reading = read("agency:ICE drone", WatchlistVocabulary())
    assert "U.S. Immigration and Customs Enforcement" in reading.read_as
    assert reading.ignored == ()
