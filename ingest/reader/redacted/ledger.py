"""What was withheld from a page, put together."""

from collections.abc import Sequence

from archive.redactions import NOTHING_REDACTED, Redactions
from archive.words import Words
from ingest.reader.redacted.boxes import Found, boxes
from ingest.reader.redacted.hiding import Hiding
from ingest.reader.redacted.kept import box_at, stamp_at
from ingest.reader.redacted.places import covered_percent
from ingest.reader.redacted.prints import Page
from ingest.reader.redacted.proposals import FirstLook
from ingest.reader.redacted.stamps import codes_of, stamps
from ingest.reader.redacted.withheld import is_covered_whole, is_slip_sheet
from ingest.reader.rendering import Sheet


def redactions(
    first: FirstLook,
    size: Sheet,
    text: str,
    words: Words,
    begins: Sequence[int],
    hiding: Sequence[Hiding] = (),
    pictured: Sequence[Found] = (),
) -> Redactions:
    """Tell what was withheld from a page, by what may be boxes and the words that people see.

    `begins` are the characters of the file that the words begin with; `hiding` are places that
    hide words, `pictured` boxes in the picture of a scan.
    """
    is_slip = is_slip_sheet(text, len(words))
    if not (first.places or first.frames or hiding or first.may_print or is_slip or pictured):
        return NOTHING_REDACTED
    page = Page(text, words)
    if first.may_print:
        page.find(first.coloured, begins)
    found = boxes(first, hiding, page, pictured)
    taken = stamps(page, found, is_slip_sheet=is_slip)
    places = [one.place for one in found]
    return Redactions(
        boxes=tuple(
            box_at(one.place, one.said, codes)
            for one, codes in zip(found, codes_of(found, taken), strict=True)
        ),
        stamps=tuple(stamp_at(one.place, one.code) for one in taken),
        covered_percent=covered_percent(places, size),
        is_withheld=is_slip or is_covered_whole(found, page, size),
    )
