"""Exemption labels: how often each exemption is stamped on a page."""

from collections import Counter

from ingest.evaluating.gold import GoldFile
from ingest.evaluating.scores import Note, Score, summed
from ingest.evaluating.seen import Seen


def labels(gold: GoldFile, seen: Seen) -> Score:
    """Count the stamps of each exemption on the pages that the gold counted, and on no others.

    What was drawn is known as a whole: there a page that is not named has none.
    """
    if gold.labels is None:
        return Score()
    pages = set(gold.labels)
    if gold.places is not None:
        pages |= {page.number for page in seen.pages}
    return summed(_counted(gold, seen, one) for one in sorted(pages))


def _counted(gold: GoldFile, seen: Seen, number: int) -> Score:
    page = seen.page(number)
    wanted = Counter({_folded(code): n for code, n in (gold.labels or {}).get(number, {}).items()})
    found = Counter(_folded(stamp.code) for stamp in page.redactions.stamps) if page else Counter()
    return Score(
        found=(wanted & found).total(),
        missing=_notes(wanted - found, number),
        wrong=_notes(found - wanted, number),
        is_countable=True,
    )


def _folded(code: str) -> str:
    """Fold white space; letters stay as they are."""
    return " ".join(code.split())


def _notes(counts: Counter[str], number: int) -> list[Note]:
    return [
        Note(what=f"{code}, {count:,} times" if count > 1 else code, page=number, count=count)
        for code, count in sorted(counts.items())
    ]
