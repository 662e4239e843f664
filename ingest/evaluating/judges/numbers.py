"""Identifiers: whether the numbers that the gold names were found, whatever page they stand on."""

import re
from collections.abc import Mapping

from archive.identifiers import compact
from ingest.evaluating.gold import GoldFile
from ingest.evaluating.scores import Note, Score
from ingest.evaluating.seen import Seen
from ingest.findings import identifiers as numbers
from ingest.findings.finding import found_in, plain

# By name in the gold: of which kind its numbers are, and whether the gold has all of that kind.
# Papers of courts cite other cases, and nobody lists every number of a document.
_KINDS: Mapping[str, tuple[str, bool]] = {
    "foia_case_numbers": (numbers.REQUEST, True),
    "contract_numbers": (numbers.CONTRACT, True),
    "solicitation_numbers": (numbers.SOLICITATION, True),
    "court_case": (numbers.COURT, False),
    "other_ids": ("", False),
}
_CASE = re.compile(r"(\d\d)-([a-z]+)-0*(\d+)", re.IGNORECASE)


def identifiers(gold: GoldFile, seen: Seen) -> Score:
    """Look for the numbers of each kind; hyphens, points and spaces in them do not count."""
    pages = [(page.number, page.text) for page in seen.pages]
    found = numbers.own(found_in(numbers.identifiers, pages), dict(pages))
    right, missing, wrong = 0, [], []
    for name, wanted in gold.numbers.items():
        kind, is_whole = _KINDS[name]
        values = {_folded(kind, one.value): one for one in found if not kind or one.kind == kind}
        met = {value for value in values for one in wanted if _is_same(kind, value, one)}
        unmet = [one for one in wanted if not any(_is_same(kind, value, one) for value in values)]
        right += len(wanted) - len(unmet)
        missing += [Note(what=f"{name} {one}") for one in unmet]
        if is_whole:
            strange = [values[one] for one in sorted(values.keys() - met)]
            wrong += [Note(what=f"{name} {one.printed}", page=one.page) for one in strange]
    is_countable = any(_KINDS[name][1] for name in gold.numbers)
    return Score(found=right, missing=missing, wrong=wrong, is_countable=is_countable)


def _folded(kind: str, value: str) -> str:
    """Fold a number; of a court's number the year, the kind and the serial, without the judge."""
    if kind == numbers.COURT and (case := _CASE.search(plain(value))):
        return "-".join(case.groups()).lower()
    return compact(plain(value))


def _is_same(kind: str, value: str, wanted: str) -> bool:
    """Compare; other numbers stand in the gold behind the words that say what they are."""
    folded = _folded(kind, wanted)
    return value == folded or (not kind and folded.endswith(value))
