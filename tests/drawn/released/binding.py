"""Pages become a PDF: turned, cropped, with what is drawn in forms or straight on the page."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from tests.drawn.released.leaf import Draw, Leaf, drawn_on


def pdf(leaves: Sequence[Leaf]) -> bytes:
    """Write pages; the same bytes every time."""
    file = io.BytesIO()
    with _plain_streams():
        canvas = Canvas(file, invariant=True)
        for number, leaf in enumerate(leaves):
            _page(canvas, leaf, number)
        canvas.save()
    return file.getvalue()


@contextmanager
def _plain_streams() -> Iterator[None]:
    """Leave out reportlab's own encoding of streams as ASCII: it takes most of the time."""
    before, rl_config.useA85 = rl_config.useA85, 0
    try:
        yield
    finally:
        rl_config.useA85 = before


def _page(canvas: Canvas, leaf: Leaf, number: int) -> None:
    wide, high = leaf.size
    if leaf.is_picture:
        # reportlab wants the size of a page as it is seen.
        wide, high = (high, wide) if leaf.rotation % 180 else (wide, high)
    edge = leaf.cropped
    canvas.setPageSize((wide + 2 * edge, high + 2 * edge))
    canvas.setPageRotation(leaf.rotation)
    canvas.saveState()
    if edge:
        canvas.setCropBox((edge, edge, edge + leaf.size[0], edge + leaf.size[1]))
        canvas.translate(edge, edge)
    if leaf.rotation and not leaf.is_picture:
        _set_upright(canvas, leaf)
    for name, draws in (("under", leaf.under), ("over", leaf.over)):
        if leaf.is_formed and draws:
            _in_form(canvas, f"{name}{number}", draws)
        else:
            drawn_on(canvas, draws)
    drawn_on(canvas, leaf.notes)
    canvas.restoreState()
    canvas.showPage()


def _set_upright(canvas: Canvas, leaf: Leaf) -> None:
    """Turn what is drawn, so that it stands upright on a page that declares a rotation."""
    wide, high = leaf.size
    turns: dict[int, Callable[[], None]] = {
        90: lambda: canvas.translate(high, 0),
        180: lambda: canvas.translate(wide, high),
        270: lambda: canvas.translate(0, wide),
    }
    turns[leaf.rotation]()
    canvas.rotate(leaf.rotation)


def _in_form(canvas: Canvas, name: str, draws: Sequence[Draw]) -> None:
    canvas.beginForm(name, 0, 0, 2000, 2000)
    drawn_on(canvas, draws)
    canvas.endForm()
    canvas.doForm(name)
