"""Released papers: a policy, messages blacked out, a failed redaction, a sideways table."""

from crawlers.sample.sheet import MARGIN_PT, Sheet


def policy(sheet: Sheet) -> None:
    """A policy of the FBI on cell-site simulators."""
    sheet.stamp_serials("FBI FOIPA 9001445")
    sheet.head("POLICY: USE OF CELL-SITE SIMULATORS")
    for paragraph in (
        "1. A cell-site simulator imitates a cell tower so that phones nearby identify themselves."
        " It shall not be used to collect the content of any communication.",
        "2. Except in exigent or exceptional circumstances, a search warrant supported by probable"
        " cause is obtained first.",
        "3. The application tells the court that phones of bystanders will be disrupted for a short"
        " time and that their identifiers are deleted at once when the target is found, and at"
        " least once every 24 hours.",
        "4. Equipment now in use was bought from Osprey Signal Works LLC under 15ZZZZ18P00000004."
        " Its range is {(b)(7)(E) 60} and its models are {(b)(7)(E) 150}.",
        "5. Each use is entered into a log: office, date, kind of authority, number of identifiers"
        " collected and deleted.",
        "6. State and local partners that ask for assistance follow this policy.",
    ):
        sheet.text(paragraph)
    sheet.turn()
    sheet.head("Annex: log of uses, second quarter")
    sheet.table(
        (
            ("Office", "Date", "Authority", "Collected", "Deleted"),
            ("Field office 1", "April 4, 2024", "warrant", "{(b)(7)(E)}", "all"),
            ("Field office 2", "May 17, 2024", "exigent", "{(b)(7)(E)}", "all"),
            ("Field office 2", "June 2, 2024", "warrant", "{(b)(7)(E)}", "all"),
        ),
        (110, 100, 80, 90, 88),
    )


def blacked_out_messages(sheet: Sheet) -> None:
    """Three pages of messages about plate readers, with boxes that hide nothing in the file."""
    sheet.stamp_serials("CBP FOIA")
    sheet.head("Messages about mobile license plate reader trailers", size=12)
    for head, body in (
        (
            "From: {(b)(6);(b)(7)(C) 110}  To: {(b)(6);(b)(7)(C) 110}  Date: October 2, 2024",
            "The 22 trailers from Kestrel Plate Systems under 70ZZZZ24F00000013 arrive in Nogales"
            " in three lots. First sites: {(b)(7)(E) 180} and {(b)(7)(E) 120}.",
        ),
        (
            "From: {(b)(6);(b)(7)(C) 110}  Date: October 9, 2024",
            "Reads are kept for {(b)(7)(E) 50}. Who else can search them? I was told the DEA and"
            " two sheriffs already have accounts.",
        ),
        (
            "From: {(b)(6);(b)(7)(C) 110}  Date: October 10, 2024",
            "Privacy asks that no trailer stands in view of a clinic, a church or a school. Please"
            " confirm before the Drone team schedules its flights.",
        ),
    ):
        sheet.text(head, font="Helvetica", size=9)
        sheet.text(body)
    sheet.turn()
    sheet.box(MARGIN_PT, 140, 468, 560, "(b)(7)(E)")
    sheet.turn()
    sheet.text("Page 3 of 3. Attachment: list of sites.", size=10)
    for width in (420, 440, 380, 460, 300):
        sheet.text(f"{{(b)(7)(E) {width}}}")
    sheet.text("Maintenance visits are billed to 70ZZZZ23F00000012.")


def failed_redaction(sheet: Sheet) -> None:
    """A page on which words were only painted over: they are nonsense, and still in the file."""
    sheet.head("Evaluation of phone unlocking software")
    sheet.text(
        "Bracken Unlock was tested on 14 phones under order 70ZZZZ25F00000006. Nine phones were"
        " opened within a day."
    )
    for painted_over in (
        "vellin quorst abrendic molfane trisk",
        "ondwarrel pashtic greemold sivanter",
        "lurmish bectonal frayd",
    ):
        bottom = sheet.y - 4
        sheet.line(f"    {painted_over}")
        sheet.box(MARGIN_PT, bottom, 330, 15)
    sheet.gap()
    sheet.text(
        "The words beneath the boxes above are nonsense; they were painted over, not removed."
    )


def sideways_table(sheet: Sheet) -> None:
    """A table of drone purchases on a page that was scanned sideways."""
    sheet.head("Cover sheet")
    sheet.text("One table follows, released in full. It lies on its side in the original.")
    sheet.turn_sideways()
    sheet.head("Small unmanned aircraft bought since fiscal year 2021")
    sheet.table(
        (
            ("Award", "Agency", "Vendor", "Aircraft", "Obligated", "Use"),
            ("70ZZZZ25P00000015", "CBP", "Larkspur Air Systems", "60", "$1,260,000", "Border"),
            ("70ZZZZ25P00000019", "USSS", "Larkspur Air Systems", "8", "$1,480,000", "Events"),
            ("15ZZZZ25P00000005", "FBI", "Larkspur Air Systems", "35", "$730,000", "Indoors"),
            ("70ZZZZ21P00000023", "FEMA", "Larkspur Air Systems", "4", "$98,000", "Hurricanes"),
        ),
        (140, 60, 170, 70, 100, 108),
    )
    sheet.text("No aircraft in this table carries face recognition software.")
