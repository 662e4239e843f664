"""Documents by seed: which kind, set and marked how, typed or scanned."""

import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from tests.drawn.released import papers, withheld
from tests.drawn.released.covers import Cover
from tests.drawn.released.leaf import Leaf, drawn_on
from tests.drawn.released.letters import letter
from tests.drawn.released.marking import Marking, in_white, marking
from tests.drawn.released.marks import court_header, marked, marks
from tests.drawn.released.scanning import Scanner, layered, scanned, scanner
from tests.drawn.released.truth import gold
from tests.drawn.released.writer import Writer, style

# A seed's kind goes round, so that any stretch of seeds has all of them in these shares.
KINDS = (
    *("letter", "mail", "report", "failed", "contract", "log", "letter", "mail", "court", "report"),
    *("letter", "withheld", "log", "failed", "memo", "mail", "letter", "report", "contract"),
    "packet",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A document: its file name, its bytes, and what is true of it (one entry of `files`)."""

    name: str
    content: bytes
    gold: Mapping[str, Any]


def document(seed: int) -> Released:
    """Draw the document of a seed."""
    chance = random.Random(f"released {seed}")
    kind = KINDS[seed % len(KINDS)]
    manner = _manner(chance, kind)
    leaves, facts = _leaves(chance, kind, manner)
    chosen = marks(chance)
    has_black = any(leaf.is_black for leaf in leaves)
    is_late = manner == "scanned" and not has_black and chance.random() < 0.25
    if has_black and not chosen:
        chosen = [court_header(chance)]
    if not is_late:
        marked(leaves, chosen)
    leaves = _scanned(chance, leaves, manner)
    if is_late and all(not leaf.rotation and not leaf.skew for leaf in leaves):
        marked(leaves, [court_header(chance)])
    said = {"kind": kind, "manner": manner}
    return Released(
        name=f"drawn-{seed:05}.pdf", content=pdf(leaves), gold=gold(leaves, facts, said, seed)
    )


def _manner(chance: random.Random, kind: str) -> str:
    """Typed; a scan; a scan with boxes and stamps drawn over it; or some pages scanned."""
    drawn = chance.random()
    if kind == "failed":
        return "typed" if drawn < 0.85 else "layered"
    if drawn < 0.58:
        return "typed"
    if drawn < 0.86:
        return "scanned"
    return "mixed" if drawn < 0.92 else "layered"


def _scanned(chance: random.Random, leaves: Sequence[Leaf], manner: str) -> list[Leaf]:
    machine = scanner(chance)
    if manner == "layered":
        return [layered(leaf, machine, chance) for leaf in leaves]
    if manner == "scanned":
        return [scanned(leaf, _again(chance, machine), chance) for leaf in leaves]
    if manner == "mixed":
        return [
            scanned(leaf, _again(chance, machine), chance) if chance.random() < 0.5 else leaf
            for leaf in leaves
        ]
    return list(leaves)


def _again(chance: random.Random, machine: Scanner) -> Scanner:
    """Feed the next sheet: it lies a little otherwise."""
    return replace(machine, skew=machine.skew * chance.uniform(0.3, 1.0))


def _leaves(chance: random.Random, kind: str, manner: str) -> tuple[list[Leaf], dict[str, Any]]:
    is_scanned = manner != "typed"
    if kind == "letter":
        return letter(chance, is_scanned=is_scanned)
    regime = chance.choice(("law", "law", "law", "plain", "plain", "privacy_act", "oregon"))
    least = 7.0 if is_scanned else 5.5
    chosen = marking(chance, regime, least_stamp=least)
    if kind in ("court", "memo"):
        writer = Writer(chance, style(chance), chosen, regime)
        papers.court(writer) if kind == "court" else papers.memo(writer)
        return writer.leaves, {"doc_type": "court_paper" if kind == "court" else "memorandum"}
    if kind == "failed":
        return _failed(chance, chosen, regime), {"doc_type": "release"}
    if kind == "log" and chance.random() < 0.4:
        chosen = marking(chance, regime, place="typed", least_stamp=least)
    paper = kind if kind in papers.PAPERS else chance.choice(sorted(papers.PAPERS))
    writer = Writer(chance, style(chance), chosen, regime)
    papers.PAPERS[paper](writer)
    leaves = writer.leaves
    if kind in ("withheld", "packet") or chance.random() < 0.15:
        leaves = _with_withheld(chance, writer, is_bleeding=manner == "scanned")
    if kind != "packet":
        return leaves, {"doc_type": "release"}
    first, facts = letter(chance, is_scanned=is_scanned)
    return [*first, *leaves], {**facts, "doc_type": "packet"}


def _failed(chance: random.Random, chosen: Marking, regime: str) -> list[Leaf]:
    """Draw a release with words left beneath its boxes."""
    if chosen.look == "outlined" and chance.random() < 0.4:
        chosen = in_white(chosen)
    covers: tuple[Cover, ...] = chance.choice(
        (("box",), ("box",), ("box",), ("picture",), ("annotation",), ("box", "picture"))
    )
    writer = Writer(
        chance,
        style(chance),
        chosen,
        regime,
        failing=chance.choice((0.3, 0.7, 1.0, 1.0)),
        covers=covers,
    )
    papers.PAPERS[chance.choice(sorted(papers.PAPERS))](writer)
    return writer.leaves


def _with_withheld(chance: random.Random, writer: Writer, *, is_bleeding: bool) -> list[Leaf]:
    """Put pages that were withheld between the others."""
    found = list(writer.leaves)
    for _ in range(chance.randrange(1, 5)):
        place = chance.randrange(len(found) + 1)
        page = withheld.page(chance, writer, place + 1, is_bleeding=is_bleeding)
        found.insert(place, page)
    return found


def pdf(leaves: Sequence[Leaf]) -> bytes:
    """Write pages."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True)
    for leaf in leaves:
        # reportlab wants the size of the page as it is seen, and turns it back itself.
        seen = leaf.size[::-1] if leaf.rotation % 180 else leaf.size
        canvas.setPageSize(seen)
        canvas.setPageRotation(leaf.rotation)
        drawn_on(canvas, [*leaf.under, *leaf.over])
        canvas.showPage()
    canvas.save()
    return file.getvalue()
