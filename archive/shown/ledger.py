"""What was withheld from a document, by exemption and by page: its redaction ledger.

Counts are of what stands on redactions, or in place of what was withheld. What a letter's words say
of exemptions is in `archive.shown.redactions`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from archive.errors import Damaged, NotFound
from archive.readings import Reading
from archive.shown.desk import Desk
from archive.shown.document import ShownDocument

PAGES_READ = 500  # of those with anything withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """An exemption as we write it, how often it is stamped, and on which pages."""

    name: str
    count: int
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All redactions of a document, the exemptions by how often they are stamped.

    `redacted_percent` is the share of its pages that is withheld, None where that of one is not
    known: of `unexamined_pages`. `unstamped_boxes` bear no exemption. Where `is_cut`, stamps were
    counted on the first 500 pages with redactions.
    """

    exemptions: tuple[Stamped, ...]
    boxes: int
    unstamped_boxes: int
    redacted_pages: tuple[int, ...]
    withheld_pages: tuple[int, ...]
    unexamined_pages: tuple[int, ...]
    redacted_percent: int | None
    is_cut: bool


def load_ledger(desk: Desk, shown: ShownDocument) -> Ledger:
    """Give the redactions of a document that may be read."""
    pages = [one for one in shown.pages if one.redacted_percent or one.exemptions]
    stamps, bare = _counted(desk, shown, tuple(one.number for one in pages[:PAGES_READ]))
    places: dict[str, list[int]] = {}
    for one in pages:
        for code in one.exemptions:
            places.setdefault(code, []).append(one.number)
    found = (Stamped(name=name, count=stamps[name], pages=tuple(places[name])) for name in places)
    return Ledger(
        exemptions=tuple(sorted(found, key=lambda one: (-one.count, -len(one.pages), one.name))),
        boxes=sum(one.boxes or 0 for one in pages),
        unstamped_boxes=bare,
        redacted_pages=tuple(one.number for one in pages),
        withheld_pages=shown.withheld_pages,
        unexamined_pages=shown.unexamined_pages,
        redacted_percent=shown.redacted_percent,
        is_cut=len(pages) > PAGES_READ,
    )


def _counted(
    desk: Desk, shown: ShownDocument, numbers: tuple[int, ...]
) -> tuple[Counter[str], int]:
    """Count the stamps on some pages, and the boxes without any."""
    if not numbers or not shown.reading_sha256:
        return Counter(), 0
    try:
        return _of_reading(desk.archive.files.path(shown.reading_sha256), numbers)
    except (Damaged, NotFound, IndexError):
        # A damaged reading is named by `verify`; the page says the rest of what is known.
        return Counter(), 0


# A reading is named by its hash and never changes.
@lru_cache(maxsize=256)
def _of_reading(path: Path, numbers: Sequence[int]) -> tuple[Counter[str], int]:
    stamps: Counter[str] = Counter()
    bare = 0
    with Reading.open(path) as reading:
        for found in map(reading.redactions, islice(numbers, PAGES_READ)):
            stamps.update(stamp.code for stamp in found.stamps)
            bare += sum(not box.codes for box in found.boxes)
    return stamps, bare
