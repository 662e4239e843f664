"""The pictures that are a page, and not on it; and those that were put over one."""

from collections.abc import Sequence

from ingest.reader.covers import Painted
from ingest.reader.layers import is_scan
from ingest.reader.painting import Cover, may_be_plain
from ingest.reader.rendering import Sheet

# Of a page.
_SHARE = 0.5
# Of a picture, what lies over others before it; the strips of a scan only touch each other.
_OVER = 0.9
# Of a page: with more pictures it is no scan with boxes.
_MOST = 500


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


def laid_over(on: Painted, size: Sheet) -> dict[int, Cover]:
    """Give the pictures that were put over those of a page, which may be a scan in strips."""
    if behind := backgrounds(on, size):
        return {
            address: one
            for address, one in zip(on.images, on.pictures, strict=True)
            if address not in behind and any(_is_after(one, other) for other in behind.values())
        }
    if len(on.images) > _MOST or not is_scan(on, size):
        return {}
    strips, found = list[Cover](), dict[int, Cover]()
    for address, one in zip(on.images, on.pictures, strict=True):
        if _is_within(one, strips) and may_be_plain(address):
            found[address] = one
        else:
            strips.append(one)
    return found


def _is_after(one: Cover, other: Cover) -> bool:
    return other.order < one.order and one.box.meets(other.box)


def _is_within(one: Cover, strips: Sequence[Cover]) -> bool:
    """Ask whether a picture lies in others, which do not lie over each other."""
    shared = (one.box.shared(strip.box) for strip in strips if one.box.meets(strip.box))
    area = sum(box.width * box.height for box in shared)
    return area >= _OVER * one.box.width * one.box.height > 0
