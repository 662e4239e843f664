"""Pages withheld in full: black or outlined ones, slip sheets, the sheet of deleted pages."""

import random
from dataclasses import replace

from archive.redactions import BoxLook
from tests.drawn.released.codes import Codes, Form, codes_for
from tests.drawn.released.covers import covered
from tests.drawn.released.faces import width_pt
from tests.drawn.released.leaf import BLACK, RED, WHITE, Box, Leaf
from tests.drawn.released.marking import Marking, marking
from tests.drawn.released.stamping import stamped_within
from tests.drawn.released.writer import Style, Writer

_BOTH = "the Freedom of Information and Privacy Act"


def _codes(chance: random.Random, regime: str) -> Codes:
    kind = chance.choice(("technique", "deliberation", "person", "price"))
    return codes_for(chance, regime, kind)


def covered_page(
    chance: random.Random,
    setting: Style,
    marking: Marking,
    regime: str,
    *,
    is_stamped: bool,
    is_bleeding: bool,
) -> Leaf:
    """A page under one box, black or outlined, with its exemption in a corner or in the middle.

    A bleeding one may be black from edge to edge; else there is room for numbers and banners.
    """
    leaf = Leaf(size=setting.page, is_withheld=True)
    edge = chance.uniform(0, 50) if marking.look == "black" else chance.uniform(36, 60)
    beyond = edge if is_bleeding and marking.look == "black" else max(edge, 54.0)
    place = Box(
        left=edge,
        top=beyond,
        right=setting.page[0] - edge,
        bottom=setting.page[1] - beyond,
        look=marking.look,
        codes=(codes := _codes(chance, regime)) if is_stamped else (),
    )
    leaf.is_black = marking.look == "black"
    covered(leaf, place, marking)
    if is_stamped:
        where = replace(marking, place=chance.choice(("left", "middle")), size=marking.size * 1.3)
        if where.colour in (BLACK, RED) and leaf.is_black:
            where = replace(where, colour=WHITE)
        stamped_within(leaf, place, where, codes)
    return leaf


def _said(chance: random.Random, codes: str, page: int) -> list[str]:
    """What a slip sheet says, line by line; {} is where the exemption stands."""
    last = page + chance.randrange(1, 9)
    return chance.choice(
        (
            [f"Page {page} redacted for the following reason:", "- - - - - - - - - - -", codes],
            [f"Withheld pursuant to exemption {codes}", f"of {_BOTH}", f"Page {page:03} of 120"],
            [f"Page(s) {page}-{last} Withheld in Full", codes],
            [f"{last - page + 1} page(s) withheld in full pursuant to", codes],
            ["WITHHELD IN FULL", codes],
            [f"Pages {page} through {last} redacted for the following reasons:", codes],
        )
    )


_NO_CODES = (
    ["Duplicate"],
    ["Non-Responsive"],
    ["NR"],
    ["Referral/Consult"],
    ["Page is a duplicate of page 14"],
    ["Referred to another agency", "for direct response to the requester"],
)


def slip_sheet(chance: random.Random, setting: Style, form: Form, regime: str, page: int) -> Leaf:
    """A sheet that stands for pages that were not released."""
    leaf = Leaf(size=setting.page, is_withheld=True)
    codes: Codes = _codes(chance, regime)
    said = _said(chance, form.lines(codes)[0] if not form.is_stacked else codes[0], page)
    if form.is_stacked:
        codes = codes[:1]
    if chance.random() < 0.2:
        said, codes = chance.choice(_NO_CODES), ()
    times = chance.choice((1, 1, 1, 5)) if len(said) == 3 else 1
    size = chance.uniform(10, 20) if times == 1 else 9.0
    face = chance.choice((setting.family.regular, setting.family.bold))
    base = chance.uniform(0.2, 0.5) * setting.page[1] if times == 1 else 120.0
    for _ in range(times):
        for line in said:
            wide = width_pt(line, face, size)
            is_seen = line[0] != "-"
            left = (setting.page[0] - wide) / 2
            leaf.write(left, base, line, face, size, is_seen=is_seen)
            base += size * 1.5
        base += 40
        leaf.labels.update(codes)
    # With an exemption in it, a frame would be a covered page.
    if times == 1 and not codes and chance.random() < 0.6:
        edge = Box(left=60, top=60, right=setting.page[0] - 60, bottom=setting.page[1] - 60)
        leaf.frame(edge, chance.uniform(0.5, 2))
    return leaf


def deleted_pages(chance: random.Random, setting: Style) -> Leaf:
    """The FBI's list of the pages that it left out, with short codes."""
    leaf = Leaf(size=setting.page, is_withheld=True)
    left, base = setting.margin, 90.0
    for line in (
        "FEDERAL BUREAU OF INVESTIGATION",
        "FOI/PA",
        "DELETED PAGE INFORMATION SHEET",
        "Civil Action No.: 19-cv-1234",
    ):
        leaf.write(left + 120, base, line, "Times-Bold", 12)
        base += 16
    count = chance.randrange(3, 18)
    leaf.write(left, base + 16, f"Total Deleted Page(s) = {count}", "Times-Roman", 12)
    base += 40
    page = 1
    for _ in range(count):
        page += chance.randrange(1, 4)
        kinds = chance.sample(("(b)(6)", "(b)(7)(C)", "(b)(7)(E)", "(b)(3)", "(b)(7)(D)"), 2)
        codes = tuple(sorted(kinds))[: chance.choice((1, 2))]
        short = " ".join(f"{code.replace('(', '').replace(')', '')};" for code in codes)
        leaf.write(left, base, f"Page {page} ~ {short}", "Times-Roman", 11, is_seen=False)
        leaf.labels.update(codes)
        base += 15
    return leaf


def page(chance: random.Random, writer: Writer, number: int, *, is_bleeding: bool) -> Leaf:
    """Withhold a page of a release, in one of these ways."""
    setting, regime = writer.style, writer.regime
    manner = chance.random()
    if manner < 0.35:
        return slip_sheet(chance, setting, writer.marking.form, regime, number)
    if manner < 0.45 and regime != "oregon":
        return deleted_pages(chance, setting)
    look: BoxLook = chance.choice(("black", "black", "outlined"))
    own = marking(chance, regime, look=look, place="left", is_scanned=True)
    is_stamped = look != "black" or chance.random() < 0.5
    return covered_page(
        chance, setting, own, regime, is_stamped=is_stamped, is_bleeding=is_bleeding
    )
