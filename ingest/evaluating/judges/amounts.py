"""Amounts and fees: whether the money that the gold names was found, on its page where it says one.

The gold picks amounts out of many, so nothing that was found is false.
"""

from ingest.evaluating.gold import Amount, GoldFile
from ingest.evaluating.scores import Note, Score
from ingest.evaluating.seen import Seen
from ingest.findings import amounts as money
from ingest.findings.finding import found_in


def amounts(gold: GoldFile, seen: Seen) -> Score:
    """Look for each amount, to the cent."""
    if not gold.amounts:
        return Score()
    found = found_in(money.amounts, ((page.number, page.text) for page in seen.pages))
    there = {(int(one.value), page) for one in found for page in (one.page, None)}
    missing = [one for one in gold.amounts if (one.cents, one.page) not in there]
    return Score(found=len(gold.amounts) - len(missing), missing=[_note(one) for one in missing])


def _note(one: Amount) -> Note:
    return Note(what=f"{one.what}: {one.cents / 100:,.2f}", page=one.page)
