"""A page's picture as people turn it to read it, and the way back to how it lies."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image

from ingest.reader.inks import paper
from ingest.reader.rendering import Pixels
from ingest.reader.skews import Upright, upright

Edges = tuple[float, float, float, float]


class Level(NamedTuple):
    """A picture turned to the left by so many quarters, and then made level."""

    upright: Upright
    turns: int

    @property
    def image(self) -> Image.Image:
        """The picture as it is read."""
        return self.upright.image

    @property
    def pixels(self) -> Pixels:
        """Its pixels, red before green before blue."""
        return np.asarray(self.upright.image)

    def back(self, edges: Sequence[float]) -> Edges:
        """Give where a box of this picture stands in the one that was not turned, in pixels."""
        left, top, right, bottom = self.upright.back(edges)
        width, height = self.image.size
        return {
            0: (left, top, right, bottom),
            1: (height - bottom, left, height - top, right),
            2: (width - right, height - bottom, width - left, height - top),
            3: (top, width - right, bottom, width - left),
        }[self.turns % 4]


def level(image: Image.Image, turns: int = 0) -> Level:
    """Turn a picture to the left by some quarters, and make its lines level."""
    turned = image
    if turns % 4:
        turned = Image.fromarray(np.ascontiguousarray(np.rot90(np.asarray(image), turns)))
    red, green, blue = (int(value) for value in paper(np.asarray(turned)))
    return Level(upright(turned, (red, green, blue)), turns)
