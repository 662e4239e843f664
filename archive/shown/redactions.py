"""What a document itself says of its redactions: the exemptions that its pages print.

How much of a page is black is not in a reading, so no share is given. A printed exemption may be a
stamp on a redaction or a mention in a letter; what stands there is counted, and said to be so.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from archive.errors import Damaged, NotFound
from archive.exemptions import printed
from archive.readings import Reading
from archive.shown.desk import Desk
from archive.shown.document import ShownDocument

PAGES_READ = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """An exemption as we write it, how often it is printed, and on which pages."""

    name: str
    count: int
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redactions:
    """The printed exemptions of a document, most first; of its first `pages_read` pages."""

    exemptions: tuple[Exemption, ...]
    pages_read: int

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that print any."""
        return tuple(sorted({number for one in self.exemptions for number in one.pages}))


def load_redactions(desk: Desk, shown: ShownDocument) -> Redactions:
    """Give what a document that may be read prints of its redactions."""
    if not shown.reading_sha256:
        return Redactions(exemptions=(), pages_read=0)
    try:
        return _of_reading(desk.archive.files.path(shown.reading_sha256))
    except (Damaged, NotFound):
        # A damaged reading is named by `verify`; the page says the rest of what is known.
        return Redactions(exemptions=(), pages_read=0)


# A reading is named by its hash and never changes; 500 pages take 60 ms.
@lru_cache(maxsize=256)
def _of_reading(path: Path) -> Redactions:
    counts: Counter[str] = Counter()
    pages: dict[str, list[int]] = {}
    with Reading.open(path) as reading:
        last = min(reading.page_count, PAGES_READ)
        for number in range(1, last + 1):
            on_page = printed(reading.text(number))
            counts += on_page
            for name in on_page:
                pages.setdefault(name, []).append(number)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    exemptions = (
        Exemption(name=name, count=count, pages=tuple(pages[name])) for name, count in ordered
    )
    return Redactions(exemptions=tuple(exemptions), pages_read=last)
