import pytest

from ingest.findings.finding import found_in
from ingest.findings.identifiers import identifiers, own


def found(*pages: str) -> list[tuple[str, str]]:
    texts = dict(enumerate(pages, start=1))
    return [(one.kind, one.value) for one in own(found_in(identifiers, texts.items()), texts)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("RE: ICE FOIA Case Number 2021-ICLI-00093", "foia_case", "2021-ICLI-00093"),
        ("number 2025\u2011HQFO\u201101883.", "foia_case", "2025-HQFO-01883"),
        ("FOIA request CBP-FO-2024-012345", "foia_case", "CBP-FO-2024-012345"),
        ("FOIPA Request No.: 1445678-000", "foia_case", "1445678-000"),
        ("Freedom of Information Act Program\nFile Number: 20241341", "foia_case", "20241341"),
        ("FOIA Case No. 2013-FSIS-00417-F", "foia_case", "2013-FSIS-00417-F"),
        ("PRR XPD-2031-2738", "foia_case", "XPD-2031-2738"),
        ("Records Request\nRequest Number: Request Number: W-7204-25", "foia_case", "W-7204-25"),
        ("order 70CMSD-21-FR-0000123 of today", "contract", "70CMSD21FR0000123"),
        ("HSCETE-14-C-00007", "contract", "HSCETE14C00007"),
        ("solicitation 70CDCR18Q00000005", "solicitation", "70CDCR18Q00000005"),
        ("Contract #2031-03215", "contract", "2031-03215"),
        ("Agreement Number: XYZ-25-0677", "contract", "XYZ-25-0677"),
        ("Solicitation No. RFI 20319027", "solicitation", "RFI 20319027"),
        ("Request for Information (RFI) No. 17-0009", "solicitation", "17-0009"),
        ("XARPA\u2010BAA\u201020\u201017", "solicitation", "XARPA-BAA-20-17"),
        ("Case 3:21-cv-01061-ABC Document 7", "court_case", "3:21-cv-01061-ABC"),
        ("Civil Action No. 19-cv-1234", "court_case", "19-cv-1234"),
        ("Case Number: 1:31-cv-01061, a FOIA case", "court_case", "1:31-cv-01061"),
        ("Invoice # INV-88123", "other", "INV-88123"),
        ("Executive Order No. 13526", "other", "13526"),
        ("Purchase Request Number: 192117 of FOIA", "other", "192117"),
        ("W912XX-31-C-0042", "contract", "W912XX31C0042"),
        ("W912XX-31-R-0042", "solicitation", "W912XX31R0042"),
    ],
)
def test_a_number_is_found_by_its_grammar_or_its_label(text: str, kind: str, value: str) -> None:
    assert found(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "call (202) 555-0143 or write to 20536",
        "5 U.S.C. \u00a7 552(b)(7)(C), 6 C.F.R. \u00a7 5.8",
        "FOIA request of October 3, 2018",
        "in 2019-2020 the request number of cameras",
        "case number pending; invoice attached",
        "tracking no. (b)(7)(E)",
        "12-31-2024 10:30",
        "INVESTIGATION\nCASE NUMBER: CH07QR11CH0001",
        "Executive Order No. pending",
    ],
)
def test_what_has_no_grammar_and_no_label_is_no_identifier(text: str) -> None:
    assert found(text) == []


def test_a_letter_that_misprints_its_own_number_has_one() -> None:
    text = "PRR XPD-2031-3891\nplease reference PRR XPD-2030-3891"
    assert found(text) == [("foia_case", "XPD-2031-3891")]


def test_a_list_of_requests_loses_none_that_are_alike() -> None:
    numbers = [f"2031-ICFO-0000{last}" for last in range(1, 6)]
    assert [value for _, value in found("\n".join(numbers))] == numbers


def test_a_stamp_on_each_page_is_not_the_number_of_a_letter_that_has_one() -> None:
    stamped = "records\n2031-ICLI-00037 490"
    assert found("FOIA Case Number 2030-ICFO-10001", stamped) == [("foia_case", "2030-ICFO-10001")]
    assert found(stamped) == [("foia_case", "2031-ICLI-00037")]
