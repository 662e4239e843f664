import pytest

from archive.watchlist.agencies import agencies, find, name_of, short_name


@pytest.mark.parametrize(
    ("typed", "facet", "code"),
    [
        ("7012", "subagency", "7012"),
        ("070", "agency", "070"),
        ("ICE", "subagency", "7012"),
        ("ice", "subagency", "7012"),
        ("Homeland Security Investigations", "subagency", "7012"),
        ("US Immigration & Customs Enforcement", "subagency", "7012"),
        ("Homeland Security", "agency", "070"),
        ("department of the army", "subagency", "2100"),
        ("12c2", "subagency", "12C2"),
    ],
)
def test_an_agency_is_found_by_code_abbreviation_name_and_alias(
    typed: str, facet: str, code: str
) -> None:
    assert [(one.facet, one.code) for one in find(typed)] == [(facet, code)]


def test_a_department_that_is_its_own_sub_agency_is_found_once_by_name() -> None:
    assert [one.code for one in find("Department of State")] == ["019"]
    assert [one.code for one in find("1900")] == ["1900"]


def test_a_name_that_nobody_bears_finds_nothing() -> None:
    assert find("Department of the") == ()
    assert find("Ministry of Silly Walks") == ()


def test_a_code_has_its_full_and_its_short_name() -> None:
    assert name_of("7012") == "U.S. Immigration and Customs Enforcement"
    assert short_name("7012") == "ICE"
    assert short_name("070") == "DHS"
    assert name_of("0000") == short_name("0000") == ""


def test_every_code_has_three_or_four_signs() -> None:
    assert {len(code) for code in agencies()} == {3, 4}
