"""Letters: what they decided, how many records of what unit, and which exemptions they cite.

Judged are documents whose gold has a `determination`. Those that the gold calls something else than
a letter must not be taken for one that decides.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.evaluating.gold import Determination, GoldFile
from ingest.evaluating.scores import Note, Score
from ingest.evaluating.seen import Seen
from ingest.findings import letters
from ingest.findings.letters import Letter

# Words of the gold, and the outcomes they mean: of each part between semicolons, the first to fit.
_MEANT: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern, re.IGNORECASE), outcome)
    for pattern, outcome in (
        (r"glomar|neither confirm", letters.GLOMAR),
        (r"no[ _](?:responsive[ _])?records|not retained|no longer held", letters.NONE),
        (r"refer", letters.REFERRED),
        (r"acknowledg", letters.ACKNOWLEDGED),
        (r"estimate", letters.ESTIMATE),
        (r"clarif", letters.CLARIFY),
        (r"administrative", letters.CLOSED),
        (r"consult", letters.CONSULTED),
        (r"released in part|partial|in part and", letters.PART),
        (r"denied|withheld|denial", letters.DENIED),
        (r"released? in full|full[ _]release|released", letters.FULL),
    )
)
_LETTER = re.compile(r"letter|e-?mail|determination|estimate|packet|acknowledg", re.IGNORECASE)


def answers(gold: GoldFile, seen: Seen) -> Score:
    """Hold what a letter says against the gold, fact by fact."""
    known = gold.determination
    if known is None and (gold.doc_type is None or _LETTER.search(gold.doc_type)):
        return Score()
    said = letters.letter([page.text for page in seen.pages])
    if known is None:
        wrong = [Note(what=f"a letter ({', '.join(sorted(said.outcomes))})")] if said else []
        return Score(wrong=wrong, is_countable=True)
    wanted, found = dict(_wanted(known)), dict(_said(known, said)) if said else {}
    right = wanted.keys() & found.keys()
    return Score(
        found=len(right),
        missing=[Note(what=wanted[one]) for one in sorted(wanted.keys() - right)],
        wrong=[Note(what=found[one]) for one in sorted(found.keys() - right)],
        is_countable=True,
    )


def _wanted(known: Determination) -> Iterator[tuple[str, str]]:
    """Give the facts of the gold: how they are compared, and how they are printed."""
    for outcome in _outcomes(known.outcome):
        yield f"outcome {outcome}", f"outcome {outcome!r}"
    yield from _facts(known.counts, known.unit, known.exemptions or ())


def _said(known: Determination, said: Letter) -> Iterator[tuple[str, str]]:
    """Give the facts that were read, of those that the gold knows."""
    for outcome in said.outcomes:
        yield f"outcome {outcome}", f"outcome {outcome!r}"
    counts = {name: count for name, count in said.counts.items() if name in known.counts}
    cited = () if known.exemptions is None else said.exemptions
    yield from _facts(counts, said.unit if known.unit else "", cited)


def _facts(
    counts: Mapping[str, int], unit: str, exemptions: Sequence[str]
) -> Iterator[tuple[str, str]]:
    for name, count in counts.items():
        yield f"{name} {count}", f"{name}: {count:,}"
    if unit:
        yield f"unit {unit.lower()}", f"unit: {unit}"
    for code in exemptions:
        yield f"exemption {''.join(code.split())}", f"exemption {code}"


def _outcomes(written: str) -> list[str]:
    """Translate the gold's words; those that are not known stay, and so are missed."""
    parts = [part.strip() for part in written.split(";") if part.strip()]
    return [
        next((outcome for pattern, outcome in _MEANT if pattern.search(part)), part)
        for part in parts
    ]
