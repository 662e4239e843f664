"""Released papers with gaps: mails, reports, contracts, logs in tables."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from tests.drawn.released import decoys, words
from tests.drawn.released.codes import FORMS, codes_for
from tests.drawn.released.covers import stamped
from tests.drawn.released.leaf import Box
from tests.drawn.released.writer import Writer

Paper: TypeAlias = Callable[[Writer], None]


def _decoys(writer: Writer, chance: random.Random, share: float = 0.5) -> None:
    if chance.random() < share:
        decoys.decoy(writer)


def mail(writer: Writer) -> None:
    """A chain of mails, the newest on top."""
    chance = writer.chance
    for number in range(chance.randrange(1, 4)):
        on, hour, minute = words.day(chance), chance.randrange(1, 13), chance.randrange(10, 60)
        for line in (
            "From: {person:16}",
            "To: {person:18}; {person:14}" if chance.random() < 0.6 else "To: {person:22}",
            f"Sent: {on:%A}, {words.long_date(on)} {hour}:{minute} PM",
            f"Subject: {'RE: ' if number else ''}{words.subject(chance)}",
        ):
            writer.lines(line, left=writer.left, right=writer.right)
        writer.down(writer.style.leading * 0.6)
        for text in words.sentences(chance, chance.randrange(2, 6)):
            writer.paragraph(text)
        if chance.random() < 0.35:
            writer.block(chance.randrange(2, 7), chance.choice(("deliberation", "technique")))
        writer.lines("Office: {phone:14}", left=writer.left, right=writer.right)
        _decoys(writer, chance, 0.25)
        writer.down(writer.style.leading)


def report(writer: Writer) -> None:
    """A report of an investigation: cells at the top, numbered paragraphs, covered passages."""
    chance = writer.chance
    writer.heading("REPORT OF INVESTIGATION", is_centred=chance.random() < 0.5)
    if chance.random() < 0.6:
        decoys.form_cells(writer)
    if chance.random() < 0.4:
        decoys.header_bar(writer)
    number = 1
    for _ in range(chance.randrange(4, 12)):
        count = chance.randrange(1, 4)
        text = " ".join(words.sentences(chance, count))
        writer.paragraph(f"{number}. {text}", indent=chance.choice((0.0, 18.0)))
        number += 1
        if chance.random() < 0.2:
            writer.block(chance.randrange(2, 9), chance.choice(("technique", "source")))
        _decoys(writer, chance, 0.15)


def contract(writer: Writer) -> None:
    """The first page of an order, with prices withheld, and its clauses."""
    chance = writer.chance
    number = f"70CMSD{chance.randrange(15, 26)}FR{chance.randrange(1, 99999):07}"
    writer.heading("SOLICITATION/CONTRACT/ORDER FOR COMMERCIAL ITEMS")
    decoys.form_cells(writer)
    writer.paragraph(f"Order number {number} was issued to {words.firm(chance)}.")
    _prices(writer)
    writer.paragraph("Contracting officer: {person:18} Telephone: {phone:12}")
    for text in words.sentences(chance, chance.randrange(2, 6)):
        writer.paragraph(text)
    _decoys(writer, chance)
    writer.paragraph(
        "The offeror shall complete only paragraph (b) of this provision at 52.212-3(b)(6) if it"
        " has completed the annual representations electronically."
    )
    if chance.random() < 0.5:
        decoys.signature(writer)


def _prices(writer: Writer) -> None:
    """Lines of items with ruled columns and covered prices."""
    chance, size = writer.chance, writer.style.size
    edges = (0.0, 0.1, 0.55, 0.7, 1.0)
    wide, high = writer.right - writer.left, size * 1.9
    goods = ("License plate reader", "Software support", "Installation", "Training", "Parts")
    rows = chance.randrange(2, 6)
    writer.room(high * (rows + 2))
    top, family = writer.base - size, writer.style.family
    left = writer.left
    for row in range(rows + 1):
        base = top + row * high + high * 0.65
        texts = (
            ("ITEM", "SUPPLIES OR SERVICES", "QTY", "UNIT PRICE")
            if row == 0
            else (f"{row:04}", goods[row % len(goods)], str(chance.randrange(1, 90)), "")
        )
        for column, text in enumerate(texts):
            face = family.bold if row == 0 else family.regular
            place = left + edges[column] * wide
            if text:
                writer.leaf.write(place + 4, base, text, face, size * 0.85)
            writer.leaf.frame(
                Box(
                    left=place,
                    top=top + row * high,
                    right=left + edges[column + 1] * wide,
                    bottom=top + (row + 1) * high,
                ),
                0.5,
            )
        if row:
            _covered_cell(writer, left + 0.7 * wide, left + wide, base, high, "price")
    writer.down(high * (rows + 1) + writer.style.leading)


def _covered_cell(
    writer: Writer, left: float, right: float, base: float, high: float, kind: str
) -> None:
    """Withhold the value of a cell."""
    codes = codes_for(writer.chance, writer.regime, kind)
    marking = writer.marking
    if marking.place == "margin":
        form = FORMS[0] if marking.form.is_stacked else marking.form
        writer.marking = replace(marking, place="middle", form=form, size=min(marking.size, 7.0))
    fits = writer.marking.stamp_width(codes)
    room = right - left - 8
    if writer.marking.place == "beside":
        room -= fits + 4
    if fits > room and writer.marking.place != "none":
        writer.marking = replace(writer.marking, size=max(5.0, writer.marking.size * room / fits))
        room = max(room, 16.0)
    if writer.marking.place == "typed":
        stamped(writer.leaf, left + 3, base, writer.marking, codes)
    else:
        middle = base - 0.3 * writer.style.size
        half = min(high * 0.4, writer.style.size * 0.75)
        place = Box(
            left=left + 3,
            top=middle - half,
            right=left + 3 + room,
            bottom=middle + half,
            look=marking.look,
        )
        writer.box(place, codes, base=base)
    writer.marking = marking


def log(writer: Writer) -> None:
    """A table with a column of covered names and one of covered systems, as a database gives it."""
    chance = writer.chance
    size = min(writer.style.size, chance.uniform(7.5, 9.5))
    setting, writer.style = writer.style, replace(writer.style, size=size, columns=1)
    heads = ("Date", "Officer", "Purpose of the search", "System")
    kinds = ("", "person", "", chance.choice(("system", "technique", "")))
    edges = (0.0, 0.16, 0.42, 0.76, 1.0)
    purposes = ("Stolen vehicle", "Missing person", "Welfare check", "Hit and run", "Training")
    wide, high = writer.right - writer.left, size * chance.uniform(1.7, 2.3)
    is_ruled, is_shaded = chance.random() < 0.7, chance.random() < 0.4
    writer.heading(words.subject(chance))
    for row in range(chance.randrange(6, 26)):
        writer.room(high * 1.5)
        top = writer.base - size
        base = top + high * 0.65
        for column, head in enumerate(heads):
            left, right = (writer.left + edges[column + part] * wide for part in (0, 1))
            cell = Box(left=left, top=top, right=right, bottom=top + high)
            if is_shaded and row % 2:
                writer.leaf.fill(cell, (0.9, 0.9, 0.9))
            if is_ruled:
                writer.leaf.frame(cell, 0.5)
            if row == 0:
                writer.leaf.write(left + 3, base, head, writer.style.family.bold, size)
            elif kinds[column]:
                _covered_cell(writer, left, right, base, high, kinds[column])
            else:
                text = chance.choice(purposes) if column else f"{words.day(chance):%m/%d/%Y}"
                if column == 3:
                    text = f"Node {chance.randrange(10, 99)}"
                writer.leaf.write(left + 3, base, text, writer.style.family.regular, size)
        writer.down(high)
    writer.style = setting
    writer.down(writer.style.leading)
    for text in words.sentences(chance, 2):
        writer.paragraph(text)


def court(writer: Writer) -> None:
    """A court paper that speaks of rules and exemptions and withholds nothing."""
    chance = writer.chance
    writer.heading("UNITED STATES DISTRICT COURT", is_centred=True)
    for text in chance.sample(_ARGUED, 6):
        writer.paragraph(text)
        if chance.random() < 0.4:
            writer.paragraph(words.sentence(chance).replace("{", "").split("}")[0].split(":")[0])
    _decoys(writer, chance, 0.3)


_ARGUED = (
    "Defendants move to dismiss under Rule 12(b)(6) for failure to state a claim, and in the"
    " alternative under Rule 12(b)(1) for want of jurisdiction.",
    "The agency invoked Exemption 7(E), 5 U.S.C. § 552(b)(7)(E), to withhold the names of systems"
    " that its officers use at the border.",
    "Exemption (b)(5) protects deliberations of agencies, yet a decision that was made is none.",
    "A notice of proposed rulemaking must be published, see 5 U.S.C. § 553(b)(3)(B), unless there"
    " is good cause.",
    "The regulation at 28 CFR 16.5(b)(6) sets out when a request is processed ahead of others.",
    "Plaintiff contests the adequacy of the search and the use of exemptions (b)(6) and (b)(7)(C).",
    "The clause at 52.212-3(b)(6) was not part of the solicitation that the office published.",
    "Under § 1101(b)(4) the term has a meaning that the parties did not intend.",
    "The court finds the declaration sufficiently detailed and grants summary judgment in part.",
    "Each side bears its own costs until the question of fees has been briefed by the parties.",
)


def memo(writer: Writer) -> None:
    """A memorandum full of bars, shades and forms, with nothing withheld."""
    chance = writer.chance
    writer.heading("MEMORANDUM FOR THE RECORD")
    chosen = chance.sample(list(decoys.DECOYS.values()), chance.randrange(3, 7))
    for each in chosen:
        plain = [text for text in words.sentences(chance, 20) if "{" not in text]
        writer.paragraph(" ".join(plain[: chance.randrange(1, 4)]))
        each(writer)


PAPERS: Mapping[str, Paper] = {"mail": mail, "report": report, "contract": contract, "log": log}
