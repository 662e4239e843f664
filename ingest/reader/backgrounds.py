"""The pictures that are a page, and not on it."""

from ingest.reader.covers import Painted
from ingest.reader.painting import Cover
from ingest.reader.rendering import Sheet

# Of a page.
_SHARE = 0.5


def is_background(cover: Cover, size: Sheet) -> bool:
    """Ask whether something covers most of a page."""
    return cover.box.width * cover.box.height >= _SHARE * size.width * size.height


def backgrounds(on: Painted, size: Sheet) -> dict[int, Cover]:
    """Give the pictures of most of a page, by their addresses."""
    pictures = zip(on.images, on.pictures, strict=True)
    return {address: one for address, one in pictures if is_background(one, size)}
