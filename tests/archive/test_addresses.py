"""Web addresses: how they are asked for, and which two are the same."""

import pytest

from archive.addresses import fetchable, identity
from archive.errors import BadRequest
from archive.requests import case_number_told, cases_of, requester_type_told

HOST = "https://www.example.gov"


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("HTTPS://WWW.Example.GOV/A b.pdf#page=3", f"{HOST}/A%20b.pdf"),
        (f"{HOST}:443/a%20b.pdf?x=1 2", f"{HOST}/a%20b.pdf?x=1%202"),
        (f"{HOST}:8443/100%.pdf", f"{HOST}:8443/100%25.pdf"),
        (f"{HOST}", f"{HOST}/"),
        (f"{HOST}/résumé(1).pdf", f"{HOST}/r%C3%A9sum%C3%A9(1).pdf"),
        ("http://[::1]:80/a.pdf", "http://[::1]/a.pdf"),
    ],
)
def test_an_address_is_asked_for_as_it_may_be_sent(typed: str, asked: str) -> None:
    assert fetchable(typed) == asked
    assert fetchable(asked) == asked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a.pdf?itok=x", "/a.pdf?itok=y"),
        ("/a.pdf?v=1&itok=x", "/a.pdf?v=1"),
        ("/a b.pdf", "/a%20b.pdf"),
        ("/%41.pdf", "/A.pdf"),
        ("/r%c3%a9.pdf", "/ré.pdf"),
        ("/a.pdf#p2", "/a.pdf"),
    ],
)
def test_one_file_has_one_identity(one: str, other: str) -> None:
    assert identity(HOST + one) == identity(HOST + other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("/a.pdf?v=1", "/a.pdf?v=2"), ("/a.pdf", "/A.pdf"), ("/a%2Fb.pdf", "/a/b.pdf")],
)
def test_two_files_have_two(one: str, other: str) -> None:
    assert identity(HOST + one) != identity(HOST + other)


@pytest.mark.parametrize(
    "typed", ["", "example.gov/a.pdf", "file:///etc/passwd", "https://:80/", "https://a\x00b/"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadRequest):
        fetchable(typed)


def test_case_numbers_are_read_each_and_once() -> None:
    told = case_number_told("case", " 2023-ICAP-00154;2022-ICFO-23103 , 2023-ICAP-00154")
    assert cases_of(told) == ["2023-ICAP-00154", "2022-ICFO-23103"]
    assert cases_of("") == []
    assert case_number_told("case", "F-2019-01234/A") == "F-2019-01234/A"
    for wrong in ("pending", "2024-1,,2024-2", "x" * 41 + "1", "2024<1>"):
        with pytest.raises(BadRequest, match="is no case number"):
            case_number_told("case", wrong)


def test_who_asked_is_a_category() -> None:
    assert requester_type_told("type", " Media ") == "media"
    with pytest.raises(BadRequest, match="Who asked is not kept"):
        requester_type_told("type", "Jane Doe")
