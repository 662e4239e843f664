"""What was withheld from a recognised page, put together: boxes of its picture, stamps by OCR.

All places are those of the picture as it is read, upright and level, in points.
"""

from collections.abc import Sequence

from archive.redactions import NOTHING_REDACTED, Redactions
from archive.words import Words
from ingest.reader.redacted.boxes import Found
from ingest.reader.redacted.kept import box_at, stamp_at
from ingest.reader.redacted.looks import WHITE, Look
from ingest.reader.redacted.places import Place, covered_percent
from ingest.reader.redacted.prints import Page
from ingest.reader.redacted.scanned import Marked
from ingest.reader.redacted.stamps import codes_of, stamps
from ingest.reader.redacted.withheld import is_covered_whole, is_slip_sheet
from ingest.reader.rendering import Sheet

# Points: of a frame without any stamp.
_WIDE, _HIGH = 18.0, 7.0


def recognised_redactions(
    boxes: Sequence[Marked], text: str, words: Words, scale: float, size: Sheet
) -> Redactions:
    """Tell what was withheld from a page, by its boxes and by the words outside of them.

    Boxes are in pixels, `scale` of them a point.
    """
    is_slip = is_slip_sheet(text, len(words))
    page = Page(text, words)
    page.find((), [0] * len(words))
    if not (boxes or is_slip or page.prints):
        return NOTHING_REDACTED
    found = [_found(one, scale) for one in boxes]
    taken = stamps(page, found, is_slip_sheet=is_slip)
    beside = codes_of(found, taken)
    is_stamped = bool(taken) or any(one.stamps for one in boxes if one.is_frame)
    kept = [
        (one, there, codes)
        for one, there, codes in zip(boxes, found, beside, strict=True)
        if not one.is_frame or one.stamps or codes or (is_stamped and _is_line(there.place))
    ]
    return Redactions(
        boxes=tuple(
            box_at(
                there.place,
                one.shape.look,
                tuple(dict.fromkeys(stamp.code for stamp in one.stamps)) or codes,
            )
            for one, there, codes in kept
        ),
        stamps=(
            *(
                stamp_at(Place(*(edge / scale for edge in stamp[1:])), stamp.code)
                for one, _, _ in kept
                for stamp in one.stamps
            ),
            *(stamp_at(one.place, one.code) for one in taken),
        ),
        covered_percent=covered_percent([there.place for _, there, _ in kept], size),
        is_withheld=is_slip or is_covered_whole([there for _, there, _ in kept], page, size),
    )


def _is_line(place: Place) -> bool:
    """Ask whether an empty frame is as large as one that hides words."""
    return place.width >= _WIDE and place.height >= _HIGH


def _found(one: Marked, scale: float) -> Found:
    place = Place(*(edge / scale for edge in one.shape[:4]))
    look: Look = "white" if one.shape.look == "outlined" else one.shape.look
    return Found(place=place, seen=WHITE._replace(look=look), is_framed=one.is_frame)
