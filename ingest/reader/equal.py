"""The key that equal pages share: the same words in the same places, boxes and pictures.

Made of what the reading itself has of a page, and of the bytes of its images as they stand in the
file. So a page that was released once more, in whatever file, has the same one; what is hidden has
no part in it.
"""

import ctypes
import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from archive.readings import PageReading
from archive.redactions import packed
from archive.words import Words
from ingest.reader.calls import stored_image
from ingest.reader.painting import bounds

_KEY_BYTES = 16
# Of one page. What has more is not compared: hashing it would take longer than reading.
_IMAGES_MAX, _IMAGE_BYTES_MAX = 1_000, 64 * 1024 * 1024


def content_key(page: PageReading, images: Sequence[int]) -> str:
    """Give the key of a page whose images are at these addresses; '' where it has none.

    That is a page without words and images, one that is withheld (slip sheets are all alike), and
    one with more images than are looked at. The page must be open still.
    """
    if page.redactions.is_withheld or not (page.text or images) or len(images) > _IMAGES_MAX:
        return ""
    whole = hashlib.sha256(f"{page.width_pt:.1f} {page.height_pt:.1f}\n{page.text}\0".encode())
    whole.update(np.rint(Words.of(page.words).edges * 10).astype("<i8").tobytes())
    whole.update(packed(page.redactions))
    left = _IMAGE_BYTES_MAX
    for image in images:
        stored = _stored(image, left)
        if stored is None:
            return ""
        left -= len(stored)
        place = np.rint(np.array(bounds(image)) * 10).astype("<i8").tobytes()
        whole.update(place + hashlib.sha256(stored).digest())
    return whole.hexdigest()[: 2 * _KEY_BYTES]


def _stored(image: int, most: int) -> Any | None:
    """Give the bytes of an image as they stand in the file; None where they are too many."""
    size = stored_image(image, None, 0)
    if not 0 < size <= most:
        return None
    buffer = (ctypes.c_ubyte * size)()
    stored_image(image, ctypes.addressof(buffer), size)
    return buffer
