import pytest

from ingest.findings import letters
from ingest.findings.exemptions import cited
from ingest.findings.letters import letter

HEAD = "Office of Records\nMay 5, 2031\nRE: No Responsive Information\nDear Requester:\n"
CLOSE = "\nSincerely,\nN. N.\n"


@pytest.mark.parametrize(
    ("body", "outcomes"),
    [
        ("We can neither confirm nor deny the existence of records.", {letters.GLOMAR}),
        ("Unfortunately, no records responsive to your request were found.", {letters.NONE}),
        ("We were unable to locate or identify any responsive\nrecords.", {letters.NONE}),
        ("The City does not possess the requested records.", {letters.NONE}),
        ("We identified four (4) pages. The office is referring them.", {letters.REFERRED}),
        ("This acknowledges receipt of your request.", {letters.ACKNOWLEDGED}),
        ("What follows is our estimate to respond.", {letters.ESTIMATE}),
        ("portions of the files will be withheld", {letters.PART}),
        ("They are withheld in full pursuant to (b)(5) of the FOIA.", {letters.DENIED}),
        ("They are appropriate for release without excision.", {letters.FULL}),
        (
            "The list is exempt from disclosure pursuant to ORS 192.345(23). The City did not"
            " identify records for the rest.",
            {letters.DENIED, letters.NONE},
        ),
    ],
)
def test_what_a_letter_decides_stands_between_salutation_and_closing(
    body: str, outcomes: set[str]
) -> None:
    read = letter([HEAD + body + CLOSE])
    assert read is not None
    assert read.outcomes == outcomes


@pytest.mark.parametrize(
    "pages",
    [
        [HEAD + CLOSE],
        ["no records were found" + CLOSE],
        [HEAD + "no records were found", "more", "and more"],
        [HEAD + "If records are exempt from disclosure, we say so.\nPlease wait." + CLOSE],
        [],
    ],
)
def test_what_is_no_letter_or_decides_nothing_is_none(pages: list[str]) -> None:
    assert letter(pages) is None


def test_a_short_letter_may_have_lost_its_end() -> None:
    assert letter([HEAD + "no records were found"]) is not None


def test_counts_are_named_by_what_became_of_the_records() -> None:
    body = (
        "This is the second interim response. A search produced a total of forty-five (45) pages."
        " Of those pages, 20 pages are releasable in their entirety, 18 pages are partially"
        " releasable, and seven (7) pages are withheld in their entirety pursuant to 5 U.S.C."
        " \u00a7 552 (b)(6), (b)(7)(C)."
    )
    read = letter([HEAD + body, "more" + CLOSE + "stamped (b)(5) on a page of records"])
    assert read is not None
    assert (set(read.outcomes), read.unit) == ({letters.PART}, "pages")
    assert read.counts == {
        "reviewed": 45,
        "released_in_full": 20,
        "released_in_part": 18,
        "withheld_in_full": 7,
        "interim": 2,
    }
    assert read.exemptions == ["(b)(6)", "(b)(7)(C)"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("FOIA Exemptions (b)(6) and (b) (7) (C)", ["(b)(6)", "(b)(7)(C)"]),
        ("withheld under Exemptions 3, 6, and 7(E) of the Act", ["(b)(3)", "(b)(6)", "(b)(7)(E)"]),
        ("5 U.S.C. \u00a7 552(b)(4)", ["(b)(4)"]),
        ("exempt: (bX6), (b}(7)(c)", ["(b)(6)", "(b)(7)(C)"]),
        (
            "exempt from disclosure pursuant to ORS 192.345(3) and ORS 181A.825(1)(b).",
            ["ORS 181A.825(1)(b)", "ORS 192.345(3)"],
        ),
        (
            "[X] (b)(1)   [  ] (b)(7)(A)\n[ ] (b)(3) [x] (b)(7)(C)\n[ ] (b)(5)",
            ["(b)(1)", "(b)(7)(C)"],
        ),
        ("an exemption was asserted; seek review pursuant to ORS 192.415.", []),
        ("withheld; see Rule 12(b)(6) and FAR 52.212-3(b)(6), 28 C.F.R. \u00a7 16.5(b)(6)", []),
        ("FOIA extension under 5 U.S.C. \u00a7 552(a)(6)(B)", []),
        ("(b)(6) of the lease", []),
    ],
)
def test_an_exemption_is_cited_where_its_law_or_withholding_is_spoken_of(
    text: str, codes: list[str]
) -> None:
    assert cited(text) == codes
