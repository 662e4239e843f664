"""Gold and readings of a document, composed for one test."""

import json
from pathlib import Path
from typing import Any

from archive.redactions import NOTHING_REDACTED, Redactions
from ingest.evaluating import gold
from ingest.evaluating.gold import GoldFile
from ingest.evaluating.seen import Seen, SeenPage


def gold_of(folder: Path, facts: dict[str, Any], **entry: Any) -> GoldFile:
    """Read the gold of one document from a file."""
    path = folder / "gold.json"
    path.write_text(json.dumps({"files": {"a.pdf": {**entry, "facts": facts}}}))
    return gold.read(path)["a.pdf"]


def page(
    text: str = "",
    *,
    is_scan: bool = False,
    is_blank: bool = False,
    beneath: int = 0,
    redactions: Redactions = NOTHING_REDACTED,
) -> SeenPage:
    """A page that was read; `seen` numbers it."""
    return SeenPage(
        number=1,
        text=text,
        is_scan=is_scan,
        is_blank=is_blank,
        characters_beneath_boxes=beneath,
        redactions=redactions,
    )


def seen(*pages: SeenPage) -> Seen:
    """A document of these pages."""
    numbered = [
        SeenPage(**{**one.__dict__, "number": number}) for number, one in enumerate(pages, start=1)
    ]
    return Seen(name="a.pdf", pages=numbered)
