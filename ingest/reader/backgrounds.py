"""The pictures that are a page, and not on it."""

from ingest.reader.covers import Painted
from ingest.reader.layers import is_scan
from ingest.reader.painting import Cover, may_be_plain
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


def pasted(on: Painted, size: Sheet) -> dict[int, Cover]:
    """Give the pictures that may be boxes on a page: of one colour, and no parts of its scan."""
    behind = backgrounds(on, size)
    if not behind and is_scan(on, size):
        return {}
    pictures = zip(on.images, on.pictures, strict=True)
    return {
        address: one for address, one in pictures if address not in behind and may_be_plain(address)
    }
