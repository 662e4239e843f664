"""The technologies that a document's pages name, kept beside its reading.

To look for them takes a third of what an index entry of a document takes, and gives the same until
the document is read anew or the watchlist changes.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from archive.errors import Damaged
from archive.readings import Reading
from archive.watchlist.technologies import fingerprint, named_outright


def named_in(reading: Path) -> str:
    """Look through the pages of a reading; gives what `kept` reads.

    Of one that is damaged nothing is known; `verify` names it.
    """
    try:
        with Reading.open(reading) as opened:
            pages = (opened.text(number) for number in range(1, opened.page_count + 1))
            return json.dumps({"by": fingerprint(), "named": sorted(named_outright(pages))})
    except Damaged:
        return ""


def kept(written: str) -> Sequence[str] | None:
    """Give the technologies, if the watchlist as it is found them; None where that is not known."""
    said = json.loads(written) if written else {}
    if said.get("by") != fingerprint():
        return None
    return [str(one) for one in said["named"]]
