"""Dates: whether the days that the gold names were found, whatever page they stand on.

The gold picks days out of many, so nothing that was found is false.
"""

from ingest.evaluating.gold import GoldFile
from ingest.evaluating.scores import Note, Score
from ingest.evaluating.seen import Seen
from ingest.findings import dates as days
from ingest.findings.finding import found_in


def dates(gold: GoldFile, seen: Seen) -> Score:
    """Look for each day."""
    if not gold.dates:
        return Score()
    found = found_in(days.dates, ((page.number, page.text) for page in seen.pages))
    there = {one.value for one in found}
    missing = [one for one in gold.dates if one.iso not in there]
    notes = [Note(what=f"{one.what}: {one.iso}") for one in missing]
    return Score(found=len(gold.dates) - len(notes), missing=notes)
