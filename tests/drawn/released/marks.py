"""What a release prints on each page: serial numbers, banners, a court's header."""

import random
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from tests.drawn.released.faces import width_pt
from tests.drawn.released.leaf import BLACK, RED, Colour, Leaf

Mark: TypeAlias = Callable[[Leaf, int, int], None]

_BLUE: Colour = (0.0, 0.0, 0.7)
_SERIALS = (
    "CBP FOIA {number:06}",
    "DHS-001-0002345-{number:06}",
    "FBI(19-cv-1234)-{number}",
    "17-cv-05771(FBI)-{number}",
    "USA-{number:06}",
    "EFTA{number:08}",
    "Page {page} of {pages}",
    "JA {number:03}",
    "epic.org EPIC-18-03-20-CBP-FOIA {number:06}",
)
_BANNERS = (
    "FOR OFFICIAL USE ONLY",
    "LAW ENFORCEMENT SENSITIVE",
    "UNCLASSIFIED//FOUO",
    "APPROVED FOR RELEASE",
    "CONTROLLED UNCLASSIFIED INFORMATION",
)


# What does not say whose release it is.
_NEUTRAL_SERIALS = ("Page {page} of {pages}", "JA {number:03}", "EX. A-{number}")


def serial(chance: random.Random, forms: Sequence[str]) -> Mark:
    """Number the pages, at the foot."""
    form, start = chance.choice(forms), chance.randrange(1, 900)
    size, face = chance.uniform(7, 11), chance.choice(("Helvetica", "Courier", "Times-Roman"))
    colour = chance.choice((BLACK, BLACK, RED, _BLUE))
    is_right = chance.random() < 0.7

    def mark(leaf: Leaf, page: int, pages: int) -> None:
        words = form.format(number=start + page - 1, page=page, pages=pages)
        left = (leaf.size[0] - width_pt(words, face, size)) / (1 if is_right else 2)
        left -= 40 if is_right else 0
        leaf.write(left, leaf.size[1] - 28, words, face, size, colour, is_over=True, is_seen=False)

    return mark


def banner(chance: random.Random) -> Mark:
    """Print a marking at head and foot, in the middle."""
    words, size = chance.choice(_BANNERS), chance.uniform(8, 12)
    colour = chance.choice((BLACK, RED))

    def mark(leaf: Leaf, page: int, pages: int) -> None:
        left = (leaf.size[0] - width_pt(words, "Helvetica-Bold", size)) / 2
        for base in (44.0, leaf.size[1] - 44):
            leaf.write(
                left, base, words, "Helvetica-Bold", size, colour, is_over=True, is_seen=False
            )

    return mark


def court_header(chance: random.Random, sued: str = "") -> Mark:
    """Print a court's line over each page; the case may be known."""
    sued = sued or f"{chance.randrange(15, 25)}-cv-{chance.randrange(100, 9999):05}"
    number = f"1:{sued}-ABC"
    filed = f"{chance.randrange(1, 13):02}/{chance.randrange(1, 29):02}/{chance.randrange(16, 25)}"
    paper, is_stamped_twice = chance.randrange(1, 80), chance.random() < 0.15

    def mark(leaf: Leaf, page: int, pages: int) -> None:
        words = f"Case {number} Document {paper} Filed {filed} Page {page} of {pages}"
        left = (leaf.size[0] - width_pt(words, "Helvetica", 9)) / 2
        leaf.write(left, 22, words, "Helvetica", 9, _BLUE, is_over=True, is_seen=False)
        if is_stamped_twice:
            words = f"Case 22-1487, Document 41, 03/09/2022, 3274410, Page{page} of {pages}"
            leaf.write(left + 3, 22, words, "Helvetica", 9, is_over=True, is_seen=False)

    return mark


def marks_of_release(chance: random.Random, facts: dict[str, Any]) -> list[Mark]:
    """Choose what is printed on each page of a release; a case number among it becomes a fact."""
    chosen = []
    manner = chance.random()
    if manner < 0.55:
        chosen.append(serial(chance, _SERIALS))
    elif manner < 0.7 and "foia_case_numbers" not in facts:
        case = f"{chance.randrange(2014, 2025)}-ICLI-{chance.randrange(1, 99):05}"
        facts["foia_case_numbers"] = [case]
        chosen.append(serial(chance, [case + " {number}"]))
    if chance.random() < 0.3:
        chosen.append(banner(chance))
    if chance.random() < 0.2:
        chosen.append(court_header(chance, facts.get("court_case", "")))
    return chosen


def marks_of_letter(chance: random.Random, facts: dict[str, Any]) -> list[Mark]:
    """Choose what is printed on each page of a letter that was filed or published somewhere."""
    chosen = []
    if chance.random() < 0.3:
        chosen.append(serial(chance, _NEUTRAL_SERIALS))
    if chance.random() < 0.2:
        chosen.append(court_header(chance, facts.get("court_case", "")))
    return chosen


def marked(leaves: Sequence[Leaf], chosen: Sequence[Mark]) -> None:
    """Print what was chosen on all pages."""
    for number, leaf in enumerate(leaves, start=1):
        for mark in chosen:
            mark(leaf, number, len(leaves))
