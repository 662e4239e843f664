"""A page while it is drawn: what was printed, what was laid over it, and what is true of both."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from reportlab.pdfgen.canvas import Canvas

from archive.redactions import BoxLook

Colour: TypeAlias = tuple[float, float, float]
Draw: TypeAlias = Callable[[Canvas], None]

BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)
RED: Colour = (0.85, 0.05, 0.05)
LETTER = (612.0, 792.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place on a page, in points from the top left corner; its look, and the codes stamped.

    One that is not seen in a picture is white without a rim.
    """

    left: float
    top: float
    right: float
    bottom: float
    look: BoxLook = "black"
    codes: tuple[str, ...] = ()
    is_seen: bool = True


@dataclass(slots=True, kw_only=True)
class Leaf:
    """A page: `under` is drawn first, `over` is what a release adds.

    `runs` are words that stand side by side in one line and are to be seen; `pictured` those of a
    picture. `rotation` is what the page declares, in degrees;
    `cropped` how much of the sheet lies beyond each edge; `notes` are annotations.
    """

    size: tuple[float, float] = LETTER
    under: list[Draw] = field(default_factory=list)
    over: list[Draw] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    over_runs: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)
    is_withheld: bool = False
    is_black: bool = False
    has_typed_over: bool = False
    is_picture: bool = False
    pictured: list[str] = field(default_factory=list)
    skew: float = 0.0
    rotation: int = 0
    cropped: float = 0.0
    is_formed: bool = False
    has_blending: bool = False
    notes: list[Draw] = field(default_factory=list)

    def write(
        self,
        left: float,
        base: float,
        words: str,
        face: str,
        size: float,
        colour: Colour = BLACK,
        *,
        is_over: bool = False,
        is_seen: bool = True,
    ) -> None:
        """Print words; `base` is the line they stand on, counted from the top."""
        height = self.size[1]

        def draw(canvas: Canvas) -> None:
            canvas.setFillColorRGB(*colour)
            canvas.setFont(face, size)
            canvas.drawString(left, height - base, words)

        (self.over if is_over else self.under).append(draw)
        self.has_typed_over |= is_over
        if is_seen:
            (self.over_runs if is_over else self.runs).append(words)

    def fill(self, place: Box, colour: Colour, *, is_over: bool = False) -> None:
        """Fill a place with a colour."""

        def draw(canvas: Canvas) -> None:
            canvas.setFillColorRGB(*colour)
            canvas.rect(*self.rectangle(place), stroke=0, fill=1)

        (self.over if is_over else self.under).append(draw)

    def frame(
        self, place: Box, width: float = 0.7, colour: Colour = BLACK, *, is_over: bool = False
    ) -> None:
        """Draw a line around a place."""

        def draw(canvas: Canvas) -> None:
            canvas.setStrokeColorRGB(*colour)
            canvas.setLineWidth(width)
            canvas.rect(*self.rectangle(place), stroke=1, fill=0)

        (self.over if is_over else self.under).append(draw)

    def rule(
        self, left: float, top: float, right: float, bottom: float, width: float = 0.7
    ) -> None:
        """Draw a straight line."""
        height = self.size[1]

        def draw(canvas: Canvas) -> None:
            canvas.setStrokeColorRGB(*BLACK)
            canvas.setLineWidth(width)
            canvas.line(left, height - top, right, height - bottom)

        self.under.append(draw)

    def rectangle(self, place: Box) -> tuple[float, float, float, float]:
        """Give left, bottom, width and height of a place as PDF counts them."""
        return (
            place.left,
            self.size[1] - place.bottom,
            place.right - place.left,
            place.bottom - place.top,
        )


def drawn_on(canvas: Canvas, draws: Iterable[Draw]) -> None:
    """Draw, each from a clean state."""
    for draw in draws:
        canvas.saveState()
        draw(canvas)
        canvas.restoreState()
