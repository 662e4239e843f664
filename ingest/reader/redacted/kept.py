"""Boxes and stamps as a reading keeps them, of the places where they were found."""

from archive.redactions import BoxLook, ExemptionStamp, RedactionBox
from ingest.reader.redacted.places import Place


def box_at(place: Place, look: BoxLook, codes: tuple[str, ...]) -> RedactionBox:
    """Give a box with the exemptions stamped in it or beside it."""
    return RedactionBox(
        left_pt=place.left,
        top_pt=place.top,
        right_pt=place.right,
        bottom_pt=place.bottom,
        look=look,
        codes=codes,
    )


def stamp_at(place: Place, code: str) -> ExemptionStamp:
    """Give a stamp of an exemption."""
    return ExemptionStamp(
        code=code,
        left_pt=place.left,
        top_pt=place.top,
        right_pt=place.right,
        bottom_pt=place.bottom,
    )
