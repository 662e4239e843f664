"""Letters that answer requests: what they say of the records, and what they are true to."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeAlias

from tests.drawn.released import words
from tests.drawn.released.agencies import AGENCIES, Agency, with_other_hyphens
from tests.drawn.released.closings import closing
from tests.drawn.released.faces import HELVETICA, TIMES, VERA, width_pt
from tests.drawn.released.leaf import Leaf
from tests.drawn.released.marking import marking
from tests.drawn.released.results import RESULTS, Result
from tests.drawn.released.writer import Writer, style

Facts: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request as its letter knows it."""

    agency: Agency
    number: str
    asked_on: date
    answered_on: date
    topic: str
    court_case: str = ""
    caption: str = ""


def _case(chance: random.Random) -> Case:
    agency = chance.choice(AGENCIES)
    asked = words.day(chance, 2014, 2024)
    answered = asked + timedelta(days=chance.randrange(9, 800))
    # The year in a number is the fiscal year.
    number = agency.number(chance, asked.year + (asked.month >= 10))
    court = {}
    if agency.short in ("ICE", "CBP", "DHS", "FBI") and chance.random() < 0.25:
        sued = f"{answered.year % 100}-cv-{chance.randrange(100, 9999):05}"
        court = {"court_case": sued, "caption": f"Example Newsroom v. {agency.short}, {sued}"}
    return Case(
        **court,
        agency=agency,
        number=number,
        asked_on=asked,
        answered_on=answered,
        topic=words.subject(chance).lower(),
    )


def letter(chance: random.Random) -> tuple[list[Leaf], Facts]:
    """Write a letter of one of the agencies; what is true of it are its facts."""
    case = _case(chance)
    setting = style(chance, least=10.0, columns=1)
    family = chance.choice((TIMES, TIMES, HELVETICA, VERA))
    setting = replace(setting, family=family, page=(612.0, 792.0))
    writer = Writer(chance, setting, marking(chance, "law"))
    printed = case.number
    if chance.random() < 0.2:
        printed = with_other_hyphens(chance, case.number, has_all=family is VERA)
    result = RESULTS[chance.choice(sorted(RESULTS))](chance, case.agency)
    _head(writer, case, printed)
    writer.paragraph(_opening(chance, case, printed, result))
    for text in (*chance.choice(_SEARCHED), *result.paragraphs, *chance.choice(_WEIGHED)):
        writer.paragraph(text)
    fees = closing(writer, case.agency, result, is_sued=bool(case.court_case))
    return writer.pages, _facts(case, result, fees)


# What letters say before and after the decision; some nothing.
_SEARCHED: tuple[tuple[str, ...], ...] = (
    (),
    ("We have considered your request under the FOIA, 5 U.S.C. § 552.",),
    (
        "The search was made in the program offices that were likely to have records, and ended on"
        " the day on which it began. Records made later are not part of this response.",
        "Parts of your request were narrowed in correspondence with this office. We understand that"
        " attachments, drafts and duplicates are not wanted.",
    ),
)
_WEIGHED: tuple[tuple[str, ...], ...] = (
    (),
    (
        "We reviewed the records to determine whether any part can be segregated and released, and"
        " whether disclosure would foreseeably harm an interest that an exemption protects.",
    ),
    (
        "As part of its due diligence this office also considered the public interest in the"
        " information. Where personal privacy is concerned, the privacy of the individual was"
        " weighed against that interest.",
        "Please be advised that records which originated with other components are not included."
        " Those components process requests themselves and have offices of their own for them.",
        "The National Archives keep older records. You may wish to ask them directly for what was"
        " transferred under the schedule of the agency.",
    ),
)


def _head(writer: Writer, case: Case, printed: str) -> None:
    chance, family, size = writer.chance, writer.style.family, writer.style.size
    for number, line in enumerate((case.agency.name, *case.agency.head)):
        face = family.bold if number == 0 else family.regular
        middle = (writer.style.page[0] - width_pt(line, face, size)) / 2
        left = middle if case.agency.short != "CBP" else writer.left
        writer.leaf.write(left, writer.base, line, face, size)
        writer.down(writer.style.leading)
    writer.down(writer.style.leading)
    for line in (
        words.long_date(case.answered_on),
        "",
        words.person(chance),
        "Example Newsroom",
        chance.choice(("requests@example.org", "0 Example Street, Springfield")),
        "",
        case.caption,
        chance.choice(case.agency.reference).format(number=printed),
        f"Subject: {case.topic.capitalize()}" if chance.random() < 0.4 else "",
        "",
        chance.choice(("Dear Requester:", "Dear Sir or Madam:")),
    ):
        if line:
            writer.leaf.write(writer.left, writer.base, line, family.regular, size)
        writer.down(writer.style.leading * (1 if line else 0.5))
    writer.down(writer.style.leading * 0.5)


def _opening(chance: random.Random, case: Case, printed: str, result: Result) -> str:
    agency, asked = case.agency, words.long_date(case.asked_on)
    return chance.choice(
        (
            f"This {result.called} your Freedom of Information Act (FOIA) request to"
            f" {agency.name} ({agency.short}), dated {asked}, for records concerning {case.topic}.",
            f"This letter {result.called} your FOIA request of {asked}, which was received in this"
            f" office and assigned number {printed}. You asked for records on {case.topic}.",
        )
    )


def _facts(case: Case, result: Result, fees: Facts) -> Facts:
    return {
        "doc_type": result.doc_type,
        "agency": case.agency.name,
        "foia_case_numbers": [case.number],
        "letter_date": case.answered_on.isoformat(),
        "request_date": case.asked_on.isoformat(),
        "dates": [{"what": "letter", "iso": case.answered_on.isoformat()}],
        "determination": dict(result.determination),
        "exemptions_cited": list(result.exemptions),
        **({"court_case": case.court_case} if case.court_case else {}),
        **fees,
    }
