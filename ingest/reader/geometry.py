"""Boxes in the PDF's own space, and how they come to stand on the upright page.

A PDF counts points from the bottom left, before the page is turned:

    user space                      upright page, /Rotate 90
    y                               ┌──────────────→ x
    ↑  top ┌───────┐                │ (left,bottom)
    │      │ page  │                │
    │bottom└───────┘                ↓ y
    └───── left   right → x
"""

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in user space: left ≤ right, bottom ≤ top."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.top - self.bottom

    def holds(self, x: float, y: float) -> bool:
        """Ask whether a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def meets(self, other: "Box") -> bool:
        """Ask whether the two share any place."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def shared(self, other: "Box") -> "Box":
        """Give the place shared with another box; empty or turned inside out when there is none."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def joined(self, other: "Box") -> "Box":
        """Give the smallest box around both."""
        left, bottom, right, top = self
        left_too, bottom_too, right_too, top_too = other
        return Box(  # spelt out: done for every word of every page
            left if left < left_too else left_too,
            bottom if bottom < bottom_too else bottom_too,
            right if right > right_too else right_too,
            top if top > top_too else top_too,
        )

    def grown(self, by: float) -> "Box":
        """Give the box that is larger by so much on each side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    @property
    def centre(self) -> tuple[float, float]:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


# No page is larger than 200 inches; what a file places beyond this is beyond all pages.
_FAR = 1e6


def tamed(box: Box) -> Box:
    """Give a box with edges that are numbers, and not too large to reckon with.

    An edge that is none (a file may have pdfium reckon with endless ones) lies beyond all pages: it
    is for the drawn page to tell what such a thing hides.
    """
    left, bottom, right, top = box
    if left >= -_FAR and bottom >= -_FAR and right <= _FAR and top <= _FAR:
        return box
    low = (min(edge, _FAR) if edge >= -_FAR else -_FAR for edge in (left, bottom))
    high = (max(edge, -_FAR) if edge <= _FAR else _FAR for edge in (right, top))
    return Box(*low, *high)


class Matrix(NamedTuple):
    """x' = a·x + c·y + e; y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Move a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, box: Box) -> Box:
        """Move a box; what is turned gets the upright box around it."""
        a, b, c, d, e, f = self
        left, bottom, right, top = box
        if b or c:
            corners = [self.point(x, y) for x in (left, right) for y in (bottom, top)]
            across, up = zip(*corners, strict=True)
        else:  # spelt out: so it is of nearly all objects of all pages
            across, up = (a * left + e, a * right + e), (d * bottom + f, d * top + f)
        return Box(min(across), min(up), max(across), max(up))

    def then(self, outer: "Matrix") -> "Matrix":
        """Give the matrix that does this one first and then the outer one."""
        if outer is IDENTITY:
            return self
        a, b = outer.a * self.a + outer.c * self.b, outer.b * self.a + outer.d * self.b
        c, d = outer.a * self.c + outer.c * self.d, outer.b * self.c + outer.d * self.d
        return Matrix(a, b, c, d, *outer.point(self.e, self.f))

    @property
    def scale(self) -> float:
        """By how much a length grows, on average."""
        return float(abs(self.a * self.d - self.b * self.c) ** 0.5)


IDENTITY = Matrix()


def upright(page: Box, quarter_turns: int) -> Matrix:
    """Give the matrix from user space to the page as it is seen, y counted from the top.

    `quarter_turns` are those of /Rotate, clockwise; `page` is the visible part of the page.
    """
    return (
        Matrix(1, 0, 0, -1, -page.left, page.top),
        Matrix(0, 1, 1, 0, -page.bottom, -page.left),
        Matrix(-1, 0, 0, 1, page.right, -page.bottom),
        Matrix(0, -1, -1, 0, page.top, page.right),
    )[quarter_turns % 4]
