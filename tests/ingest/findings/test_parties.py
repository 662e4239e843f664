import pytest

from ingest.findings.parties import agency, vendor

ICE = "U.S. Immigration and Customs Enforcement"
CBP = "U.S. Customs and Border Protection"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("FOIA Case Number 2031-ICFO-10001", ICE),
        ("U.S. Department of Homeland Security\nU.S. Customs and Border Protection\nMay 1", CBP),
        ("United States\nDepartment of\nAgriculture\nOffice", "Department of Agriculture"),
        (
            "Federal Bureau of Investigation\nU.S. Department of Justice",
            "Federal Bureau of Investigation",
        ),
        (
            "General Services Administration\nFederal Acquisition Service",
            "General Services Administration",
        ),
        ("CITY OF SPRINGFIELD\nFinance", "City of Springfield"),
        ("SPRINGFIELD POLICE DEPARTMENT ROUTING", "Springfield Police Department"),
        (
            "the State of Oregon, acting by and through its Board of Cameras (the Board)",
            "Board of Cameras",
        ),
        ("Records\nAdvanced Optics Agency\n1 Road", "Advanced Optics Agency"),
        (
            "Dear N.,\nno records\nSincerely,\nN. N.\nSpringfield Police Bureau",
            "Springfield Police Bureau",
        ),
    ],
)
def test_an_agency_is_named_by_number_head_contract_or_signature(text: str, name: str) -> None:
    assert agency([text]) == name


@pytest.mark.parametrize(
    "text",
    [
        "The files went to the Federal Bureau of Investigation on May 1.",
        "UNITED STATES DISTRICT COURT\nN. N.\nv.\nU.S. Customs and Border Protection",
        f"{ICE}\n{CBP}",
        "CITY OF SPRINGFIELD SOFTWARE CONTRACT",
        "ICE\nPAGE 1",
        "2031-ICFO-10001 and CBP-2031-012345",
        "",
    ],
)
def test_an_agency_that_is_only_mentioned_or_one_of_two_is_not_named(text: str) -> None:
    assert agency([text]) == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("AND: Kestrel Plate Systems Inc, (Contractor) a corporation", "Kestrel Plate Systems Inc"),
        ("Vendor Name: Kestrel Plate, LLC\nPO 7", "Kestrel Plate, LLC"),
        ("Kestrel Inc dba Kestrel Plates Invoice Number 7", "Kestrel Inc dba Kestrel Plates"),
        ("a demonstration by Kestrel Plate Systems Inc was held", ""),
        ("Vendor: Kestrel Inc\nVendor: Merlin Inc", ""),
        ("Vendor: to be named", ""),
        ("8. NAME AND ADDRESS OF CONTRACTOR 10A. NO.\nKestrel Plates 70XX31C1 1", "Kestrel Plates"),
        ("17a. CONTRACTOR/OFFEROR CODE 9XX\nKestrel & Sons\n1 Road", "Kestrel & Sons"),
        ("17a. CONTRACTOR/OFFEROR\n15. DELIVER TO", ""),
        ("17a. CONTRACTOR/OFFEROR\nFACILITY CODE", ""),
        ("17a. CONTRACTOR/OFFEROR\n(b)(4)", ""),
        ("17a. CONTRACTOR/OFFEROR 15. DELIVER TO\nKestrel Plates Del Rio", ""),
        ("an order issued to Kestrel Inc by the court", ""),
        ("Order 7 was placed with Kestrel Signal LLC on May 1", "Kestrel Signal LLC"),
    ],
)
def test_a_vendor_is_named_by_its_label_its_role_or_its_invoice(text: str, name: str) -> None:
    assert vendor([text]) == name
