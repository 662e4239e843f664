"""Letters about requests: acknowledgement, determinations, and one that found nothing."""

from crawlers.sample.sheet import Sheet

_ICE = (
    "U.S. Immigration and Customs Enforcement",
    "Office of Information Governance and Privacy",
    "0 Example Street, Washington, DC",
)
_FBI = (
    "Federal Bureau of Investigation",
    "Record/Information Dissemination Section",
    "0 Sample Road, Winchester, VA",
)
_SECRET_SERVICE = (
    "United States Secret Service",
    "Freedom of Information Act Program",
    "0 Specimen Drive, Washington, DC",
)


def _letterhead(sheet: Sheet, lines: tuple[str, ...], date: str, *about: str) -> None:
    for line in lines:
        sheet.head(line, size=11)
    sheet.gap()
    sheet.line(date)
    sheet.gap()
    sheet.line("Requester")
    sheet.line("Example Newsroom, requests@example.org")
    sheet.gap()
    for line in about:
        sheet.line(line, font="Times-Bold")
    sheet.gap()
    sheet.text("Dear Requester:")


def _close(sheet: Sheet, office: str) -> None:
    sheet.text("Sincerely,")
    sheet.gap(20)
    sheet.line("FOIA Officer")
    sheet.line(office)


def acknowledgement(sheet: Sheet) -> None:
    """ICE confirms a request for orders of face recognition licenses."""
    _letterhead(sheet, _ICE, "October 21, 2025", "RE: ICE FOIA Case Number 2026-ICFO-90001")
    sheet.text(
        "This letter acknowledges receipt of your Freedom of Information Act (FOIA) request of"
        " October 14, 2025, to U.S. Immigration and Customs Enforcement (ICE), for all orders,"
        " modifications and statements of work for face recognition software since fiscal year"
        " 2024, including those placed with resellers."
    )
    sheet.text(
        "Your request was received on October 15, 2025. Because it seeks documents that will"
        " require a thorough and wide-ranging search, ICE invokes a ten-day extension under"
        " 5 U.S.C. § 552(a)(6)(B). You asked for a waiver of fees; it is granted."
    )
    sheet.text("Your request has been assigned the reference number 2026-ICFO-90001.")
    _close(sheet, "ICE FOIA Office")


def determination_of_ice(sheet: Sheet) -> None:
    """ICE releases an order in part, under four exemptions."""
    _letterhead(
        sheet, _ICE, "January 30, 2026", "RE: ICE FOIA Case Number 2026-ICFO-90001, final response"
    )
    sheet.text(
        "This is the final response to your FOIA request to U.S. Immigration and Customs"
        " Enforcement (ICE), dated October 14, 2025, for orders, modifications and statements of"
        " work for face recognition software since fiscal year 2024."
    )
    sheet.text(
        "A search of the ICE Office of Acquisition Management produced a total of 21 pages. Of"
        " those pages, I have determined that 9 pages are releasable in their entirety, 11 pages"
        " are partially releasable, and 1 page is withheld in its entirety pursuant to Title 5"
        " U.S.C. § 552 (b)(4), (b)(6), (b)(7)(C) and (b)(7)(E)."
    )
    for exemption, protects in (
        (
            "(b)(4)",
            "trade secrets and commercial or financial information. Unit prices of Merrow Federal"
            " LLC in order 70ZZZZ24F00000002 are withheld; the totals are released.",
        ),
        (
            "(b)(6)",
            "personnel and similar files whose release would be a clearly unwarranted invasion of"
            " personal privacy. Names, telephone numbers and signatures are withheld.",
        ),
        ("(b)(7)(C)", "records compiled for law enforcement, where privacy would be invaded."),
        (
            "(b)(7)(E)",
            "techniques and procedures for law enforcement investigations. The size of the gallery"
            " and internal addresses of systems are withheld.",
        ),
    ):
        sheet.text(f"Exemption {exemption} protects {protects}")
    sheet.text(
        "If you disagree with this determination you may appeal in writing within 90 working days"
        " under 6 C.F.R. § 5.8. You may also contact the Public Liaison, or the Office of"
        " Government Information Services (OGIS) for mediation. There is no charge for this"
        " release."
    )
    _close(sheet, "ICE FOIA Office")
    sheet.gap()
    sheet.line("Enclosure: 20 pages")


def no_records_of_the_secret_service(sheet: Sheet) -> None:
    """The Secret Service found nothing about cell-site simulators."""
    _letterhead(sheet, _SECRET_SERVICE, "March 4, 2026", "File Number: 20269001")
    sheet.text(
        "This is in reference to your Freedom of Information Act request for contracts and"
        " policies concerning cell-site simulators bought since October 1, 2022."
    )
    sheet.text(
        "A reasonable search was made of the files of the Procurement Division and of the"
        " Investigative Support Division. No responsive records were found. We were unable to"
        " locate or identify any responsive records under the terms that you gave."
    )
    sheet.text(
        "If you consider this a denial, you may appeal within 90 days. Please write FOIA Appeal on"
        " the envelope and cite the file number above. There is no charge."
    )
    _close(sheet, "Freedom of Information Act Program")


def determination_of_the_fbi(sheet: Sheet) -> None:
    """The FBI releases a policy, with a grid of exemptions and a sheet of deleted pages."""
    _letterhead(
        sheet,
        _FBI,
        "June 12, 2025",
        "FOIPA Request No.: 9001445-000",
        "Subject: Cell-Site Simulators, policy and purchases (2018 to 2024)",
    )
    sheet.text(
        "The enclosed documents were reviewed under the Freedom of Information/Privacy Acts"
        " (FOIPA), Title 5, United States Code, Sections 552/552a. The exemptions used are marked"
        " below and explained in the enclosure."
    )
    sheet.table(
        (
            ("Section 552", "", "Section 552a"),
            ("[ ] (b)(1)", "[X] (b)(7)(A)", "[ ] (d)(5)"),
            ("[X] (b)(4)", "[X] (b)(7)(C)", "[ ] (j)(2)"),
            ("[X] (b)(6)", "[X] (b)(7)(E)", "[ ] (k)(2)"),
        ),
        (150, 150, 150),
    )
    sheet.text("34 pages were reviewed and 12 pages are being released.")
    sheet.text(
        "Documents were located which originated with other Government agencies. Four (4) pages"
        " were referred to the U.S. Marshals Service for review and direct response to you."
    )
    _close(sheet, "Record/Information Dissemination Section")
    sheet.turn()
    sheet.head("DELETED PAGE INFORMATION SHEET")
    sheet.text("No duplication fees are charged for deleted pages. Total deleted pages: 18")
    for number, codes in ((7, "b4;"), (12, "b6; b7C;"), (13, "b7E;"), (14, "b7E;"), (20, "b7A;")):
        sheet.line(f"Page {number} ~ {codes}", font="Courier", size=10)
