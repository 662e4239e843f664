"""Parties: whether the agency and the vendor of a document were named, and named rightly.

Of the gold any of its names will do ("City of Springfield / Springfield Police"), without what it
says in brackets. An agency may be named by what the watchlist knows it as.
"""

import re
from collections.abc import Callable

from archive.watchlist import agencies
from archive.watchlist.vendors import folded
from ingest.evaluating.gold import GoldFile
from ingest.evaluating.scores import Note, Score, summed
from ingest.evaluating.seen import Seen
from ingest.findings import parties as found

_APART = re.compile(r"\s*[/,;]\s*|\s+dba\s+")


def parties(gold: GoldFile, seen: Seen) -> Score:
    """Hold the agency and the vendor that were named against those of the gold."""
    pages = [page.text for page in seen.pages]
    return summed(
        _judged(kind, wanted, name(pages), fold)
        for kind, wanted, name, fold in (
            ("agency", gold.agency, found.agency, _agency),
            ("vendor", gold.vendor, found.vendor, folded),
        )
        if wanted
    )


def _judged(kind: str, wanted: str, said: str, fold: Callable[[str], str]) -> Score:
    """Judge one name; another one than the gold's is missed and false."""
    names = {fold(one) for one in _APART.split(re.sub(r"\([^)]*\)", "", wanted)) if one.strip()}
    if said and names & {fold(one) for one in _APART.split(said)}:
        return Score(found=1, is_countable=True)
    wrong = [Note(what=f"{kind} {said}")] if said else []
    return Score(missing=[Note(what=f"{kind} {wanted}")], wrong=wrong, is_countable=True)


def _agency(name: str) -> str:
    """Fold a name to the code of the agency, else to its words."""
    plain = re.sub(r"\bunited states\b", "U.S.", name.strip(), flags=re.IGNORECASE)
    known = agencies.find(plain)
    return known[0].code if len(known) == 1 else " ".join(plain.casefold().split())
