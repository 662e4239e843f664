from pathlib import Path
from typing import Any

import pytest

from ingest.evaluating.judges import amounts, answers, days, numbers, parties
from tests.ingest.evaluating.composed import gold_of, page, seen

LETTER = (
    "Dear Requester:\nA search produced 45 pages. 40 pages are partially releasable, (b)(6) of the"
    " FOIA.\nSincerely,"
)
SAID = {"outcome": "released in part", "unit": "pages", "reviewed": 45, "search_office": "ERO"}


@pytest.mark.parametrize(
    ("facts", "text", "counts"),
    [
        ({"foia_case_numbers": ["2031-ICFO-10844"]}, "2031\u2010ICFO-10844", (1, 1, 0, 0)),
        ({"foia_case_numbers": []}, "2031-ICFO-10844", (0, 0, 0, 1)),
        ({"contract_numbers": ["70CMSD-31-C-0000123"]}, "70CMSD31C0000123", (1, 1, 0, 0)),
        ({"contract_numbers": ["70CMSD-31-C-0000123"]}, "PRR 70CMSD31C1", (1, 0, 1, 0)),
        ({"court_case": "1:31-cv-07058"}, "Case 1:31-cv-07058-GBD, 2:20-cv-00001", (1, 1, 0, 0)),
        ({"other_ids": ["PO 2510002336"]}, "P.O. Number: 2510002336", (1, 1, 0, 0)),
        ({}, "2031-ICFO-10844", (0, 0, 0, 0)),
    ],
)
def test_identifiers_are_false_where_the_gold_has_all_of_their_kind(
    tmp_path: Path, facts: dict[str, Any], text: str, counts: tuple[int, ...]
) -> None:
    score = numbers.identifiers(gold_of(tmp_path, facts), seen(page(text)))
    assert tuple(score.counts().values()) == counts


def test_amounts_count_on_their_page_and_days_on_any(tmp_path: Path) -> None:
    facts = {
        "amounts": [{"what": "total", "value": 3000.0, "page": 1}],
        "fees": [{"what": "refund", "value": 79.81}],
        "letter_date": "2031-05-07",
    }
    known = gold_of(tmp_path, facts)
    read = seen(page("nothing"), page("$3,000.00 and $79.81, paid May 7, 2031"))
    assert [note.what for note in amounts.amounts(known, read).missing] == ["total: 3,000.00"]
    assert days.dates(known, read).counts() == {"n": 1, "found": 1, "missed": 0, "false": 0}


@pytest.mark.parametrize(
    ("facts", "text", "counts"),
    [
        ({"determination": SAID, "exemptions_cited": ["(b)(6)"]}, LETTER, (4, 4, 0, 0)),
        ({"determination": SAID, "exemptions_cited": ["(b)(5)"]}, LETTER, (4, 3, 1, 1)),
        ({"determination": SAID}, LETTER, (3, 3, 0, 0)),
        ({"determination": SAID}, "no letter", (3, 0, 3, 0)),
        ({"determination": {"outcome": "denied; no records"}}, LETTER, (2, 0, 2, 1)),
        ({"determination": {"outcome": "strange"}}, "no letter", (1, 0, 1, 0)),
        ({"doc_type": "court_brief"}, LETTER, (0, 0, 0, 1)),
        ({"doc_type": "foia_letter"}, LETTER, (0, 0, 0, 0)),
        ({}, LETTER, (0, 0, 0, 0)),
    ],
)
def test_a_letter_is_judged_fact_by_fact(
    tmp_path: Path, facts: dict[str, Any], text: str, counts: tuple[int, ...]
) -> None:
    score = answers.answers(gold_of(tmp_path, facts), seen(page(text)))
    assert tuple(score.counts().values()) == counts


@pytest.mark.parametrize(
    ("facts", "text", "counts"),
    [
        ({"agency": "FBI (HQ)"}, "Federal Bureau of Investigation", (1, 1, 0, 0)),
        ({"agency": "City of A / B Police Department"}, "B POLICE DEPARTMENT", (1, 1, 0, 0)),
        ({"agency": "United States Secret Service"}, "U.S. Secret Service", (1, 1, 0, 0)),
        ({"agency": "U.S. Secret Service"}, "Federal Bureau of Investigation", (1, 0, 1, 1)),
        ({"agency": "U.S. Secret Service"}, "somebody", (1, 0, 1, 0)),
        ({"vendor": "Kestrel (Plates)"}, "Vendor: Kestrel Inc dba Plates", (1, 1, 0, 0)),
        ({}, "Vendor: Kestrel Inc", (0, 0, 0, 0)),
    ],
)
def test_parties_are_known_by_any_of_their_names(
    tmp_path: Path, facts: dict[str, Any], text: str, counts: tuple[int, ...]
) -> None:
    score = parties.parties(gold_of(tmp_path, facts), seen(page(text)))
    assert tuple(score.counts().values()) == counts
