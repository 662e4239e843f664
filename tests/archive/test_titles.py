"""Titles of awards: no person as a heading, and nothing lowered that is a name."""

import pytest

from archive.index.casing import name_case, sentence_case
from archive.index.titles import award_title, printed_title
from archive.search.analysis import words
from archive.shown.labels import tidy

AMMUNITION = {"psc_label": "AMMUNITION, THROUGH 30MM"}


@pytest.mark.parametrize(
    "description",
    [
        "DELIVER TO:  PAT QUILLFEATHER RANGE ROAD, FORT BENNING, GA 31905 PH# 555-000-1234",
        "ATTN: PAT QUILLFEATHER",
        "POC PAT QUILLFEATHER 555-000-1234",
        "pat.quillfeather@agency.example.gov",
    ],
)
def test_a_description_that_only_names_a_person_gives_way_to_the_product(description: str) -> None:
    assert award_title({"description": description, **AMMUNITION}) == "Ammunition, through 30MM"


@pytest.mark.parametrize(
    ("description", "title"),
    [
        ("CUSTOM RADIOS; SHIP TO: PAT QUILLFEATHER", "Custom radios"),
        (
            "PURCHASE OFFICE EQUIPMENT. ALTERNATE POC FOR THIS IS PAT QUILLFEATHER",
            "Purchase office equipment.",
        ),
        ("TABLETS, ACOR PAT QUILLFEATHER 555-000-1234", "Tablets"),
        ("RADIOS, PLEASE SEND ALL CORRESPONDENCE TO COR PAT.QUILL@AGENCY.EXAMPLE", "Radios"),
        ("AMMUNITION DELIVERY:PAT QUILLFEATHER 440 SOME ROAD", "Ammunition"),
        ("Laptops. Requested by Pat Quillfeather", "Laptops."),
    ],
)
def test_a_title_stops_where_it_begins_to_say_whom_to_ask(description: str, title: str) -> None:
    assert award_title({"description": description, **AMMUNITION}) == title


def test_a_word_that_only_looks_like_an_address_ends_no_title() -> None:
    printed = "CONTRACT FOR CONTACT LENSES AND CONTACTLESS READERS"
    assert len(award_title({"description": printed})) == len(printed)


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        (
            {
                "description": "SOFTWARE RESOLD BY MERROW FEDERAL",
                "vendor_name": "MERROW FEDERAL LLC",
            },
            "Software resold by Merrow Federal",
        ),
        (
            {
                "description": "ARMED GUARD SERVICES FOR THE HOLLOW OAK BUILDINGS",
                "city": "HOLLOW OAK",
            },
            "Armed guard services for the Hollow Oak buildings",
        ),
        ({"description": "LICENSES FOR CLEARVIEW AI"}, "Licenses for Clearview AI"),
        (
            {"description": "RANGE RENTAL AT FORT BENNING, GA AND IN NEW YORK"},
            "Range rental at Fort Benning, GA and in New York",
        ),
        (
            {"description": "CHARTS FOR THE U.S. ATTORNEY. SEE R&D AND W/KIT"},
            "Charts for the U.S. attorney. See R&D and W/KIT",
        ),
        (
            {"description": "SUPPORT OF OPLA, ERO AND RHTA IN EL PASO"},
            "Support of OPLA, ERO and RHTA in El Paso",
        ),
        (
            {"description": "SHREDDERS NEEDED AT WILLACY FACILITY"},
            "Shredders needed at WILLACY facility",
        ),
        (
            {"description": "HARROW LANE FACE RECOGNITION SEARCH LICENSES"},
            "HARROW LANE face recognition search licenses",
        ),
        (
            {"description": "RENEWAL FROM MAY 1, 2022 TO APRIL 30"},
            "Renewal from May 1, 2022 to April 30",
        ),
        ({"description": "Already Written By Somebody"}, "Already Written By Somebody"),
        ({"description": "STATE OF MARYLAND'S DATABASE"}, "State of Maryland's database"),
    ],
)
def test_capitals_come_down_only_where_that_is_surely_right(
    fields: dict[str, str], title: str
) -> None:
    assert award_title(dict(fields)) == title


def test_a_line_of_which_little_is_known_stays_as_it_is_printed() -> None:
    printed = "TRIRIGA GIMMALSOFT KOFAX QSTAR LICENSES"
    assert sentence_case(printed) == printed


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("NOT COMPETED UNDER SAP", "Not competed under SAP"),
        ("BPA CALL", "BPA call"),
        (
            "IT AND TELECOM - BUSINESS APPLICATION SOFTWARE",
            "IT and telecom - business application software",
        ),
    ],
)
def test_labels_of_codes_keep_their_abbreviations(printed: str, written: str) -> None:
    assert tidy(printed) == written


@pytest.mark.parametrize(
    ("printed", "written"),
    [("EL PASO", "El Paso"), ("MCLEAN", "McLean"), ("WINSTON-SALEM", "Winston-Salem")],
)
def test_names_of_places_are_written_as_names(printed: str, written: str) -> None:
    assert name_case(printed) == written


@pytest.mark.parametrize(
    "fields",
    [
        {
            "description": "IGF::OT::IGF FACE SEARCH LICENSES FOR ST. LOUIS'S OFFICE",
            "city": "ST LOUIS",
        },
        {"description": f"{'DETENTION SERVICES AND TOWERS, ' * 6}EL PASO"},
        {"description": "", "psc_label": "ADP SOFTWARE"},
        {"piid": "70ZZZZ25F00000001"},
    ],
)
def test_the_index_is_told_the_words_of_the_title_that_people_read(fields: dict[str, str]) -> None:
    assert words(printed_title(dict(fields))) == words(award_title(dict(fields)))
