"""What was read of a document, as far as it is judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from archive.readings import PageReading
from archive.redactions import Redactions
from ingest.evaluating.folding import folded


@dataclass(frozen=True, kw_only=True)
class SeenPage:
    """A page that was read.

    `is_scan`: what people read there is a picture, whether it was recognised or not. `is_blank`:
    nothing is seen when it is drawn, or it cannot be; asked of pages without text alone.
    """

    number: int
    text: str
    is_scan: bool
    is_blank: bool
    characters_beneath_boxes: int
    redactions: Redactions

    @classmethod
    def of(cls, page: PageReading, *, is_blank: bool) -> "SeenPage":
        """Give what is judged of a page."""
        return cls(
            number=page.number,
            text=page.text,
            is_scan=page.text_from in ("picture", "recognised"),
            is_blank=is_blank,
            characters_beneath_boxes=page.characters_beneath_boxes,
            redactions=page.redactions,
        )

    @cached_property
    def folded(self) -> str:
        """The text as it is compared."""
        return folded(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A document: its pages in order, none with a `reason` where it cannot be read.

    `waiting` counts pages that are pictures still, since nothing here can recognise them.
    """

    name: str
    pages: Sequence[SeenPage] = ()
    reason: str = ""
    is_kept: bool = False
    waiting: int = 0

    def page(self, number: int) -> SeenPage | None:
        """Give a page, counted from 1; None where there is none."""
        return self.pages[number - 1] if 1 <= number <= len(self.pages) else None
