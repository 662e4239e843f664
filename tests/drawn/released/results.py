"""What letters say of the records: released, withheld, not found, referred, neither confirmed …"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.drawn.released.agencies import Agency

_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a letter decides: `called` is its verb; its paragraphs; what is true of it."""

    doc_type: str
    called: str
    paragraphs: tuple[str, ...]
    determination: Mapping[str, Any]
    exemptions: tuple[str, ...] = ()
    enclosed: int = 0


def in_words(number: int) -> str:
    """Spell a number below one hundred."""
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def counted(chance: random.Random, number: int, unit: str = "page") -> str:
    """Write a count of pages as letters do."""
    units = unit if number == 1 else f"{unit}s"
    if number < 100 and chance.random() < 0.4:
        return f"{in_words(number)} ({number}) {units}"
    return f"{number:,} {units}"


_MEANT: Mapping[str, str] = {
    "(b)(3)": "information that another statute forbids to disclose",
    "(b)(4)": "trade secrets and commercial or financial information obtained from a person",
    "(b)(5)": "inter-agency or intra-agency memorandums that are privileged",
    "(b)(6)": "personnel and similar files whose release would be an unwarranted invasion of"
    " personal privacy",
    "(b)(7)(A)": "records whose production could interfere with pending enforcement proceedings",
    "(b)(7)(C)": "law enforcement records that would invade the privacy of third parties",
    "(b)(7)(D)": "the identity of a confidential source",
    "(b)(7)(E)": "techniques and procedures for law enforcement investigations",
    "(b)(7)(F)": "information that could endanger the life or physical safety of an individual",
}


def _chosen(chance: random.Random) -> tuple[str, ...]:
    return tuple(sorted(chance.sample(sorted(_MEANT), chance.randrange(1, 6))))


def _listed(chance: random.Random, codes: tuple[str, ...]) -> str:
    """Write exemptions in a sentence."""
    if chance.random() < 0.2:
        return "Exemptions " + ", ".join(
            code[3:].replace("(", "", 1).replace(")", "", 1) for code in codes
        )
    if len(codes) == 1:
        return codes[0]
    return ", ".join(codes[:-1]) + f" and {codes[-1]}"


def _each(chance: random.Random, codes: tuple[str, ...]) -> tuple[str, ...]:
    verb = chance.choice(("protects", "exempts from disclosure"))
    return tuple(f"FOIA Exemption {code} {verb} {_MEANT[code]}." for code in codes)


_SEVENTH = ("(b)(7)(A)", "(b)(7)(C)", "(b)(7)(D)", "(b)(7)(E)", "(b)(7)(F)")


def _grid(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The FBI's grid of check boxes, line by line."""
    rows = zip(("(b)(1)", "(b)(3)", "(b)(4)", "(b)(5)", "(b)(6)"), _SEVENTH, strict=True)
    lines = [
        "   ".join(f"[{'X' if code in codes else '  '}] {code}" for code in row) for row in rows
    ]
    return ("Section 552", *lines)


def in_part(chance: random.Random, agency: Agency, *, interim: int = 0) -> Result:
    """Pages released in full and in part, and some withheld."""
    unit = chance.choice(("page", "page", "page", "page", "document", "record"))
    full, part = chance.randrange(0, 60), chance.randrange(1, 90)
    held = chance.choice((0, chance.randrange(1, 40)))
    total, codes = full + part + held, _chosen(chance)
    named = _listed(chance, codes)
    if agency.short == "FBI":
        said = [
            "The enclosed documents were reviewed under the Freedom of Information/Privacy Acts"
            " (FOIPA), Title 5, United States Code, Section 552/552a. Below you will find check"
            " boxes under the appropriate statute headings.",
            *_grid(codes),
            f"In all, {counted(chance, total, unit)} were reviewed and"
            f" {counted(chance, full + part, unit)} are being released.",
        ]
        counts: dict[str, Any] = {"reviewed": total, "released": full + part}
    else:
        said = [
            f"A search of the {agency.short} Office of Acquisition produced a total of"
            f" {counted(chance, total, unit)}. Of those {unit}s, I have determined that"
            f" {counted(chance, full, unit)} are releasable in their entirety,"
            f" {counted(chance, part, unit)} are partially releasable, and"
            f" {counted(chance, held, unit)} are withheld in their entirety pursuant to Title 5"
            f" U.S.C. § 552 {named}.",
            *_each(chance, codes),
        ]
        counts = {
            "reviewed": total,
            "released_in_full": full,
            "released_in_part": part,
            "withheld_in_full": held,
        }
    determination = {"outcome": "released in part", "unit": f"{unit}s", **counts}
    if interim:
        determination["interim"] = interim
    ordinal = ("first", "second", "third", "fourth", "fifth")[max(interim, 1) - 1]
    kind = f"the {ordinal} interim response" if interim else "the final response"
    return Result(
        doc_type="foia_determination_letter",
        called=f"is {kind} to",
        paragraphs=tuple(said),
        determination=determination,
        exemptions=codes,
        enclosed=full + part,
    )


def interim(chance: random.Random, agency: Agency) -> Result:
    return in_part(chance, agency, interim=chance.randrange(1, 6))


def in_full(chance: random.Random, agency: Agency) -> Result:
    count = chance.randrange(1, 99)
    return Result(
        doc_type="foia_determination_letter",
        called="is the final response to",
        paragraphs=(
            f"We located {counted(chance, count)} that are responsive to your request. I have"
            " determined that they are appropriate for release without excision, and copies are"
            " enclosed.",
        ),
        determination={"outcome": "released in full", "unit": "pages", "reviewed": count},
        enclosed=count,
    )


def withheld(chance: random.Random, agency: Agency) -> Result:
    count, codes = chance.randrange(1, 400), _chosen(chance)
    return Result(
        doc_type="foia_determination_letter",
        called="is the final response to",
        paragraphs=(
            f"A search located {counted(chance, count)} of responsive records. I have determined"
            f" that they are withheld in full pursuant to {_listed(chance, codes)} of the FOIA.",
            *_each(chance, codes),
        ),
        determination={"outcome": "withheld in full", "unit": "pages", "reviewed": count},
        exemptions=codes,
    )


def no_records(chance: random.Random, agency: Agency) -> Result:
    said = chance.choice(
        (
            "A comprehensive search of files within the office was made for records that would be"
            " responsive to your request. Unfortunately, no records responsive to your request were"
            " found.",
            f"{agency.short} has conducted a search and was unable to locate or identify any"
            " responsive records.",
            "Based on the information that you provided, we conducted a search of the places where"
            " records would reasonably be found. We were unable to identify records responsive to"
            " your request; therefore your request is being closed.",
        )
    )
    return Result(
        doc_type="foia_determination_letter",
        called="responds to",
        paragraphs=(said,),
        determination={"outcome": "no records"},
    )


def acknowledgement(chance: random.Random, agency: Agency) -> Result:
    return Result(
        doc_type="foia_acknowledgement_letter",
        called="acknowledges receipt of",
        paragraphs=(
            "Your request has been placed in the queue of the office and will be processed in the"
            " order in which it was received. Due to the increasing number of requests, there may"
            " be some delay.",
            f"Because your request seeks documents that will require a thorough search,"
            f" {agency.short} invokes a ten-day extension pursuant to 5 U.S.C. § 552(a)(6)(B).",
        ),
        determination={"outcome": "acknowledged"},
    )


def referral(chance: random.Random, agency: Agency) -> Result:
    count = chance.randrange(1, 40)
    where = chance.choice(
        ("U.S. Marshals Service", "Department of Commerce", "Drug Enforcement Administration")
    )
    return Result(
        doc_type="foia_referral_letter",
        called="concerns",
        paragraphs=(
            f"During our search we identified {counted(chance, count)} that originated with the"
            f" {where}. We are referring them to that agency for further review and release"
            " determination, and it will respond to you directly.",
        ),
        determination={"outcome": "referred", "pages_referred": count},
    )


def glomar(chance: random.Random, agency: Agency) -> Result:
    codes = chance.choice((("(b)(1)", "(b)(3)"), ("(b)(6)", "(b)(7)(C)"), ("(b)(7)(E)",)))
    return Result(
        doc_type="foia_determination_letter",
        called="responds to",
        paragraphs=(
            f"{agency.short} can neither confirm nor deny the existence of records responsive to"
            f" your request pursuant to FOIA exemptions {' and '.join(codes)}, 5 U.S.C. § 552"
            f" {', '.join(codes)}. The mere acknowledgment that such records exist or do not exist"
            " would itself disclose what the exemptions protect.",
        ),
        determination={"outcome": "glomar"},
        exemptions=codes,
    )


RESULTS: Mapping[str, Callable[[random.Random, Agency], Result]] = {
    "in_part": in_part,
    "in_part_again": in_part,
    "interim": interim,
    "in_full": in_full,
    "withheld": withheld,
    "no_records": no_records,
    "acknowledgement": acknowledgement,
    "referral": referral,
    "glomar": glomar,
}
