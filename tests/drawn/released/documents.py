"""Documents by seed: which kind, set and marked how, typed or scanned."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.drawn.released.binding import pdf
from tests.drawn.released.leaf import Leaf
from tests.drawn.released.marks import court_header, marked, marks_of_letter, marks_of_release
from tests.drawn.released.releases import leaves_of
from tests.drawn.released.scanning import Scanner, layered, scanned, scanner
from tests.drawn.released.truth import gold

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
    kind, manner = planned(seed)
    chance = random.Random(f"released {seed}")
    leaves, facts, told = leaves_of(chance, kind, manner)
    chosen = (marks_of_letter if kind == "letter" else marks_of_release)(chance, facts)
    has_black = any(leaf.is_black for leaf in leaves)
    is_late = manner == "scanned" and not has_black and chance.random() < 0.25
    if has_black and not chosen:
        chosen = [court_header(chance)]
    if not is_late:
        marked(leaves, chosen)
    leaves = _scanned(chance, leaves, manner)
    if manner == "typed":
        _bound_otherwise(chance, leaves)
    if is_late and all(not leaf.rotation and not leaf.skew for leaf in leaves):
        marked(leaves, [court_header(chance)])
    said = {"kind": kind, "manner": manner, **told}
    return Released(
        name=f"drawn-{seed:05}.pdf", content=pdf(leaves), gold=gold(leaves, facts, said, seed)
    )


def planned(seed: int) -> tuple[str, str]:
    """Say of which kind and manner the document of a seed is, without drawing it."""
    kind = KINDS[seed % len(KINDS)]
    return kind, _manner(random.Random(f"manner {seed}"), kind)


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


def _bound_otherwise(chance: random.Random, leaves: Sequence[Leaf]) -> None:
    """In some documents pages declare a rotation, are cropped, or are drawn in forms."""
    manner = chance.random()
    rotation, edge = chance.choice((90, 180, 270)), chance.uniform(9, 40)
    for leaf in leaves:
        if manner < 0.06:
            leaf.rotation = rotation
        elif manner < 0.1:
            leaf.cropped = edge
        elif manner < 0.2:
            # reportlab gives a form no states of graphics: a marker would be opaque in it.
            leaf.is_formed = not leaf.has_blending
