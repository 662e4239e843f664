"""What agencies send: letters, papers with redactions done well or badly, packets of both."""

import random
from collections.abc import Sequence
from typing import Any, TypeAlias

from tests.drawn.released import explanations, papers, withheld
from tests.drawn.released.covers import BADLY, WELL, Cover
from tests.drawn.released.leaf import Leaf
from tests.drawn.released.letters import letter
from tests.drawn.released.marking import Marking, in_white, marking
from tests.drawn.released.writer import Writer, style

_REGIMES = ("law", "law", "law", "plain", "plain", "privacy_act", "oregon")
# Pages, the facts they are true to, and how they were redacted.
Pages: TypeAlias = tuple[list[Leaf], dict[str, Any], dict[str, Any]]
# What can only be one flat colour without a rim.
_FLAT: Sequence[Cover] = ("line", "strips", "pen", "marker", "mark")


def leaves_of(chance: random.Random, kind: str, manner: str) -> Pages:
    """Draw the pages of a kind of document."""
    is_scanned = manner != "typed"
    if kind == "letter":
        return *letter(chance), {}
    regime = chance.choice(_REGIMES)
    chosen = marking(chance, regime, is_scanned=is_scanned)
    if kind in papers.WITHOUT:
        writer = Writer(chance, style(chance), chosen, regime)
        papers.WITHOUT[kind](writer)
        doc_type = "court_paper" if kind == "court" else "memorandum"
        return writer.pages, {"doc_type": doc_type}, {}
    writer = (_badly if kind == "failed" else _well)(chance, chosen, regime)
    if kind != "failed" and chance.random() < (0.4 if kind == "log" else 0.05):
        writer.marking = marking(chance, regime, place="typed", is_scanned=is_scanned)
    if writer.cover == "box" and not writer.failing and chance.random() < 0.12:
        writer.second = marking(chance, regime, is_scanned=is_scanned)
    papers.WITH_GAPS.get(kind, chance.choice(list(papers.WITH_GAPS.values())))(writer)
    leaves = writer.pages
    if kind in ("withheld", "packet") or chance.random() < 0.12:
        leaves = _with_withheld(chance, writer, is_bleeding=manner == "scanned")
    facts = {**writer.facts, "doc_type": "release"}
    if kind == "packet":
        first, said = letter(chance)
        if chance.random() < 0.5:
            first.append(explanations.sheet(chance, writer.style))
        leaves, facts = [*first, *leaves], {**facts, **said, "doc_type": "packet"}
    return leaves, facts, _told(writer)


def _told(writer: Writer) -> dict[str, Any]:
    """Say how a release was redacted."""
    marking = writer.marking
    cover = writer.failing_cover if writer.failing else writer.cover
    return {"stamps": marking.place, "form": marking.form.name, "cover": cover}


def _fits(cover: Cover, marking: Marking) -> bool:
    """Tell whether a box can be made so: most makes have one flat colour."""
    if cover == "hollow":
        return marking.look == "outlined"
    return cover not in _FLAT or not (marking.rim or marking.hatch or marking.look == "outlined")


def _well(chance: random.Random, chosen: Marking, regime: str) -> Writer:
    cover: Cover = chance.choice([one for one in WELL if _fits(one, chosen)])
    return Writer(chance, style(chance), chosen, regime, cover=cover)


def _badly(chance: random.Random, chosen: Marking, regime: str) -> Writer:
    """Write a release with words left beneath its boxes."""
    if chosen.look == "outlined" and chance.random() < 0.4:
        chosen = in_white(chosen)
    fitting = [one for one in BADLY if _fits(one, chosen)]
    failing: Cover = "marker" if chance.random() < 0.08 else chance.choice(fitting)
    if failing == "marker":
        chosen = marking(chance, regime, look="black")
    return Writer(
        chance,
        style(chance),
        chosen,
        regime,
        failing=chance.choice((0.3, 0.7, 1.0, 1.0)),
        failing_cover=failing,
    )


def _with_withheld(chance: random.Random, writer: Writer, *, is_bleeding: bool) -> list[Leaf]:
    """Put pages that were withheld between the others."""
    found = list(writer.pages)
    for _ in range(chance.randrange(1, 5)):
        place = chance.randrange(len(found) + 1)
        page = withheld.page(chance, writer, place + 1, is_bleeding=is_bleeding)
        found.insert(place, page)
    return found
