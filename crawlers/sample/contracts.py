"""Contract papers of sample awards: an order, its statement of work, a modification, an invoice."""

from crawlers.sample.sheet import Sheet

# The pages of the statement of work; each section is its head and its paragraphs.
_WORK: tuple[tuple[tuple[str, ...], ...], ...] = (
    (
        (
            "1. Background",
            "Homeland Security Investigations (HSI) identifies victims and offenders in child"
            " exploitation cases. Images are compared with a gallery supplied by Harrow Lane Optics"
            " Inc and resold by Merrow Federal LLC.",
            "Earlier searches were run under a pilot of the U.S. Secret Service, order"
            " 70ZZZZ24F00000020, which ended without an option being exercised.",
        ),
        (
            "2. Scope",
            "The contractor shall supply 120 named licenses for face recognition searches, hosting"
            " of the gallery, an audit log of every search, and training.",
            "The gallery holds about {(b)(7)(E) 70} images collected from public web pages.",
        ),
        (
            "3. Limits of use",
            "A result is an investigative lead and never the sole basis for an arrest. Each search"
            " shall name a case number and an approving supervisor.",
            "Searches of bystanders at lawful assemblies are not permitted.",
        ),
        (
            "4. Tasks",
            "Task 1, licenses: activate accounts within five business days of the order.",
            "Task 2, hosting: the service shall be available 99.5 percent of each month, at"
            " {(b)(7)(E) 160}.",
            "Task 3, training: six sessions of two days, materials included.",
            "Task 4, reports: a monthly count of searches, users, and leads confirmed or refuted.",
        ),
    ),
    (
        (
            "5. Retention and audit",
            "Probe images shall be deleted after 90 days unless they are evidence. The audit log"
            " shall be kept for five years and given to the Government on request.",
            "The contractor shall not use probe images to train or test any algorithm.",
        ),
        (
            "6. Deliverables",
            "Monthly usage report; quarterly accuracy report by age group and sex; plan for the"
            " return of data at the end of the order.",
        ),
    ),
    (
        (
            "7. Security",
            "Personnel with access shall pass a background investigation. Systems shall follow"
            " DHS 4300A. The network diagram is withheld.",
            "{(b)(7)(E) 440}",
            "{(b)(7)(E) 440}",
            "{(b)(7)(E) 300}",
        ),
    ),
    (
        (
            "8. Place and period of performance",
            "Reston, Virginia. Twelve months and two option periods of twelve months.",
            "License plate reader data and mobile location data are out of scope; they are bought"
            " from Tidewater Plate Data LLC under 70ZZZZ22C00000004 and from Pell Location"
            " Analytics Inc under 70ZZZZ25C00000007.",
        ),
    ),
)


def order(sheet: Sheet) -> None:
    """An order of ICE with Merrow Federal, unit prices withheld under (b)(4)."""
    sheet.stamp_serials("2026-ICFO-90001")
    sheet.head("ORDER FOR SUPPLIES OR SERVICES")
    sheet.table(
        (
            ("1. Date of order", "March 11, 2024"),
            ("2. Contract no.", "70ZZZZ22D00000001"),
            ("3. Order no.", "70ZZZZ-24-F-00000002"),
            ("4. Requisition no.", "192124FIC00000001"),
            ("5. Issuing office", "ICE Investigations and Operations Support Dallas"),
            ("7. To", "MERROW FEDERAL LLC, 0 Sample Parkway, Reston, VA"),
            ("   UEI", "ZZZMERR9WFE7"),
            ("9. Requisitioning office", "Homeland Security Investigations, Cyber Crimes Center"),
        ),
        (150, 318),
    )
    sheet.text("17. Schedule. Period of performance March 11, 2024 to March 10, 2025.", size=10)
    sheet.table(
        (
            ("Item", "Supplies or services", "Qty", "Unit price", "Amount"),
            ("0001", "Harrow Lane face recognition search license", "120", "{(b)(4)}", "{(b)(4)}"),
            ("0002", "Gallery hosting, 12 months", "1", "{(b)(4)}", "{(b)(4)}"),
            ("0003", "Operator training, two days", "6", "{(b)(4)}", "$45,000.00"),
            ("", "Grand total", "", "", "$640,000.00"),
        ),
        (40, 218, 40, 80, 90),
    )
    sheet.text(
        "22. United States of America by {(b)(6);(b)(7)(C) 140} Contracting Officer", size=10
    )
    sheet.turn()
    sheet.head("Continuation: options and clauses")
    sheet.text(
        "Option period one (March 11, 2025 to March 10, 2026) and option period two (March 11, 2026"
        " to March 10, 2027) may be exercised by the Government. The total with all options is"
        " $3,120,000.00. FAR 52.217-9 applies."
    )
    sheet.text(
        "The Contracting Officer's Representative is {(b)(6) 110}, telephone {(b)(6) 80}, e-mail"
        " {(b)(6) 120}."
    )
    sheet.text("Accounting: {(b)(7)(E) 220}")


def statement_of_work(sheet: Sheet) -> None:
    """Four pages that say what the licenses are for and who supplies them."""
    sheet.stamp_serials("2026-ICFO-90001")
    sheet.head("STATEMENT OF WORK")
    sheet.head("Face Recognition Search Licenses, order 70ZZZZ24F00000002", size=11)
    for number, sections in enumerate(_WORK):
        if number:
            sheet.turn()
        for head, *paragraphs in sections:
            sheet.line(head, font="Times-Bold", size=12)
            for paragraph in paragraphs:
                sheet.text(paragraph)


def modification(sheet: Sheet) -> None:
    """A modification that narrows a contract for location data and takes money back."""
    sheet.head("AMENDMENT OF SOLICITATION/MODIFICATION OF CONTRACT")
    sheet.table(
        (
            ("2. Amendment/modification no.", "P00001"),
            ("3. Effective date", "February 11, 2026"),
            ("6. Issued by", "ICE Information Technology Division"),
            ("8. Contractor", "PELL LOCATION ANALYTICS INC, 0 Specimen Court, McLean, VA"),
            ("10A. Modification of contract no.", "70ZZZZ25C00000007"),
            ("12. Accounting data", "Net decrease: $180,000.00"),
        ),
        (190, 278),
    )
    sheet.text(
        "14. Description. The scope is reduced: mobile location data is limited to one region,"
        " {(b)(7)(E) 90}. Line item 0002 is decreased by $180,000.00 and those funds are"
        " deobligated. The total with all options stays at $5,750,000.00. All other terms and"
        " conditions remain unchanged."
    )
    sheet.text("15A. Signer: {(b)(6) 120}    16A. Contracting officer: {(b)(6);(b)(7)(C) 130}")


def invoice(sheet: Sheet) -> None:
    """A vendor's bill for access to plate reads."""
    sheet.head("TIDEWATER PLATE DATA LLC")
    sheet.line("Invoice TPD-2024-0113", font="Helvetica-Bold", size=12)
    sheet.line("Invoice date: January 31, 2024", font="Helvetica", size=10)
    sheet.line("Bill to: U.S. Immigration and Customs Enforcement", font="Helvetica", size=10)
    sheet.line("Contract: 70ZZZZ22C00000004    UEI ZZZTYDEWATE8", font="Helvetica", size=10)
    sheet.gap()
    sheet.table(
        (
            ("Line", "Description", "Amount"),
            ("1", "License plate reader database, January 2024, 9,200 users", "$145,833.33"),
            ("2", "Real-time hot list alerts", "included"),
            ("3", "Adjustment for outage of January 9", "-$2,100.00"),
            ("", "Total due within 30 days", "$143,733.33"),
        ),
        (40, 318, 110),
    )
    sheet.text("Remit to: {(b)(4) 200}")
