"""The kinds of fact, and who judges each; None where nothing reads them yet."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from ingest.evaluating.gold import GoldFile
from ingest.evaluating.judges import (
    amounts,
    answers,
    boxes,
    days,
    hiding,
    labels,
    numbers,
    parties,
    phrases,
    scans,
)
from ingest.evaluating.scores import Score
from ingest.evaluating.seen import Seen

Judge: TypeAlias = Callable[[GoldFile, Seen], Score]

KINDS: Mapping[str, Judge | None] = {
    "phrases": phrases.typed,
    "phrases_image": phrases.pictured,
    "scanned_pages": scans.scanned,
    "redaction_boxes": boxes.boxes,
    "exemption_labels": labels.labels,
    "failed_redactions": hiding.failed,
    "identifiers": numbers.identifiers,
    "amounts": amounts.amounts,
    "dates": days.dates,
    "parties": parties.parties,
    "letters": answers.answers,
}


def judged(gold: GoldFile, seen: Seen) -> dict[str, Score]:
    """Judge a document, by kind; kinds that are not attempted are left out."""
    return {name: judge(gold, seen) for name, judge in KINDS.items() if judge is not None}
